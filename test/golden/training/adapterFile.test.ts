import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Adapter, readAdapter, writeAdapter } from '../../../src/model/adapterFile.ts';
import { readSafetensorsHeader, readTensorBytes } from '../../../src/model/files/safetensors.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { goldenPath } from '../goldenFiles.ts';
import { fingerprint, tinyLlama } from './goldenTraining.ts';

const base = { config: tinyLlama.config, fingerprint };
const peftFolder = goldenPath('training/adapter');
const about = { config: tinyLlama.config, rank: 4, alpha: 8, baseName: 'tiny-llama' };
const provenance = {
  name: 'mine',
  createdAt: '2026-01-01T00:00:00.000Z',
  base: { name: 'tiny-llama', fingerprint },
  dataDigest: 'd',
  options: {},
  steps: 1,
  versions: {},
};

const tensorBytes = (folder: string) => {
  const { tensors } = readSafetensorsHeader(join(folder, 'adapter_model.safetensors'));
  return Object.fromEntries([...tensors].map(([name, entry]) => [name, [entry.shape, readTensorBytes(entry)]]));
};

test('an adapter of PEFT, read and written again, has the same tensors and settings', async () => {
  const folder = join(await temporaryFolder(), 'again');
  const adapter = readAdapter(peftFolder, base);
  expect(adapter.pairs).toHaveLength(14);
  expect(adapter.pairs[0]).toMatchObject({ layer: 0, target: 'q', rank: 4, scale: 2 });
  writeAdapter(folder, adapter, about);
  expect(tensorBytes(folder)).toEqual(tensorBytes(peftFolder));
  const settings = (of: string) => JSON.parse(readFileSync(join(of, 'adapter_config.json'), 'utf8'));
  const { target_modules: targets, ...ours } = settings(folder);
  const theirs = settings(peftFolder);
  expect(new Set(targets)).toEqual(new Set(theirs.target_modules));
  for (const [key, value] of Object.entries(ours)) expect(value, key).toEqual(theirs[key]);
});

test('our own facts come back, and an adapter that stands there is replaced', async () => {
  const folder = join(await temporaryFolder(), 'mine');
  const { pairs } = readAdapter(peftFolder, base);
  const adapter: Adapter = { name: 'mine', pairs, provenance };
  writeAdapter(folder, { ...adapter, pairs: pairs.slice(7) }, about);
  expect(readAdapter(folder, base).pairs).toEqual(pairs.slice(7));
  writeAdapter(folder, adapter, about);
  expect(readAdapter(folder, base)).toEqual(adapter);
});

test('an adapter of the upper layers names them', async () => {
  const folder = join(await temporaryFolder(), 'upper');
  const { pairs } = readAdapter(peftFolder, base);
  writeAdapter(
    folder,
    { name: 'upper', pairs: pairs.filter(({ layer }) => layer === 1), provenance: undefined },
    about,
  );
  const settings = JSON.parse(readFileSync(join(folder, 'adapter_config.json'), 'utf8'));
  expect(settings).toMatchObject({ layers_to_transform: [1], layers_pattern: 'layers' });
});

test.each<[string, Record<string, unknown>, string]>([
  ['another kind', { peft_type: 'IA3' }, 'only LORA'],
  ['DoRA', { use_dora: true }, 'use_dora'],
  ['transposed matrices', { fan_in_fan_out: true }, 'fan_in_fan_out'],
  ['a pattern of alphas', { alpha_pattern: { '.*q_proj': 3 } }, 'alpha_pattern'],
  ['trained embeddings', { modules_to_save: ['lm_head'] }, 'modules_to_save'],
  ['no alpha', { lora_alpha: null }, 'lora_alpha'],
])('%s is refused', async (_, settings, message) => {
  const folder = join(await temporaryFolder(), 'other');
  cpSync(peftFolder, folder, { recursive: true });
  const path = join(folder, 'adapter_config.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...settings }));
  expect(() => readAdapter(folder, base)).toThrow(message);
});

test('rank-stabilised scaling is divided by the root of the rank', async () => {
  const folder = join(await temporaryFolder(), 'rs');
  cpSync(peftFolder, folder, { recursive: true });
  const path = join(folder, 'adapter_config.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), use_rslora: true }));
  expect(readAdapter(folder, base).pairs[0]!.scale).toBe(4);
});

test('an adapter of another base, with other shapes or with values that are no numbers is refused', async () => {
  const folder = join(await temporaryFolder(), 'foreign');
  const { pairs } = readAdapter(peftFolder, base);
  writeAdapter(folder, { name: 'mine', pairs, provenance }, about);
  expect(() => readAdapter(folder, { ...base, fingerprint: 'other' })).toThrow('trained on another model (tiny-llama)');
  const wider = { ...tinyLlama.config, hiddenSize: 64 };
  expect(() => readAdapter(folder, { config: wider, fingerprint })).toThrow('has the shape (4, 32), this model needs');
  const shallow = { ...tinyLlama.config, layers: 1 };
  expect(() => readAdapter(folder, { config: shallow, fingerprint })).toThrow('no place for');
  const spoilt = pairs.map((pair) => ({ ...pair, b: pair.b.map(() => Number.NaN) }));
  writeAdapter(folder, { name: 'mine', pairs: spoilt, provenance }, about);
  expect(() => readAdapter(folder, base)).toThrow('no numbers');
  expect(() => readAdapter(join(folder, 'nowhere'), base)).toThrow("no adapter's folder");
});

/** Whatever it says of itself, no more is read than a model of this size can have. */
test.each<[string, shape: readonly [a: readonly number[], b: readonly number[]], string]>([
  [
    'no rank',
    [
      [0, 32],
      [64, 0],
    ],
    'has the rank 0',
  ],
  [
    'a rank of 2²⁴, all of it there',
    [
      [2 ** 24, 32],
      [64, 2 ** 24],
    ],
    'has the rank 16777216',
  ],
  [
    'a rank of 2²⁴ and a small B',
    [
      [2 ** 24, 32],
      [64, 4],
    ],
    'this model needs (64, 16777216)',
  ],
  ['a list for A', [[32], [64, 32]], 'this model needs (32, 32)'],
  ['one number for A', [[], [64, 1]], 'this model needs (0, 32)'],
])('%s is refused before it is read', async (_, shapes, message) => {
  const folder = join(await temporaryFolder(), 'lying');
  cpSync(peftFolder, folder, { recursive: true });
  let end = 0;
  const entries = shapes.map((shape, i) => {
    const start = end;
    end += shape.reduce((product, size) => product * size, 4);
    const name = `base_model.model.model.layers.0.self_attn.q_proj.lora_${'AB'[i]}.weight`;
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
  });
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const path = join(folder, 'adapter_model.safetensors');
  writeFileSync(path, Buffer.concat([length, json]));
  truncateSync(path, 8 + json.length + end);
  expect(() => readAdapter(folder, base)).toThrow(message);
});
