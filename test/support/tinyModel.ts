import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tinyTokenizer } from './tinyTokenizer.ts';

export interface TinyModelOptions {
  readonly seed?: number;
  /** decoder layers; a deep model is a slow one */
  readonly layers?: number;
  /** keys of config.json to change, and of nothing else; `undefined` leaves a key out */
  readonly config?: Readonly<Record<string, unknown>>;
  /** instead of the tiny one */
  readonly tokenizer?: ReturnType<typeof tinyTokenizer>;
}

/** What the tiny model is made of, in the names of Hugging Face's Llama configuration. */
const tinyConfig = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  intermediate_size: 48,
  max_position_embeddings: 512,
  rms_norm_eps: 1e-5,
  rope_theta: 10000,
  hidden_act: 'silu',
  attention_bias: false,
  mlp_bias: false,
  tie_word_embeddings: false,
  bos_token_id: 1,
  eos_token_id: 2,
  pad_token_id: 2,
  torch_dtype: 'float32',
};

/**
 * Writes a Llama with random weights in Hugging Face's layout: config.json, model.safetensors (float32), tokenizer.json
 * and tokenizer_config.json. The same seed gives the same bytes.
 * @param folder created when it does not exist
 */
export async function writeTinyModel(folder: string, options: TinyModelOptions = {}): Promise<string> {
  const { tokenizer, tokenizerConfig, vocabularySize } = options.tokenizer ?? tinyTokenizer();
  const layers = options.layers ?? tinyConfig.num_hidden_layers;
  const config = { ...tinyConfig, vocab_size: vocabularySize, num_hidden_layers: layers, ...options.config };
  const weights = randomWeights(tensorShapes(vocabularySize, layers), normalNumbers(options.seed ?? 1));
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'config.json'), JSON.stringify(config, null, 2)),
    writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer)),
    writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig, null, 2)),
    writeFile(join(folder, 'model.safetensors'), weights),
  ]);
  return folder;
}

/** All tensors of the model as one safetensors file. */
function randomWeights(shapes: readonly [string, number[]][], random: () => number): Buffer {
  const header: Record<string, unknown> = {};
  const parts: Float32Array[] = [];
  let offset = 0;
  for (const [name, shape] of shapes) {
    const isNorm = shape.length === 1;
    // Matrices keep the size of what goes through them; norms are near one; logits spread enough to prefer some tokens.
    const scale = name === 'lm_head.weight' ? 2 : 1;
    const spread = isNorm ? 0.1 : scale / Math.sqrt(shape.at(-1)!);
    const elements = shape.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length: elements }, () => (isNorm ? 1 : 0) + spread * random());
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
    parts.push(values);
  }
  const text = JSON.stringify(header);
  const headerBytes = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(headerBytes.length));
  return Buffer.concat([length, headerBytes, ...parts.map((part) => new Uint8Array(part.buffer))]);
}

/** Names and shapes, (outputs, inputs) for matrices. */
function tensorShapes(vocabularySize: number, layerCount: number): [string, number[]][] {
  const { hidden_size: hidden, intermediate_size: intermediate, num_attention_heads: heads } = tinyConfig;
  const keyValue = (hidden / heads) * tinyConfig.num_key_value_heads;
  const layers = Array.from({ length: layerCount }, (_, layer): [string, number[]][] =>
    (
      [
        ['input_layernorm', [hidden]],
        ['self_attn.q_proj', [hidden, hidden]],
        ['self_attn.k_proj', [keyValue, hidden]],
        ['self_attn.v_proj', [keyValue, hidden]],
        ['self_attn.o_proj', [hidden, hidden]],
        ['post_attention_layernorm', [hidden]],
        ['mlp.gate_proj', [intermediate, hidden]],
        ['mlp.up_proj', [intermediate, hidden]],
        ['mlp.down_proj', [hidden, intermediate]],
      ] as const
    ).map(([name, shape]) => [`model.layers.${layer}.${name}.weight`, [...shape]]),
  );
  return [
    ['model.embed_tokens.weight', [vocabularySize, hidden]],
    ...layers.flat(),
    ['model.norm.weight', [hidden]],
    ['lm_head.weight', [vocabularySize, hidden]],
  ];
}

/** Normally distributed numbers from a seed (mulberry32, Box–Muller). */
function normalNumbers(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
