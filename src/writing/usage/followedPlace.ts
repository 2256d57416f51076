import type { TextChange } from '../completion/textChange.ts';

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
