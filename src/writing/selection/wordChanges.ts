import { diffArrays } from 'diff';
import type { TextReading } from '../../text/block.ts';
import { onOneLine } from '../../text/sentences.ts';
import type { Span } from '../../text/span.ts';
import { segmenter } from '../completion/segment.ts';
import { verifyProtection } from './protection/protection.ts';
import { TextIndex } from './protection/textIndex.ts';
import type { Change } from './selectionAction.ts';
import { readWords } from './text/reading.ts';
import { chunks } from './text/words.ts';

/** One stretch of the source and what it becomes; an insertion has an empty stretch. */
export interface Edit extends Span {
  readonly replacement: string;
}

/** Edits that a comparison may need before the two texts count as different altogether: bounds time and memory. */
const maxEdits = 300;
/** Equal words between two changes that are too few to leave them apart. */
const minEqualWords = 2;

/** Applies edits that are in order and do not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, replacement } of edits) {
    result += source.slice(at, start) + replacement;
    at = end;
  }
  return result + source.slice(at);
}

/**
 * Refines edits to whole words and examines each for protected parts. Together they still give the same text.
 * @param context the source: to be given along when the edits come in several portions
 * @param isKept the whole result has each protected part of the source, and no other
 */
export function wordChanges(
  { text: source, languageId }: Pick<TextReading, 'text' | 'languageId'>,
  edits: readonly Edit[],
  { context = new TextIndex(source), isKept = false }: { readonly context?: TextIndex; readonly isKept?: boolean } = {},
): Change[] {
  return edits.flatMap((edit) => {
    const stretch = source.slice(edit.start, edit.end);
    const changes = refine(stretch, edit.replacement).map((change) => ({
      ...change,
      original: stretch.slice(change.start, change.end),
    }));
    const opensLine = (start: number) => (source[edit.start + start - 1] ?? '\n') === '\n';
    const isPlain = isKept && changes.every((change) => holdsNoPart(change, opensLine(change.start)));
    const { lost, invented } = isPlain
      ? nothing
      : verifyProtection(readWords(stretch, languageId), readWords(edit.replacement, languageId), context);
    return changes.map(({ start, end, original, replacement }) => ({
      start: edit.start + start,
      end: edit.start + end,
      original,
      replacement,
      lost: lost.filter((part) => sharesText(original, part)),
      invented: invented.filter((part) => sharesText(replacement, part)),
    }));
  });
}

/** Small letters, marks of sentences and of lists: no part by themselves, and one around them would be missed in the whole result. */
const plain = /^(?:[\p{Ll}\p{M}\s,.;:!?'’“”()–—-]|(?<=\n)\d{1,3}[.)](?: |$))*$/u;

const holdsNoPart = ({ original, replacement }: { original: string; replacement: string }, opensLine: boolean) =>
  plain.test(original) && plain.test(opensLine ? `\n${replacement}` : replacement);
const nothing = { lost: [], invented: [] };

/** A part can reach over the edge of a change: half of a link may have stayed. */
const sharesText = (text: string, part: string) => text !== '' && (text.includes(part) || part.includes(text.trim()));

/** The word-level differences of two texts, as edits of the first. */
export function refine(source: string, result: string): Edit[] {
  if (source === result) return [];
  const before = segments(source);
  const after = segments(result);
  const hunks = diffArrays(before, after, { maxEditLength: maxEdits });
  if (!hunks) return [{ start: 0, end: source.length, replacement: result }];
  const edits: { start: number; end: number; replacement: string }[] = [];
  let at = 0;
  for (const { added, removed, value } of hunks) {
    const text = value.join('');
    const last = edits.at(-1);
    if (!added && !removed) {
      at += text.length;
    } else {
      const joins = last !== undefined && isShort(source.slice(last.end, at));
      if (last && joins) {
        last.replacement += source.slice(last.end, at) + (added ? text : '');
        last.end = at + (removed ? text.length : 0);
      } else edits.push({ start: at, end: at + (removed ? text.length : 0), replacement: added ? text : '' });
      if (removed) at += text.length;
    }
  }
  return edits;
}

const segments = (text: string) =>
  [...chunks(text)].flatMap(({ chunk }) => [...segmenter('word').segment(chunk)].map(({ segment }) => segment));

/** Too little between two changes for anybody to want one without the other. */
const isShort = (between: string) =>
  !/\n\s*\n/u.test(between) &&
  segments(between).filter((segment) => /[\p{L}\p{N}]/u.test(segment)).length < minEqualWords;

/** Names each sentence that was left out on the change that takes it. */
export function withLeftOut(text: string, changes: readonly Change[], sentences: readonly Span[]) {
  const leftOut = sentences.map(({ start, end }) => onOneLine(text.slice(start, end)));
  let next = 0;
  const named = changes.map((change) => {
    const from = next;
    while (next < sentences.length && sentences[next]!.end <= change.end) next++;
    return from === next ? change : { ...change, lost: [...leftOut.slice(from, next), ...change.lost] };
  });
  return { changes: named, leftOut };
}
