import { closeSync, constants, copyFileSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { holdsNumbersOf } from '../model/exportedModel.ts';
import { demandDiskSpace } from '../model/files/diskSpace.ts';
import { openRegular } from '../model/files/openRegular.ts';
import { readSmallFile } from '../model/files/textFile.ts';
import { nameIn, openPipelineFolder, type PipelineFolder, poolingPath } from '../model/pipelineFolder.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { ConvertRequest } from '../protocol/store.ts';
import { originOf } from './modelCard.ts';
import { type AddingWork, newModelFolder } from './newModelFolder.ts';

/** A file that is copied: from where, and its name in the new folder. */
interface Copied {
  readonly from: string;
  readonly name: string;
}

/**
 * Copies what a pipeline needs, ONNX and JSON and nothing else, into a folder that appears under its name when it is whole.
 * @throws InklingError of `openPipelineFolder`; `modelBroken`, `fileAccess`, `optionOutOfRange`
 */
export async function addPipeline(request: ConvertRequest, { onProgress, goOn, origin }: AddingWork): Promise<void> {
  const { source, target, uses, prefix } = request;
  const pipeline = openPipelineFolder(source, origin && nameIn(origin.source));
  if (pipeline.kind !== 'text2text') refuseUses(pipeline.name, request);
  const served = uses ?? pipeline.uses;
  if (prefix !== undefined && served.length === 0)
    throw new InklingError(
      'optionOutOfRange',
      sentence`${pipeline.name} does not tell what it is for: say its use, too.`,
    );
  const fill = async (path: string) => {
    const copied = filesOf(pipeline);
    demandDiskSpace(
      path,
      copied.reduce((sum, { from }) => sum + statSync(from).size, 0),
    );
    for (const [index, { from, name }] of copied.entries()) {
      copyFileSync(from, join(path, name), constants.COPYFILE_FICLONE);
      onProgress(index + 1, copied.length);
      await new Promise(setImmediate); // answers the watchdog
    }
    return {
      name: basename(target),
      ...originOf(source, origin),
      weightFormat: `ONNX ${pipeline.dtype}`,
      pipeline: {
        uses: served,
        prefixes: prefix === undefined ? {} : Object.fromEntries(served.map((use) => [use, prefix])),
      },
    };
  };
  await newModelFolder(target, fill, { prove: openPipelineFolder, goOn });
}

/** @throws InklingError `optionOutOfRange` when a use is said of what has none */
export function refuseUses(model: string, { uses, prefix }: Pick<ConvertRequest, 'uses' | 'prefix'>): void {
  if (uses === undefined && prefix === undefined) return;
  throw new InklingError(
    'optionOutOfRange',
    sentence`${model} is no encoder–decoder: it takes neither a use nor a prefix.`,
  );
}

function filesOf({ folder, subfolder, onnxFiles, jsonFiles }: PipelineFolder): Copied[] {
  const onnx = onnxFiles.map((name) => ({ from: join(folder, subfolder, name), name }));
  for (const { from } of onnx) refuseOtherThanOnnx(from);
  const weights = readdirSync(join(folder, subfolder))
    .filter((name) => onnxFiles.some((file) => holdsNumbersOf(name, file)))
    .map((name) => ({ from: join(folder, subfolder, name), name }));
  const json = jsonFiles.map((name) => ({ from: join(folder, name), name }));
  const pooling = jsonFiles.includes('pooling.json')
    ? []
    : [{ from: join(folder, poolingPath), name: 'pooling.json' }].filter(({ from }) => isThere(from));
  for (const { from } of weights) closeSync(openRegular(from).descriptor);
  for (const { from } of [...json, ...pooling]) readSmallFile(from);
  return [...onnx, ...weights, ...json, ...pooling];
}

function isThere(path: string): boolean {
  try {
    closeSync(openRegular(path).descriptor);
    return true;
  } catch {
    return false;
  }
}

/** An ONNX file begins with the version of its format, a small number in a protobuf's first field. */
function refuseOtherThanOnnx(path: string): void {
  const { descriptor, sizeBytes } = openRegular(path);
  const head = Buffer.alloc(2);
  try {
    readSync(descriptor, head, 0, 2, 0);
  } finally {
    closeSync(descriptor);
  }
  if (sizeBytes > 2 && head[0] === 0x08 && head[1]! < 0x40) return;
  throw new InklingError(
    'modelBroken',
    sentence`${path} is no ONNX file. A download that was cut short or a pointer leaves such files.`,
  );
}
