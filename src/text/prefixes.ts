import type { Block, InlineSpan } from './block.ts';

/**
 * What stays as it is among the words of a block whose further lines have prefixes: `scan` sees as many blanks in their
 * place and gives offsets in the words.
 */
export function spansAmongPrefixes(
  text: string,
  { contentStart, contentEnd }: Pick<Block, 'contentStart' | 'contentEnd'>,
  { prefixes, scan }: { prefixes: readonly InlineSpan[]; scan: (words: string) => readonly InlineSpan[] },
): InlineSpan[] {
  const parts: string[] = [];
  let from = contentStart;
  for (const { start, end } of prefixes) {
    parts.push(text.slice(from, start), ' '.repeat(end - start));
    from = end;
  }
  parts.push(text.slice(from, contentEnd));
  const spans = scan(parts.join(''));
  return withPrefixes(
    spans.map(({ kind, start, end }) => ({ kind, start: contentStart + start, end: contentStart + end })),
    prefixes,
  );
}

/** Both in order; a prefix within a span over several lines is part of it. */
function withPrefixes(spans: readonly InlineSpan[], prefixes: readonly InlineSpan[]): InlineSpan[] {
  const merged: InlineSpan[] = [];
  let next = 0;
  for (const span of spans) {
    while (next < prefixes.length && prefixes[next]!.end <= span.start) merged.push(prefixes[next++]!);
    while (next < prefixes.length && prefixes[next]!.start < span.end) next++;
    merged.push(span);
  }
  return [...merged, ...prefixes.slice(next)];
}
