import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BinaryFile } from '../../../src/model/files/binaryFile.ts';
import { readGgufHeader } from '../../../src/model/files/gguf.ts';
import { readSafetensorsHeader } from '../../../src/model/files/safetensors.ts';
import { isObject, readJsonFile } from '../../../src/model/files/textFile.ts';
import { ProtobufReader } from '../../../src/model/onnx/protobufReader.ts';
import { readSentencePieceModel } from '../../../src/model/tokenizer/sentencePieceModel.ts';
import { EmbeddingRows } from '../../../src/model/weights/embeddingRows.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import { isInChinese } from '../../support/chineseOf.ts';
import { GgufBytes } from '../../support/ggufFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkling-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const fileWith = (bytes: Uint8Array | string) => {
  const path = join(folder, `file-${files++}`);
  writeFileSync(path, bytes);
  return path;
};

const brokenWith = (message: RegExp) =>
  expect.objectContaining({ code: 'modelBroken', message: expect.stringMatching(message) });
const gguf = () => new GgufBytes();
const huge = 2n ** 40n;

describe('GGUF', () => {
  test.each<[name: string, bytes: Buffer, message: RegExp]>([
    ['empty', Buffer.alloc(0), /not a GGUF/],
    ['three bytes', Buffer.from('GGU'), /not a GGUF/],
    ['another format', Buffer.from('PK\u0003\u0004'.padEnd(64)), /not a GGUF/],
    ['2⁴⁰ keys', gguf().header(0, huge).raw(Buffer.alloc(4096)).bytes, /promises 1099511627776 keys/],
    ['2⁴⁰ tensors', gguf().header(huge, 0).raw(Buffer.alloc(4096)).bytes, /promises 1099511627776 tensors/],
    ['2⁶³ keys', gguf().header(0, 2n ** 63n).bytes, /size or count/],
    ['keys that are cut off', gguf().header(0, 2).key('a', 1).uint64(100).raw(Buffer.alloc(6)).bytes, /cut off/],
    ['the same key twice', gguf().header(0, 2).key('a', 1).key('a', 2).bytes, /"a" twice/],
    ['empty keys', gguf().header(0, 3).key('', 1).key('', 1).key('', 1).bytes, /"" twice/],
    ['a key of 2⁴⁰ bytes', gguf().header(0, 1).uint64(huge).raw(Buffer.alloc(64)).bytes, /text of 1099511627776/],
    ['a text of 2⁴⁰ bytes', gguf().header(0, 1).text('a').uint32(8).uint64(huge).bytes, /text of/],
    ['a text longer than the file', gguf().header(0, 1).text('a').uint32(8).uint64(100).bytes, /cut off/],
    ['an unknown type', gguf().header(0, 1).text('a').uint32(77).uint32(1).bytes, /unknown type 77/],
    [
      'an array of 1.9 · 10⁹',
      gguf().header(0, 1).text('a').uint32(9).uint32(0).uint64(1_900_000_000).bytes,
      /promises 1900000000 values/,
    ],
    [
      'an array of 2⁶⁰ texts',
      gguf()
        .header(0, 1)
        .text('a')
        .uint32(9)
        .uint32(8)
        .uint64(2n ** 60n).bytes,
      /promises|count/,
    ],
    [
      'an array of unknown things',
      gguf().header(0, 1).text('a').uint32(9).uint32(99).uint64(1).raw(Buffer.alloc(64)).bytes,
      /unknown type 99/,
    ],
    [
      'arrays within arrays',
      gguf()
        .header(0, 1)
        .text('a')
        .raw(Buffer.concat(Array(30).fill(gguf().uint32(9).bytes))).bytes,
      /promises|within|damaged/,
    ],
    ['nested arrays', nestedArrays(40), /arrays within arrays/],
    [
      'two tensors of one name',
      gguf().header(2, 0).tensor('a', [1]).tensor('a', [1]).raw(Buffer.alloc(64)).bytes,
      /two tensors named a/,
    ],
    ['a tensor of 100 dimensions', gguf().header(1, 0).tensor('a', Array(100).fill(1)).bytes, /100 dimensions/],
    [
      'a tensor of 2⁶⁰ numbers',
      gguf()
        .header(1, 0)
        .tensor('a', [2n ** 30n, 2n ** 30n]).bytes,
      /numbers/,
    ],
    [
      'a tensor that overflows',
      gguf()
        .header(1, 0)
        .tensor('a', [2n ** 52n, 2n ** 52n, 2n ** 52n, 2n ** 52n]).bytes,
      /numbers/,
    ],
    [
      'a tensor behind the end',
      gguf().header(1, 0).tensor('a', [1], { offset: 1_000_000 }).raw(Buffer.alloc(64)).bytes,
      /behind its end/,
    ],
    [
      'an offset beyond 2⁵³',
      gguf()
        .header(1, 0)
        .tensor('a', [1], { offset: 2n ** 60n }).bytes,
      /size or count/,
    ],
    ['an alignment of 0', gguf().header(0, 1).key('general.alignment', 0).bytes, /alignment is 0/],
    ['an alignment of 3', gguf().header(0, 1).key('general.alignment', 3).bytes, /alignment is 3/],
    ['an alignment that is a text', gguf().header(0, 1).textKey('general.alignment', '32').bytes, /alignment is 32/],
  ])('%s', (_, bytes, message) => {
    expect(() => readGgufHeader(fileWith(bytes))).toThrow(brokenWith(message));
  });

  test.each([1, 4, 0x03000000])('version %d is not supported', (version) => {
    const path = fileWith(gguf().header(0, 0, version).bytes);
    expect(() => readGgufHeader(path)).toThrow(expect.objectContaining({ code: 'modelUnsupported' }));
  });

  test.each([
    ['keys', gguf().header(0, 1n << 30n), /1073741824 keys/],
    ['tensors', gguf().header(1n << 30n, 0), /1073741824 tensors/],
    [
      'values',
      gguf()
        .header(0, 1)
        .text('a')
        .uint32(9)
        .uint32(0)
        .uint64(1n << 30n),
      /1073741824 values/,
    ],
  ])('a sparse file of a terabyte with 2³⁰ %s', (_, { bytes }, message) => {
    const path = fileWith(bytes);
    truncateSync(path, 2 ** 40);
    expect(() => readGgufHeader(path)).toThrow(brokenWith(message));
  });
});

