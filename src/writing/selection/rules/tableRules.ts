import Papa from 'papaparse';
import type { Block, TextReading } from '../../../text/block.ts';
import { markupPairs } from '../../../text/heldPhrases.ts';
import { contentOf, onOneLine } from '../../../text/sentences.ts';
import { merged, type Span, spansAmong } from '../../../text/span.ts';
import { type Note, note } from '../notes.ts';
import { type HiddenParts, hideParts } from '../protection/hidden.ts';
import { dialectOf } from '../text/dialect.ts';
import { flatList } from '../text/listItems.ts';
import { withoutEdgeBreaks } from '../text/looseText.ts';
import { isEmpty, paragraphOf, unsplitSpans } from '../text/reading.ts';
import type { Edit } from '../wordChanges.ts';

export interface TableEdit {
  readonly edit: Edit;
  readonly notes: readonly Note[];
}

/**
 * A list, or lines of values, as a table of the document's markup. Nothing within code, links or quotes separates.
 * @param names of the columns, separated by commas; without any the first row may hold them
 */
export function tableEdit(reading: TextReading, names = ''): TableEdit | { readonly why: Note } {
  const source = rowsOf(reading);
  if ('why' in source) return source;
  const rows = source.isList ? itemRows(source.rows) : (valueRows(source.rows) ?? itemRows(source.rows));
  if (rows === undefined) return { why: note('noCommonSeparator') };
  const given = names.split(/[,;，、；]/u).map((name) => name.trim());
  if (names.trim() !== '') {
    const width = rows[0]!.length;
    if (given.length !== width) return { why: note('columnsMiscounted', width, given.length) };
    const named = dialectOf(reading.languageId).table(rows, given);
    if (named === undefined) return { why: note('cellsDoNotFit') };
    return { edit: { start: source.start, end: source.end, replacement: named }, notes: [note('byRules')] };
  }
  const hasHeads = !source.isList && firstRowNames(rows);
  const { table, headsNeeded } = dialectOf(reading.languageId);
  const made = table(hasHeads ? rows.slice(1) : rows, hasHeads ? rows[0] : undefined);
  if (made === undefined) return { why: note('cellsDoNotFit') };
  const told = hasHeads ? note('headsGuessed') : note(headsNeeded ? 'columnsUnnamed' : 'byRules');
  return { edit: { start: source.start, end: source.end, replacement: made }, notes: [told] };
}

interface Source extends Span {
  readonly isList: boolean;
  readonly rows: readonly HiddenParts[];
}

function rowsOf(reading: TextReading): Source | { readonly why: Note } {
  const { text } = reading;
  const filled = reading.blocks.filter((block) => !isEmpty(reading, block));
  if (filled.length > 0 && filled.every(({ kind }) => kind === 'prose')) return lineRows(reading, filled);
  const list = flatList(reading);
  if ('why' in list) return { why: list.why.code === 'needsList' ? note('noCommonSeparator') : list.why };
  const rows = list.items.map((block) =>
    hideParts(text, { start: block.contentStart, end: block.contentEnd }, hiddenIn(reading, block)),
  );
  return { start: list.start, end: list.end, isList: true, rows };
}

function lineRows(reading: TextReading, blocks: readonly Block[]): Source | { readonly why: Note } {
  const { text } = reading;
  const rows = blocks.flatMap((block) => {
    const spans = hiddenIn(reading, block);
    return lineSpans(text, { start: block.contentStart, end: block.contentEnd }).map((line) =>
      hideParts(text, line, spansAmong(spans, line)),
    );
  });
  const [first, last] = [paragraphOf(reading, blocks[0]!), paragraphOf(reading, blocks.at(-1)!)];
  if (rows.length < 2 || !first || !last) return { why: note('noCommonSeparator') };
  return { start: first.start, end: last.end, isList: false, rows };
}

/** Within emphasis and brackets nothing separates: half of them in each of two cells would be none. */
const hiddenIn = (reading: TextReading, block: Block): Span[] =>
  merged([
    ...unsplitSpans(reading, block, contentOf(block)),
    ...markupPairs(reading, block).filter(({ start, end }) => !reading.text.slice(start, end).includes('\n')),
  ]);

function lineSpans(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  for (let at = start; at < end; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 || newline >= end ? end : newline;
    if (text.slice(at, next).trim() !== '') spans.push({ start: at, end: next });
    at = next + 1;
  }
  return spans;
}

