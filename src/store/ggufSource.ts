/** A GGUF model, opened for conversion. Blocks are repacked, and no number of theirs is rounded: see model/weights/blockFormats.ts. */
import { basename } from 'node:path';
import { groupMembers } from '../model/decoderParts.ts';
import { BinaryFile } from '../model/files/binaryFile.ts';
import type { GgufTensor } from '../model/files/gguf.ts';
import { float32Of, type SafetensorsDtype } from '../model/files/safetensors.ts';
import { configFromGguf, type GgufPart, ggufParts } from '../model/ggufConfig.ts';
import { type ModelConfig, parseModelConfig } from '../model/modelConfig.ts';
import { inklingNames, tensorName } from '../model/tensorNames.ts';
import { tablesFromJson } from '../model/tokenizer/tokenizerTables.ts';
import {
  type BlockMatrix,
  bytesForGather,
  decodeBlocks,
  denseTypes,
  ggmlTypeBytes,
  ggmlTypeName,
  stackRows,
} from '../model/weights/blockFormats.ts';
import { demandFinite, demandFiniteBlocks } from '../model/weights/finiteWeights.ts';
import { InklingError, type Sentence, sentence } from '../protocol/errors.ts';
import type { Quantization } from '../protocol/store.ts';
import { densePart } from './densePart.ts';
import { type GgufModel, readGgufModel } from './ggufFiles.ts';
import { tokenizerFromGguf } from './ggufTokenizer.ts';
import { languageTags } from './modelCard.ts';
import type { BlockPart, ModelPart, ModelSource } from './modelSource.ts';
import { inWideBlocks, isWide } from './wideBlocks.ts';

/**
 * @param quantize what becomes of matrices that the file has as plain numbers; with 8, blocks of 8 bits become wider, too
 * @throws InklingError `modelMissing`, `modelBroken`, `modelUnsupported`, `modelConfig`
 */
