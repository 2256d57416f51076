import { existsSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { InklingError, inOneList, sentence } from '../protocol/errors.ts';
import { type PipelineKind, type PipelineModel, type PipelineUse, pipelineUses } from '../protocol/pipelines.ts';
import { isObject, type JsonObject, readJsonFile, readJsonObject } from './files/textFile.ts';

/** A folder with an exported model for one task, as `pipelines/` opens it. */
export interface PipelineFolder extends PipelineModel {
  /** of the ONNX files below the folder */
  readonly subfolder: '' | 'onnx';
  /** what transformers.js calls the numbers in them: `q8` */
  readonly dtype: PipelineDtype;
  /** names in `subfolder` */
  readonly onnxFiles: readonly string[];
  /** names in the folder */
  readonly jsonFiles: readonly string[];
  /** of an embedding: the mean over all tokens, or the first one */
  readonly pooling: 'mean' | 'cls';
  /** what the model wants before a text, by use; {} when nothing */
  readonly prefixes: Readonly<Partial<Record<PipelineUse, string>>>;
}

/** Endings of file names, the smallest and fastest on a processor first. */
const dtypes = { q8: '_quantized', int8: '_int8', uint8: '_uint8', fp32: '', fp16: '_fp16', q4: '_q4' } as const;
type PipelineDtype = keyof typeof dtypes;

const kinds: readonly (readonly [kind: PipelineKind, architecture: RegExp])[] = [
  [
    'text2text',
    /^(?:M?T5|LongT5|Bart|MBart|Pegasus|M2M100|Blenderbot|BlenderbotSmall)ForConditionalGeneration$|^MarianMTModel$/,
  ],
  ['fillMask', /ForMaskedLM$/],
  ['classification', /ForSequenceClassification$/],
  ['tagging', /ForTokenClassification$/],
  [
    'embedding',
    /^(?:Bert|DistilBert|Roberta|XLMRoberta|MPNet|Albert|Electra|Camembert|Deberta|DebertaV2|NomicBert|ModernBert|NeoBert)Model$/,
  ],
];

/** Models whose kind alone says what they are for. */
const usesOfTypes: Readonly<Record<string, PipelineUse>> = {
  marian: 'translate',
  m2m_100: 'translate',
  mbart: 'translate',
  pegasus: 'summarize',
};
/** What names say, where the configuration does not: `t5-base-grammar-correction`, `bart-large-cnn`. */
const usesOfNames: readonly (readonly [PipelineUse, RegExp])[] = [
  ['correct', /gramm|correct|coedit|spell|(?:^|[-_])gec(?:[-_]|$)/iu],
  ['rephrase', /paraphras|rephras/iu],
  ['summarize', /summ|cnn|xsum/iu],
  ['translate', /translat|(?:^|[-_])(?:nllb|opus-mt)/iu],
];

/** What the configuration says that this folder is; undefined for models that are no pipelines, and for what is no model. */
export function pipelineKindOf(folder: string): PipelineKind | undefined {
  const config = readJsonObject(join(folder, 'config.json'));
  return config && configuredKind(config);
}

/** @returns undefined for models that are no pipelines */
export const configuredKind = (config: JsonObject): PipelineKind | undefined => kindOf(architectureOf(config));

const kindOf = (architecture: string) => kinds.find(([, pattern]) => pattern.test(architecture))?.[0];

function architectureOf({ architectures }: JsonObject): string {
  const [first] = Array.isArray(architectures) ? (architectures as unknown[]) : [];
  return typeof first === 'string' ? first : '';
}

/**
 * Reads what a folder says about itself; the ONNX files are looked for and not read.
 * @param knownAs the name that its maker gave it, which may say what it is for; default: what its notes tell, or the folder's
 * @throws InklingError `modelMissing`, `modelBroken`, `modelUnsupported`
 */
export function openPipelineFolder(folder: string, knownAs?: string): PipelineFolder {
  const config = readJsonFile(join(folder, 'config.json'));
  const architecture = architectureOf(config);
  const kind = kindOf(architecture);
  if (!kind) {
    throw new InklingError(
      'modelUnsupported',
      architecture === ''
        ? sentence`${folder} names no architecture: no pipeline is known for it.`
        : sentence`${folder} is a ${architecture}: no pipeline is known for it.`,
    );
  }
  if (!existsSync(join(folder, 'tokenizer.json'))) {
    throw new InklingError('modelMissing', sentence`${folder} has no tokenizer.json, which the model is read with.`);
  }
  const tokenizerConfig = optionalJson(folder, 'tokenizer_config.json');
  const notes = notesOf(folder);
  const name = basename(folder);
  const telling = knownAs ?? notes.knownAs ?? name;
  const uses = kind === 'text2text' ? (notes.uses ?? guessedUses(telling, config)) : [];
  const languages = languagesOf(config, tokenizerConfig, telling);
  return {
    name,
    folder,
    kind,
    architecture,
    uses,
    ...(languages ? { languages } : {}),
    contextTokens: contextOf(config, tokenizerConfig),
    ...filesOf(folder, kind),
    jsonFiles: jsonNames.filter((file) => existsSync(join(folder, file))),
    pooling: poolingOf(folder, telling),
    prefixes: { ...prefixesOf(config), ...notes.prefixes },
  };
}

/** All that the library reads beside the weights. */
export const jsonNames = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'pooling.json',
];

const optionalJson = (folder: string, name: string): JsonObject => readJsonObject(join(folder, name)) ?? {};

