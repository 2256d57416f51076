import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceClient } from '../client/inferenceClient.ts';
import { ownWordsCorpus } from '../protocol/corpus.ts';
import type { LoadedModel } from '../protocol/inference.ts';
import { type Invocation, whileRunning } from './invocation.ts';

export interface WorkspaceWords {
  readonly files: number;
  /** that were counted */
  readonly tokens: number;
}

export interface WorkspaceToRead {
  /** undefined: nothing is read */
  readonly folder: string | undefined;
  /** files that are left out, wherever they lie: those whose text is to be guessed */
  readonly without: readonly string[];
  /** the model that is in use */
  readonly model: LoadedModel;
}

/**
 * Has the client prefer the words of a folder's prose.
 * @throws InklingError `fileAccess` when there is no such folder
 */
export async function useWorkspaceWords(
  invocation: Invocation,
  client: InferenceClient,
  { folder, without, model: { modelFolder } }: WorkspaceToRead,
): Promise<WorkspaceWords | undefined> {
  if (folder === undefined) return undefined;
  const found = await whileRunning(invocation, invocation.processes.training(), (training) =>
    training.prose({ paths: [folder], modelFolder, corpus: ownWordsCorpus }),
  );
  const [root, ...leftOut] = await Promise.all([folder, ...without].map((path) => realpath(path).catch(() => path)));
  const texts = (found?.texts ?? []).filter(
    ({ path }) => !leftOut.includes(join(root!, path)) && !leftOut.includes(root!),
  );
  const { tokens } = await client.useOwnWords({ modelFolder, texts: texts.map((text) => text.tokens) });
  return { files: texts.length, tokens };
}
