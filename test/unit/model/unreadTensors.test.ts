import { copyFileSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readSafetensorsHeader,
  readTensorBytes,
  type TensorSource,
  writeSafetensors,
} from '../../../src/model/files/safetensors.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const source = goldenPath('tiny-llama');
const weightsFile = 'model.safetensors';

/** The tiny Llama with other tensors and other keys of config.json. */
async function tinyLlama(
  change: (tensors: Map<string, TensorSource>) => void,
  keys: Record<string, unknown> = {},
): Promise<string> {
  const folder = await temporaryFolder();
  const config = JSON.parse(readFileSync(join(source, 'config.json'), 'utf8'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...keys }));
  const { tensors } = readSafetensorsHeader(join(source, weightsFile));
  const sources = [...tensors].map(([name, entry]): [string, TensorSource] => [
    name,
    { name, dtype: entry.dtype, shape: entry.shape, bytes: () => readTensorBytes(entry) },
  ]);
  const changed = new Map(sources);
  change(changed);
  writeSafetensors(join(folder, weightsFile), [...changed.values()], { metadata: {} });
  return folder;
}

const zeros = (name: string, shape: readonly number[]): TensorSource => ({
  name,
  dtype: 'F32',
  shape,
  bytes: () => new Uint8Array(4 * shape.reduce((product, size) => product * size, 1)),
});

test.each([
  'model.layers.0.self_attn.q_proj.bias',
  'model.layers.1.self_attn.o_proj.bias',
  'model.layers.0.mlp.gate_proj.bias',
  'model.layers.0.self_attn.q_norm.weight',
  'model.layers.0.self_attn.k_norm.weight',
  'model.layers.0.self_attn.sinks',
  'model.layers.0.input_layernorm.bias',
  'model.layers.0.pre_feedforward_layernorm.weight',
  'model.layers.0.post_feedforward_layernorm.weight',
  'model.layers.2.input_layernorm.weight',
  'model.layers.0.mlp.experts.0.gate_proj.weight',
  'model.layers.0.mlp.gate.weight',
  'model.layers.0.block_sparse_moe.gate.weight',
  'model.layers.0.self_attn.qkv_proj.weight',
  'model.layers.0.self_attn.rotary_emb.scale',
  'model.norm.bias',
  'model.embed_positions.weight',
  'model.embed_tokens_per_layer.weight',
  'model.vision_tower.patch.weight',
  'lm_head.bias',
  'model.layers.0.self_attn.q_proj.qweight',
  'model.layers.0.self_attn.q_proj.weight_scale',
  'rope_freqs.weight',
  'layers.0.q',
])('%s, which nobody reads, is refused by its name', async (name) => {
  const folder = await tinyLlama((tensors) => tensors.set(name, zeros(name, [4])));
  expect(() => openModelFolder(folder)).toThrow(
    expect.objectContaining({ code: 'modelUnsupported', message: expect.stringContaining(name) }),
  );
});

test.each([
  'model.layers.0.self_attn.rotary_emb.inv_freq',
  'model.layers.1.self_attn.rotary_emb.inv_freq',
  'model.rotary_emb.inv_freq',
  'h.0.attn.masked_bias',
  'h.0.attn.bias',
])('%s is left over from an older program', async (name) => {
  expect(openModelFolder(await tinyLlama((tensors) => tensors.set(name, zeros(name, [4])))).config.layers).toBe(2);
});

test('a head that the embedding stands in for is passed over', async () => {
  const folder = await tinyLlama(() => undefined, { tie_word_embeddings: true });
  const { weights } = openModelFolder(folder);
  expect(weights.head()).toEqual(weights.embedding());
});

test.each([
  ['a matrix', 'model.layers.1.mlp.down_proj.weight'],
  ['a norm', 'model.layers.0.post_attention_layernorm.weight'],
  ['the last norm', 'model.norm.weight'],
  ['the embedding', 'model.embed_tokens.weight'],
  ['the head', 'lm_head.weight'],
])('%s that is missing is named when the folder is opened', async (_, name) => {
  const folder = await tinyLlama((tensors) => tensors.delete(name));
  expect(() => openModelFolder(folder)).toThrow(
    expect.objectContaining({ code: 'modelBroken', message: expect.stringContaining(name) }),
  );
});

test.each([
  ['a matrix', 'model.layers.1.mlp.down_proj.weight', [32, 31]],
  ['a matrix of one axis', 'model.layers.1.mlp.down_proj.weight', [1024]],
  ['a norm', 'model.norm.weight', [31]],
])('%s of another shape is named when the folder is opened', async (_, name, shape) => {
  const folder = await tinyLlama((tensors) => tensors.set(name, zeros(name, shape)));
  expect(() => openModelFolder(folder)).toThrow(
    expect.objectContaining({ code: 'modelConfig', message: expect.stringContaining(name) }),
  );
});

test('biases that config.json promises must be there', async () => {
  const folder = await tinyLlama(() => undefined, { attention_bias: true });
  expect(() => openModelFolder(folder)).toThrow('model.layers.0.self_attn.q_proj.bias');
});

test('a file of the model without its head leaves out the first word of the names', async () => {
  const folder = await tinyLlama((tensors) => {
    for (const [name, tensor] of [...tensors]) {
      tensors.delete(name);
      const short = name.replace(/^model\./u, '');
      tensors.set(short, { ...tensor, name: short });
    }
  });
  expect(openModelFolder(folder).weights.norm('finalNorm').weight).toHaveLength(32);
});

test('a folder of the Hugging Face cache: links to files with other names', async () => {
  const cache = await temporaryFolder();
  const [blobs, snapshot] = [join(cache, 'blobs'), join(cache, 'snapshots', 'main')];
  mkdirSync(blobs);
  mkdirSync(snapshot, { recursive: true });
  for (const name of ['config.json', 'tokenizer.json', weightsFile]) {
    copyFileSync(join(source, name), join(blobs, name));
    renameSync(join(blobs, name), join(blobs, `blob-${name.length}`));
    symlinkSync(join('..', '..', 'blobs', `blob-${name.length}`), join(snapshot, name));
  }
  const { weights, weightsFolder } = openModelFolder(snapshot);
  expect(weightsFolder).toBe(blobs);
  expect(weights.embedding()).toMatchObject({ tensor: { file: join(blobs, 'blob-17') } });
});

test.each([
  ['a path out of the folder', { weight_map: { a: '../model.safetensors' } }],
  ['an absolute path', { weight_map: { a: '/etc/passwd' } }],
  ['no names', { weight_map: { a: 7 } }],
  ['an empty map', { weight_map: {} }],
  ['a list', { weight_map: ['model.safetensors', null] }],
  ['a map of null', { weight_map: { a: null } }],
  ['a text', { weight_map: 'model.safetensors' }],
])('an index with %s is broken', async (_, index) => {
  const folder = await tinyLlama(() => undefined);
  writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
  expect(() => openModelFolder(folder)).toThrow(expect.objectContaining({ code: 'modelBroken' }));
});

test.each(['[]', '"x"', '7', 'null', '{', ''])('config.json of %s is broken', async (text) => {
  const folder = await tinyLlama(() => undefined);
  writeFileSync(join(folder, 'config.json'), text);
  expect(() => openModelFolder(folder)).toThrow(expect.objectContaining({ code: 'modelBroken' }));
});
