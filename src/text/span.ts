/** A stretch of a text, as UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Those that touch a stretch, of spans in order; of a thousand others it looks at ten. */
export function spansAmong<S extends Span>(spans: readonly S[], { start, end }: Span): readonly S[] {
  let from = 0;
  for (let to = spans.length; from < to; ) {
    const middle = (from + to) >> 1;
    if (spans[middle]!.end > start) to = middle;
    else from = middle + 1;
  }
  let behind = from;
  while (behind < spans.length && spans[behind]!.start < end) behind++;
  return spans.slice(from, behind);
}

/** Sorted; of two that overlap the one that begins first, or else the longer. */
export function withoutOverlap<Kept extends Span>(spans: readonly Kept[]): Kept[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Kept[] = [];
  for (const span of sorted) if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  return kept;
}

/** In order and without overlap: those that overlap become one. */
export function merged(spans: readonly Span[]): Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
