import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFloat32Tensor, readSafetensorsHeader, readTensorBytes } from '../../src/model/files/safetensors.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { quantizedBlockSize } from '../../src/model/weights/quantizeRows.ts';
import type { Quantization } from '../../src/protocol/store.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { verifyModel } from '../../src/store/verifyModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { tinyTokenizer } from '../support/tinyTokenizer.ts';
import { logitsOf, maxDifference, openDecoder } from './decoders.ts';
import { goldenPath } from './goldenFiles.ts';

const cases = readdirSync(goldenPath('architectures')).filter((name) =>
  existsSync(goldenPath(join('architectures', name, 'model.safetensors'))),
);

/** A copy of a golden model with a tokenizer that fits its few tokens. */
async function withTokenizer(name: string): Promise<string> {
  const folder = join(await temporaryFolder(), name);
  cpSync(goldenPath(join('architectures', name)), folder, { recursive: true });
  const { vocab_size: size } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { vocab_size: number };
  const { tokenizer, tokenizerConfig } = tinyTokenizer();
  const { model } = tokenizer as { model: { vocab: Record<string, number> } };
  const vocab = Object.fromEntries(Object.entries(model.vocab).filter(([, id]) => id < size));
  writeFileSync(
    join(folder, 'tokenizer.json'),
    JSON.stringify({ ...tokenizer, model: { ...model, vocab, merges: [] } }),
  );
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig));
  return folder;
}

async function imported(source: string, quantize?: Quantization): Promise<string> {
  const target = join(await temporaryFolder(), 'imported');
  await convertModel({ source, target, ...(quantize === undefined ? {} : { quantize }) }, () => {});
  return target;
}

/** The largest difference from what transformers computes, of every fourth logit, and how far the logits spread. */
async function differenceOf(folder: string, name: string): Promise<{ worst: number; spread: number }> {
  const { tensors } = readSafetensorsHeader(goldenPath(join('architectures', name, 'golden.safetensors')));
  const bytes = readTensorBytes(tensors.get('ids')!);
  const ids = [...new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)].slice(0, 64);
  const expected = readFloat32Tensor(tensors.get('logits')!);
  const decoder = await openDecoder(folder, { precision: 'fp32', dialect: 'fused' });
  const rows = await logitsOf(decoder, ids, 64);
  await decoder.release();
  const differences = rows.map((row, i) =>
    maxDifference(
      row.filter((_, column) => column % 4 === 0),
      expected.subarray(16 * i, 16 * i + 16),
    ),
  );
  return { worst: Math.max(...differences), spread: Math.max(...expected) - Math.min(...expected) };
}

describe.each(cases)('%s from a folder', (name) => {
  test('as it is', async () => {
    const folder = await imported(await withTokenizer(name), 'none');
    expect((await differenceOf(folder, name)).worst).toBeLessThan(1e-3);
  });

  test.each([
    [8, 0.1],
    [4, 0.5],
  ] as const)('in %i bits', async (bits, most) => {
    const folder = await imported(await withTokenizer(name), bits);
    const { worst, spread } = await differenceOf(folder, name);
    expect(worst).toBeLessThan(most * spread);
    const embedding = openModelFolder(folder).weights.embedding();
    const canBeCut = quantizedBlockSize(embedding.columns) !== undefined;
    expect(embedding).toMatchObject(canBeCut ? { kind: 'blocks', bits: 8 } : { kind: 'dense' });
    expect(await verifyModel(folder, () => {})).toMatchObject({ ok: true });
  });
});

test('a folder of the Hugging Face cache: links into its blobs, and shards', async () => {
  const source = await withTokenizer('qwen3');
  const cache = join(await temporaryFolder(), 'models--org--name');
  const [snapshot, blobs] = [join(cache, 'snapshots', 'abc'), join(cache, 'blobs')];
  for (const folder of [snapshot, blobs]) mkdirSync(folder, { recursive: true });
  readdirSync(source)
    .filter((name) => name.includes('.'))
    .forEach((name, i) => {
      renameSync(join(source, name), join(blobs, `blob${i}`));
      const link = name === 'model.safetensors' ? 'model-00001-of-00001.safetensors' : name;
      symlinkSync(join('..', '..', 'blobs', `blob${i}`), join(snapshot, link));
    });
  const index = { metadata: {}, weight_map: { 'model.embed_tokens.weight': 'model-00001-of-00001.safetensors' } };
  writeFileSync(join(blobs, 'index'), JSON.stringify(index));
  symlinkSync(join('..', '..', 'blobs', 'index'), join(snapshot, 'model.safetensors.index.json'));
  expect((await differenceOf(await imported(snapshot, 'none'), 'qwen3')).worst).toBeLessThan(1e-3);
});

test.each(['../model.safetensors', '/etc/passwd', 'a/../../b', '..', '.', 'a\\b', ''])(
  'a shard named %j is refused',
  async (shard) => {
    const source = await withTokenizer('llama');
    writeFileSync(join(source, 'model.safetensors.index.json'), JSON.stringify({ weight_map: { a: shard } }));
    await expect(imported(source)).rejects.toMatchObject({ code: expect.stringMatching(/^model/) });
  },
);

test('weights that are not finite are refused by name, and nothing is left', async () => {
  const source = await withTokenizer('llama');
  const file = join(source, 'model.safetensors');
  const { offset } = readSafetensorsHeader(file).tensors.get('model.layers.1.mlp.down_proj.weight')!;
  const bytes = readFileSync(file);
  bytes.writeUInt32LE(0x7fc0_0000, offset + 16);
  writeFileSync(file, bytes);
  const target = join(await temporaryFolder(), 'models', 'broken');
  const conversion = convertModel({ source, target, quantize: 4 }, () => {});
  await expect(conversion).rejects.toMatchObject({
    code: 'modelBroken',
    message: expect.stringMatching(/layers\.1\.down/),
  });
  expect(readdirSync(join(target, '..'))).toEqual([]);
});
