/** GGUF file → model folder in our layout. No number is rounded: see model/weights/blockFormats.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Architecture, architectures, type LinearName } from '../model/architectures.ts';
import { BinaryFile } from '../model/files/binaryFile.ts';
import { type GgufHeader, type GgufTensor, readGgufHeader } from '../model/files/gguf.ts';
import { type TensorSource, writeSafetensors } from '../model/files/safetensors.ts';
import { type ModelConfig, parseModelConfig } from '../model/modelConfig.ts';
import {
  type BlockMatrix,
  bytesForGather,
  decodeBlocks,
  denseTypes,
  ggmlTypeBytes,
  ggmlTypeName,
  stackRows,
} from '../model/weights/blockFormats.ts';
import { type BlockLayouts, inklingNames } from '../model/weights/modelWeights.ts';
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
  const configJson = configFromGguf(header);
  const config = parseModelConfig(configJson);
  const writeJson = (name: string, value: object, indent?: number) =>
    writeFileSync(join(targetFolder, name), JSON.stringify(value, null, indent));
  writeJson('config.json', configJson, 2);
  const { tokenizer, config: tokenizerConfig } = tokenizerFromGguf(header.metadata);
  writeJson('tokenizer.json', tokenizer);
  writeJson('tokenizer_config.json', tokenizerConfig, 2);

  const file = new BinaryFile(source);
  try {
    const converter = new WeightConverter(header, file, config);
    const sources = converter.sources();
    writeSafetensors(join(targetFolder, 'model.safetensors'), sources, {
      metadata: { format: 'inkling', blocks: JSON.stringify(converter.layouts) },
      onProgress,
    });
  } finally {
    file.close();
  }
  return {
    config,
    weightFormat: weightFormatOf(header),
    licence: String(header.metadata.get('general.license') ?? ''),
  };
}

/** The keys of `config.json` that a GGUF knows under other names. */
function configFromGguf({ metadata, tensors }: GgufHeader): Record<string, unknown> {
  const architecture = Object.values(architectures).find((a) => a.ggufName === metadata.get('general.architecture'));
  if (!architecture) {
    throw new InklingError(
      'modelUnsupported',
      `The GGUF holds a model of the architecture ${String(metadata.get('general.architecture'))}, which cannot be run yet.`,
    );
  }
  const get = (key: string) => metadata.get(`${architecture.ggufName}.${key}`);
  const embedding = tensors.get(architecture.gguf.embedding);
  return {
    architectures: [architecture.name],
    model_type: architecture.ggufName,
    vocab_size: embedding?.shape[0],
    hidden_size: get('embedding_length'),
    intermediate_size: get('feed_forward_length'),
    num_hidden_layers: get('block_count'),
    num_attention_heads: get('attention.head_count'),
    num_key_value_heads: get('attention.head_count_kv') ?? get('attention.head_count'),
    head_dim: get('rope.dimension_count'),
    rms_norm_eps: Number(Number(get('attention.layer_norm_rms_epsilon')).toPrecision(7)), // stored as float32
    rope_theta: get('rope.freq_base') ?? 10000,
    max_position_embeddings: get('context_length'),
    tie_word_embeddings: !tensors.has(architecture.gguf.head),
    bos_token_id: metadata.get('tokenizer.ggml.bos_token_id'),
    eos_token_id: metadata.get('tokenizer.ggml.eos_token_id'),
  };
}

class WeightConverter {
  readonly layouts: Record<string, BlockLayouts[string]> = {};
  private readonly architecture: Architecture;

  constructor(
    private readonly header: GgufHeader,
    private readonly file: BinaryFile,
    private readonly config: ModelConfig,
  ) {
    this.architecture = config.architecture;
  }

  /** Everything that the new file will hold, in the order in which it is read when a model starts. */
  sources(): TensorSource[] {
    const { gguf } = this.architecture;
    const sources = [...this.embedding(inklingNames.embedding, gguf.embedding)];
    for (let layer = 0; layer < this.config.layers; layer++) {
      const linear = (name: LinearName) => gguf.linear(layer, name);
      sources.push(
        this.vector(inklingNames.attentionNorm(layer), gguf.attentionNorm(layer)),
        ...this.linears(inklingNames.linear(layer, 'qkv'), layer, ['q', 'k', 'v']),
        ...this.matrix(inklingNames.linear(layer, 'o'), [linear('o')]),
        this.vector(inklingNames.mlpNorm(layer), gguf.mlpNorm(layer)),
        ...this.linears(inklingNames.linear(layer, 'gateUp'), layer, ['gate', 'up']),
        ...this.matrix(inklingNames.linear(layer, 'down'), [linear('down')]),
      );
    }
    sources.push(this.vector(inklingNames.finalNorm, gguf.finalNorm));
    if (!this.config.tiedEmbeddings) sources.push(...this.matrix(inklingNames.head, [gguf.head]));
    return sources;
  }

  /** Stacked when all have one block format, otherwise one by one. */
  private linears(stackedName: string, layer: number, names: readonly LinearName[]): TensorSource[] {
    const tensors = names.map((name) => this.architecture.gguf.linear(layer, name));
    const types = new Set(tensors.map((tensor) => this.tensor(tensor).type));
    const [type] = types;
    if (types.size === 1 && !(type! in denseTypes)) return this.matrix(stackedName, tensors);
    return names.flatMap((name, i) => this.matrix(inklingNames.linear(layer, name), [tensors[i]!]));
  }

  private embedding(name: string, tensorName: string): TensorSource[] {
    return this.matrix(name, [tensorName], bytesForGather);
  }

  private matrix(name: string, tensorNames: readonly string[], adapt = (m: BlockMatrix) => m): TensorSource[] {
    const tensors = tensorNames.map((tensorName) => this.tensor(tensorName));
    const first = tensors[0]!;
    if (first.type in denseTypes) return [this.dense(name, first)];
    // decoded once, when the first of its tensors is written; dropped after the last
    let decoded: BlockMatrix | undefined;
    const matrix = () => {
      decoded ??= adapt(stackRows(tensors.map((tensor) => this.decode(tensor)))!);
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

  private decode(tensor: GgufTensor): BlockMatrix {
    const [rows, columns] = tensor.shape as [number, number];
    return decodeBlocks(this.bytesOf(tensor), tensor.type, { rows, columns }, this.rowOrder(tensor));
  }

  private dense(name: string, tensor: GgufTensor): TensorSource {
    const dtype = denseTypes[tensor.type as keyof typeof denseTypes];
    const order = this.rowOrder(tensor);
    const bytes = () => (order ? reorderRows(this.bytesOf(tensor), order) : this.bytesOf(tensor));
    return { name, dtype, shape: tensor.shape, bytes };
  }

  private vector(name: string, tensorName: string): TensorSource {
    const tensor = this.tensor(tensorName);
    if (tensor.type !== 0) throw new InklingError('modelUnsupported', `${tensorName} is not stored as float32.`);
    return this.dense(name, tensor);
  }

  /** llama.cpp's row h·D + 2p + a is row h·D + a·D/2 + p of the rotate-half layout. */
  private rowOrder({ name, shape }: GgufTensor): Int32Array | undefined {
    if (!this.architecture.ggufInterleavesRotaryRows || !/attn_[qk]\.weight$/.test(name)) return undefined;
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