function nestedArrays(depth: number): Buffer {
  const bytes = gguf().header(0, 1).text('a').uint32(9);
  for (let i = 0; i < depth; i++) bytes.uint32(9).uint64(1);
  return bytes.raw(Buffer.alloc(64)).bytes;
}

const safetensors = (header: unknown, data = 64) => {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(data)]);
};
const tensor = (changes: object) => ({ a: { dtype: 'F32', shape: [4], data_offsets: [0, 16], ...changes } });

describe('safetensors', () => {
  test.each<[name: string, header: unknown, message: RegExp]>([
    ['no shape', { a: { dtype: 'F32', data_offsets: [0, 16] } }, /no type, shape or place/],
    ['no type', { a: { shape: [4], data_offsets: [0, 16] } }, /no type, shape or place/],
    ['no place', { a: { dtype: 'F32', shape: [4] } }, /no type, shape or place/],
    ['a tensor that is null', { a: null }, /no type, shape or place/],
    ['a tensor that is a list', { a: [1, 2] }, /no type, shape or place/],
    ['a shape that is a number', tensor({ shape: 4 }), /no type, shape or place/],
    ['a shape of texts', tensor({ shape: ['4'] }), /no type, shape or place/],
    ['a negative size', tensor({ shape: [-4] }), /no type, shape or place/],
    ['half a size', tensor({ shape: [4.5] }), /no type, shape or place/],
    ['a size of null', tensor({ shape: [null] }), /no type, shape or place/],
    ['an endless size', '{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,16]}}', /no type, shape or place/],
    ['sizes that overflow', tensor({ shape: [2 ** 40, 2 ** 40] }), /contradicting/],
    ['one end only', tensor({ data_offsets: [0] }), /no type, shape or place/],
    ['three ends', tensor({ data_offsets: [0, 16, 32] }), /no type, shape or place/],
    ['ends the wrong way round', tensor({ data_offsets: [16, 0] }), /contradicting/],
    ['a place before the file', tensor({ data_offsets: [-16, 0] }), /no type, shape or place/],
    ['a lying length', tensor({ data_offsets: [0, 20] }), /contradicting/],
    ['a place behind the end', tensor({ data_offsets: [1000, 1016] }), /cut off/],
    ['two tensors in one place', { ...tensor({}), b: tensor({}).a }, /within another/],
    [
      'a tensor that begins within another',
      { ...tensor({}), b: { dtype: 'F32', shape: [4], data_offsets: [8, 24] } },
      /within another/,
    ],
    ['a list', [], /no list of tensors/],
    ['a number', 5, /no list of tensors/],
    ['null', null, /no list of tensors/],
    ['metadata that are numbers', { __metadata__: { a: 1 } }, /metadata/],
    ['metadata that are a list', { __metadata__: ['a'] }, /metadata/],
  ])('%s', (_, header, message) => {
    const data = isObject(header) && '__metadata__' in header ? 0 : 64;
    expect(() => readSafetensorsHeader(fileWith(safetensors(header, data)))).toThrow(brokenWith(message));
  });

  test.each(['constructor', '__proto__', 'F8_E4M3', 'toString', ''])('the type %j is not supported', (dtype) => {
    const path = fileWith(safetensors(tensor({ dtype })));
    expect(() => readSafetensorsHeader(path)).toThrow(expect.objectContaining({ code: 'modelUnsupported' }));
  });

  test('a name of the prototype is a name', () => {
    const header = '{"__proto__":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}';
    expect([...readSafetensorsHeader(fileWith(safetensors(header, 16))).tensors.keys()]).toEqual(['__proto__']);
  });
});

