import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CancellationToken } from 'vscode-jsonrpc';
import { demandAdaptable, moduleNames } from '../model/adapterModules.ts';
import { isFree, UnfinishedFolder } from '../model/files/unfinishedFolder.ts';
import { modelFingerprint } from '../model/modelFingerprint.ts';
import { type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import type { CorpusReport, Split } from '../protocol/corpus.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { unwritable } from '../protocol/systemReason.ts';
import type { ExportRunRequest } from '../protocol/training.ts';
import { resolveTrainingOptions, type TrainingOptions } from '../protocol/trainingOptions.ts';
import { readTokens, type TokenizedCorpus } from './dataset/tokenizedCorpus.ts';
import { huggingFaceTensors, isDenseFloat32 } from './session/denseWeights.ts';
import { writeBaseFile } from './session/frozenBase.ts';
import { loraShape } from './session/trainingPlan.ts';

/**
 * Writes a folder from which PyTorch and PEFT can train the same adapter on another machine:
 * `dataset/SPLIT.jsonl` (one text a line, with its token ids), `base/` (the model as float32, in the layout of Hugging
 * Face: the numbers that run here), `run.json` (options, and what the adapter belongs to). It holds the writer's texts.
 * @returns undefined when cancelled
 * @throws InklingError `fileAccess` with nothing left behind, and whatever is wrong with the model, texts or options
 */
export async function exportRun(
  request: ExportRunRequest,
  token: CancellationToken,
): Promise<CorpusReport | undefined> {
  const options = resolveTrainingOptions(request.options);
  const model = openModelFolder(request.modelFolder);
  demandAdaptable(model.config);
  const { targetFolder } = request;
  if (!isFree(targetFolder)) {
    throw new InklingError('fileAccess', sentence`${targetFolder} holds files already: choose another folder.`);
  }
  const corpus = await readTokens(request, model, token);
  if (!corpus) return undefined;
  let unfinished: UnfinishedFolder | undefined;
  try {
    unfinished = new UnfinishedFolder(targetFolder);
    const { path } = unfinished;
    writeDataset(join(path, 'dataset'), corpus);
    await writeBase(join(path, 'base'), model);
    writeFileSync(join(path, 'run.json'), describeRun(request, { model, options, corpus }));
    unfinished.putInPlace();
  } catch (error) {
    unfinished?.discard();
    if (error instanceof InklingError) throw error;
    throw unwritable(targetFolder, error);
  }
  return corpus.report;
}

function writeDataset(folder: string, { documents }: TokenizedCorpus): void {
  mkdirSync(folder);
  for (const split of ['train', 'validation', 'test'] as const satisfies readonly Split[]) {
    const lines = documents
      .filter((document) => document.split === split)
      .map(({ path, section, text, ids }) => `${JSON.stringify({ path, section, text, tokens: [...ids] })}\n`);
    writeFileSync(join(folder, `${split}.jsonl`), lines.join(''));
  }
}

async function writeBase(folder: string, model: ModelFolder): Promise<void> {
  mkdirSync(folder);
  const isDequantised = !isDenseFloat32(model);
  for (const name of readdirSync(model.path)) {
    const isWanted = isDequantised
      ? /^(?:config|tokenizer.*)\.json$/u.test(name)
      : /\.(?:json|safetensors)$/u.test(name);
    if (isWanted) copyFileSync(join(model.path, name), join(folder, name));
  }
  if (isDequantised) await writeBaseFile(join(folder, 'model.safetensors'), huggingFaceTensors(model));
}

/** `run.json`, which the launch script reads. */
function describeRun(
  { name }: ExportRunRequest,
  { model, options, corpus }: { model: ModelFolder; options: TrainingOptions; corpus: TokenizedCorpus },
): string {
  const { config, weights } = model;
  const { firstLayer } = loraShape(config.layers, options);
  const run = {
    name,
    base: { name: model.name, fingerprint: modelFingerprint(config, weights) },
    dataDigest: corpus.report.digest,
    options,
    targetModules: moduleNames(config, options.loraTargets),
    layers: Array.from({ length: config.layers - firstLayer }, (_, i) => firstLayer + i),
    paddingId: config.eosTokenIds[0] ?? 0,
    beginningId: corpus.training[0]?.beginningId, // windows that begin within a text get it, too
  };
  return `${JSON.stringify(run, null, 2)}\n`;
}
