import { addressSpans } from './addresses.ts';
import type { InlineSpan } from './block.ts';

/** The spans, and the addresses that stand between them. */
export function withAddresses(words: string, spans: readonly InlineSpan[]): InlineSpan[] {
  const all: InlineSpan[] = [];
  let next = 0;
  let end = 0;
  for (const address of addressSpans(words)) {
    while (next < spans.length && spans[next]!.start < address.end) {
      all.push(spans[next]!);
      end = spans[next++]!.end;
    }
    if (address.start >= end && (next === 0 || spans[next - 1]!.end <= address.start)) all.push(address);
  }
  return [...all, ...spans.slice(next)].sort((a, b) => a.start - b.start);
}
