import { sentencesOf, unwrapped } from '../text/sentences.ts';
import { type BlockKind, type TextBlock, textBlocks } from '../text/textBlocks.ts';
import { wordCount } from '../text/words.ts';
import { capitalized } from './phraseTable.ts';

/** One point per sentence; a sentence that lists things after a colon becomes a point with its things below it. */
export function bulletsOf(text: string, languageId: string): string {
  const latex = languageId === 'latex' || languageId === 'tex';
  const lines = textBlocks(text)
    .filter(({ kind }) => kind === 'prose' || kind === 'listItem' || kind === 'quote')
    .flatMap((block) => sentencesOf(text, { start: block.contentStart, end: block.end }))
    .flatMap(({ start, end }) => points(unwrapped(text.slice(start, end))));
  if (lines.length === 0) return text;
  const items = lines.map(({ text: point, depth }) => `${'  '.repeat(depth)}${latex ? '\\item' : '-'} ${point}`);
  return latex
    ? ['\\begin{itemize}', ...items.map((item) => `  ${item}`), '\\end{itemize}'].join('\n')
    : items.join('\n');
}

interface Point {
  readonly text: string;
  readonly depth: 0 | 1;
}

/** An enumeration: a head that ends in a colon, and at least three things. */
const enumeration = /^([^:]{3,120}:)\s+([^:;]+?)\.?$/u;
const minThings = 3;

function points(sentence: string): Point[] {
  const listed = enumeration.exec(sentence);
  const things = (listed?.[2] ?? '')
    .split(/,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+(?=[^,]+$)/u)
    .filter((thing) => thing.trim() !== '');
  if (listed && things.length >= minThings && things.every((thing) => thing.split(/\s+/u).length <= 6)) {
    return [{ text: listed[1]!, depth: 0 }, ...things.map((thing): Point => ({ text: thing.trim(), depth: 1 }))];
  }
  return [{ text: withoutConnective(sentence), depth: 0 }];
}

/** `However, the …` leans on the sentence before it, which a point does not have. */
function withoutConnective(sentence: string): string {
  const bare = sentence.replace(
    /^(?:Also|Additionally|In addition|Furthermore|Moreover|Then|Next|Besides|And|Finally|Firstly|Secondly|Thirdly|First|Second|Third),\s+/u,
    '',
  );
  return capitalized(bare);
}

/** The items of a list, without markers; undefined when the text is no list of at least two. */
function listItems(text: string): { readonly lead: string; readonly items: readonly string[] } | undefined {
  const blocks = textBlocks(text).filter(({ kind }) => kind !== 'blank' && kind !== 'markup');
  const items = blocks.filter(({ kind }) => kind === 'listItem');
  const [first, ...rest] = blocks;
  const isLed = first?.kind === 'prose' && rest.every(({ kind }) => kind === 'listItem');
  if (items.length < 2 || (!isLed && items.length < blocks.length)) return undefined;
  const words = (block: TextBlock) => unwrapped(text.slice(block.contentStart, block.end));
  return { lead: isLed ? words(first) : '', items: items.map(words) };
}

/** An item that begins with a capital and has this many words is a sentence without its full stop. */
const minSentenceWords = 5;

/** A list as running text: sentences follow each other, fragments are joined with commas and `and`. */
export function proseOf(text: string): string | undefined {
  const list = listItems(text);
  if (!list) return undefined;
  const { lead, items } = list;
  const areSentences = items.every(
    (item) => /[.!?。]$/u.test(item) || (/^\p{Lu}/u.test(item) && wordCount(item) >= minSentenceWords),
  );
  if (areSentences) {
    const sentences = items.map((item) => capitalized(/[.!?。:]$/u.test(item) ? item : `${item}.`));
    return [lead.replace(/:$/u, '.'), ...sentences].filter((part) => part !== '').join(' ');
  }
  const fragments = items.map((item) => item.replace(/[.,;]$/u, ''));
  const separator = fragments.some((item) => item.includes(',')) ? '; ' : ', ';
  const joined = `${fragments.slice(0, -1).join(separator)}${fragments.length > 2 ? separator.trimEnd() : ''} and ${fragments.at(-1)}.`;
  if (lead === '') return capitalized(joined);
  return `${lead.replace(/[.]$/u, ':')}${/[:.]$/u.test(lead) ? '' : ':'} ${joined}`;
}

const separators: readonly RegExp[] = [/\t+/u, /\s\|\s/u, /:\s+/u, /\s+[–—]\s+|\s+-{1,2}\s+/u, /;\s+/u, /,\s+/u];

/** Rows by the first separator that every item has; `*word*` marks around a cell stay. Undefined when there is none. */
export function tableOf(text: string): string | undefined {
  if (textBlocks(text).some(({ kind }) => unfit.has(kind))) return undefined;
  const items = listItems(text)?.items ?? plainRows(text);
  if (items.length < 2) return undefined;
  for (const separator of separators) {
    if (!items.every((item) => separator.test(item))) continue;
    const isLabelled = !['\t+', ';\\s+', ',\\s+', '\\s\\|\\s'].includes(separator.source);
    const rows = items.map((item) => (isLabelled ? atFirst(item, separator) : item.split(separator)).map(cell));
    const width = rows[0]!.length;
    if (width < 2 || rows.some((row) => row.length !== width)) continue;
    return markdownTable(rows);
  }
  return undefined;
}

/** Tables already, or no text. */
const unfit: ReadonlySet<BlockKind> = new Set(['table', 'code', 'math', 'frontMatter']);

const plainRows = (text: string) =>
  text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function atFirst(item: string, separator: RegExp): string[] {
  const { index, 0: found } = separator.exec(item)!;
  return [item.slice(0, index), item.slice(index + found.length)];
}

const cell = (text: string) => text.trim().replace(/(?<!\\)\|/gu, '\\|');

/** The first row is data: headings are the writer's to fill in. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const head = rows[0]!.map(() => '');
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
