import type { InlineSpan, SpanKind } from '../block.ts';
import { Closers } from '../closers.ts';
import { readsLikeFormula } from '../markdown/dollars.ts';
import { withoutOverlap } from '../span.ts';
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
  /(?<=^|[\s({'"*/_+[-])[~=](?=\S)|\[\[|\[fn:[\w-]*:?|\[cite[:/]|\\[([]|\{\{\{|@@|(?<=^|[\s({'"*/_+[-])\$(?=\S)|<\d{4}-\d\d-\d\d|\[\d{4}-\d\d-\d\d|<{2,3}(?=\S)|src_[\w-]{1,30}[[{]/gu;
const kinds: Readonly<Record<string, SpanKind>> = { '~': 'code', '=': 'code', '\\(': 'math', '\\[': 'math', $: 'math' };
/** Objects that have no closer of their own: calls, links without brackets, commands and entities. */
const whole =
  /(?<![\p{L}\p{N}])(?:(?<kind>call)_[^\s()[\]]{1,80}(?:\[[^[\]\n]{0,80}\])?\([^()\n]{0,200}\)(?:\[[^[\]\n]{0,80}\])?|(?:(?<=[*/_+])(?:https?|ftp):\/\/|(?:file|doi|attachment|news|shell|elisp|help|info):)[^\s[\]<>()]{0,500}[^\s[\]<>()\p{P}]\/?)|\\[a-zA-Z]{2,40}\*?(?:\{\}|(?:\[[^[\]{}\n]{0,200}\]|\{[^{}\n]{0,200}\}){0,4})/gu;

const maxOpenChars = 300;

/** Org's objects. Linear: closers are looked for only forward. */
export function scanInline(words: string): {
  readonly spans: readonly InlineSpan[];
  readonly open: SpanKind | undefined;
} {
  const spans: InlineSpan[] = [];
  const ends: Readonly<Record<string, Closers>> = {
    '~': new Closers(words, /(?<=\S)~(?![^\s\-.,:;!?'")}\\[\]*/_+])/gu),
    '=': new Closers(words, /(?<=\S)=(?![^\s\-.,:;!?'")}\\[\]*/_+])/gu),
    $: new Closers(words, /(?<=[^\s.,])\$(?![\p{L}\p{N}])/gu),
    '[[': new Closers(words, /\]\]/gu),
    ']': new Closers(words, /\]/gu),
    '\\(': new Closers(words, /\\\)/gu),
    '\\[': new Closers(words, /\\\]/gu),
    '{{{': new Closers(words, /\}\}\}/gu),
    '@@': new Closers(words, /@@/gu),
    '>': new Closers(words, />/gu),
    '<<': new Closers(words, /(?<=\S)>>/gu),
    '<<<': new Closers(words, /(?<=\S)>>>/gu),
    '}': new Closers(words, /\}/gu),
  };
  let open: SpanKind | undefined;
  marks.lastIndex = 0;
  for (let mark = marks.exec(words); mark; mark = marks.exec(words)) {
    const { 0: found, index } = mark;
    const behind = index + found.length;
    if (found.startsWith('[fn:') && found.length > 4 && found.endsWith(':')) {
      spans.push({ kind: 'link', start: index, end: behind }); // its words are a person's; its bracket is found below
      continue;
    }
    const closer = ends[found] ?? ends[found.startsWith('<') ? '>' : found.startsWith('src_') ? '}' : ']']!;
    const end = closer.after(kinds[found] === undefined ? behind : behind + 1)?.end;
    if (end === undefined) {
      // what nobody closes for long was none
      const isOld = kinds[found] === undefined && words.length - index > maxOpenChars;
      const isFormula = found !== '$' || readsLikeFormula(words.slice(behind, behind + maxOpenChars));
      if (!isOld && isFormula) open ??= found === '[[' ? 'target' : found.startsWith('src_') ? 'raw' : kindOf(found);
      continue;
    }
    if (kindOf(found) === 'code' && words.slice(index, Math.min(end, index + maxOpenChars)).split('\n', 3).length > 2) {
      continue; // over more than two lines it is none
    }
    marks.lastIndex = end;
    if (found === '[[') marks.lastIndex = link(words, { index, end }, spans);
    else if (found === '<<<') {
      spans.push({ kind: 'raw', start: index, end: behind }, { kind: 'raw', start: end - 3, end });
    } else spans.push({ kind: kindOf(found), start: index, end });
  }
  return { spans: withNotesClosed(words, withoutOverlap([...spans, ...wholeObjects(words)])), open };
}

function wholeObjects(words: string): InlineSpan[] {
  return [...words.matchAll(whole)].map(({ 0: text, index, groups }) => {
    const kind = groups?.['kind'] !== undefined ? 'code' : text.startsWith('\\') ? 'command' : 'target';
    return { kind, start: index, end: index + text.length };
  });
}

/** A bracket that stands in no other span and opens nothing closes the last note that is open. */
function withNotesClosed(words: string, spans: readonly InlineSpan[]): readonly InlineSpan[] {
  if (!spans.some(({ kind, start }) => kind === 'link' && words.startsWith('[fn:', start))) return spans;
  const closed: InlineSpan[] = [];
  const depths: number[] = [];
  const look = (from: number, to: number) => {
    for (let at = from; at < to && depths.length > 0; at++) {
      if (words[at] === '[') depths[depths.length - 1]!++;
      else if (words[at] === ']' && depths[depths.length - 1]!-- === 0) {
        closed.push({ kind: 'link', start: at, end: at + 1 });
        depths.pop();
      }
    }
  };
  let from = 0;
  for (const span of spans) {
    look(from, span.start);
    closed.push(span);
    if (span.kind === 'link' && words.startsWith('[fn:', span.start)) depths.push(0);
    from = span.end;
  }
  look(from, words.length);
  return closed;
}

function kindOf(mark: string): SpanKind {
  if (mark.startsWith('src_')) return 'code';
  if (mark.startsWith('[fn') || mark.startsWith('[cite')) return 'citation';
  return kinds[mark] ?? 'raw';
}

/** `[[target][label]]`: the label is text. @returns where to read on */
function link(words: string, { index, end }: { index: number; end: number }, spans: InlineSpan[]): number {
  const label = words.slice(index, end).indexOf('][');
  if (label < 0) {
    spans.push({ kind: 'target', start: index, end });
    return end;
  }
  spans.push({ kind: 'target', start: index, end: index + label + 2 }, { kind: 'link', start: end - 2, end });
  return index + label + 2;
}
