import type { CancellationToken } from 'vscode-jsonrpc';
import type { ModelFolder } from '../../model/modelFolder.ts';
import { openTokenizer } from '../../model/openTokenizer.ts';
import { type CorpusOptions, type CorpusReport, resolveCorpusOptions, type Split } from '../../protocol/corpus.ts';
import type { SurveyRequest } from '../../protocol/training.ts';
import { corpusReport } from '../corpus/corpusReport.ts';
import { withFurtherTexts } from '../corpus/furtherTexts.ts';
import { type Corpus, readCorpus } from '../corpus/readCorpus.ts';
import type { CorpusDocument } from '../corpus/splitDocuments.ts';
import { type TokenizedDocument, tokenizeTexts } from './tokenizedDocument.ts';

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
