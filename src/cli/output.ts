import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Sentence } from '../protocol/errors.ts';

/** One line of the answer, on stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What other programs can be told: everything but sentences in parts, which are for editors to translate. */
type Told<Document> = Document extends Sentence
  ? never
  : Document extends object
    ? { [Key in keyof Document]: Told<Document[Key]> }
    : Document;

/** A problem as other programs are told: in English. */
export const inEnglish = <Listed extends { readonly problemSentence?: Sentence }>({
  problemSentence: _,
  ...told
}: Listed) => told;

/** A JSON document on one line, on stdout. Numbers that JSON does not know become null. */
export function printJson<Document>(document: Document & Told<Document>): void {
  print(JSON.stringify(document));
}

/** A message for the person, on stderr. */
export function tell(message: string): void {
  process.stderr.write(`inkling: ${message}\n`);
}

/** Says how far it is, on a terminal. */
export function progressLine(): (done: number, total: number) => void {
  let shown = -1;
  return (done, total) => {
    const percent = Math.floor((100 * done) / total);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    process.stderr.write(`\r${percent} %${done === total ? '\n' : ''}`);
  };
}

/** Rows of cells as aligned columns; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A share with one decimal; a dash for what was not measured. */
export const percent = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);

/**
 * Makes a folder and those above it that are missing. Node's recursive way does not end where the system says that the folder
 * above is missing although it is there, as under /proc.
 * @throws what the system says
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above); // a drive that is not there has none
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // another process was faster
  }
}
