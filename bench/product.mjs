import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundle, loadBundle, outFolder, root } from './bundle.mjs';
import { runCommand } from './runScript.mjs';

export { outFolder, root };
export const distFolder = path.join(root, 'dist');

/** `npm run bench -- --model FILE.gguf`: another model than the bundled one. */
export const givenModel = process.env['INKLING_BENCH_MODEL'];
const addedModels = path.join(outFolder, 'models');
const addedName = givenModel && path.basename(givenModel, '.gguf').toLowerCase();
export const modelFolder = addedName
  ? path.join(addedModels, addedName)
  : path.join(distFolder, 'models', 'smollm2-135m-instruct');
export const ggufFile =
  givenModel ?? path.join(root, 'models', 'smollm2-135m-instruct', 'SmolLM2-135M-Instruct.Q4_1.gguf');

/** Converts the given model, once. */
export async function addGivenModel() {
  if (!givenModel || existsSync(modelFolder)) return;
  process.env['INKLING_MODELS'] = addedModels;
  await runCommand(process.execPath, [
    path.join(distFolder, 'cli.js'),
    'models',
    'add',
    givenModel,
    '--name',
    addedName,
  ]);
}

const modules = `
  export { InferenceClient } from './src/client/inferenceClient.ts';
  export { StoreClient } from './src/client/storeClient.ts';
  export { TrainingClient } from './src/client/trainingClient.ts';
  export { defaultGenerationOptions, resolveGenerationOptions } from './src/protocol/generationOptions.ts';
  export { Decoder } from './src/inference/decoder.ts';
  export { openModelFolder } from './src/model/modelFolder.ts';
  export { openTokenizer } from './src/model/openTokenizer.ts';
  export { promptWindow } from './src/writing/completion/promptWindow.ts';
  export { defaultCompletionSettings } from './src/writing/completion/completionSettings.ts';
  export { readAdapter, writeAdapter } from './src/model/adapterFile.ts';
  export { linearNames } from './src/model/decoderParts.ts';
  export { modelFingerprint } from './src/model/modelFingerprint.ts';
  export { resolveTrainingOptions } from './src/protocol/trainingOptions.ts';
  export { Pace } from './src/training/loop/trainingState.ts';
  export { train } from './src/training/loop/train.ts';
  export { newTrainingState } from './src/training/loop/trainingState.ts';
  export { initialValues, loraPairs, loraParameters } from './src/training/graph/loraParameters.ts';
  export { openFrozenBase } from './src/training/session/frozenBase.ts';
  export { planTraining } from './src/training/session/trainingPlan.ts';
  export { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
`;
const name = 'product';

export const bundleProduct = () => bundle(name, modules);

/** What `bundleProduct` bundled, here or in the process that started this one. */
export function product() {
  if (!existsSync(path.join(outFolder, `${name}.cjs`)))
    throw new Error('the product has not been bundled: start with npm run bench');
  return loadBundle(name);
}

/** The product's tokenizer of the model, in this process. */
export function openTokenizer() {
  const { openModelFolder, openTokenizer: open } = product();
  return open(openModelFolder(modelFolder));
}

/**
 * A client of a new inference process; nothing is loaded yet.
 * @param {{ threads: number, precision?: 'default' | 'fp32', maxContextTokens?: number }} options
 */
export function startClient({ threads, precision = 'default', maxContextTokens = 1056 }) {
  const { InferenceClient } = product();
  const client = new InferenceClient({ modulePath: path.join(distFolder, 'inference.js'), log: () => undefined });
  client.use({ modelFolder, device: 'cpu', threads, precision, idleUnloadMs: 0, maxContextTokens });
  return client;
}

/**
 * Greedy continuation through the process, timed as its caller sees it.
 * @param {any} client
 * @param {string} text
 * @param {{ maxNewTokens: number, heal?: boolean, token?: any, onPartial?: (text: string) => void }} options
 * @returns {Promise<{ ms: number, outcome: any }>}
 */
export async function continueText(client, text, { maxNewTokens, heal = false, token, onPartial }) {
  const { CancellationToken, defaultGenerationOptions } = product();
  const startedAt = performance.now();
  const outcome = await client.generate(
    {
      slot: 'completion',
      prompt: { kind: 'continue', text, heal },
      options: { ...defaultGenerationOptions, temperature: 0, maxNewTokens },
      ignoreEndOfText: true,
    },
    token ?? CancellationToken.None,
    onPartial,
  );
  if (outcome.kind === 'failed') throw outcome.error;
  return { ms: performance.now() - startedAt, outcome };
}
