import type { CancellationToken } from 'vscode-jsonrpc';
import { openModelFolder } from '../model/modelFolder.ts';
import { InklingError } from '../protocol/errors.ts';
import type { ProseTokens, SurveyRequest } from '../protocol/training.ts';
import { readTokens } from './dataset/tokenizedCorpus.ts';

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