/** What was said when the model was added. */
function notesOf(folder: string): {
  readonly knownAs?: string;
  readonly uses?: readonly PipelineUse[];
  readonly prefixes?: PipelineFolder['prefixes'];
} {
  const { pipeline, source } = optionalJson(folder, 'inkling.json');
  const told = typeof source === 'string' ? { knownAs: nameIn(source) } : {};
  if (!isObject(pipeline)) return told;
  const { uses, prefixes } = pipeline;
  return {
    ...told,
    ...(Array.isArray(uses) ? { uses: uses.filter(isUse) } : {}),
    ...(isObject(prefixes) ? { prefixes: textsOf(prefixes) } : {}),
  };
}

/** `opus-mt-en-de` of `someone/opus-mt-en-de@COMMIT`, as a model's notes say where it comes from. */
export const nameIn = (source: string): string => source.replace(/@[^@]*$/u, '').replace(/^.*\//u, '');

const isUse = (value: unknown): value is PipelineUse => (pipelineUses as readonly unknown[]).includes(value);
const textsOf = (values: object): PipelineFolder['prefixes'] =>
  Object.fromEntries(Object.entries(values).filter(([use, text]) => isUse(use) && typeof text === 'string'));

function guessedUses(name: string, config: Record<string, unknown>): PipelineUse[] {
  const type = String(config['model_type']);
  const byType = Object.hasOwn(usesOfTypes, type) ? usesOfTypes[type] : undefined;
  if (byType) return [byType];
  const byName = usesOfNames.filter(([, pattern]) => pattern.test(name)).map(([use]) => use);
  if (byName.length > 0) return byName;
  const tasks = Object.keys(tasksOf(config));
  return [
    ...(tasks.some((task) => task.startsWith('summarization')) ? (['summarize'] as const) : []),
    ...(tasks.some((task) => task.startsWith('translation')) ? (['translate'] as const) : []),
  ];
}

function tasksOf(config: Record<string, unknown>): Record<string, unknown> {
  const tasks = config['task_specific_params'];
  return isObject(tasks) ? tasks : {};
}

function prefixesOf(config: Record<string, unknown>): PipelineFolder['prefixes'] {
  const { prefix } = (tasksOf(config)['summarization'] ?? {}) as { prefix?: unknown };
  return typeof prefix === 'string' ? { summarize: prefix } : {};
}

/** Marian's models know one pair each; their names or their tokenizers say which. */
function languagesOf(
  config: Record<string, unknown>,
  tokenizer: Record<string, unknown>,
  name: string,
): PipelineModel['languages'] | undefined {
  if (config['model_type'] !== 'marian') return undefined;
  const { source_lang: from, target_lang: to } = tokenizer;
  if (isLanguage(from) && isLanguage(to)) return { from, to };
  const [, named, wanted] = /opus-mt(?:-tc-(?:base|big))?-([a-z]{2,3})-([a-z]{2,3})(?:$|[-_.])/u.exec(name) ?? [];
  return named && wanted ? { from: named, to: wanted } : undefined;
}

const isLanguage = (value: unknown): value is string => typeof value === 'string' && /^[a-z]{2,3}$/u.test(value);

/** Positions of these begin behind the padding token. */
const offsetTypes = new Set(['roberta', 'xlm-roberta', 'camembert', 'mpnet']);

function contextOf(config: Record<string, unknown>, tokenizer: Record<string, unknown>): number {
  const offset = offsetTypes.has(String(config['model_type'])) ? 2 : 0;
  const positions = [config['max_position_embeddings'], config['n_positions']].map((count) => Number(count) - offset);
  const limits = [...positions, Number(tokenizer['model_max_length'])].filter((count) => count > 0 && count <= 1e6);
  return limits.length > 0 ? Math.min(...limits) : 512;
}

/** sentence-transformers writes how vectors are made into a folder of its own. */
function poolingOf(folder: string, name: string): 'mean' | 'cls' {
  const own = optionalJson(folder, 'pooling.json');
  const { pooling_mode_cls_token: isFirst } = Object.keys(own).length > 0 ? own : optionalJson(folder, poolingPath);
  return isFirst === true || (isFirst === undefined && /(?:^|[-_])bge[-_]/iu.test(name)) ? 'cls' : 'mean';
}

export const poolingPath = '1_Pooling/config.json';

/** Which ONNX files are taken of those that there are. */
export type PipelineGraphs = Pick<PipelineFolder, 'subfolder' | 'dtype' | 'onnxFiles'>;

/**
 * @param isThere told paths below the model's folder, with `/`
 * @param wanted path of a graph that has to be among them
 * @returns undefined when a model of this kind cannot be run from what is there
 */
export function chooseGraphs(
  kind: PipelineKind,
  isThere: (path: string) => boolean,
  wanted?: string,
): PipelineGraphs | undefined {
  for (const [dtype, ending] of Object.entries(dtypes) as [PipelineDtype, string][]) {
    const onnxFiles = graphNames(kind).map((name) => `${name}${ending}.onnx`);
    const subfolder = (['', 'onnx'] as const).find((below) => {
      const paths = onnxFiles.map((file) => posix.join(below, file));
      return paths.every(isThere) && (wanted === undefined || paths.includes(wanted));
    });
    if (subfolder !== undefined) return { subfolder, dtype, onnxFiles };
  }
  return undefined;
}

/** Without the ending that tells of their numbers. */
export const graphNames = (kind: PipelineKind): readonly string[] =>
  kind === 'text2text' ? ['encoder_model', 'decoder_model_merged'] : ['model'];

/** @throws InklingError `modelMissing`, saying which files are wanted */
function filesOf(folder: string, kind: PipelineKind): PipelineGraphs {
  const found = chooseGraphs(kind, (path) => existsSync(join(folder, path)));
  if (found) return found;
  const names = graphNames(kind).map((name) => `${name}.onnx`);
  throw new InklingError(
    'modelMissing',
    sentence`${folder} has no ${inOneList(names)}, neither in it nor in its folder onnx. Export the model to ONNX first.`,
  );
}
