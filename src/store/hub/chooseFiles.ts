import { InklingError } from '../../protocol/errors.ts';
import type { HubFile, Repository } from './repository.ts';

/** The files of one model out of a repository that may hold several. */
export type ChosenFiles =
  /** one GGUF file, or all parts of a split one, in order */
  | { readonly kind: 'gguf'; readonly files: readonly HubFile[] }
  /** safetensors with what describes them: the small files first */
  | { readonly kind: 'safetensors'; readonly files: readonly HubFile[] };

/** Kinds of 4-bit weights first: a fair balance of size and quality; then what is larger, then what is smaller. */
const preferredWeights =
  'Q4_K_M Q4_K_S Q4_1 Q4_0 IQ4_NL IQ4_XS Q5_K_M Q5_K_S Q5_1 Q5_0 Q6_K Q8_0 BF16 F16 F32 Q3_K_L Q3_K_M Q3_K_S Q2_K'.split(
    ' ',
  );
/** What is read beside the weights: data only, never code, never pickles. */
const description =
  /^(?:config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|model\.safetensors\.index)\.json$|^tokenizer\.model$|^chat_template\.jinja$/u;
const weights = /^model(?:-\d{5}-of-\d{5})?\.safetensors$/u;
const partOfGguf = /-(\d{5})-of-(\d{5})\.gguf$/iu;

/**
 * @param wanted the path of a file in the repository; without it what suits most people
 * @throws InklingError `modelUnsupported` when there is nothing that can be used, naming what there is
 */
export function chooseFiles({ id, files }: Repository, wanted: string | undefined): ChosenFiles {
  const ggufs = files.filter(({ path }) => path.toLowerCase().endsWith('.gguf') && !/mmproj|imatrix/iu.test(path));
  if (wanted !== undefined) {
    const file = ggufs.find(({ path }) => path === wanted);
    if (file) return { kind: 'gguf', files: partsOf(file, ggufs) };
    throw unusable(`${id} has no GGUF file "${wanted}"`, ggufs);
  }
  const hasConfig = files.some(({ path }) => path === 'config.json');
  const tensors = files.filter(({ path }) => weights.test(path));
  if (hasConfig && tensors.length > 0) {
    const whole = tensors.filter(({ path }) => path === 'model.safetensors');
    const described = files.filter(({ path }) => description.test(path));
    checkSizes(id, described);
    return { kind: 'safetensors', files: [...described, ...(whole.length > 0 ? whole : tensors)] };
  }
  const best = preferred(ggufs);
  if (best) return { kind: 'gguf', files: partsOf(best, ggufs) };
  throw unusable(`${id} has no weights that can be used (safetensors or GGUF)`, files);
}

/** What describes a model is small; a vocabulary may have some megabytes. */
const mostDescriptionBytes = 100_000_000;
const mostConfigBytes = 16_000_000;

/** @throws InklingError `modelBroken` before something absurd is fetched */
function checkSizes(id: string, files: readonly HubFile[]): void {
  for (const { path, sizeBytes } of files) {
    if (sizeBytes <= (path.startsWith('tokenizer') ? mostDescriptionBytes : mostConfigBytes)) continue;
    const megabytes = Math.round(sizeBytes / 1e6);
    throw new InklingError('modelBroken', `${path} of ${id} has ${megabytes} MB, which no model needs.`);
  }
}

function preferred(ggufs: readonly HubFile[]): HubFile | undefined {
  const rank = ({ path }: HubFile) => {
    const found = preferredWeights.findIndex((kind) => new RegExp(`(?:^|[._/-])${kind}(?=[._-]|$)`, 'iu').test(path));
    return found < 0 ? preferredWeights.length : found;
  };
  return [...ggufs].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path))[0];
}

/** @throws InklingError `modelUnsupported` when a part is missing */
function partsOf(file: HubFile, ggufs: readonly HubFile[]): readonly HubFile[] {
  const part = partOfGguf.exec(file.path);
  if (!part) return [file];
  const stem = file.path.slice(0, part.index);
  const count = Number(part[2]);
  const parts = ggufs.filter(({ path }) => path.startsWith(stem) && partOfGguf.exec(path)?.[2] === part[2]);
  const sorted = parts.sort((a, b) => a.path.localeCompare(b.path));
  if (sorted.length === count) return sorted;
  throw new InklingError('modelUnsupported', `Of the ${count} parts of ${stem} only ${sorted.length} are there.`);
}

function unusable(message: string, files: readonly HubFile[]): InklingError {
  const named = files
    .slice(0, 12)
    .map(({ path }) => path)
    .join(', ');
  return new InklingError('modelUnsupported', `${message}; it has ${named || 'no files'}.`);
}
