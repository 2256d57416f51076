import type { CancellationToken } from 'vscode-jsonrpc';
import { resolveCorpusOptions } from '../protocol/corpus.ts';
import { InklingError } from '../protocol/errors.ts';
import type { ProseRequest, ProseTexts } from '../protocol/training.ts';
import { readCorpus } from './corpus/readCorpus.ts';

/**
 * The cleaned prose of folders and files, all of it: nothing is kept apart, and there may be little.
 * @returns undefined when cancelled
 * @throws InklingError `fileAccess` when a path does not exist
 */
export async function proseTexts(request: ProseRequest, token: CancellationToken): Promise<ProseTexts | undefined> {
  const all = { validationFraction: 0, testFraction: 0, minCharacters: 1 };
  try {
    const corpus = await readCorpus(request.paths, resolveCorpusOptions({ ...request.corpus, ...all }), token);
    return corpus && { texts: corpus.documents.map(({ path, text }) => ({ path, text })) };
  } catch (error) {
    if (error instanceof InklingError && error.code === 'tooLittleText') return { texts: [] };
    throw error;
  }
}
