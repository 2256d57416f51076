import { chmodSync, closeSync, constants, copyFileSync, readdirSync, readSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openRegular } from '../model/files/openRegular.ts';
import { readSmallFile } from '../model/files/textFile.ts';
import { UnfinishedFolder } from '../model/files/unfinishedFolder.ts';
import type { Manifest } from '../model/manifest.ts';
import { openPipelineFolder, type PipelineFolder, poolingPath } from '../model/pipelineFolder.ts';
import { InklingError, messageOf } from '../protocol/errors.ts';
import type { ConvertRequest } from '../protocol/store.ts';
import { fileDigest } from './fileDigest.ts';

/** A file that is copied: from where, and its name in the new folder. */
interface Copied {
  readonly from: string;
  readonly name: string;
}

/**
 * Copies what a pipeline needs, ONNX and JSON and nothing else, into a folder that appears under its name when it is whole.
 * @param licence told in the model's notes
 * @throws InklingError of `openPipelineFolder`; `modelBroken`, `fileAccess`, `optionOutOfRange`
 */
export async function addPipeline(
  { source, target, uses, prefix }: ConvertRequest,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const pipeline = openPipelineFolder(source);
  if (uses && pipeline.kind !== 'text2text') {
    throw new InklingError('optionOutOfRange', `${pipeline.name} is a model for one thing only: it takes no use.`);
  }
  const unfinished = new UnfinishedFolder(target);
  try {
    const copied = filesOf(pipeline);
    for (const [index, { from, name }] of copied.entries()) {
      copyFileSync(from, join(unfinished.path, name), constants.COPYFILE_FICLONE);
      onProgress(index + 1, copied.length + 1);
      await new Promise(setImmediate); // answers the watchdog
    }
    const manifest: Manifest & { readonly pipeline: object } = {
      name: basename(target),
      source: basename(source),
      licence: 'unknown',
      weightFormat: `ONNX ${pipeline.dtype}`,
      files: await described(unfinished.path),
      pipeline: {
        uses: uses ?? pipeline.uses,
        prefixes: prefix === undefined ? {} : Object.fromEntries((uses ?? pipeline.uses).map((use) => [use, prefix])),
      },
    };
    writeFileSync(join(unfinished.path, 'inkling.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    chmodSync(unfinished.path, 0o777 & ~process.umask());
    openPipelineFolder(unfinished.path);
    unfinished.putInPlace();
    onProgress(1, 1);
  } catch (error) {
    unfinished.discard();
    if (error instanceof InklingError) throw error;
    throw new InklingError('fileAccess', `${target} could not be written: ${messageOf(error)}`, { cause: error });
  }
}

function filesOf({ folder, subfolder, onnxFiles, jsonFiles }: PipelineFolder): Copied[] {
  const onnx = onnxFiles.map((name) => ({ from: join(folder, subfolder, name), name }));
  for (const { from } of onnx) refuseOtherThanOnnx(from);
  const weights = readdirSync(join(folder, subfolder))
    .filter((name) => onnxFiles.some((file) => name === `${file}_data` || name === `${file}.data`))
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
    `${path} is no ONNX file. A download that was cut short or a pointer leaves such files.`,
  );
}

async function described(folder: string): Promise<Manifest['files']> {
  const files: Record<string, { sizeBytes: number; sha256: string }> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const { descriptor, sizeBytes } = openRegular(path);
    closeSync(descriptor);
    files[name] = { sizeBytes, sha256: await fileDigest(path) };
  }
  return files;
}
