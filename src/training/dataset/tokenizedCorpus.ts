import { setImmediate } from 'node:timers/promises';
import type { CancellationToken } from 'vscode-jsonrpc';
import type { ChatTemplate } from '../../model/chatTemplate.ts';
import { type ModelFolder, openModelFolder } from '../../model/modelFolder.ts';
import { openTokenizer } from '../../model/openTokenizer.ts';
import type { Tokenizer } from '../../model/tokenizer.ts';
import { type CorpusOptions, type CorpusReport, resolveCorpusOptions, type Split } from '../../protocol/corpus.ts';
import { InklingError } from '../../protocol/errors.ts';
import type { ChatMessage } from '../../protocol/inference.ts';
import type { HeldOutRequest, HeldOutTexts, ProseTokens, SurveyRequest } from '../../protocol/training.ts';
import { countReasons } from '../corpus/findFiles.ts';
import { type Corpus, readCorpus, withFurtherTexts } from '../corpus/readCorpus.ts';
import type { CorpusDocument } from '../corpus/splitDocuments.ts';

/** Reads the texts of a request, or has read them already; undefined when cancelled. */
export type ReadTexts = (
  paths: readonly string[],
  options: CorpusOptions,
  token: CancellationToken,
) => Promise<Corpus | undefined>;

export interface TokenizedCorpus {
  readonly training: readonly TokenizedDocument[];
  readonly validation: readonly TokenizedDocument[];
  /** of all splits, with their token ids */
  readonly documents: readonly (CorpusDocument & { readonly ids: Int32Array })[];
  readonly report: CorpusReport;
}

/**
 * The texts as the model reads them.
 * @param read of the request; default: the files are read now
 * @returns undefined when cancelled
 */
export async function readTokens(
  request: SurveyRequest,
  model: ModelFolder,
  token: CancellationToken,
  read: ReadTexts = readCorpus,
): Promise<TokenizedCorpus | undefined> {
  const files = await read(request.paths, resolveCorpusOptions(request.corpus), token);
  if (!files) return undefined;
  const corpus = withFurtherTexts(files, request);
  const tokenizer = openTokenizer(model);
  const texts = corpus.documents.map(({ text }) => text);
  const tokenized = await tokenizeTexts(texts, tokenizer, token);
  if (!tokenized) return undefined;
  const documents = corpus.documents.map((document, i) => ({ ...document, ids: tokenized[i]!.ids }));
  const ofSplit = (split: Split) => tokenized.filter((_, i) => documents[i]!.split === split);
  const report = corpusReport(
    corpus,
    documents.map(({ ids }) => ids.length),
  );
  return { training: ofSplit('train'), validation: ofSplit('validation'), documents, report };
}

/** Lines that a person would still scroll through. */
const maxExcludedListed = 1_000;

/**
 * What the writer sees before anything is learned: names and counts, no text.
 * @param tokens of each document, in the corpus's order
 */
export function corpusReport(corpus: Corpus, tokens: readonly number[]): CorpusReport {
  return {
    files: fileRows(corpus, tokens),
    excluded: corpus.excluded.slice(0, maxExcludedListed),
    excludedCounts: countReasons(corpus.excluded),
    droppedCounts: corpus.droppedCounts,
    strippedCharacters: corpus.strippedCharacters,
    splits: splitRows(corpus, tokens),
    splitBy: corpus.splitBy,
    digest: corpus.digest,
  };
}

/** One row per file: its sections are added up. */
function fileRows({ documents }: Corpus, tokens: readonly number[]): CorpusReport['files'] {
  const rows = new Map<string, { languageId: string; splits: Set<Split>; characters: number; tokens: number }>();
  documents.forEach(({ path, languageId, split, text }, i) => {
    const row = rows.get(path) ?? { languageId, splits: new Set(), characters: 0, tokens: 0 };
    row.splits.add(split);
    row.characters += text.length;
    row.tokens += tokens[i]!;
    rows.set(path, row);
  });
  return Array.from(rows, ([path, row]) => ({ path, ...row, splits: [...row.splits] }));
}

function splitRows({ documents }: Corpus, tokens: readonly number[]): CorpusReport['splits'] {
  const row = () => ({ documents: 0, characters: 0, tokens: 0 });
  const rows: Record<Split, ReturnType<typeof row>> = { train: row(), validation: row(), test: row() };
  documents.forEach(({ split, text }, i) => {
    rows[split].documents++;
    rows[split].characters += text.length;
    rows[split].tokens += tokens[i]!;
  });
  return rows;
}

