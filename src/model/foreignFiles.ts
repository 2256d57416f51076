/** What people have on disk that is no model for this program: told what it is, and what to get in its place. */
import { closeSync, lstatSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InklingError, type Sentence, type SentencePart, sentence } from '../protocol/errors.ts';
import { fileError, openRegular } from './files/openRegular.ts';

const mostNamed = 5;

/** What browsers and other programs call a file that is not whole yet. */
export const unfinished = /\.(?:incomplete|part|partial|crdownload|opdownload|download|aria2|!qb|tmp)$/iu;
const pickled = /\.(?:bin|pt|pth|ckpt|pkl|pickle)$/iu;

/** Of which program a file is, by its name. */
const ofPrograms: readonly (readonly [RegExp, string])[] = [
  [/\.(?:h5|hdf5|keras|pb)$/iu, 'TensorFlow or Keras'],
  [/\.(?:tflite|task|litertlm)$/iu, 'LiteRT'],
  [/\.msgpack$/iu, 'Flax'],
  [/\.(?:mlmodel|mlpackage|mlmodelc)$/iu, 'Core ML'],
  [/\.(?:engine|plan)$/iu, 'TensorRT'],
  [/\.npz$/iu, 'NumPy'],
  [/\.nemo$/iu, 'NeMo'],
  [/\.ot$/iu, 'rust-bert'],
  [/\.xml$/iu, 'OpenVINO'],
];

const programOf = (name: string): string | undefined => ofPrograms.find(([pattern]) => pattern.test(name))?.[1];

const instead = sentence`Get the model as a GGUF file, or as a folder of safetensors.`;

/** What a file is by its first bytes, whatever it is called: as text, or in hexadecimal digits. */
const contents: readonly (readonly [text: RegExp | undefined, digits: RegExp | undefined, tell: Tell])[] = [
  [/^$/u, undefined, (name) => sentence`${name} is empty. Get the file again.`],
  [
    /^version https:\/\/git-lfs/u,
    undefined,
    (name) => sentence`${name} is a pointer of Git LFS in place of the file. Fetch it with git lfs pull.`,
  ],
  [
    /^\s*<(?:!doctype|html|\?xml)/iu,
    undefined,
    (name) => sentence`${name} is a web page: the address led to a page and not to the file. Get the file again.`,
  ],
  [
    /^(?:lmgg|tjgg|fmgg|algg)/u,
    undefined,
    (name) => sentence`${name} is in the format that llama.cpp had before GGUF. ${instead}`,
  ],
  [
    undefined,
    /^(?:504b0304|800[2-5])/u,
    (name) => sentence`${name} is a file of PyTorch or an archive; reading it could run what is in it. ${instead}`,
  ],
  [
    /^(?:BZh|Rar!)/u,
    /^(?:1f8b|fd377a585a|377abcaf|28b52ffd)/u,
    (name) => sentence`${name} is an archive. Unpack it, and name what was in it.`,
  ],
  [undefined, /^89484446/u, (name) => sentence`${name} is made for ${'TensorFlow or Keras'}. ${instead}`],
];

type Tell = (name: string) => Sentence;

/**
 * @param path of a file that is taken for a model
 * @throws InklingError saying what it is instead
 */
export function refuseFile(path: string): never {
  const name = basename(path);
  if (unfinished.test(name)) throw unfinishedDownload(name);
  const start = beginningOf(path);
  const [text, digits] = [start.toString().replace(/^\uFEFF/u, ''), start.toString('hex')];
  const content = contents.find(([ofText, ofDigits]) => ofText?.test(text) || ofDigits?.test(digits))?.[2];
  if (content) throw unsupported(content(name));
  if (/\.safetensors$/iu.test(name)) {
    throw unsupported(
      sentence`${name} is weights alone. Name the folder that holds them with config.json and the tokenizer.`,
    );
  }
  if (/\.onnx(?:[._]data)?$/iu.test(name)) {
    throw unsupported(
      sentence`${name} is a graph alone. Name the folder that holds it with config.json and tokenizer.json.`,
    );
  }
  if (/\.json$/iu.test(name)) {
    throw unsupported(sentence`${name} is a part of a model. Name the folder that holds the whole of it.`);
  }
  if (pickled.test(name)) {
    throw unsupported(sentence`${name} is a file of PyTorch, which could run code when it is read. ${instead}`);
  }
  const program = programOf(name);
  if (program) throw unsupported(sentence`${name} is made for ${program}. ${instead}`);
  if (/\.gguf$/iu.test(name)) throw new InklingError('modelBroken', sentence`${name} is not a GGUF file.`);
  throw unsupported(
    sentence`${path} is no model that can be added: a .gguf file, or a folder with config.json and safetensors, can.`,
  );
}

