import type { InlineSpan, SpanKind } from '../block.ts';
import { Closers } from '../closers.ts';
import { readsLikeFormula } from '../markdown/dollars.ts';
import { withAddresses } from '../withAddresses.ts';

/** `/words. And more/` is emphasis and no path, where it goes on behind the first word. */
export function spansOfWords(words: string): InlineSpan[] {
  const closers = new Closers(words, /(?<=\S)\/(?![^\s\-.,;:!?'")}\\[])/gu);
  return withAddresses(words, scanInline(words).spans).filter(({ kind, start, end }) => {
    if (kind !== 'target' || words[start] !== '/') return true;
    const close = closers.after(start + 1);
    return close === undefined || close.end <= end || words.slice(start, close.end).split('\n', 3).length > 2;
  });
}

const marks =
  /(?<=^|[\s({'"-])[~=](?=\S)|\[\[|\[fn:|\[cite[:/]|\\[([]|\{\{\{|@@|(?<=^|[\s({'"-])\$(?=\S)|<\d{4}-\d\d-\d\d|\[\d{4}-\d\d-\d\d|<<(?=\S)|src_[\w-]{1,30}[[{]/gu;
const kinds: Readonly<Record<string, SpanKind>> = { '~': 'code', '=': 'code', '\\(': 'math', '\\[': 'math', $: 'math' };

const maxOpenChars = 300;

/** Org's objects. Linear: closers are looked for only forward. */
export function scanInline(words: string): {
  readonly spans: readonly InlineSpan[];
  readonly open: SpanKind | undefined;
} {
  const spans: InlineSpan[] = [];
  const ends: Readonly<Record<string, Closers>> = {
    '~': new Closers(words, /(?<=\S)~(?![\p{L}\p{N}])/gu),
    '=': new Closers(words, /(?<=\S)=(?![\p{L}\p{N}])/gu),
    $: new Closers(words, /(?<=\S)\$(?![\p{L}\p{N}])/gu),
    '[[': new Closers(words, /\]\]/gu),
    ']': new Closers(words, /\]/gu),
    '\\(': new Closers(words, /\\\)/gu),
    '\\[': new Closers(words, /\\\]/gu),
    '{{{': new Closers(words, /\}\}\}/gu),
    '@@': new Closers(words, /@@/gu),
    '>': new Closers(words, />/gu),
    '}': new Closers(words, /\}/gu),
  };
  let open: SpanKind | undefined;
  marks.lastIndex = 0;
  for (let mark = marks.exec(words); mark; mark = marks.exec(words)) {
    const { 0: found, index } = mark;
    const behind = index + found.length;
    const closer = ends[found] ?? ends[found.startsWith('<') ? '>' : found.startsWith('src_') ? '}' : ']']!;
    const end = closer.after(kinds[found] === undefined ? behind : behind + 1)?.end;
    if (end === undefined) {
      // the words of a footnote within a line are a person's; what nobody closes for long was none
      const isNote = found === '[fn:' && /^[\w-]*:/u.test(words.slice(behind, behind + 80));
      const isOld = kinds[found] === undefined && words.length - index > maxOpenChars;
      const isFormula = found !== '$' || readsLikeFormula(words.slice(behind, behind + maxOpenChars));
      if (!isNote && !isOld && isFormula)
        open ??= found === '[[' ? 'target' : found.startsWith('src_') ? 'raw' : kindOf(found);
      continue;
    }
    marks.lastIndex = end;
    if (found === '[[') link(words, { index, end }, spans);
    else spans.push({ kind: kindOf(found), start: index, end });
  }
  return { spans, open };
}

function kindOf(mark: string): SpanKind {
  if (mark.startsWith('src_')) return 'code';
  if (mark.startsWith('[fn') || mark.startsWith('[cite')) return 'citation';
  return kinds[mark] ?? 'raw';
}

/** `[[target][label]]`: the label is text. */
function link(words: string, { index, end }: { index: number; end: number }, spans: InlineSpan[]): void {
  const label = words.slice(index, end).indexOf('][');
  if (label < 0) spans.push({ kind: 'target', start: index, end });
  else spans.push({ kind: 'target', start: index, end: index + label + 2 }, { kind: 'link', start: end - 2, end });
}