/**
 * The cleaned texts that a run with the same options would keep apart.
 * @returns undefined when cancelled
 */
export async function heldOutTexts(
  request: HeldOutRequest,
  token: CancellationToken,
  read: ReadTexts,
): Promise<HeldOutTexts | undefined> {
  const corpus = await read(request.paths, resolveCorpusOptions(request.corpus), token);
  if (!corpus) return undefined;
  const ofSplit = (split: CorpusDocument['split']) =>
    corpus.documents.filter((document) => document.split === split && document.text !== '');
  const test = ofSplit('test');
  const [split, documents] =
    test.length > 0 ? (['test', test] as const) : (['validation', ofSplit('validation')] as const);
  return { split, texts: cutToShares(documents, request.maxCharacters) };
}

/** Short texts stay whole; what they leave is shared by the longer ones. The order stays. */
function cutToShares(documents: readonly CorpusDocument[], maxCharacters: number): HeldOutTexts['texts'] {
  const kept = new Map<CorpusDocument, string>();
  let room = maxCharacters;
  const byLength = [...documents].sort((a, b) => a.text.length - b.text.length);
  for (const [i, document] of byLength.entries()) {
    const text = document.text.slice(0, Math.floor(room / (byLength.length - i)));
    kept.set(document, text);
    room -= text.length;
  }
  return documents.map((document) => {
    const { path, languageId } = document;
    return { path, languageId, text: kept.get(document)! };
  });
}

/**
 * The cleaned prose of folders and files, all of it: nothing is kept apart, and there may be little.
 * @returns undefined when cancelled
 * @throws InklingError `fileAccess` when a path does not exist
 */
export async function proseTokens(request: SurveyRequest, token: CancellationToken): Promise<ProseTokens | undefined> {
  const { modelFolder } = request;
  const all = { ...request.corpus, validationFraction: 0, testFraction: 0, minCharacters: 1 };
  try {
    const corpus = await readTokens({ ...request, corpus: all }, openModelFolder(modelFolder), token);
    return corpus && { texts: corpus.documents.map(({ path, ids }) => ({ path, tokens: Array.from(ids) })) };
  } catch (error) {
    if (error instanceof InklingError && error.code === 'tooLittleText') return { texts: [] };
    throw error;
  }
}

/** One text as the model sees it. */
export interface TokenizedDocument {
  readonly ids: Int32Array;
  /** tokens before this one are context: they are read and not learned. 0 for prose. */
  readonly lossFrom: number;
  /** what the model wants before all it reads, where it wants anything: windows that begin further on get it, too */
  readonly beginningId?: number;
}

/**
 * Prose is learned from its second token to its last; before the first stands what the model wants before all it reads.
 * No end is marked, as none is in the editor.
 * @returns in the order of the texts; undefined when cancelled
 */
export async function tokenizeTexts(
  texts: readonly string[],
  tokenizer: Tokenizer,
  token: CancellationToken,
): Promise<TokenizedDocument[] | undefined> {
  const beginningId = tokenizer.beginning.at(-1);
  const begins = beginningId === undefined ? {} : { beginningId };
  const documents: TokenizedDocument[] = [];
  for (const text of texts) {
    await setImmediate(); // lets a cancel in
    if (token.isCancellationRequested) return undefined;
    documents.push({ ids: Int32Array.from(tokenizer.encodeFromBeginning(text)), lossFrom: 0, ...begins });
  }
  return documents;
}

/** What is asked, and the answer that is to be learned. */
export interface InstructionPair {
  readonly messages: readonly ChatMessage[];
  readonly answer: string;
}

/**
 * Laid out by the model's own chat template; only the answer and its end are learned.
 * @param endOfAnswerId the special token that ends an answer, learned with it
 */
export function tokenizePair(
  { messages, answer }: InstructionPair,
  {
    tokenizer,
    chatTemplate,
    endOfAnswerId,
  }: { tokenizer: Tokenizer; chatTemplate: ChatTemplate; endOfAnswerId: number },
): TokenizedDocument {
  const prompt = chatTemplate.encode(messages);
  return {
    ids: Int32Array.from([...prompt, ...tokenizer.encodeFurther(answer), endOfAnswerId]),
    lossFrom: prompt.length,
  };
}