/** Each makes something that is no ordinary file, or far too large for one of a model's. */
const oddPlaces: readonly (readonly [name: string, make: (path: string) => void, message: RegExp])[] = [
  ['a folder', (path) => mkdirSync(path), /no ordinary file/],
  ['a pipe', (path) => spawnSync('mkfifo', [path]), /no ordinary file/],
  [
    'a link to a pipe',
    (path) => {
      spawnSync('mkfifo', [`${path}.pipe`]);
      symlinkSync(`${path}.pipe`, path);
    },
    /no ordinary file/,
  ],
  ['an endless device', (path) => symlinkSync('/dev/zero', path), /no ordinary file/],
  ['a device that says nothing', (path) => symlinkSync('/dev/null', path), /no ordinary file/],
];

describe.runIf(process.platform === 'linux')('in the place of a file', () => {
  test.each(oddPlaces)('%s', (_, make, message) => {
    const path = join(folder, `odd-${files++}`);
    make(path);
    for (const read of [readJsonFile, readGgufHeader, readSafetensorsHeader]) {
      expect(() => read(path)).toThrow(brokenWith(message));
    }
  });

  test('three gigabytes of nothing', () => {
    const path = fileWith('{');
    truncateSync(path, 3 * 2 ** 30);
    expect(() => readJsonFile(path)).toThrow(brokenWith(/3221\.3 MB\. .* 64 MB at most/));
  });

  test('a link to nowhere is missing', () => {
    const path = join(folder, `odd-${files++}`);
    symlinkSync('/nowhere/at/all', path);
    expect(() => readJsonFile(path)).toThrow(expect.objectContaining({ code: 'modelMissing' }));
  });
});

test.each([
  ['no JSON', '{'],
  ['a list', '[1]'],
  ['a number', '7'],
  ['null', 'null'],
  ['nothing', ''],
])('a JSON file that holds %s', (_, text) => {
  expect(() => readJsonFile(fileWith(text))).toThrow(expect.objectContaining({ code: 'modelBroken' }));
});

/** Python writes numbers that JSON does not have, and some editors begin a file with a mark of their own. */
test.each<[text: string, value: unknown]>([
  ['\uFEFF{"a":1}', { a: 1 }],
  ['{"a":[0.0, Infinity]}', { a: [0, null] }],
  ['{"a":NaN,"b":-Infinity,"c":"NaN \\" Infinity"}', { a: null, b: null, c: 'NaN " Infinity' }],
])('%j is read', (text, value) => {
  expect(readJsonFile(fileWith(text))).toEqual(value);
});

test.each(['{"a":Nothing}', '{"a":Infinitys}', '{"a":"NaN}', '{"a":-}', `{"a":[${'NaN,'.repeat(5000)}0]}`, 'NaN'])(
  'what is no JSON otherwise either is refused, as %.30s',
  (text) => {
    expect(() => readJsonFile(fileWith(text))).toThrow(expect.objectContaining({ code: 'modelBroken' }));
  },
);

const brackets = (count: number) => `${'['.repeat(count)}${']'.repeat(count)}`;

/** What stands between quotation marks nests nothing, however it is escaped. */
test.each<[name: string, text: string, fault: RegExp | undefined]>([
  ['lists as deep as any', `{"a":${brackets(199)}}`, undefined],
  ['deeper ones', `{"a":${brackets(200)}}`, /nests too deeply/],
  ['a hundred thousand brackets', `{"a":${brackets(100_000)}}`, /nests too deeply/],
  ['brackets that are not closed', `{"a":${'['.repeat(100_000)}`, /nests too deeply/],
  ['objects', `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`, /nests too deeply/],
  ['objects and lists by turns', `${'{"a":['.repeat(150)}1${']}'.repeat(150)}`, /nests too deeply/],
  ['a text of brackets', `{"a":"${'['.repeat(1000)}"}`, undefined],
  ['a text with a quotation mark', `{"a":"\\"${'['.repeat(1000)}"}`, undefined],
  ['a text that ends with a backslash', `{"a":"\\\\","b":${brackets(300)}}`, /nests too deeply/],
  ['a text of three backslashes and a mark', `{"a":"\\\\\\"${'{'.repeat(1000)}"}`, undefined],
  ['a name of brackets', `{"${'{'.repeat(1000)}":1}`, undefined],
  ['a text without end', `{"a":"${'['.repeat(1000)}`, /not valid JSON/],
  ['many lists beside each other', `{"a":[${'[],'.repeat(10_000)}1]}`, undefined],
  ['four million of them', `{"a":[${'[],'.repeat(4_000_000)}1]}`, /too many lists/],
  ['closed more often than opened', `{"a":1}${'}'.repeat(300)}${brackets(300)}`, /not valid JSON/],
])('JSON: %s', (_, text, fault) => {
  const path = fileWith(text);
  if (fault) expect(() => readJsonFile(path)).toThrow(brokenWith(fault));
  else expect(Object.keys(readJsonFile(path))).toHaveLength(1);
});

