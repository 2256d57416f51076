import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportedParameters } from '../../../src/model/exportedParameters.ts';
import { parameterCount } from '../../../src/model/modelConfig.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const tiny = parameterCount(openModelFolder(goldenPath('tiny-llama')).config);

// The graphs also hold frequencies, an epsilon and, in 8 bits, a scale to each matrix: less than a hundredth in all.
test.each(['plain', 'merged', 'half', 'quantized'])('%s: as many as the model that it was made of', (kind) => {
  const { parameters } = openModelFolder(goldenPath(join('exported', kind)));
  expect(Math.abs(parameters / tiny - 1)).toBeLessThan(0.01);
});

/** Messages of protobuf, by hand: only what is counted. */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const int = (field: number, value: number) => [...varint(8 * field), ...varint(value)];
const message = (field: number, ...content: number[][]) => [
  ...varint(8 * field + 2),
  ...varint(content.flat().length),
  ...content.flat(),
];
const text = (field: number, value: string) => message(field, [...Buffer.from(value)]);

const tensor = (name: string, type: number, ...dims: number[]) =>
  message(5, ...dims.map((dim) => int(1, dim)), int(2, type), text(8, name), message(9, [1, 2, 3]));
const node = (type: string, inputs: string[], attributes: Record<string, number> = {}) =>
  message(
    1,
    ...inputs.map((input) => text(1, input)),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) => message(5, text(1, name), int(3, value))),
  );
const [float, uint8, int8, int64, half, int4] = [1, 2, 3, 7, 10, 22];

async function counted(graph: number[][], embedding = { isTied: false, size: 0 }): Promise<number | undefined> {
  const file = join(await temporaryFolder(), 'model.onnx');
  writeFileSync(file, Uint8Array.from(message(7, ...graph)));
  return exportedParameters(file, embedding);
}

test.each<[string, number[][], number]>([
  ['floats of both sizes', [tensor('a', float, 10, 20), tensor('b', half, 30)], 230],
  ['sizes are no weights', [tensor('a', float, 10), tensor('shape', int64, 4)], 10],
  ['a constant that is named twice', [tensor('a', float, 10), tensor('a', float, 10)], 10],
  ['sizes that lie together', [message(5, message(1, [2, 3]), int(2, float), text(8, 'a'))], 6],
  ['large ones', [tensor('a', float, 151_936, 896)], 136_134_656],
  [
    'products of 4 bits, with scales and zero points',
    [
      node('MatMulNBits', ['x', 'w', 's', 'z'], { K: 64, N: 100, bits: 4, block_size: 32 }),
      ...[tensor('w', uint8, 100, 2, 16), tensor('s', float, 200), tensor('z', uint8, 100)],
    ],
    6400,
  ],
  [
    'of bitsandbytes',
    [node('MatMulBnb4', ['x', 'w', 'm'], { K: 64, N: 100 }), tensor('w', uint8, 3200), tensor('m', float, 100)],
    6400,
  ],
  [
    'an embedding of 4 bits in bytes',
    [node('GatherBlockQuantized', ['e', 'ids', 's'], { bits: 4 }), tensor('e', uint8, 10, 32), tensor('s', float, 20)],
    640,
  ],
  [
    'the same where 4 bits are not named',
    [node('GatherBlockQuantized', ['e', 'ids', 's']), tensor('e', uint8, 10, 32), tensor('s', float, 20)],
    640,
  ],
  ['of a type of 4 bits', [node('GatherBlockQuantized', ['e', 'ids', 's']), tensor('e', int4, 10, 64)], 640],
  [
    'an embedding that is the head of 4 bits, too',
    [
      node('GatherBlockQuantized', ['e', 'ids', 's'], { bits: 4 }),
      node('MatMulNBits', ['x', 'e', 's'], { K: 64, N: 10, bits: 4, block_size: 32 }),
      ...[tensor('e', uint8, 10, 2, 16), tensor('s', float, 20)],
    ],
    640,
  ],
  [
    'eight bits',
    [
      node('MatMulInteger', ['x', 'w', 'xz', 'wz']),
      node('DequantizeLinear', ['v', 'vs', 'vz']),
      ...[tensor('w', int8, 10, 10), tensor('w_scale', float, 10), tensor('wz', int8, 10)],
      ...[tensor('v', int8, 7), tensor('vs', float, 7), tensor('vz', int8, 7)],
    ],
    107,
  ],
  [
    'tables of positions',
    [
      node('RotaryEmbedding', ['x', 'p', 'cos', 'sin']),
      node('GroupQueryAttention', ['q', 'k', 'v', 'pk', 'pv', 'l', 't', 'c', 's']),
      ...['cos', 'sin', 'c', 's'].map((name) => tensor(name, float, 512, 32)),
      tensor('a', float, 5),
    ],
    5,
  ],
  [
    'graphs within a graph',
    [
      message(
        1,
        text(4, 'If'),
        message(5, text(1, 'then_branch'), message(6, tensor('inner', float, 12), tensor('a', float, 10))),
      ),
      tensor('a', float, 10),
    ],
    22,
  ],
  ['an operator that is named like a prototype', [node('constructor', ['a']), tensor('a', float, 3)], 3],
])('%s', async (_, graph, expected) => {
  expect(await counted(graph)).toBe(expected);
});

test('a head that is the embedding once more is not counted, unless they are said to be two', async () => {
  const both = [tensor('embedding', float, 100, 8), tensor('turned', float, 8, 100), tensor('a', float, 5)];
  expect(await counted(both, { isTied: true, size: 800 })).toBe(805);
  expect(await counted(both, { isTied: false, size: 800 })).toBe(1605);
});

describe('a file that cannot be understood says nothing', () => {
  const whole = readFileSync(goldenPath('exported/plain/onnx/model.onnx'));
  const random = seededRandom(5);
  const damaged = Array.from({ length: 60 }, () => {
    const bytes = Uint8Array.from(whole);
    for (let i = 0; i < 8; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    return bytes.subarray(0, Math.ceil(random() * bytes.length));
  });
  const deep = Array.from({ length: 200 }).reduce<number[]>((inner) => message(1, message(5, message(6, inner))), []);

  test.each<[string, ArrayLike<number>]>([
    ['empty', []],
    ['no protobuf', Buffer.from('<html>')],
    ['a length beyond the end', [58, 255, 255, 255, 15]],
    ['a number that does not end', [58, 11, ...Array<number>(11).fill(255)]],
    ['a group, which nobody writes', [59, 1]],
    ['graphs ever deeper', message(7, deep)],
    ['sizes beyond all numbers', message(7, tensor('a', float, 2 ** 40, 2 ** 40))],
    ['no constants', message(7, node('Add', ['a', 'b']))],
  ])('%s', async (_, bytes) => {
    const file = join(await temporaryFolder(), 'model.onnx');
    writeFileSync(file, Uint8Array.from(bytes));
    expect(exportedParameters(file, { isTied: false, size: 0 })).toBeUndefined();
  });

  test('damage of every kind is no error', async () => {
    const file = join(await temporaryFolder(), 'model.onnx');
    for (const bytes of damaged) {
      writeFileSync(file, bytes);
      const count = exportedParameters(file, { isTied: false, size: 0 });
      expect(count === undefined || count > 0).toBe(true);
    }
    expect(exportedParameters(`${file}.missing`, { isTied: false, size: 0 })).toBeUndefined();
  });
});
