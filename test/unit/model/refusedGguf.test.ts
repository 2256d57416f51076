import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type GgufHeader, type GgufTensor, readGgufHeader } from '../../../src/model/files/gguf.ts';
import type { GgufValue } from '../../../src/model/files/ggufCursor.ts';
import { configFromGguf, ggufParts } from '../../../src/model/ggufConfig.ts';
import { parseModelConfig } from '../../../src/model/modelConfig.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

const folder = goldenPath('architectures');
const plain = readGgufHeader(join(folder, 'llama', 'model.gguf'));
const divisors = [1, 1, 1.5, 2, 3, 4, 8, 8];

interface Changes {
  readonly metadata?: Readonly<Record<string, GgufValue>>;
  readonly tensors?: Readonly<Record<string, readonly number[] | undefined>>;
}

function headerWith({ metadata = {}, tensors = {} }: Changes): GgufHeader {
  const table = new Map(plain.tensors);
  for (const [name, shape] of Object.entries(tensors)) {
    if (shape) table.set(name, { ...[...plain.tensors.values()][0]!, name, shape, type: 0 } satisfies GgufTensor);
    else table.delete(name);
  }
  return { metadata: new Map([...plain.metadata, ...Object.entries(metadata)]), tensors: table };
}

const open = (changes: Changes) => {
  const header = headerWith(changes);
  const config = parseModelConfig(configFromGguf(header, () => divisors));
  return { config, parts: ggufParts(config, header) };
};

test.each(readdirSync(folder).filter((name) => readdirSync(join(folder, name)).includes('model.gguf')))(
  'every key and tensor of %s is read',
  (name) => {
    const header = readGgufHeader(join(folder, name, 'model.gguf'));
    const config = parseModelConfig(configFromGguf(header, () => Array(6).fill(1)));
    const factors = [...header.tensors.keys()].filter((tensor) => tensor.startsWith('rope_factors'));
    expect(ggufParts(config, header).length + factors.length).toBe(header.tensors.size);
  },
);

test.each<[string, GgufValue]>([
  ['expert_count', 8],
  ['expert_used_count', 2],
  ['expert_shared_count', 1],
  ['attention.sliding_window', 4096],
  ['attention.clamp_kqv', 8],
  ['attention.max_alibi_bias', 8],
  ['attention.scale', 0.1],
  ['attention.q_lora_rank', 16],
  ['attn_logit_softcapping', 50],
  ['final_logit_softcapping', 30],
  ['logit_scale', 4],
  ['embedding_scale', 12],
  ['residual_scale', 0.2],
  ['use_parallel_residual', true],
  ['rope.dimension_sections', [1, 2, 3]],
  ['rope.scaling.alpha', 2],
  ['rope.scaling.yarn_log_multiplier', 0.1],
  ['attention.head_count_kv', [2, 1]],
  ['feed_forward_length', [40, 48]],
  ['leading_dense_block_count', 1],
  ['ssm.conv_kernel', 4],
  ['shortconv.l_cache', 3],
])('llama.%s is refused by its name', (key, value) => {
  expect(() => open({ metadata: { [`llama.${key}`]: value } })).toThrow(
    expect.objectContaining({ code: 'modelUnsupported', message: expect.stringContaining(`llama.${key}`) }),
  );
});

test.each<[string, GgufValue]>([
  ['expert_count', 0],
  ['attention.causal', true],
  ['vocab_size', 64],
  ['tensor_data_layout', 'Meta AI original pth'],
  ['feed_forward_length', [40, 40]],
])('llama.%s = %j changes nothing', (key, value) => {
  expect(open({ metadata: { [`llama.${key}`]: value } }).config).toEqual(open({}).config);
});

test.each([
  'blk.0.ffn_gate_inp.weight',
  'blk.0.ffn_gate_exps.weight',
  'blk.0.attn_q_norm.weight',
  'blk.0.post_attention_norm.weight',
  'blk.0.attn_sinks.weight',
  'blk.2.attn_norm.weight',
  'blk.0.attn_qkv.weight',
  'blk.0.attn_norm.bias',
  'output_norm.bias',
  'output.bias',
  'position_embd.weight',
  'token_types.weight',
  'per_layer_token_embd.weight',
  'v.patch_embd.weight',
])('the tensor %s is refused by its name', (name) => {
  expect(() => open({ tensors: { [name]: [4] } })).toThrow(
    expect.objectContaining({ code: 'modelUnsupported', message: expect.stringContaining(name) }),
  );
});

test.each(['blk.1.ffn_down.weight', 'blk.0.attn_norm.weight', 'output_norm.weight', 'blk.1.attn_k.bias'])(
  'without %s it is broken',
  (name) => {
    expect(() => open({ tensors: { [name]: undefined } })).toThrow(
      expect.objectContaining({ code: 'modelBroken', message: expect.stringContaining(name) }),
    );
  },
);

test.each<[string, readonly number[]]>([
  ['blk.1.ffn_down.weight', [32, 41]],
  ['blk.0.attn_q.weight', [32, 64]],
  ['blk.0.attn_norm.weight', [16]],
])('%s of the shape %j contradicts the metadata', (name, shape) => {
  expect(() => open({ tensors: { [name]: shape } })).toThrow(
    expect.objectContaining({ code: 'modelConfig', message: expect.stringContaining(name) }),
  );
});

test.each<[Changes, readonly number[]]>([
  [{ tensors: { 'rope_freqs.weight': [8] } }, divisors],
  [{ metadata: { 'llama.rope.scaling.type': 'linear', 'llama.rope.scaling.factor': 4 } }, Array(8).fill(4)],
  [{ metadata: { 'llama.rope.scaling.type': 'none' } }, Array(8).fill(1)],
])('%j divides the frequencies', (changes, expected) => {
  const [scaled, unscaled] = [open(changes), open({})].map(({ config }) => config.rotary[1]!.frequencies);
  scaled!.forEach((frequency, i) => {
    expect(unscaled![i]! / frequency).toBeCloseTo(expected[i]!, 5);
  });
});

test('an unknown kind of scaling is refused', () => {
  expect(() => open({ metadata: { 'llama.rope.scaling.type': 'longrope' } })).toThrow('longrope');
});

test.each(['mamba', 'constructor', 'qwen3moe', 'granitehybrid', ''])('the architecture %j is none', (name) => {
  expect(() => open({ metadata: { 'general.architecture': name } })).toThrow('cannot be run yet');
});
