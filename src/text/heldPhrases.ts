import type { Block, SpanKind, TextReading } from './block.ts';
import { type GrammarName, ofGrammar } from './languages.ts';
import type { Span } from './span.ts';
import { unspaced } from './unspaced.ts';

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

/** From what opens to what closes it. */
export const markupPairs = (reading: TextReading, block: Block): Span[] => [
  ...spanPairs(reading, block),
  ...emphasis(reading, block),
];

/** So far out an opener is looked for: each closer is a bounded number of steps. */
const maxDepth = 20;

/** Commands and elements whose braces, brackets or tags stand in different spans. */
function spanPairs(reading: TextReading, block: Block): Span[] {
  const pairs: Span[] = [];
  const open: { readonly name: string; readonly start: number }[] = [];
  for (const { kind, start, end } of reading.spansOf(block)) {
    for (const { name, opens } of marksIn(kind, reading.text.slice(start, end))) {
      const near = Math.max(0, open.length - maxDepth);
      const at = opens ? -1 : open.slice(near).findLastIndex((each) => each.name === name);
      if (opens) open.push({ name, start });
      else if (at >= 0) {
        pairs.push({ start: open[near + at]!.start, end });
        open.length = near + at;
      }
    }
  }
  return pairs;
}

interface Mark {
  readonly name: string;
  readonly opens: boolean;
}

/** What a span opens or closes of what stands around it. */
function marksIn(kind: SpanKind, markup: string): readonly Mark[] {
  if (kind === 'command') return bracketsIn(markup);
  if (kind !== 'raw') return [];
  const name = /^<\/?([a-z][\w-]{0,30})/iu.exec(markup)?.[1]?.toLowerCase();
  if (name !== undefined && markup.startsWith('</')) return [{ name, opens: false }];
  if (name !== undefined) return markup.endsWith('/>') ? [] : [{ name, opens: true }];
  if (markup === '`') return [{ name: 'role', opens: false }];
  return markup.endsWith(':`') ? [{ name: 'role', opens: true }] : [];
}

/** Braces and brackets of a command that are not closed in it. */
function bracketsIn(command: string): readonly Mark[] {
  const marks: Mark[] = [];
  for (const [mark] of command.matchAll(/(?<!\\)[{}[\]]/gu)) {
    const name = mark === '{' || mark === '}' ? 'brace' : 'bracket';
    const last = marks.at(-1);
    if (mark === '{' || mark === '[') marks.push({ name, opens: true });
    else if (last?.opens && last.name === name) marks.pop();
    else marks.push({ name, opens: false });
  }
  return marks;
}

const emphasisMark = /\*{1,3}|_{1,3}|~~|==|[()[\]]/gu;
const asciidocMark = /\*{1,2}|_{1,2}|#{1,2}|[()[\]]/gu;
const orgMark = /[*_/+()[\]]/gu;
const bracket = /[()[\]]/gu;
const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[' };
/** A mark within a word marks nothing, but beside scripts without blanks, or before a Korean ending. */
const spacedLetter = new RegExp(`(?![${unspaced}\\p{Script=Hangul}])[\\p{L}\\p{N}]`, 'u');
const emphasisMarks: Readonly<Partial<Record<GrammarName, RegExp>>> = {
  latex: bracket,
  html: bracket,
  plainText: bracket,
  org: orgMark,
  asciidoc: asciidocMark,
};

/** Between marks that open behind a blank and close before one; between brackets. */
function emphasis({ text, languageId, spansOf }: TextReading, block: Block): Span[] {
  const marks = ofGrammar(emphasisMarks, languageId) ?? emphasisMark;
  const isAsciidoc = marks === asciidocMark; // its double marks stand within words
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
    const opener = openers[mark] ?? mark;
    const from = opened.get(opener);
    const isWithin = (letter: string) => !(isAsciidoc && mark.length === 2) && spacedLetter.test(letter);
    if (mark === '(' || mark === '[') opened.set(mark, from ?? start);
    else if (opener !== mark) {
      if (from !== undefined) pairs.push({ start: from, end });
      opened.delete(opener);
    } else if (from !== undefined && /\S/u.test(before) && !isWithin(after)) {
      pairs.push({ start: from, end });
      opened.delete(mark);
    } else if (/\S/u.test(after) && before !== '\\' && !isWithin(before)) opened.set(mark, start);
  }
  return pairs;
}