/** Values with quotes around them may hold the separator: a library reads them. */
function valueRows(lines: readonly HiddenParts[]): string[][] | undefined {
  const isQuoted = lines.some(({ words }) => words.includes('"'));
  for (const delimiter of ['\t', '|', ';', ',']) {
    if (delimiter === '|' && isQuoted) continue;
    const rows = lines.map(({ words }) => parsedLine(words, delimiter));
    const width = rows[0]?.length ?? 0;
    const isTable = width >= 2 && rows.every((row) => row !== undefined && row.length === width);
    if (!isTable || (delimiter !== '\t' && !isQuoted && hasLabels(lines))) continue;
    return rows.map((row, i) => row!.map((value) => withoutEdgeBreaks(onOneLine(lines[i]!.restore(value)))));
  }
  return undefined;
}

/** `name: value, value` is a name and what belongs to it. */
const hasLabels = (lines: readonly HiddenParts[]) => lines.every(({ words }) => /:\s|\s[–—-]{1,2}\s/u.test(words));

function parsedLine(line: string, delimiter: string): string[] | undefined {
  const edge = delimiter === '|' ? String.raw`\|` : delimiter;
  const tight = line
    .trim()
    .replace(new RegExp(`(?<=^|${edge})[ \\t]+(?=")`, 'gu'), '')
    .replace(new RegExp(`(?<=")[ ]+(?=${edge}|$)`, 'gu'), '');
  const { data, errors } = Papa.parse<string[]>(tight, { delimiter, skipEmptyLines: true });
  if (errors.length > 0 || data.length !== 1) return undefined;
  return data[0]!.map((value) => value.trim());
}

interface Separator {
  readonly pattern: RegExp;
  /** the first one ends a name; what follows it is one value */
  readonly isLabel: boolean;
}

const separators: readonly Separator[] = [
  { pattern: /\t+/u, isLabel: false },
  { pattern: /[ ]\|[ ]/u, isLabel: false },
  { pattern: /(?<!\s)\s*::\s+/u, isLabel: true },
  { pattern: /:\s+|：\s*/u, isLabel: true },
  { pattern: /\s=\s/u, isLabel: true },
  { pattern: /\s[–—]\s+|\s-{1,2}\s+/u, isLabel: false },
  { pattern: /;\s+|；\s*/u, isLabel: false },
  { pattern: /,\s+|，\s*/u, isLabel: false },
  { pattern: /(?<=[^\s.!?:;])[ ]{2,}(?=\S)/u, isLabel: false }, // values under each other
];
/** What is said within quotation marks is one value. */
const quotation = /"[^"\n]{1,500}"|“[^”\n]{1,500}”|„[^“\n]{1,500}“|«[^»\n]{1,500}»/gu;

/** By the first separator that every item has. */
function itemRows(items: readonly HiddenParts[]): string[][] | undefined {
  const unquoted = items.map(({ words }) => words.replace(quotation, (found) => 'x'.repeat(found.length)));
  for (const { pattern, isLabel } of separators) {
    const rows = unquoted.map((item, i) => cut(items[i]!.words, item, { pattern, isLabel }));
    const width = rows[0]?.length ?? 0;
    if (width < 2 || rows.some((row) => row.length !== width || !isName(row[0]!))) continue;
    return rows.map((row, i) => row.map((value) => withoutEdgeBreaks(onOneLine(items[i]!.restore(value)))));
  }
  return undefined;
}

/** `“Come in,” said Ann: she was cold` names nothing. */
const isName = (value: string): boolean => !/["“„«]/u.test(value) || /^\s*["“„«][^"”“»]*["”“»]\s*$/u.test(value);

/** Cuts the words where their double, in which quotations are blotted out, has the separator. */
function cut(words: string, double: string, { pattern, isLabel }: Separator): string[] {
  const cells: string[] = [];
  let at = 0;
  for (const { index, 0: found } of double.matchAll(new RegExp(pattern, 'gu'))) {
    cells.push(words.slice(at, index));
    at = index + found.length;
    if (isLabel) break;
  }
  return [...cells, words.slice(at)];
}

/** No number stands in the first row, and one stands below each other name of a column. */
function firstRowNames(rows: readonly (readonly string[])[]): boolean {
  const isNumber = (value: string) => /^[-+$€£¥]?\d[\d.,\s]*[%\p{L}°]{0,4}$/u.test(value);
  const [first, ...rest] = rows;
  if (rest.length === 0 || first!.some((value) => isNumber(value) || value === '')) return false;
  return first!.some((_, column) => rest.every((row) => isNumber(row[column]!)));
}