const unsupported = (what: Sentence) => new InklingError('modelUnsupported', what);

const unfinishedDownload = (name: string) =>
  new InklingError(
    'modelBroken',
    sentence`${name} is a download that was not finished. Finish it in the program that began it, or get the file again.`,
  );

function beginningOf(path: string): Buffer {
  const { descriptor } = openRegular(path);
  const bytes = Buffer.alloc(64);
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * @param path of a folder without config.json
 * @throws InklingError saying what lies there instead
 */
export function refuseFolder(path: string): never {
  const names = namesIn(path);
  const has = (name: string) => names.includes(name);
  if (names.length === 0) throw new InklingError('modelMissing', sentence`${path} is an empty folder.`);
  if (has('adapter_config.json')) throw noAdapter(path);
  if (has('model_index.json')) throw unsupported(sentence`${path} holds a model that makes pictures.`);
  if (has('snapshots') && has('refs')) {
    const [snapshot = ''] = namesIn(join(path, 'snapshots'));
    const model = join(path, 'snapshots', snapshot);
    throw unsupported(sentence`${path} is a place in the cache of Hugging Face. The model lies in ${model}.`);
  }
  refuseGgufs(path, names);
  const half = names.find((name) => unfinished.test(name));
  if (half) throw unfinishedDownload(half);
  if (names.some((name) => /^consolidated\b/u.test(name)) || has('params.json')) {
    throw unsupported(
      sentence`${path} has the layout of the model’s maker. Get the same model in the layout of Hugging Face, or as a GGUF file.`,
    );
  }
  if (names.some((name) => pickled.test(name))) throw onlyPickles(path);
  if (names.some((name) => /^tokenizer\b|^vocab\./u.test(name)) && !names.some(isWeights)) {
    throw unsupported(sentence`${path} holds a tokenizer and no model.`);
  }
  throw new InklingError('modelMissing', sentence`${join(path, 'config.json')} does not exist.`);
}

/** Where GGUF files lie, without parts that see and without all but the first part of a split one: they are named, to choose from. */
function refuseGgufs(path: string, names: readonly string[]): void {
  const found = names.filter((name) => /\.gguf$/iu.test(name) && !/mmproj|-0000[2-9]-of-|-000[1-9]\d-of-/iu.test(name));
  if (found.length > 0) throw unsupported(sentence`${path} holds GGUF files. Name the one to use: ${listed(found)}.`);
}

const noAdapter = (path: string) =>
  unsupported(sentence`${path} is an adapter and no model. Add it as one: inkling adapters add.`);
const onlyPickles = (path: string) =>
  unsupported(sentence`${path} holds files of PyTorch, which could run code when they are read. ${instead}`);

/** @throws InklingError `fileAccess`; `modelUnsupported` for a file in place of a folder */
function namesIn(path: string): string[] {
  try {
    return readdirSync(path).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw fileError(path, error);
    throw unsupported(sentence`${path} is a file and no model folder. Add it first: inkling models add.`);
  }
}

const isWeights = (name: string) => /\.(?:safetensors|onnx|gguf)$/iu.test(name);
const listed = (names: readonly string[]) =>
  names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '');

/**
 * @param path of a folder with config.json
 * @param wanted names of the files with its weights
 * @throws InklingError where one is not there, saying what lies there instead
 */
