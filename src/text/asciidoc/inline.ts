import type { InlineSpan, SpanKind } from '../block.ts';
import { Closers } from '../closers.ts';
import { withAddresses } from '../withAddresses.ts';

export const spansOfWords = (words: string): InlineSpan[] => withAddresses(words, scanInline(words).spans);

export interface InlineScan {
  readonly spans: readonly InlineSpan[];
  /** what is not closed at the end of the words */
  readonly open: SpanKind | undefined;
}

const marks =
  /\\[\s\S]?|`{1,2}|\+{1,3}|<<|\[\[|\(\(\(?|\{[\w-]{1,80}\}|(?<![\p{L}\p{N}_])(?:https?|ftp|irc):\/\/[^\s[\]<>]{0,500}\[|(?<![\p{L}\p{N}_])[a-z]{2,20}:[^\s[\]:]{0,300}\[/gu;

/** Inline markup by Asciidoctor's rules of what stands around it. Linear: closers are looked for only forward. */
export function scanInline(words: string): InlineScan {
  const spans: InlineSpan[] = [];
  const ends: Readonly<Record<string, Closers>> = {
    '`': new Closers(words, /(?<=\S)`(?![\p{L}\p{N}_"'`])/gu),
    '``': new Closers(words, /``/gu),
    '+': new Closers(words, /(?<=\S)\+(?![\p{L}\p{N}_])/gu),
    '++': new Closers(words, /\+\+/gu),
    '+++': new Closers(words, /\+\+\+/gu),
    '<<': new Closers(words, />>/gu),
    '[[': new Closers(words, /\]\]/gu),
    '((': new Closers(words, /\)\)/gu),
    '(((': new Closers(words, /\)\)\)/gu),
    ']': new Closers(words, /(?<!\\)\]/gu),
  };
  let open: SpanKind | undefined;
  marks.lastIndex = 0;
  for (let mark = marks.exec(words); mark; mark = marks.exec(words)) {
    const { 0: found, index } = mark;
    const behind = index + found.length;
    const add = (kind: SpanKind, start: number, end: number) => {
      if (end > start) spans.push({ kind, start, end });
      marks.lastIndex = end;
    };
    if (found.startsWith('\\')) continue;
    if (found.startsWith('{')) add('raw', index, behind);
    else if (found.endsWith('[') && found !== '[[') {
      const end = ends[']']!.after(behind);
      if (end) macro(found, { index, behind, end: end.end }, add);
      else open ??= kindOfMacro(found) ?? 'link';
    } else {
      const isSingle = found === '`' || found === '+';
      if (isSingle && !mayOpen(words, index, behind)) continue;
      const end = ends[found]!.after(behind + (isSingle ? 1 : 0));
      const kind = kindOfMark(found);
      if (end) add(kind, index, end.end);
      else open ??= /^(?:\(\(|\+{1,2})$/u.test(found) ? undefined : kind; // C++, +49
    }
  }
  return { spans, open };
}

/** A single mark stands behind no letter and before no blank. */
const mayOpen = (words: string, index: number, behind: number): boolean =>
  !/[\p{L}\p{N}_;:}]/u.test(words[index - 1] ?? '') && /\S/u.test(words[behind] ?? 'x');

const kindOfMark = (mark: string): SpanKind => (mark.startsWith('`') ? 'code' : mark === '<<' ? 'citation' : 'raw');

interface Macro {
  readonly index: number;
  readonly behind: number;
  readonly end: number;
}

/** The label of a link and the text of a footnote are text; other macros are no words. */
function macro(
  found: string,
  { index, behind, end }: Macro,
  add: (kind: SpanKind, start: number, end: number) => void,
): void {
  const kind = kindOfMacro(found);
  if (kind !== undefined) {
    add(kind, index, end);
    return;
  }
  add(/^(?:xref|footnote)/u.test(found) ? 'link' : 'target', index, behind);
  add('link', end - 1, end);
}

/** undefined: what stands in brackets is text */
function kindOfMacro(found: string): SpanKind | undefined {
  if (/^(?:stem|latexmath|asciimath):/u.test(found)) return 'math';
  if (/^(?:link|mailto|xref|footnote|footnoteref):/u.test(found) || found.includes('://')) return undefined;
  return /^(?:pass|kbd|btn|menu|image|icon|anchor|indexterm2?|counter|cite|citenp|ifdef|include):/u.test(found)
    ? 'raw'
    : undefined;
}
