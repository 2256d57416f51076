import type { TextReading } from '../../../text/block.ts';
import type { KnownLines } from './partsOfWords.ts';
import { type PartKind, type ProtectedPart, protectedParts } from './protectedParts.ts';
import { TextIndex } from './textIndex.ts';

/** How the protected parts of a text came through a change. */
export interface Protection {
  /** parts that were there, and how many of them are still there */
  readonly masked: number;
  readonly kept: number;
  readonly lost: readonly string[];
  /** parts that the source does not have */
  readonly invented: readonly string[];
}

/** Said once or thrice is the same: these may be mentioned less often, as long as they are mentioned. */
const mentionedOnce: ReadonlySet<PartKind> = new Set(['number', 'name']);

/** What a result makes up is told of these; markup may come with a new form. */
const inventable: ReadonlySet<PartKind> = new Set(['citation', 'link', 'address', 'number', 'name', 'code', 'math']);

/**
 * Compares the protected parts of two texts.
 * @param context more text that a part may legitimately come from, such as the rest of the document
 * @param isTranslation names are none of its parts: they have other forms, and capitals mean other things
 */
export function verifyProtection(
  source: TextReading,
  result: TextReading,
  context: string | TextIndex = '',
  isTranslation = false,
): Protection {
  const isKept = ({ kind }: ProtectedPart) => !(isTranslation && kind === 'name');
  const known: KnownLines = new Map();
  const before = protectedParts(source, known).filter(isKept);
  const found = protectedParts(result, known).filter(isKept);
  const after = countParts(found);
  const inResult = new TextIndex(result.text);
  const lost: string[] = [];
  const wanted = new Map<string, number>();
  const isNewTable = holdsTable(result) && !holdsTable(source);
  const isLaidOutAnew = isNewTable || itemsOf(result) > itemsOf(source);
  let searches = 0;
  for (const part of before) {
    const { kind, text } = part;
    if (isLaidOutAnew && breaksLine(source.text, part)) continue;
    const nth = (wanted.get(text) ?? 0) + 1;
    wanted.set(text, nth);
    const isThere = mentionedOnce.has(kind)
      ? after.has(text) || inResult.mentions(text)
      : nth <= (after.get(text) ?? 0) || (searches++ < maxSearches && inResult.count(text) >= nth);
    if (!isThere && !(isNewTable && standInCells(result.text, text))) lost.push(text);
  }
  const own = new Set(before.map(({ text }) => text));
  const sources = [new TextIndex(source.text), typeof context === 'string' ? new TextIndex(context) : context];
  return {
    masked: before.length,
    kept: before.length - lost.length,
    lost: [...new Set(lost)],
    invented: inventedAmong(
      found.filter(({ text }) => !own.has(text)),
      sources,
    ),
  };
}

/** What a result makes up that is about a text and is no new form of it, such as a message about a diff. */
export const inventedParts = (result: TextReading, source: string): readonly string[] =>
  inventedAmong(protectedParts(result), [new TextIndex(source)]);

function inventedAmong(parts: readonly ProtectedPart[], sources: readonly TextIndex[]): string[] {
  const invented = parts.filter((part) => inventable.has(part.kind) && !sources.some((each) => each.knows(part)));
  return [...new Set(invented.map(({ text }) => text))];
}

const holdsTable = ({ text, blocks }: TextReading): boolean =>
  blocks.some(({ kind }) => kind === 'table') || /^\|(?: -{3,} \|){2,}$/mu.test(text); // as mails have them

const itemsOf = ({ blocks }: TextReading): number => blocks.filter(({ opensItem }) => opensItem).length;

/** `<br>` where a line or a paragraph ends: lines that become points or cells need none. */
const breaksLine = (text: string, { start, end }: ProtectedPart): boolean =>
  /^<br ?\/?>$/iu.test(text.slice(start, end).trim()) &&
  /^\s*(?:\r?\n|$|<\/?(?:br|p)\b)/iu.test(text.slice(end, end + 20));

/** Values that a separator bound together stand in cells of their own: `1,2` was no number. */
const standInCells = (result: string, part: string): boolean =>
  part.split(/[,;|:]/u).every((value) => result.includes(value));

/** Parts that another block may have swallowed are looked for in the whole result: of a text that lost all of them, not for ever. */
const maxSearches = 200;

function countParts(parts: readonly ProtectedPart[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of parts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
