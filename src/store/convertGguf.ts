/** GGUF file → model folder in our layout. No number is rounded: see model/weights/blockFormats.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupMembers } from '../model/decoderParts.ts';
import { BinaryFile } from '../model/files/binaryFile.ts';
import { type GgufHeader, type GgufTensor, readGgufHeader } from '../model/files/gguf.ts';
import { type TensorSource, writeSafetensors } from '../model/files/safetensors.ts';
import { configFromGguf, type GgufPart, ggufParts } from '../model/ggufConfig.ts';
import { type ModelConfig, parseModelConfig } from '../model/modelConfig.ts';
import { inklingNames, tensorName } from '../model/tensorNames.ts';
import {
  type BlockMatrix,
  bytesForGather,
  decodeBlocks,
  denseTypes,
  ggmlTypeBytes,
  ggmlTypeName,
  stackRows,
} from '../model/weights/blockFormats.ts';
import type { BlockLayouts } from '../model/weights/modelWeights.ts';
import { InklingError } from '../protocol/errors.ts';
import { tokenizerFromGguf } from './ggufTokenizer.ts';

export interface ConvertedModel {
  readonly config: ModelConfig;
  /** such as `Q4_1` for the linear maps and `Q8_0` for the embedding */
  readonly weightFormat: string;
  readonly licence: string;
}

/**
 * Writes config.json, tokenizer.json, tokenizer_config.json and model.safetensors into an existing folder.
 * @throws InklingError `modelBroken`, `modelUnsupported`, `modelConfig`
 */
export function convertGguf(
  source: string,
  targetFolder: string,
  onProgress: (done: number, total: number) => void = () => {},
): ConvertedModel {
  const header = readGgufHeader(source);
  const file = new BinaryFile(source);
  try {
    return convert(header, file, { targetFolder, onProgress });
  } finally {
    file.close();
  }
}

function convert(
  header: GgufHeader,
  file: BinaryFile,
  { targetFolder, onProgress }: { targetFolder: string; onProgress: (done: number, total: number) => void },
): ConvertedModel {
  const configJson = configFromGguf(header, (name) => readVector(header, file, name));
  const config = parseModelConfig(configJson);
  const converter = new WeightConverter(header, file, config);
  const sources = converter.sources();
  const writeJson = (name: string, value: object, indent?: number) =>
    writeFileSync(join(targetFolder, name), JSON.stringify(value, null, indent));
  writeJson('config.json', configJson, 2);
  const { tokenizer, config: tokenizerConfig } = tokenizerFromGguf(header.metadata);
  writeJson('tokenizer.json', tokenizer);
  writeJson('tokenizer_config.json', tokenizerConfig, 2);

  writeSafetensors(join(targetFolder, 'model.safetensors'), sources, {
    metadata: { format: 'inkling', blocks: JSON.stringify(converter.layouts) },
    onProgress,
  });
  return {
    config,
    weightFormat: weightFormatOf(header),
    licence: String(header.metadata.get('general.license') ?? ''),
  };
}

/** A small tensor of float32 numbers, such as the divisors of rotary frequencies. */
function readVector(header: GgufHeader, file: BinaryFile, name: string): readonly number[] {
  const tensor = header.tensors.get(name);
  if (tensor?.type !== 0) throw new InklingError('modelUnsupported', `${name} is not stored as float32.`);
  const bytes = file.read(tensor.offset, ggmlTypeBytes(0, tensor.shape));
  return [...new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)];
}

class WeightConverter {
  readonly layouts: Record<string, BlockLayouts[string]> = {};

  constructor(
    private readonly header: GgufHeader,
    private readonly file: BinaryFile,
    private readonly config: ModelConfig,
  ) {}

  /** Everything that the new file will hold, in the order in which it is read when a model starts. */
  sources(): TensorSource[] {
    const parts = ggufParts(this.config, this.header);
    const stacked = new Set<GgufPart>();
    return parts.flatMap((part) => {
      if (stacked.has(part)) return [];
      if (part.shape.length === 1) return [this.vector(part)];
      if (part.name === 'embedding') return this.matrix(part.own, [part], bytesForGather);
      const group = this.stackOf(part, parts);
      for (const member of group) stacked.add(member);
      return this.matrix(group.length > 1 ? this.stackName(part) : part.own, group);
    });
  }

  /** The maps that read the same as `part`, the first of them, if all have one block format; otherwise it alone. */
  private stackOf(part: GgufPart, parts: readonly GgufPart[]): readonly GgufPart[] {
    const members = Object.values(groupMembers).find(([first]) => first === part.name);
    const group = members?.map((name) => parts.find((one) => one.name === name && one.layer === part.layer)) ?? [];
    const types = new Set(group.map((one) => one && this.tensor(one.gguf).type));
    const isStack = group.length > 1 && types.size === 1 && !types.has(undefined);
    return isStack && !([...types][0]! in denseTypes) ? (group as GgufPart[]) : [part];
  }

