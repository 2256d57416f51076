import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { EmbeddingRows } from '../../src/model/weights/embeddingRows.ts';
import { type MatrixWeights, readMatrix } from '../../src/model/weights/matrixWeights.ts';
import type { ConvertRequest } from '../../src/protocol/store.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { verifyModel } from '../../src/store/verifyModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { logitsOf, maxDifference, openDecoder } from './decoders.ts';
import { goldenPath, readGolden, type TinyLlamaGolden } from './goldenFiles.ts';

const golden = readGolden<TinyLlamaGolden>('mixed.json');
const source = goldenPath('mixed.gguf');
const nobody = () => {};

async function converted(options: Pick<ConvertRequest, 'quantize'> = {}): Promise<string> {
  const target = join(await temporaryFolder(), 'mixed');
  await convertModel({ source, target, ...options }, nobody);
  return target;
}

async function worstDifference(folder: string, precision: 'fp32' | 'default'): Promise<number> {
  const decoder = await openDecoder(folder, { precision, dialect: 'fused' });
  const logits = await logitsOf(decoder, golden.ids, 5);
  await decoder.release();
  return Math.max(...golden.logits.map((row, position) => maxDifference(logits[position]!, row)));
}

test('every block format of a GGUF is computed as PyTorch computes its values', async () => {
  const folder = await converted();
  expect(await worstDifference(folder, 'fp32')).toBeLessThan(1e-4);
  // activations are rounded to 8 bits by the kernel; the logits here reach about ±6
  const spread = Math.max(...golden.logits.flat()) - Math.min(...golden.logits.flat());
  expect(await worstDifference(folder, 'default')).toBeLessThan(0.03 * spread);
});

test('in wider blocks, as a GGUF is added with 8 bits, its numbers are nearly the same', async () => {
  const [exact, wide] = [await converted(), await converted({ quantize: 8 })];
  const matricesOf = (folder: string) => {
    const { weights, config } = openModelFolder(folder);
    const layers = [...Array(config.layers).keys()];
    return [
      weights.embedding(),
      ...layers.flatMap((layer) => [weights.linear(layer, 'o'), weights.linear(layer, 'down')]),
    ];
  };
  const pairs = matricesOf(wide).map((matrix, i) => [matrix, matricesOf(exact)[i]!] as const);
  const widened = pairs.filter(([matrix]) => matrix.kind === 'blocks' && matrix.blockSize === 128);
  expect(widened.length).toBeGreaterThan(0);
  for (const [matrix, before] of pairs) {
    const [values, own] = [readMatrix(matrix), readMatrix(before)];
    const energy = own.reduce((sum, value) => sum + value ** 2, 0);
    const moved = values.reduce((sum, value, i) => sum + (value - own[i]!) ** 2, 0);
    expect(Math.sqrt(moved / energy)).toBeLessThan(0.012);
  }
  const spread = Math.max(...golden.logits.flat()) - Math.min(...golden.logits.flat());
  expect(await worstDifference(wide, 'fp32')).toBeLessThan(0.03 * spread);
});

test('single rows are those of the whole matrix, however it is stored', async () => {
  const { weights, config } = openModelFolder(await converted());
  const dense = openModelFolder(goldenPath('tiny-llama')).weights.embedding();
  const linears = [...Array(config.layers).keys()].map((layer) => weights.linear(layer, 'down'));
  const stored = new Set<string>();
  for (const matrix of [weights.embedding(), dense, ...linears]) {
    stored.add(howStored(matrix));
    const rows = new EmbeddingRows(matrix);
    const all = readMatrix(matrix);
    const expected = [3, 0, 3].flatMap((id) => [...all.subarray(id * matrix.columns, (id + 1) * matrix.columns)]);
    expect([...rows.read([3, 0, 3])]).toEqual(expected);
    rows.close();
  }
  expect(stored).toEqual(new Set(['dense', 'blocks', 'blocks with minima']));
});

const howStored = (matrix: MatrixWeights) =>
  matrix.kind === 'blocks' && matrix.mins ? 'blocks with minima' : matrix.kind;

test('a converted model is verified, and one changed byte is found', async () => {
  const folder = await converted();
  expect(await verifyModel(folder, nobody)).toMatchObject({ ok: true });
  const weights = join(folder, 'model.safetensors');
  const bytes = readFileSync(weights);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(weights, bytes);
  const { ok, files } = await verifyModel(folder, nobody);
  expect(ok).toBe(false);
  expect(files.find(({ name }) => name === 'model.safetensors')).toMatchObject({
    ok: false,
    problem: 'has a wrong checksum',
  });
});

test.each([
  ['cut off', (path: string) => truncateSync(path, 200_000), 'modelBroken', /cut off/],
  ['cut off within its header', (path: string) => truncateSync(path, 100), 'modelBroken', /cut off/],
  ['no GGUF at all', (path: string) => writeFileSync(path, 'hello world'), 'modelBroken', /not a GGUF file/],
  [
    'of a future version',
    (path: string) =>
      writeFileSync(path, Buffer.concat([Buffer.from('GGUF\x09\0\0\0'), readFileSync(source).subarray(8)])),
    'modelUnsupported',
    /version 9/,
  ],
])('a GGUF that is %s leaves nothing behind', async (_, damage, code, message) => {
  const folder = await temporaryFolder();
  const broken = join(folder, 'broken.gguf');
  writeFileSync(broken, readFileSync(source));
  damage(broken);
  const target = join(folder, 'models', 'broken');
  const conversion = convertModel({ source: broken, target }, nobody);
  await expect(conversion).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  mkdirSync(target, { recursive: true }); // fails if a file stands there
  expect(() => readFileSync(join(target, 'config.json'))).toThrow();
});
