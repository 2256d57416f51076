import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InklingError } from '../protocol/errors.ts';
import { readJsonFile } from './files/textFile.ts';

const manifestName = 'inkling.json';

/**
 * `inkling.json`: what a folder made by Inkling says about itself. Folders from elsewhere have none.
 * Sizes are checked at every start, checksums when asked for and once in the background.
 */
export interface Manifest {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly weightFormat: string;
  readonly files: Readonly<Record<string, { readonly sizeBytes: number; readonly sha256: string }>>;
}

const mostBytes = 1 << 20;

/**
 * @returns undefined when the folder has none
 * @throws InklingError `modelBroken` for one that is damaged, or that names files outside its folder
 */
export function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return undefined;
  const json = readJsonFile(path, mostBytes);
  const { name, source, licence, weightFormat, files } = json;
  const areTexts = [name, source, licence, weightFormat].every((text) => typeof text === 'string');
  const entries =
    typeof files === 'object' && files !== null && !Array.isArray(files) ? Object.entries(files) : undefined;
  if (areTexts && entries?.every(isFileEntry)) return json as unknown as Manifest;
  throw new InklingError('modelBroken', `${path} is damaged. Add the model again.`);
}

function isFileEntry([name, entry]: [string, unknown]): boolean {
  const { sizeBytes, sha256 } = (entry ?? {}) as { sizeBytes?: unknown; sha256?: unknown };
  return (
    isPlainName(name) && Number.isSafeInteger(sizeBytes) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
  );
}

/** Is it the name of a file in the same folder, on every system? */
const isPlainName = (name: string) => name === basename(name) && !/^\.{0,2}$|[\\/:\0]/u.test(name);
