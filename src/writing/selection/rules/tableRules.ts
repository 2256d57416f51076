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
  const records = recordsOf(source.rows);
  const rows =
    records?.rows ?? (source.isList ? itemRows(source.rows) : (valueRows(source.rows) ?? itemRows(source.rows)));
  if (rows === undefined || (rows.length > 1 && rows[0]!.length === 2 && sameLabel(rows)))
    return { why: note('noCommonSeparator') };
  const listed = names.replace(namesOfColumns, '');
  const given = listed
    .split(/[,;，、；]/u.test(listed) ? /[,;，、；]/u : /\s(?:and|und|et|y)\s|和/u)
    .map((name) => name.trim());
  if (names.trim() !== '') {
    const width = rows[0]!.length;
    if (given.length !== width) return { why: note('columnsMiscounted', width, given.length) };
    const named = dialectOf(reading.languageId).table(rows, given);
    if (named === undefined) return { why: note('cellsDoNotFit') };
    return { edit: { start: source.start, end: source.end, replacement: named }, notes: [note('byRules')] };
  }
  const { table, headsNeeded } = dialectOf(reading.languageId);
  if (records) {
    const replacement = table(records.rows, records.heads);
    if (replacement === undefined) return { why: note('cellsDoNotFit') };
    return { edit: { start: source.start, end: source.end, replacement }, notes: [note('byRules')] };
  }
  const hasHeads = !source.isList && firstRowNames(rows);
  const made = table(hasHeads ? rows.slice(1) : rows, hasHeads ? rows[0] : undefined);
  if (made === undefined) return { why: note('cellsDoNotFit') };
  const told = hasHeads ? note('headsGuessed') : note(headsNeeded ? 'columnsUnnamed' : 'byRules');
  return { edit: { start: source.start, end: source.end, replacement: made }, notes: [told] };
}

/** `Columns: month, rain` names two. */
const namesOfColumns =
  /^\s*(?:(?:with|use) )?(?:the )?(?:columns?|column names|head(?:er|ing)s?|names?)(?: (?:are|named|called))?\s*[:：]?\s+/iu;

/** Each line says of what kind its value is, in the same words: no names of rows. */
const sameLabel = (rows: readonly (readonly string[])[]): boolean =>
  rows.every(([label]) => label === rows[0]![0]) && /^\p{L}[\p{L} ]{0,20}$/u.test(rows[0]![0]!);

/** `Name: Ana, Age: 34` on each line, or `Name: Ana` and `Age: 34` below each other, again and again. */
function recordsOf(
  lines: readonly HiddenParts[],
): { readonly heads: readonly string[]; readonly rows: string[][] } | undefined {
  const fields = lines.map(fieldsOf);
  const labels = fields.map((line) => line.map(([label]) => label));
  const [heads = []] = labels;
  const isSame = (some: readonly string[]) => some.join('\n') === heads.join('\n');
  if (heads.length > 1 && new Set(heads).size === heads.length && lines.length > 1 && labels.every(isSame))
    return { heads, rows: fields.map((line, i) => line.map(([, value]) => cellOf(lines[i]!, value))) };
  if (!labels.every(({ length }) => length === 1)) return undefined;
  const all = labels.flat();
  const size = all.indexOf(all[0]!, 1);
  if (size < 2 || all.length % size !== 0 || all.some((label, i) => label !== all[i % size])) return undefined;
  if (new Set(all).size !== size) return undefined;
  const values = fields.map(([field], i) => cellOf(lines[i]!, field![1]));
  const rows = Array.from({ length: all.length / size }, (_, i) => values.slice(i * size, (i + 1) * size));
  return { heads: all.slice(0, size), rows };
}

const fieldLabel = /(?:^\s{0,20}|(?:[,;]|(?<=[.!?]))\s{1,9})(\p{Lu}[\p{L}-]{0,20}(?: \p{L}{1,20})?):\s+(?=\S)/gu;

/** The labels of a line, each with its value. */
function fieldsOf(line: HiddenParts): (readonly [label: string, value: string])[] {
  const words = line.words.replace(quotation, (found) => 'x'.repeat(found.length));
  const found = [...words.matchAll(fieldLabel)];
  if (found[0]?.index !== 0) return [];
  return found.map(({ index, 0: whole, 1: label }, i) => {
    const value = line.words.slice(index + whole.length, found[i + 1]?.index ?? words.length);
    return [label!, value] as const;
  });
}

/** What was hidden in a value comes back into it: once. */
const cellOf = (line: HiddenParts, value: string): string => withoutEdgeBreaks(onOneLine(line.restore(value))).trim();

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
    return rows.map((row, i) => row!.map((value) => cellOf(lines[i]!, value)));
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
