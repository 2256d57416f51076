import type { CancellationToken } from 'vscode-jsonrpc';
import type { ModelFolder } from '../model/modelFolder.ts';
import { Tokenizer } from '../model/tokenizer.ts';
import { type CorpusReport, resolveCorpusOptions, type Split } from '../protocol/corpus.ts';
import type { SurveyRequest } from '../protocol/training.ts';
import { corpusReport } from './corpus/corpusReport.ts';
import { readCorpus } from './corpus/readCorpus.ts';
import { type TokenizedDocument, tokenizeTexts } from './dataset/tokenizedDocument.ts';

export interface TokenizedCorpus {
  readonly training: readonly TokenizedDocument[];
  readonly validation: readonly TokenizedDocument[];
  readonly report: CorpusReport;
}

/**
 * The texts as the model reads them.
 * @returns undefined when cancelled
 */
export async function readTokens(
  request: SurveyRequest,
  model: ModelFolder,
  token: CancellationToken,
): Promise<TokenizedCorpus | undefined> {
  const corpus = await readCorpus(request.paths, resolveCorpusOptions(request.corpus), token);
  if (!corpus) return undefined;
  const tokenizer = new Tokenizer(model.tokenizerJson, model.tokenizerConfig, model.config.vocabularySize);
  const texts = corpus.documents.map(({ text }) => text);
  const documents = await tokenizeTexts(texts, tokenizer, token);
  if (!documents) return undefined;
  const ofSplit = (split: Split) => documents.filter((_, i) => corpus.documents[i]!.split === split);
  const tokens = documents.map(({ ids }) => ids.length);
  return { training: ofSplit('train'), validation: ofSplit('validation'), report: corpusReport(corpus, tokens) };
}
