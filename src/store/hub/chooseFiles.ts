import { basename, dirname, join } from 'node:path/posix';
import { exportedPaths, holdsNumbersOf, refuseOtherThanDecoders } from '../../model/exportedModel.ts';
import { demandSmall } from '../../model/files/textFile.ts';
import { chooseGraphs, configuredKind, graphNames, jsonNames, poolingPath } from '../../model/pipelineFolder.ts';
import { InklingError, inOneList, type Sentence, sentence } from '../../protocol/errors.ts';
import type { PipelineKind } from '../../protocol/pipelines.ts';
import type { HubFile, Repository } from './repository.ts';

/** The files of one model out of a repository that may hold several. */
export type ChosenFiles =
  /** one GGUF file, or all parts of a split one, in order */
  | { readonly kind: 'gguf'; readonly files: readonly HubFile[] }
  /** safetensors with what describes them: the small files first */
  | { readonly kind: 'safetensors'; readonly files: readonly HubFile[] }
  /** graphs in ONNX of one precision, what describes them before */
  | { readonly kind: 'onnx'; readonly pipeline: PipelineKind | undefined; readonly files: readonly HubFile[] };

/** Kinds of 4-bit weights first: a fair balance of size and quality; then what is larger, then what is smaller. */
const preferredWeights =
  'Q4_K_M Q4_K_S Q4_1 Q4_0 IQ4_NL IQ4_XS Q5_K_M Q5_K_S Q5_1 Q5_0 Q6_K Q8_0 BF16 F16 F32 Q3_K_L Q3_K_M Q3_K_S Q2_K'.split(
    ' ',
  );
/** What is read beside the weights: data only, never code, never pickles. */
const description =
  /^(?:config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|chat_template|model\.safetensors\.index)\.json$|^tokenizer\.model$|^chat_template\.jinja$/u;
const weights = /^model(?:-\d{5}-of-\d{5})?\.safetensors$/u;
const partOfGguf = /-(\d{5})-of-(\d{5})\.gguf$/iu;

type Json = Record<string, unknown>;

export interface Wish {
  /** the path of a GGUF or ONNX file in the repository; without it what suits most people */
  readonly file?: string | undefined;
  /** `config.json` of a repository that has ONNX files: some models run from these alone */
  readonly config?: Json | undefined;
}

/** Graphs in ONNX: what a model of this repository is has to be asked for before its files are chosen. */
export const hasGraphs = ({ files }: Repository): boolean =>
  files.some(({ path }) => path.endsWith('.onnx')) && files.some(({ path }) => path === 'config.json');

/** @throws InklingError `modelUnsupported` when there is nothing that can be used, naming what there is */
export function chooseFiles(repository: Repository, { file: wanted, config }: Wish): ChosenFiles {
  const { id, files } = repository;
  const ggufs = files.filter(({ path }) => path.toLowerCase().endsWith('.gguf') && !/mmproj|imatrix/iu.test(path));
  const pipeline = config && configuredKind(config);
  if (wanted !== undefined) {
    const file = ggufs.find(({ path }) => path === wanted);
    if (file) return { kind: 'gguf', files: partsOf(file, ggufs) };
    const graphs = config && graphsOf(repository, config, wanted);
    if (graphs) return graphs;
    const usable = files.filter(({ path }) => /\.(?:gguf|onnx)$/iu.test(path));
    throw unusable(sentence`${id} has no GGUF or ONNX file "${wanted}" that runs by itself`, usable);
  }
  if (config && pipeline) {
    const graphs = graphsOf(repository, config);
    if (graphs) return graphs;
    const names = graphNames(pipeline).map((name) => `${name}.onnx`);
    throw unusable(sentence`${id} has no ${inOneList(names)}, which its kind of model runs from`, files);
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
  const graphs = config && graphsOf(repository, config);
  if (graphs) return graphs;
  throw unusable(sentence`${id} has no weights that can be used (safetensors, GGUF or ONNX)`, files);
}

/**
 * One precision out of the many that exporters make, with the numbers that lie beside it.
 * @param wanted one of its graphs
 * @returns undefined where there is none
 */
function graphsOf({ id, files }: Repository, config: Json, wanted?: string): ChosenFiles | undefined {
  const pipeline = configuredKind(config);
  const there = new Set(files.map(({ path }) => path));
  const paths = pipeline ? pipelinePaths(pipeline, there, wanted) : decoderPaths(there, wanted);
  if (paths.length === 0) return undefined;
  const isDescription = pipeline
    ? ({ path }: HubFile) => jsonNames.includes(path) || path === poolingPath
    : ({ path }: HubFile) => description.test(path);
  if (!pipeline) refuseOtherThanDecoders(id, config); // before anything large is fetched
  const described = files.filter(isDescription);
  checkSizes(id, described);
  if (!described.some(({ path }) => path === 'tokenizer.json'))
    throw unusable(sentence`${id} has no tokenizer.json`, files);
  const graphs = files.filter(({ path }) => paths.includes(path));
  const numbers = files.filter(({ path }) => paths.some((graph) => isBeside(path, graph)));
  return { kind: 'onnx', pipeline, files: [...described, ...graphs, ...numbers] };
}

/** Of one precision: `onnx/encoder_model_fp16.onnx` comes with `onnx/decoder_model_merged_fp16.onnx`. */
function pipelinePaths(kind: PipelineKind, there: ReadonlySet<string>, wanted: string | undefined): string[] {
  const { subfolder = '', onnxFiles = [] } = chooseGraphs(kind, (path) => there.has(path), wanted) ?? {};
  return onnxFiles.map((name) => join(subfolder, name));
}

const decoderPaths = (there: ReadonlySet<string>, wanted: string | undefined): string[] =>
  exportedPaths.filter((path) => there.has(path) && (wanted === undefined || path === wanted)).slice(0, 1);

const isBeside = (path: string, graph: string): boolean =>
  dirname(path) === dirname(graph) && holdsNumbersOf(basename(path), basename(graph));

/** What describes a model is small. @throws InklingError `modelBroken` before something absurd is fetched */
export function checkSizes(id: string, files: readonly HubFile[]): void {
  for (const { path, sizeBytes } of files) demandSmall(path, sizeBytes, `${path} of ${id}`);
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
  throw new InklingError('modelUnsupported', sentence`Of the ${count} parts of ${stem} ${sorted.length} are there.`);
}

function unusable(message: Sentence, files: readonly HubFile[]): InklingError {
  const named = files
    .slice(0, 12)
    .map(({ path }) => path)
    .join(', ');
  return new InklingError('modelUnsupported', sentence`${message}; it has ${named || sentence`no files`}.`);
}