export function demandWeights(path: string, wanted: readonly string[]): void {
  const missing = wanted.filter((name) => !lstatSync(join(path, name), { throwIfNoEntry: false }));
  if (missing.length === 0) return;
  const names = namesIn(path);
  const half = names.find((name) => unfinished.test(name));
  if (half) throw unfinishedDownload(half);
  if (wanted.length > 1) {
    throw new InklingError(
      'modelMissing',
      sentence`${path} lacks ${missing.length} of ${wanted.length} files with its weights: ${listed(missing)}. Get what is missing, and try again.`,
    );
  }
  if (names.includes('adapter_model.safetensors')) throw noAdapter(path);
  refuseGgufs(path, names);
  const others = names.filter((name) => /\.safetensors$/iu.test(name));
  if (others.length > 0) {
    throw unsupported(
      sentence`${path} has weights under names that nothing tells of: ${listed(others)}. ${'model.safetensors'} is looked for, or an index that names them.`,
    );
  }
  if (names.some((name) => pickled.test(name))) throw onlyPickles(path);
  const program = names.map(programOf).find(Boolean);
  if (program) throw unsupported(sentence`${path} is made for ${program}. ${instead}`);
  throw new InklingError(
    'modelMissing',
    sentence`${path} has a configuration and no weights: ${'model.safetensors'} is missing.`,
  );
}

/** What kind of model a name in config.json or in a GGUF stands for, where nothing here runs it; said after the name. */
const kinds: readonly (readonly [RegExp, Sentence])[] = [
  [/whisper|wav2vec|hubert|moonshine|parakeet|SpeechSeq2Seq$|ForCTC$/iu, sentence`: it writes down what is spoken`],
  [
    /^(?:flux|sd[13]|sdxl|aura|ltxv|hyvid|wan|lumina2?|hidream|cosmos|qwen_image|pig)\b|Diffusion/iu,
    sentence`: it makes pictures`,
  ],
  [/moe|mixtral|gpt-?oss|deepseek-?v?[23]|dbrx|jamba|grok/iu, sentence`: it is a mixture of experts`],
  [
    /vl\b|vlm|VLFor|VLMoe|vision|llava|idefics|paligemma|mllama|pixtral|florence|internvl|minicpm-?[ov]/iu,
    sentence`: it reads pictures, too`,
  ],
  [
    /gemma-?(?:4|3n)/iu,
    sentence`: its layers share keys and values and read embeddings of their own, which is not computed here`,
  ],
  [
    /mamba|rwkv|zamba|nemotron_?h|xlstm|qwen3_?(?:5|next)/iu,
    sentence`: it keeps a state of a kind that is not computed here`,
  ],
  [/dream|llada/iu, sentence`: it writes by taking noise away, and not word by word`],
  [
    /^(?:nomic-|jina-|modern-?|neo-|euro)?bert(?:-|$)|^gemma-embedding$|^(?:Bert|Roberta|XLMRoberta|ModernBert|MPNet|NomicBert|DistilBert)/u,
    sentence`: it makes vectors of texts and writes none. Exported to ONNX it can be added for that`,
  ],
  [
    /^t5|^T5|Bart|Marian|Pegasus/u,
    sentence`: it rewrites one text as another. Exported to ONNX it can be added for that`,
  ],
];

/** @returns `: it is a mixture of experts`, or '' where nothing is known of it */
export const kindOfForeign = (name: string): SentencePart => kinds.find(([pattern]) => pattern.test(name))?.[1] ?? '';

/** Of programs that make weights small in ways of their own, by `quant_method`; Apple's MLX has no name there. */
const quantizers: Readonly<Record<string, string>> = {
  gptq: 'GPTQ',
  awq: 'AWQ',
  bitsandbytes: 'bitsandbytes',
  fp8: 'FP8',
  fbgemm_fp8: 'FP8',
  mxfp4: 'MXFP4',
  exl2: 'ExLlama',
  exl3: 'ExLlama',
  hqq: 'HQQ',
  aqlm: 'AQLM',
  quanto: 'Quanto',
  torchao: 'torchao',
  bitnet: 'BitNet',
};

/** @throws InklingError for a configuration of weights that another program has quantized */
export function refuseQuantized(json: Readonly<Record<string, unknown>>): void {
  const key = ['quantization_config', 'quantization'].find((name) => Object.hasOwn(json, name) && isSet(json[name]));
  if (key === undefined) return;
  const method: unknown = (json[key] as Record<string, unknown>)['quant_method'];
  const known = typeof method === 'string' && Object.hasOwn(quantizers, method) ? quantizers[method] : undefined;
  const isOfMlx = method === undefined && 'group_size' in (json[key] as object);
  const by = known ?? (isOfMlx ? 'MLX' : sentence`another program`);
  throw new InklingError(
    'modelUnsupported',
    sentence`The weights were quantized by ${by} (${key} in config.json), which this version cannot read. Get the model as a GGUF file, or as it was before that: it is quantized here.`,
  );
}

const isSet = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