  private stackName({ name, layer }: GgufPart): string {
    return tensorName(inklingNames, { name: name === 'q' ? 'qkv' : 'gateUp', layer })!;
  }

  private matrix(name: string, parts: readonly GgufPart[], adapt = (m: BlockMatrix) => m): TensorSource[] {
    const tensors = parts.map((part) => this.tensor(part.gguf));
    const first = tensors[0]!;
    if (first.type in denseTypes) return [this.dense(name, parts[0]!)];
    // decoded once, when the first of its tensors is written; dropped after the last
    let decoded: BlockMatrix | undefined;
    const matrix = () => {
      decoded ??= adapt(stackRows(parts.map((part) => this.decode(part)))!);
      return decoded;
    };
    const probe = adapt(emptyLike(first.type));
    const rows = tensors.reduce((sum, tensor) => sum + tensor.shape[0]!, 0);
    const blocks = first.shape[1]! / probe.blockSize;
    const { bits, blockSize, centre } = probe;
    this.layouts[name] = { bits, blockSize, centre };
    const numbers = probe.scales instanceof Uint16Array ? 'F16' : 'F32';
    const sources: TensorSource[] = [
      { name: `${name}.scales`, dtype: numbers, shape: [rows, blocks], bytes: () => asBytes(matrix().scales) },
    ];
    if (probe.mins) {
      sources.push({
        name: `${name}.mins`,
        dtype: numbers,
        shape: [blocks, rows],
        bytes: () => asBytes(matrix().mins!),
      });
    }
    const quants = () => {
      const { quants: bytes } = matrix();
      decoded = undefined;
      return bytes;
    };
    sources.push({ name: `${name}.quants`, dtype: 'U8', shape: [rows, blocks, (blockSize * bits) / 8], bytes: quants });
    return sources;
  }

  private decode(part: GgufPart): BlockMatrix {
    const tensor = this.tensor(part.gguf);
    const [rows, columns] = tensor.shape as [number, number];
    return decodeBlocks(this.bytesOf(tensor), tensor.type, { rows, columns }, this.rowOrder(part));
  }

  private dense(name: string, part: GgufPart): TensorSource {
    const tensor = this.tensor(part.gguf);
    const dtype = denseTypes[tensor.type as keyof typeof denseTypes];
    const order = this.rowOrder(part);
    const bytes = () => (order ? reorderRows(this.bytesOf(tensor), order) : this.bytesOf(tensor));
    return { name, dtype, shape: tensor.shape, bytes };
  }

  private vector(part: GgufPart): TensorSource {
    if (this.tensor(part.gguf).type !== 0) {
      throw new InklingError('modelUnsupported', `${part.gguf} is not stored as float32.`);
    }
    return this.dense(part.own, part);
  }

  /** llama.cpp's row h·D + 2p + a is row h·D + a·D/2 + p of the rotate-half layout. */
  private rowOrder({ isInterleaved, shape }: GgufPart): Int32Array | undefined {
    if (!isInterleaved) return undefined;
    const { headDim } = this.config;
    return Int32Array.from({ length: shape[0]! }, (_, row) => {
      const inHead = row % headDim;
      const half = headDim / 2;
      return row - inHead + (inHead % half) * 2 + Math.floor(inHead / half);
    });
  }

  private tensor(name: string): GgufTensor {
    const tensor = this.header.tensors.get(name);
    if (tensor) return tensor;
    throw new InklingError('modelBroken', `The GGUF file lacks the tensor ${name}.`);
  }

  private bytesOf(tensor: GgufTensor): Uint8Array {
    return this.file.read(tensor.offset, ggmlTypeBytes(tensor.type, tensor.shape));
  }
}

/** One zero block of a type, to learn what its matrices will look like without reading one. */
function emptyLike(type: number): BlockMatrix {
  return decodeBlocks(new Uint8Array(ggmlTypeBytes(type, [1, 256])), type, { rows: 1, columns: 256 });
}

function reorderRows(bytes: Uint8Array, order: Int32Array): Uint8Array {
  const rowBytes = bytes.length / order.length;
  const target = new Uint8Array(bytes.length);
  order.forEach((from, to) => {
    target.set(bytes.subarray(from * rowBytes, (from + 1) * rowBytes), to * rowBytes);
  });
  return target;
}

const asBytes = (numbers: Uint16Array | Float32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

function weightFormatOf({ tensors }: GgufHeader): string {
  const matrices = [...tensors.values()].filter((tensor) => tensor.shape.length === 2);
  return [...new Set(matrices.map((tensor) => ggmlTypeName(tensor.type)))].sort().join(' + ');
}
