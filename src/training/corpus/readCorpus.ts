import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { CancellationToken } from 'vscode-jsonrpc';
import {
  type CorpusOptions,
  type CorpusReport,
  type DropReason,
  type ExclusionReason,
  resolveCorpusOptions,
} from '../../protocol/corpus.ts';
import { InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import type { SurveyRequest } from '../../protocol/training.ts';
import { verdictOnName } from './cleaning/fileVerdict.ts';
import { type CleanText, TextCleaner } from './cleaning/textCleaner.ts';
import { countReasons, type ExcludedFile, type FoundFile, findFiles } from './findFiles.ts';
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

/** A file above this part of all that is read comes last: a few of them must not push out what somebody wrote. */
const largeFraction = 1 / 32;

/** When all files together are too much, a choice by their hashes: a sample of every folder, the same each time. */
function withinBudget(
  files: readonly FoundFile[],
  { maxTotalMegabytes, seed }: CorpusOptions,
  excluded: ExcludedFile[],
): FoundFile[] {
  let room = maxTotalMegabytes * 1e6;
  const score = new Map(files.map((file) => [file, splitScore({ path: file.path, section: -1 }, seed)]));
  const isLarge = ({ bytes }: FoundFile) => Number(bytes > largeFraction * maxTotalMegabytes * 1e6);
  const kept = new Set<FoundFile>();
  for (const file of [...files].sort((a, b) => isLarge(a) - isLarge(b) || score.get(a)! - score.get(b)!)) {
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
  const files = texts.length === 1 ? sentence`1 file` : sentence`${count(texts.length)} files`;
  const left = Object.entries(countReasons(excluded)).map(
    ([reason, times]) => sentence`${exclusionTexts[reason as ExclusionReason]}: ${count(times)}`,
  );
  const where =
    left.length === 0
      ? files
      : sentence`${files} (${count(excluded.length)} left out; ${left.reduce((one, other) => sentence`${one}; ${other}`)})`;
  throw new InklingError(
    'tooLittleText',
    sentence`There are ${count(characters)} characters of prose in ${where}; learning a voice needs at least ${count(minCharacters)}, about ${count(Math.ceil(minCharacters / 3_000))} pages. Add more of your own text, or choose another folder.`,
  );
}

function digestOf(documents: readonly CorpusDocument[]): string {
  const hash = createHash('sha256');
  for (const { path, section, split, text } of documents)
    hash.update(`${JSON.stringify([path, section, split, text])}\n`);
  return hash.digest('hex');
}

type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'excluded'; readonly reason: 'unreadable' | 'changing' | 'binary' };

/** A file that is saved while we read is read again, this often. */
const attempts = 3;

/**
 * The file as the model would see it in the editor: no byte-order mark, line feeds only, no lone surrogates. Bytes
 * that are no UTF-8 become U+FFFD: one bad byte must not cost a whole book.
 */
export async function readTextFile({ absolutePath, bytes }: FoundFile): Promise<FileText> {
  try {
    const file = await open(absolutePath, 'r');
    try {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const content = await readUnchanged(file, 2 * bytes + 65_536);
        if (content !== undefined) return decode(content);
      }
      return { kind: 'excluded', reason: 'changing' };
    } finally {
      await file.close();
    }
  } catch {
    return { kind: 'excluded', reason: 'unreadable' };
  }
}

/** All bytes, or undefined when the file changed meanwhile or has grown beyond `maxBytes`. */
async function readUnchanged(file: FileHandle, maxBytes: number): Promise<Buffer | undefined> {
  const before = await file.stat();
  if (!before.isFile() || before.size > maxBytes) return undefined;
  const content = Buffer.alloc(before.size);
  let filled = 0;
  while (filled < content.length) {
    const { bytesRead } = await file.read(content, filled, content.length - filled, filled);
    if (bytesRead === 0) return undefined; // it has become shorter
    filled += bytesRead;
  }
  const after = await file.stat();
  return after.size === before.size && after.mtimeMs === before.mtimeMs ? content : undefined;
}

function decode(content: Buffer): FileText {
  const encoding = encodingOf(content);
  if (encoding === undefined) return { kind: 'excluded', reason: 'binary' };
  const text = new TextDecoder(encoding).decode(content).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  return { kind: 'text', text: text.toWellFormed() };
}

const sampledBytes = 65_536;

/** UTF-8 unless a byte-order mark says otherwise; undefined for what is no text. */
function encodingOf(content: Buffer): string | undefined {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  const sample = content.subarray(0, sampledBytes);
  const controls = sample.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13).length;
  return sample.includes(0) || controls > sample.length / 100 ? undefined : 'utf-8';
}

/**
 * Adds texts that come from files, but are not read from them, to what is learned from. One from a file that is kept
 * apart, or is not read at all, is passed over: nothing that the comparison at the end reads is learned by a back door.
 */
export function withFurtherTexts(corpus: Corpus, { furtherTexts = [], corpus: options }: SurveyRequest): Corpus {
  if (furtherTexts.length === 0) return corpus;
  const cleaner = new TextCleaner(resolveCorpusOptions(options));
  const keptApart = new Set(corpus.documents.filter(({ split }) => split !== 'train').map(({ path }) => path));
  const languageOf = new Map(corpus.documents.map(({ path, languageId }) => [path, languageId]));
  const added = furtherTexts.flatMap(({ path, text }): CorpusDocument[] => {
    const languageId = languageOf.get(path);
    if (languageId === undefined || keptApart.has(path)) return [];
    const clean = cleaner.clean(text, languageId);
    return clean.kind === 'text' ? [{ path, languageId, section: 0, text: clean.text, split: 'train' }] : [];
  });
  if (added.length === 0) return corpus;
  const digest = createHash('sha256').update(corpus.digest);
  for (const { path, text } of added) digest.update(`${JSON.stringify([path, text])}\n`);
  return { ...corpus, documents: [...corpus.documents, ...added], digest: digest.digest('hex') };
}

const exclusionTexts: Readonly<Record<ExclusionReason, Sentence>> = {
  gitignore: sentence`ignored by git`,
  excluded: sentence`excluded by a setting`,
  symbolicLink: sentence`a symbolic link`,
  tooLarge: sentence`too large`,
  overBudget: sentence`more text than is read`,
  unreadable: sentence`cannot be read`,
  changing: sentence`was being written`,
  binary: sentence`not text`,
  generated: sentence`made by a program`,
  boilerplate: sentence`a license, or the like`,
  credentials: sentence`may hold secrets`,
  notProse: sentence`mostly figures and signs`,
  empty: sentence`nothing left after cleaning`,
};
