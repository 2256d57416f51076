import type { Block, TextReading } from './block.ts';
import type { Span } from './span.ts';

/** Longer stretches of emphasis or in one command hold sentences of their own. */
const longestPhrase = 300;

/** Phrases that markup holds together within other words: in emphasis, in the braces of a command, in an element. */
export function heldPhrases(reading: TextReading, block: Block): Span[] {
  const words = reading.text.slice(block.contentStart, block.contentEnd);
  const from = block.contentStart + words.length - words.trimStart().length;
  const to = block.contentStart + words.replace(/(?<![\s\p{P}])[\s\p{P}]+$/u, '').length;
  return markupPairs(reading, block).filter(
    ({ start, end }) => end - start <= longestPhrase && !(start <= from && end >= to),
  );
}

/** From what opens to what closes it, in order of their ends. */
export function markupPairs(reading: TextReading, block: Block): Span[] {
  return [...spanPairs(reading, block), ...emphasis(reading, block)].sort((a, b) => a.end - b.end);
}

/** Commands and elements whose braces, brackets or tags stand in different spans. */
function spanPairs(reading: TextReading, block: Block): Span[] {
  const pairs: Span[] = [];
  const open: { readonly name: string; readonly start: number }[] = [];
  const close = (name: string, end: number) => {
    const at = open.findLastIndex((each) => each.name === name);
    if (at < 0 || open.length - at > maxDepth) return;
    pairs.push({ start: open[at]!.start, end });
    open.length = at;
  };
  for (const { kind, start, end } of reading.spansOf(block)) {
    const markup = reading.text.slice(start, end);
    if (kind === 'command') {
      const before = open.length;
      for (const [mark] of markup.matchAll(/\\?[{}[\]]/gu)) {
        if (mark === '{' || mark === '[') open.push({ name: mark, start });
        else if (mark === '}' || mark === ']') {
          const own = mark === '}' ? '{' : '[';
          if (open.length > before && open.at(-1)!.name === own) open.pop();
          else close(own, end);
        }
      }
    } else if (kind === 'raw') {
      const name = /^<\/?([a-z][\w-]{0,30})/iu.exec(markup)?.[1]?.toLowerCase();
      if (name && markup.startsWith('</')) close(name, end);
      else if (name && !markup.endsWith('/>')) open.push({ name, start });
      else if (markup === '`') close('role', end);
      else if (markup.endsWith(':`')) open.push({ name: 'role', start });
    }
  }
  return pairs;
}

const maxDepth = 20;
const withoutEmphasis: ReadonlySet<string> = new Set(['latex', 'tex', 'rnw', 'html', 'plaintext']);
const emphasisMark = /\*{1,3}|_{1,3}|~~|[()]/gu;
const orgMark = /[*_/+()]/gu;
const bracket = /[()]/gu;

/** Between marks that open behind a blank and close before one; between round brackets. */
function emphasis({ text, languageId, spansOf }: TextReading, block: Block): Span[] {
  const marks = withoutEmphasis.has(languageId) ? bracket : languageId === 'org' ? orgMark : emphasisMark;
  const { contentStart, contentEnd } = block;
  const pairs: Span[] = [];
  const opened = new Map<string, number>();
  const spans = spansOf(block);
  let next = 0;
  for (const { index, 0: mark } of text.slice(contentStart, contentEnd).matchAll(marks)) {
    const [start, end] = [contentStart + index, contentStart + index + mark.length];
    while (next < spans.length && spans[next]!.end <= start) next++;
    if (next < spans.length && spans[next]!.start < end) continue; // in code, a formula, an address
    const [before, after] = [text.slice(start - 1, start), text.slice(end, end + 1)];
    const from = opened.get(mark === ')' ? '(' : mark);
    if (mark === '(') opened.set(mark, from ?? start);
    else if (mark === ')') {
      if (from !== undefined) pairs.push({ start: from, end });
      opened.delete('(');
    } else if (from !== undefined && /\S/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) {
      pairs.push({ start: from, end });
      opened.delete(mark);
    } else if (/\S/u.test(after) && !/[\p{L}\p{N}\\]/u.test(before)) opened.set(mark, start);
  }
  return pairs;
}
