import { segmenter } from '../completion/segment.ts';
import type { TextChange } from '../completion/textChange.ts';

/** How much of a text must still be there for it to count as kept. */
const keptShare = 2 / 3;

/**
 * Whether what was accepted still stands, give or take a correction: at least two thirds of its words, in their order.
 * @param standing what is in its place now
 */
export function survives(accepted: string, standing: string): boolean {
  const words = wordsOf(accepted);
  if (words.length === 0) return standing.includes(accepted.trim());
  return commonInOrder(words, wordsOf(standing)) >= keptShare * words.length;
}

const wordsOf = (text: string): string[] =>
  [...segmenter('word').segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);

/** Length of the longest common subsequence. */
function commonInOrder(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0); // row[j]: of the words of `a` so far and the first j of `b`
  for (const word of a) {
    const next = [0];
    for (const [j, other] of b.entries()) {
      next.push(word === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    }
    row = next;
  }
  return row[b.length]!;
}

/** A stretch of a document, in UTF-16 code units; `end` is not part of it. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where a stretch lies after a change. What was written over a part of it belongs to it; what was added at its ends does not. */
export function movedBy({ start, end }: Place, change: TextChange): Place {
  const from = change.rangeOffset;
  const to = from + change.rangeLength;
  const growth = change.text.length - change.rangeLength;
  if (to <= start && from < end) return { start: start + growth, end: end + growth };
  if (from >= end) return { start, end };
  const newEnd = to <= end ? end + growth : from + change.text.length;
  return { start: Math.min(start, from), end: newEnd };
}
