import type { Block, BlockKind, SpanKind, TextReading } from '../../../text/block.ts';
import { least } from '../../../text/greatest.ts';
import type { Span } from '../../../text/span.ts';
import { type KnownLines, partsOfWords } from './partsOfWords.ts';

export type PartKind = 'code' | 'math' | 'citation' | 'link' | 'address' | 'markup' | 'number' | 'name';

/** Something in a text that a rewrite must carry over unchanged. */
export interface ProtectedPart extends Span {
  readonly kind: PartKind;
  readonly text: string;
}

/** Syntax of lists and paragraphs that goes when they become something else. */
const listSyntax =
  /^\s*(?:(?:\\(?:begin|end)\{(?:itemize|enumerate|description)\*?\}(?:\[[^\]\n]{0,200}\])?|<\/?(?:ul|ol|li|p)\b[^>]{0,500}>)\s*){1,20}$/u;
/** What stands before the words of an item. */
const itemMarks = /^[ \t>]*(?:(?:[-+•–]|[*.]{1,9}|#\.|\d{1,9}[.)])[ \t]+){1,9}(?:\[[ xX]\][ \t]+)?$/u;
const blockKinds: Readonly<Partial<Record<BlockKind, PartKind>>> = {
  code: 'code',
  math: 'math',
  table: 'markup',
  frontMatter: 'markup',
  comment: 'markup',
  markup: 'markup',
};
const spanKinds: Readonly<Record<Exclude<SpanKind, 'prefix'>, PartKind>> = {
  code: 'code',
  math: 'math',
  citation: 'citation',
  link: 'link',
  target: 'address',
  comment: 'markup',
  command: 'markup',
  raw: 'markup',
};
const bareTag = /^\s*<\/?[a-z][a-z0-9]{0,10}>\s*$/iu;
/** Commands around words: who rewrites the words may leave them out. */
const formatting = /^(?:\\[a-zA-Z]+\*?\{|[{}[\]]+)$/u;

/** `](target)`: the bracket belongs to the label. */
const withoutBracket = (text: string, { start, end }: Span): Span => ({
  start: text[start] === ']' ? start + 1 : start,
  end,
});

/**
 * The protected parts of a text, in order: whole blocks that hold no words, and what stands among the words. Names are
 * left out where the text has no case or capitalises all nouns.
 * @param known lines of other texts, such as the one before a change: what they hold is not looked for again
 */
export function protectedParts(reading: TextReading, known: KnownLines = new Map()): ProtectedPart[] {
  const { text } = reading;
  const parts: ProtectedPart[] = [];
  const add = (kind: PartKind, { start, end }: Span) => parts.push({ kind, start, end, text: text.slice(start, end) });
  const words: string[] = [];
  let at = 0;
  const hide = ({ start, end }: Span) => {
    words.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  };
  for (const block of reading.blocks) {
    const kind = blockKinds[block.kind];
    if (kind !== undefined) {
      const syntax = text.slice(block.start, block.end);
      if (syntax.trim() !== '' && !listSyntax.test(syntax))
        parts.push({ kind, start: block.start, end: block.end, text: withoutItem(syntax, block) });
      hide(block);
      continue;
    }
    // `<p>` is no word before the first one of its sentence
    const opener = { start: block.start, end: block.contentStart };
    const marks = text.slice(opener.start, opener.end);
    if (bareTag.test(marks) || (block.opensItem && itemMarks.test(marks))) hide(opener);
    for (const span of reading.spansOf(block)) {
      const isLeft = span.kind === 'prefix' || formatting.test(text.slice(span.start, span.end));
      if (span.kind !== 'prefix' && !isLeft) add(spanKinds[span.kind], withoutBracket(text, span));
      hide(span);
    }
    const closer = { start: block.contentEnd, end: block.end };
    if (bareTag.test(text.slice(closer.start, closer.end))) hide(closer);
  }
  words.push(text.slice(at));
  const { numbers, names, identifiers } = partsOfWords(words.join(''), known);
  for (const number of numbers) add('number', number);
  for (const name of names) add('name', name);
  for (const identifier of identifiers) add('code', identifier);
  return parts.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** In an item a block stands as far in as the item's mark wants it, and may stand behind that mark. */
function withoutItem(syntax: string, { containers, opensItem }: Block): string {
  if (!containers.some(({ kind }) => kind === 'listItem')) return syntax;
  const [first = '', ...others] = syntax.split('\n');
  const own = opensItem
    ? first.replace(/^[ \t>]*(?:(?:[-+*•]|[*.]{2,9}|#\.|\d{1,9}[.)])[ \t]+){1,9}/u, '')
    : first.trimStart();
  const indent = least(others.filter((line) => line.trim() !== '').map((line) => line.search(/\S/u)));
  return [own, ...others.map((line) => line.slice(indent))].join('\n');
}
