import { closeSync, existsSync, readSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exportedGraph } from '../model/exportedModel.ts';
import { openRegular } from '../model/files/openRegular.ts';
import { isFree } from '../model/files/unfinishedFolder.ts';
import { refuseFile, unfinished } from '../model/foreignFiles.ts';
import { openModelFolder } from '../model/modelFolder.ts';
import { pipelineKindOf } from '../model/pipelineFolder.ts';
import { writeCompactTokenizer } from '../model/tokenizer/compactTokenizer.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { plainName } from '../protocol/plainName.ts';
import type { ConvertRequest, ModelDetails, Quantization } from '../protocol/store.ts';
import { addExported } from './addExported.ts';
import { addPipeline, refuseUses } from './addPipeline.ts';
import { fileDigest } from './fileDigest.ts';
import { openFolderSource } from './folderSource.ts';
import { openGgufSource } from './ggufSource.ts';
import type { Origin } from './modelCard.ts';
import { chatTemplateProblem, readDetails } from './modelCatalogue.ts';
import type { ModelSource } from './modelSource.ts';
import { type AddingWork, newModelFolder, taken } from './newModelFolder.ts';
import { writeWeights } from './writeWeights.ts';

/**
 * Makes a model folder from a GGUF file or from a folder of safetensors; a folder of ONNX is copied. It appears under its
 * name only when it is whole; broken off by the signal, it leaves nothing.
 * @param origin told in the model's notes instead of the name of the file or folder
 * @throws InklingError `modelMissing`, `modelBroken`, `modelUnsupported`, `fileAccess`, `cancelled`
 */
export async function convertModel(
  request: ConvertRequest,
  onProgress: (done: number, total: number) => void,
  { origin, signal }: { readonly origin?: Origin; readonly signal?: AbortSignal } = {},
): Promise<ModelDetails> {
  const { source, target, quantize } = request;
  const goOn = () => {
    if (signal?.aborted) throw new InklingError('cancelled', sentence`Adding the model was stopped.`);
  };
  const tell = (done: number, total: number) => {
    goOn();
    onProgress(done, total);
  };
  const work: AddingWork = { onProgress: tell, goOn, ...(origin && { origin }) };
  if (!existsSync(source)) throw new InklingError('modelMissing', sentence`${source} does not exist.`);
  plainName('model', basename(target));
  if (!isFree(target)) throw taken(target);
  if (statSync(source).isDirectory() && pipelineKindOf(source)) {
    await addPipeline(request, work);
    return readDetails(target);
  }
  refuseUses(source, request);
  if (statSync(source).isDirectory() && exportedGraph(source) !== undefined) {
    await addExported(request, work);
    return readDetails(target);
  }
  const fill = async (path: string) => {
    const model = openSource(source, quantize);
    try {
      for (const [name, content] of model.files) writeFileSync(join(path, name), content);
      writeCompactTokenizer(path, model.tokenizer);
      await writeWeights(join(path, 'model.safetensors'), model.parts, tell);
      const { checkAccuracy } = await import('./checkAccuracy.ts'); // brings the runtime along
      const folder = openModelFolder(path);
      const accuracy = await checkAccuracy(folder);
      const languages = origin?.languages.length ? origin.languages : model.languages;
      return {
        name: basename(target),
        source: origin?.source ?? (await describeSource(source, model.sourceFiles, goOn)),
        licence: origin?.licence ?? model.licence,
        ...(languages.length > 0 ? { languages } : {}),
        weightFormat: model.weightFormat,
        ...chatTemplateProblem(folder),
        ...(accuracy ? { accuracy } : {}),
      };
    } finally {
      model.close();
    }
  };
  await newModelFolder(target, fill, { prove: openModelFolder, goOn });
  return readDetails(target);
}

function openSource(source: string, quantize: Quantization | undefined): ModelSource {
  if (statSync(source).isDirectory()) return openFolderSource(source, quantize ?? 8);
  return isGguf(source) && !unfinished.test(source) ? openGgufSource(source, quantize ?? 'none') : refuseFile(source);
}

/** Some programs keep GGUF files under names without an ending. */
function isGguf(path: string): boolean {
  const { descriptor } = openRegular(path);
  const magic = Buffer.alloc(4);
  try {
    readSync(descriptor, magic, 0, 4, 0);
  } finally {
    closeSync(descriptor);
  }
  return magic.toString('latin1') === 'GGUF';
}

async function describeSource(source: string, files: readonly string[], goOn: () => void): Promise<string> {
  if (files.length === 0) return basename(source);
  const described = [];
  for (const file of files) described.push(`${basename(file)} (SHA-256 ${await fileDigest(file, goOn)})`);
  return described.join(', ');
}
