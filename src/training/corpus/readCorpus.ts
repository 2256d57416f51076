import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CancellationToken } from 'vscode-jsonrpc';
import type { CorpusOptions, CorpusReport, DropReason } from '../../protocol/corpus.ts';
import { InklingError } from '../../protocol/errors.ts';
import { verdictOnName } from './cleaning/fileVerdict.ts';
import { type CleanText, TextCleaner } from './cleaning/textCleaner.ts';
import { countReasons, type ExcludedFile, type FoundFile, findFiles } from './findFiles.ts';
import { readTextFile } from './readTextFile.ts';
import { type CorpusDocument, type ProseText, splitDocuments, splitScore } from './splitDocuments.ts';

/** The writer's own prose, cleaned and split. It lives in memory only: nothing of it is written or logged. */
export interface Corpus {
  /** in the order of their paths */
  readonly documents: readonly CorpusDocument[];
  readonly splitBy: CorpusReport['splitBy'];
  readonly excluded: readonly ExcludedFile[];
  readonly droppedCounts: Readonly<Partial<Record<DropReason, number>>>;
  readonly strippedCharacters: number;
  /** SHA-256 over names, splits and text, in hexadecimal */
  readonly digest: string;
}

/**
 * Reads what a fine-tuning run may learn from.
 * @param paths folders, or single files
 * @param onProgress 0 … 1 of the files
 * @returns undefined when cancelled
 * @throws InklingError `fileAccess` when a path does not exist, `tooLittleText` with what there is and what is needed
 */
export async function readCorpus(
  paths: readonly string[],
  options: CorpusOptions,
  token: CancellationToken,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<Corpus | undefined> {
  const found = await findFiles(paths, options);
  const excluded = [...found.excluded];
  const cleaner = new TextCleaner(options);
  const texts: ProseText[] = [];
  const files = withinBudget(found.files, options, excluded);
  for (const [i, file] of files.entries()) {
    onProgress(i / files.length);
    await setImmediate(); // lets a cancel in
    if (token.isCancellationRequested) return undefined;
    const { path, languageId } = file;
    const clean = await cleanText(file, cleaner);
    if (clean.kind === 'excluded') excluded.push({ path, reason: clean.reason });
    else texts.push({ path, languageId, section: 0, text: clean.text });
  }
  demandEnough(texts, excluded, options);
  const { documents, splitBy } = splitDocuments(texts, options);
  const { droppedCounts, strippedCharacters } = cleaner;
  return { documents, splitBy, excluded, droppedCounts, strippedCharacters, digest: digestOf(documents) };
}

async function cleanText(file: FoundFile, cleaner: TextCleaner): Promise<CleanText> {
  const reason = verdictOnName(file.path);
  if (reason !== undefined) return { kind: 'excluded', reason };
  const read = await readTextFile(file);
  return read.kind === 'text' ? cleaner.clean(read.text, file.languageId) : read;
}

/** When all files together are too much, a choice by their hashes: a sample of every folder, the same each time. */
function withinBudget(
  files: readonly FoundFile[],
  { maxTotalMegabytes, seed }: CorpusOptions,
  excluded: ExcludedFile[],
): FoundFile[] {
  let room = maxTotalMegabytes * 1e6;
  const score = new Map(files.map((file) => [file, splitScore({ path: file.path, section: -1 }, seed)]));
  const kept = new Set<FoundFile>();
  for (const file of [...files].sort((a, b) => score.get(a)! - score.get(b)!)) {
    if (file.bytes > room) excluded.push({ path: file.path, reason: 'overBudget' });
    else {
      kept.add(file);
      room -= file.bytes;
    }
  }
  return files.filter((file) => kept.has(file));
}

function demandEnough(
  texts: readonly ProseText[],
  excluded: readonly ExcludedFile[],
  { minCharacters }: CorpusOptions,
): void {
  const characters = texts.reduce((sum, { text }) => sum + text.length, 0);
  if (characters >= minCharacters) return;
  const count = (value: number) => value.toLocaleString('en');
  const files = texts.length === 1 ? '1 file' : `${count(texts.length)} files`;
  const counts = Object.entries(countReasons(excluded)).map(([reason, times]) => `${count(times)} ${reason}`);
  const left = excluded.length > 0 ? ` (${count(excluded.length)} left out: ${counts.join(', ')})` : '';
  throw new InklingError(
    'tooLittleText',
    `There are ${count(characters)} characters of prose in ${files}${left}; learning a voice needs at least ${count(minCharacters)}, about ${count(Math.ceil(minCharacters / 3_000))} pages. Add more of your own text, or choose another folder.`,
  );
}

function digestOf(documents: readonly CorpusDocument[]): string {
  const hash = createHash('sha256');
  for (const { path, section, split, text } of documents)
    hash.update(`${JSON.stringify([path, section, split, text])}\n`);
  return hash.digest('hex');
}