/** Seeded damage: bytes changed, cut off and repeated. */
describe('three thousand damaged files', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const damaged = (whole: Buffer) => {
    const bytes = Buffer.from(whole);
    for (let i = 0; i <= random(4); i++) bytes[random(bytes.length)] = [0, 1, 127, 128, 255, random(256)][random(6)]!;
    const cut = random(3) === 0 ? random(bytes.length) : bytes.length;
    return bytes.subarray(0, cut);
  };
  const rightGguf = gguf()
    .header(2, 4)
    .textKey('general.architecture', 'llama')
    .key('general.alignment', 32)
    .text('tokens')
    .uint32(9)
    .uint32(8)
    .uint64(3)
    .text('a')
    .text('b')
    .text('c')
    .text('scores')
    .uint32(9)
    .uint32(6)
    .uint64(2)
    .float32(1)
    .float32(2)
    .tensor('a', [4, 4])
    .tensor('b', [2, 2], { offset: 64 })
    .raw(Buffer.alloc(256)).bytes;
  const rightSafetensors = safetensors(
    { ...tensor({}), b: { dtype: 'BF16', shape: [2, 2], data_offsets: [16, 24] } },
    24,
  );
  const rightPieces = Buffer.concat(
    ['<unk>', '▁a', 'b', 'c'].map((piece) => {
      const text = Buffer.from(piece);
      const inner = Buffer.concat([Buffer.from([10, text.length]), text, Buffer.from([21, 0, 0, 128, 63, 24, 1])]);
      return Buffer.concat([Buffer.from([10, inner.length]), inner]);
    }),
  );

  test.each<[string, Buffer, (bytes: Buffer) => unknown]>([
    ['GGUF', rightGguf, (bytes) => readGgufHeader(fileWith(bytes))],
    ['safetensors', rightSafetensors, (bytes) => readSafetensorsHeader(fileWith(bytes))],
    ['tokenizer.model', rightPieces, readSentencePieceModel],
  ])('%s', (_, right, read) => {
    expect(() => read(right)).not.toThrow();
    const odd: string[] = [];
    for (let round = 0; round < 1000; round++) {
      const bytes = damaged(right);
      try {
        read(bytes);
      } catch (error) {
        const isPlain = error instanceof InklingError && ['modelBroken', 'modelUnsupported'].includes(error.code);
        if (!isPlain || !isInChinese(error)) odd.push(`${String(error)} of ${bytes.toString('base64')}`);
      }
    }
    expect(odd).toEqual([]);
  });
});

test('a read before the beginning or beyond the end names the file', () => {
  const file = new BinaryFile(fileWith('abc'));
  expect(() => file.read(2, 2)).toThrow(brokenWith(/cut off/));
  file.close();
});

// A mapped or copied file may be replaced by another program while a model is open: an error, not a loop.
describe('a file that is shortened while it is open', () => {
  const opened = () => {
    const path = fileWith(new Uint8Array(1000));
    return { path, file: new BinaryFile(path) };
  };

  test.each([0, 1, 499, 500, 501, 999])('to %i bytes, read from the middle on', (size) => {
    const { path, file } = opened();
    truncateSync(path, size);
    expect(() => file.read(500, 500)).toThrow(brokenWith(/cut off: it has \d+ bytes, 1000 are needed/));
    file.close();
  });

  test('what is still there can be read', () => {
    const { path, file } = opened();
    truncateSync(path, 600);
    expect(file.read(500, 100)).toHaveLength(100);
    file.close();
  });

  test('rows of an embedding', () => {
    const path = fileWith(new Uint8Array(1000));
    const tensor = { dtype: 'F32', shape: [25, 10], file: path, offset: 0, length: 1000 } as const;
    const rows = new EmbeddingRows({ kind: 'dense', rows: 25, columns: 10, tensor });
    truncateSync(path, 500);
    expect(rows.read([0, 11])).toHaveLength(20);
    expect(() => rows.read([0, 20])).toThrow(brokenWith(/cut off/));
    rows.close();
  });

  test('a graph whose constants are counted', () => {
    const { path, file } = opened();
    const reader = new ProtobufReader(file);
    truncateSync(path, 3);
    expect(() => [...reader.fields(0, 1000)]).toThrow(brokenWith(/cut off/));
    file.close();
  });
});
