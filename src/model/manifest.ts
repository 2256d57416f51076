import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError, sentence } from '../protocol/errors.ts';
import { isEntryName } from '../protocol/plainName.ts';
import { isObject, readJsonFile } from './files/textFile.ts';

const manifestName = 'inkling.json';

/**
 * `inkling.json`: what a folder made by Inkling says about itself. Folders from elsewhere have none.
 * Sizes are checked at every start, checksums when asked for and once in the background.
 */
export interface Manifest {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  /** BCP 47; left out when its maker does not say */
  readonly languages?: readonly string[];
  readonly weightFormat: string;
  /** it lies outside the model folder, where a link stands for it: deleting the link deletes it */
  readonly moved?: true;
  /** what a check after the import found; without it products run at level 4 */
  readonly accuracy?: AccuracyCheck;
  /** why its chat template cannot be used, in a sentence; the rest of the model can */
  readonly chatTemplateProblem?: string;
  readonly files: Readonly<Record<string, { readonly sizeBytes: number; readonly sha256: string }>>;
}

/** How a model whose weights are in blocks has to be run, and how like itself it is then. */
export interface AccuracyCheck {
  /** ONNX Runtime's accuracy_level: 4 rounds activations to 8 bits, 1 computes in float32 */
  readonly level: 1 | 4;
  /** share of tokens after which the likeliest next one is that of the reference */
  readonly agreement: number;
  /** mean Kullback–Leibler divergence from the reference, in nats */
  readonly divergence: number;
  /** what it was compared with: float32 of the same numbers, or level 1 */
  readonly against: 'float32' | 'level 1';
}

/**
 * @returns undefined when the folder has none
 * @throws InklingError `modelBroken` for one that is damaged, or that names files outside its folder
 */
export function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return undefined;
  const json = readJsonFile(path);
  const {
    name,
    source,
    licence,
    languages = [],
    weightFormat,
    files,
    accuracy,
    moved,
    chatTemplateProblem = '',
  } = json;
  const areTags = Array.isArray(languages) && languages.every((tag) => typeof tag === 'string');
  const areTexts = [name, source, licence, weightFormat, chatTemplateProblem].every((text) => typeof text === 'string');
  const entries = isObject(files) ? Object.entries(files) : undefined;
  const isWhole = areTexts && areTags && (moved === undefined || moved === true);
  if (isWhole && entries?.every(isFileEntry) && isAccuracy(accuracy)) return json as unknown as Manifest;
  throw new InklingError('modelBroken', sentence`${path} is damaged. Add the model again.`);
}

function isAccuracy(value: unknown): boolean {
  if (value === undefined) return true;
  const { level, agreement, divergence, against } = (value ?? {}) as Record<string, unknown>;
  const areNumbers = [agreement, divergence].every((one) => typeof one === 'number' && Number.isFinite(one));
  return (level === 1 || level === 4) && areNumbers && (against === 'float32' || against === 'level 1');
}

function isFileEntry([name, entry]: [string, unknown]): boolean {
  const { sizeBytes, sha256 } = (entry ?? {}) as { sizeBytes?: unknown; sha256?: unknown };
  return (
    isFileName(name) && Number.isSafeInteger(sizeBytes) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
  );
}

/** Is it the name of a file in the same folder, on every system? */
const isFileName = (name: string): boolean => isEntryName(name) && !name.includes(':');