export function openGgufSource(path: string, quantize: Quantization): ModelSource {
  const model = readGgufModel(path);
  const files = new Map(model.paths.map((part) => [part, new BinaryFile(part)]));
  const close = () => {
    for (const file of files.values()) file.close();
  };
  try {
    const reader = new GgufReader(model, files);
    const configJson = withEndTokens(
      configFromGguf(model, (name) => reader.vector(name)),
      model,
    );
    const config = parseModelConfig(configJson);
    const { tokenizer, config: tokenizerConfig } = tokenizerFromGguf(model.metadata);
    const parts = modelParts(reader, config, quantize);
    return {
      files: new Map([
        ['config.json', JSON.stringify(configJson, null, 2)],
        ['tokenizer.json', JSON.stringify(tokenizer)],
        ['tokenizer_config.json', JSON.stringify(tokenizerConfig, null, 2)],
      ]),
      parts,
      tokenizer: tablesFromJson(tokenizer, tokenizerConfig, config.vocabularySize),
      weightFormat: weightFormatOf(model, parts),
      licence: licenceOf(model.metadata.get('general.license')),
      languages: languageTags(model.metadata.get('general.languages')),
      sourceFiles: model.paths,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** What a file calls its license, where that is a name as people read one. */
const licenceOf = (value: unknown): string =>
  (typeof value === 'string' && /^[\p{L}\p{N}][\p{L}\p{N}\p{P} +]{0,59}$/u.exec(value)?.[0]) || 'unknown';

/** Tokens that end a turn beside the one that ends a text. */
const endMarks = new Set(['<|im_end|>', '<|eot_id|>', '<end_of_turn>', '<|end|>', '<|end_of_text|>', '<turn|>']);

function withEndTokens(config: Record<string, unknown>, { metadata }: GgufModel): Record<string, unknown> {
  const tokens = metadata.get('tokenizer.ggml.tokens');
  const kinds = metadata.get('tokenizer.ggml.token_type');
  const isEnd = (token: unknown, id: number) =>
    endMarks.has(String(token)) && (!Array.isArray(kinds) || kinds[id] === 3);
  const named = ['eos', 'eot'].map((key) => metadata.get(`tokenizer.ggml.${key}_token_id`));
  const marked = Array.isArray(tokens) ? tokens.flatMap((token, id) => (isEnd(token, id) ? [id] : [])) : [];
  const ids = [...new Set([...named, ...marked].filter((id) => typeof id === 'number'))];
  if (ids.length === 0) return config;
  return { ...config, eos_token_id: ids.length === 1 ? ids[0] : ids };
}

class GgufReader {
  readonly #model: GgufModel;
  readonly #files: ReadonlyMap<string, BinaryFile>;

  constructor(model: GgufModel, files: ReadonlyMap<string, BinaryFile>) {
    this.#model = model;
    this.#files = files;
    demandPlaces(model, files);
  }

  get model(): GgufModel {
    return this.#model;
  }

  tensor(name: string): GgufTensor {
    const tensor = this.#model.tensors.get(name);
    if (tensor) return tensor;
    throw new InklingError('modelBroken', sentence`The GGUF file lacks the tensor ${name}.`);
  }

  /** Rows of a matrix as they are stored; of a vector all of it. */
  rows({ file, type, shape, offset }: GgufTensor, from = 0, to = shape[0]!): Buffer {
    const rowBytes = ggmlTypeBytes(type, shape.slice(1));
    return this.#files.get(file)!.read(offset + from * rowBytes, (to - from) * rowBytes);
  }

  /** A small tensor of float32 numbers, such as the divisors of rotary frequencies. */
  vector(name: string): readonly number[] {
    const tensor = this.tensor(name);
    if (tensor.type !== 0) throw new InklingError('modelUnsupported', sentence`${name} is not stored as float32.`);
    const [length = 0, ...more] = tensor.shape;
    if (more.length === 0 && length <= longestVector) return [...float32Of(this.rows(tensor), 'F32')];
    throw new InklingError(
      'modelBroken',
      sentence`The GGUF's tensor ${name} is no short list of numbers. Get the file again.`,
    );
  }
}

const longestVector = 65_536;

/** @throws InklingError `modelBroken` unless every tensor has a place of its own within its file */
function demandPlaces(model: GgufModel, files: ReadonlyMap<string, BinaryFile>): void {
  const broken = (file: string, what: Sentence) =>
    new InklingError('modelBroken', sentence`${basename(file)} is ${what}. Get the file again.`);
  const ends = new Map<string, number>();
  const inOrder = [...model.tensors.values()].sort((a, b) => a.offset - b.offset);
  for (const { name, file, type, shape, offset } of inOrder) {
    const bytes = ggmlTypeBytes(type, shape);
    if (offset + bytes > files.get(file)!.sizeBytes) throw broken(file, sentence`cut off within the tensor ${name}`);
    if (bytes > 0 && offset < (ends.get(file) ?? 0))
      throw broken(file, sentence`damaged: the tensor ${name} lies within another`);
    ends.set(file, Math.max(ends.get(file) ?? 0, offset + bytes));
  }
}

function modelParts(reader: GgufReader, config: ModelConfig, quantize: Quantization): ModelPart[] {
  const parts = ggufParts(config, reader.model);
  const done = new Set<GgufPart>();
  return parts.flatMap((part): ModelPart[] => {
    if (done.has(part)) return [];
    if (part.shape.length === 1) return [vectorPart(reader, part, config.headDim)];
    const group = part.name === 'embedding' ? [part] : stackOf(reader, part, parts);
    for (const member of group) done.add(member);
    return [matrixPart(reader, group, { config, quantize })];
  });
}

/** The biases of queries and keys lie in the order of their rows. */
function vectorPart(reader: GgufReader, { own, gguf, shape, isInterleaved }: GgufPart, headDim: number): ModelPart {
  const tensor = reader.tensor(gguf);
  if (tensor.type !== 0) throw new InklingError('modelUnsupported', sentence`${gguf} is not stored as float32.`);
  const bytes = () => {
    const stored = reader.rows(tensor);
    demandFinite(float32Of(stored, 'F32'), gguf);
    return isInterleaved ? reorderRows(stored, rotaryOrder(shape[0]!, headDim)) : stored;
  };
  return { kind: 'plain', name: own, dtype: 'F32', shape, bytes };
}

/** The maps that read the same as `part`, the first of them, if all have one block format; otherwise it alone. */
function stackOf(reader: GgufReader, part: GgufPart, parts: readonly GgufPart[]): readonly GgufPart[] {
  const members = Object.values(groupMembers).find(([first]) => first === part.name);
  const group = members?.map((name) => parts.find((one) => one.name === name && one.layer === part.layer)) ?? [];
  const types = new Set(group.map((one) => one && reader.tensor(one.gguf).type));
  const isStack = group.length > 1 && types.size === 1 && !types.has(undefined);
  return isStack && !([...types][0]! in denseTypes) ? (group as GgufPart[]) : [part];
}

const stackName = ({ name, layer }: GgufPart) =>
  tensorName(inklingNames, { name: name === 'q' ? 'qkv' : 'gateUp', layer })!;

function matrixPart(
  reader: GgufReader,
  group: readonly GgufPart[],
  { config: { headDim }, quantize }: { config: ModelConfig; quantize: Quantization },
): ModelPart {
  const first = group[0]!;
  const [, columns] = first.shape as [number, number];
  const { type } = reader.tensor(first.gguf);
  const rows = group.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const rowUnit = group.some(({ isInterleaved }) => isInterleaved) ? headDim : 1;
  if (type in denseTypes) return denseMatrix(reader, first, { headDim, quantize });
  const adapt = first.name === 'embedding' ? bytesForGather : (matrix: BlockMatrix) => matrix;
  const { bits, blockSize, centre, scales, mins } = adapt(emptyLike(type));
  const part: BlockPart = {
    kind: 'blocks',
    name: group.length > 1 ? stackName(first) : first.own,
    rows,
    columns,
    layout: { bits, blockSize, centre },
    scaleType: scales instanceof Uint16Array ? 'F16' : 'F32',
    hasMins: mins !== undefined,
    rowUnit,
    read: (from, to) => {
      const pieces: BlockMatrix[] = [];
      let before = 0;
      for (const { gguf, shape, isInterleaved } of group) {
        const [start, end] = [Math.max(from - before, 0), Math.min(to - before, shape[0]!)];
        before += shape[0]!;
        if (start >= end) continue;
        const bytes = reader.rows(reader.tensor(gguf), start, end);
        const order = isInterleaved ? rotaryOrder(end - start, headDim) : undefined;
        const piece = decodeBlocks(bytes, type, { rows: end - start, columns }, order);
        demandFiniteBlocks(piece, gguf);
        pieces.push(piece);
      }
      return adapt(pieces.length === 1 ? pieces[0]! : stackRows(pieces)!);
    },
  };
  return quantize === 8 ? inWideBlocks(part) : part;
}

function denseMatrix(
  reader: GgufReader,
  part: GgufPart,
  { headDim, quantize }: { headDim: number; quantize: Quantization },
): ModelPart {
  const tensor = reader.tensor(part.gguf);
  const dtype: SafetensorsDtype = denseTypes[tensor.type as keyof typeof denseTypes];
  const [rows, columns] = part.shape as [number, number];
  const bytes = (from: number, to: number) => {
    const stored = reader.rows(tensor, from, to);
    return part.isInterleaved ? reorderRows(stored, rotaryOrder(to - from, headDim)) : stored;
  };
  return densePart(
    { name: part.own, part: part.name, rows, columns, dtype, rowUnit: part.isInterleaved ? headDim : 1, bytes },
    quantize,
  );
}

/** llama.cpp's row h·D + 2p + a is row h·D + a·D/2 + p of the rotate-half layout; here the source row of each. */
const rotaryOrder = (rows: number, headDim: number) =>
  Int32Array.from({ length: rows }, (_, row) => {
    const inHead = row % headDim;
    const half = headDim / 2;
    return row - inHead + (inHead % half) * 2 + Math.floor(inHead / half);
  });

/** One zero block of a type, to learn what its matrices will look like without reading one. */
function emptyLike(type: number): BlockMatrix {
  return decodeBlocks(new Uint8Array(ggmlTypeBytes(type, [1, 256])), type, { rows: 1, columns: 256 });
}

function reorderRows(bytes: Buffer, order: Int32Array): Buffer {
  const rowBytes = bytes.length / order.length;
  const target = Buffer.allocUnsafeSlow(bytes.length);
  order.forEach((from, to) => {
    target.set(bytes.subarray(from * rowBytes, (from + 1) * rowBytes), to * rowBytes);
  });
  return target;
}

function weightFormatOf({ tensors }: GgufModel, parts: readonly ModelPart[]): string {
  const matrices = [...tensors.values()].filter((tensor) => tensor.shape.length === 2);
  const formats = [...new Set(matrices.map((tensor) => ggmlTypeName(tensor.type)))].sort().join(' + ');
  return parts.some((part) => part.kind === 'blocks' && isWide(part)) ? `${formats}, 8 bits in blocks of 128` : formats;
}
