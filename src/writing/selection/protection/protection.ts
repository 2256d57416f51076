import type { TextReading } from '../../../text/block.ts';
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
  const before = protectedParts(source).filter(isKept);
  const found = protectedParts(result).filter(isKept);
  const after = countParts(found);
  const inResult = new TextIndex(result.text);
  const lost: string[] = [];
  for (const { kind, text } of before) {
    const left = after.get(text) ?? 0;
    if (mentionedOnce.has(kind)) {
      if (left === 0 && !inResult.mentions(text)) lost.push(text);
    } else if (left > 0) after.set(text, left - 1);
    else lost.push(text);
  }
  const known = new Set(before.map(({ text }) => text));
  const sources = [new TextIndex(source.text), typeof context === 'string' ? new TextIndex(context) : context];
  const invented = found.filter(
    (part) => inventable.has(part.kind) && !known.has(part.text) && !sources.some((each) => each.knows(part)),
  );
  return {
    masked: before.length,
    kept: before.length - lost.length,
    lost: [...new Set(lost)],
    invented: [...new Set(invented.map(({ text }) => text))],
  };
}

function countParts(parts: readonly ProtectedPart[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of parts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
