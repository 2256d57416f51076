import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readSafetensorsHeader,
  readTensorBytes,
  type TensorSource,
  writeSafetensors,
} from '../../src/model/files/safetensors.ts';
import { GgufBytes } from '../support/ggufFile.ts';
import {
  expectRefused,
  fileIn,
  folderWith,
  ggufTensors,
  ggufWith,
  jsonWith,
  type Make,
  sparse,
} from '../support/hostileModels.ts';

const uint64 = (value: number) => new GgufBytes().uint64(value).bytes;
const config = (change: object) => folderWith(jsonWith('config.json', (json) => ({ ...json, ...change })));
type Json = Record<string, unknown> & { model: Record<string, unknown> & { vocab: Record<string, number> } };
const tokenizer = (change: (json: Json) => object) =>
  folderWith((model) => {
    jsonWith('tokenizer.json', (json) => ({ ...change(json as Json) }))(model);
    jsonWith('tokenizer_config.json', ({ add_bos_token: _, ...json }) => json)(model);
  });
const template = (source: string) => folderWith((model) => fileIn(model, source, 'chat_template.jinja'));

/** The tensors of a folder, to be written again otherwise. */
function tensorsOf(model: string): TensorSource[] {
  const { tensors } = readSafetensorsHeader(join(model, 'model.safetensors'));
  return [...tensors].map(([name, entry]) => {
    const bytes = readTensorBytes(entry);
    return { name, dtype: entry.dtype, shape: entry.shape, bytes: () => bytes };
  });
}

const tensors = (change: (tensor: TensorSource) => TensorSource) =>
  folderWith((model) => {
    const changed = tensorsOf(model).map(change);
    writeSafetensors(join(model, 'model.safetensors'), changed, { metadata: {} });
  });
const ofType = (name: string, dtype: 'I64' | 'F64' | 'I8' | 'BOOL', size: number) =>
  tensors((tensor) => {
    const count = tensor.shape.reduce((product, each) => product * each, size);
    return tensor.name === name ? { ...tensor, dtype, bytes: () => new Uint8Array(count) } : tensor;
  });

/** A folder in parts: which tensors lie in which, and what the index says. */
const parts = (split: (names: string[]) => { files: Record<string, string[]>; map?: Record<string, string> }) =>
  folderWith((model) => {
    const all = tensorsOf(model);
    const { files, map } = split(all.map(({ name }) => name));
    rmSync(join(model, 'model.safetensors'));
    for (const [file, names] of Object.entries(files)) {
      const own = all.filter(({ name }) => names.includes(name));
      writeSafetensors(join(model, file), own, { metadata: {} });
    }
    const said =
      map ?? Object.fromEntries(Object.entries(files).flatMap(([file, names]) => names.map((n) => [n, file])));
    fileIn(model, JSON.stringify({ weight_map: said }), 'model.safetensors.index.json');
  });
const index = (name: string) =>
  folderWith((model) => fileIn(model, JSON.stringify({ weight_map: { a: name } }), 'model.safetensors.index.json'));

/** The header written anew, and what follows it. */
const header = (change: (header: string, data: Buffer) => [string, Buffer]) =>
  folderWith((model) => {
    const path = join(model, 'model.safetensors');
    const bytes = readFileSync(path);
    const length = Number(bytes.readBigUInt64LE());
    const [json, data] = change(
      bytes
        .subarray(8, 8 + length)
        .toString()
        .trimEnd(),
      bytes.subarray(8 + length),
    );
    writeFileSync(path, Buffer.concat([uint64(Buffer.byteLength(json)), Buffer.from(json), data]));
  });

/** A Llama of one layer that is nothing but holes, with vectors of `hidden` numbers. */
const wide = (hidden: number): Make =>
  folderWith((model) => {
    const layer = 'model.layers.0';
    const shapes: readonly (readonly [string, readonly number[]])[] = [
      ['model.embed_tokens', [256, hidden]],
      ['model.norm', [hidden]],
      [`${layer}.input_layernorm`, [hidden]],
      [`${layer}.post_attention_layernorm`, [hidden]],
      ...['q', 'k', 'v'].map((name) => [`${layer}.self_attn.${name}_proj`, [32, hidden]] as const),
      [`${layer}.self_attn.o_proj`, [hidden, 32]],
      ...['gate', 'up'].map((name) => [`${layer}.mlp.${name}_proj`, [48, hidden]] as const),
      [`${layer}.mlp.down_proj`, [hidden, 48]],
    ];
    let end = 0;
    const entries = shapes.map(([name, shape]) => {
      const start = end;
      end += 4 * shape.reduce((product, each) => product * each, 1);
      return [`${name}.weight`, { dtype: 'F32', shape, data_offsets: [start, end] }];
    });
    const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
    const pieces = [[0, uint64(json.length)] as const, [8, json] as const];
    sparse(join(model, 'model.safetensors'), pieces, 8 + json.length + end);
    const heads = { num_attention_heads: 4, num_key_value_heads: 4, head_dim: 8 };
    const sizes = { hidden_size: hidden, intermediate_size: 48, num_hidden_layers: 1, ...heads };
    jsonWith('config.json', (all) => ({ ...all, ...sizes, tie_word_embeddings: true }))(model);
  });

// Protocol buffers: messages that are written one behind the other are one
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let left = value; bytes.length === 0 || left > 0; left = Math.floor(left / 128))
    bytes.push((left % 128) + (left > 127 ? 128 : 0));
  return Buffer.from(bytes);
};
const field = (number: number, value: number | string | Buffer): Buffer =>
  typeof value === 'number'
    ? Buffer.concat([varint(number * 8), varint(value)])
    : Buffer.concat([varint(number * 8 + 2), varint(Buffer.byteLength(value)), Buffer.from(value)]);

/** A graph that gives four more numbers, which it says lie in another file. */
const numbersAt = (place: Record<string, string>, beside: (model: string) => unknown = () => undefined): Make =>
  folderWith((model) => {
    const path = join(model, 'onnx', 'model.onnx');
    const where = Object.entries(place).map(([key, value]) =>
      field(13, Buffer.concat([field(1, key), field(2, value)])),
    );
    const tensor = Buffer.concat([field(1, 4), field(2, 1), field(8, 'more'), ...where, field(14, 1)]);
    const node = Buffer.concat([field(1, 'more'), field(2, 'more_out'), field(4, 'Identity')]);
    const type = field(2, field(1, Buffer.concat([field(1, 1), field(2, field(1, field(1, 4)))])));
    const output = Buffer.concat([field(1, 'more_out'), type]);
    const graph = Buffer.concat([field(5, tensor), field(1, node), field(12, output)]);
    writeFileSync(path, Buffer.concat([readFileSync(path), field(7, graph)]));
    beside(model);
  }, 'exported/plain');
const numbersBeside = (place: Record<string, string>, bytes: number) =>
  numbersAt({ location: 'model.onnx_data', ...place }, (model) =>
    writeFileSync(join(model, 'onnx', 'model.onnx_data'), Buffer.alloc(bytes)),
  );

const piece = (text: string | Buffer, score = -1, kind = 1): Buffer => {
  const bytes = Buffer.alloc(5, 21);
  bytes.writeFloatLE(score, 1);
  return field(1, Buffer.concat([field(1, text), bytes, field(3, kind)]));
};
const pieces = (of: (i: number) => Buffer, ...more: Buffer[]) =>
  folderWith((model) => {
    rmSync(join(model, 'tokenizer.json'));
    const all = Array.from({ length: 60 }, (_, i) => of(i));
    fileIn(model, Buffer.concat([piece('<unk>', 0, 2), ...all, ...more]), 'tokenizer.model');
  });

const refused: readonly (readonly [name: string, make: Make, message: RegExp])[] = [
  // an index and its parts
  [
    'a tensor in two parts',
    parts((all) => ({
      files: { 'a.safetensors': all, 'b.safetensors': all },
      map: { [all[0]!]: 'a.safetensors', [all[1]!]: 'b.safetensors' },
    })),
    /Two files/,
  ],
  [
    'a part without what the index says',
    parts((all) => ({ files: { 'a.safetensors': all.slice(1) }, map: { [all[0]!]: 'a.safetensors' } })),
    /lack the tensor/,
  ],
  ['a part with the end of a text in its name', index('model.safetensors\0.x'), /does not name its files/],
  ['a part that lies elsewhere on Windows', index('..\\model.safetensors'), /does not name its files/],
  ['a part without a name', index(''), /does not name its files/],
  ['a part with a name of 1,000 letters', index('x'.repeat(1000)), /does not name its files/],
  [
    'weights that are a circle of links',
    folderWith((model) => {
      rmSync(join(model, 'model.safetensors'));
      mkdirSync(join(model, 'a'));
      symlinkSync('a/../b', join(model, 'model.safetensors'));
      symlinkSync('model.safetensors', join(model, 'b'));
    }),
    /circle/,
  ],
  // safetensors
  [
    'two tensors of one name, in one place',
    header((json, data) => {
      const entry = JSON.stringify(JSON.parse(json)['model.norm.weight']);
      return [`${json.slice(0, -1)},"model.norm.weight":${entry}}`, Buffer.concat([data, Buffer.alloc(128)])];
    }),
    /128 bytes at its end are of no tensor/,
  ],
  [
    'two tensors of one name, the second of them elsewhere',
    header((json, data) => {
      const again = { dtype: 'F32', shape: [32], data_offsets: [data.length, data.length + 128] };
      const twice = `${json.slice(0, -1)},"model.norm.weight":${JSON.stringify(again)}}`;
      return [twice, Buffer.concat([data, Buffer.alloc(128)])];
    }),
    /bytes before tensor .* are of no tensor/,
  ],
  ['bytes behind the last tensor', header((json, data) => [json, Buffer.concat([data, data])]), /at its end are of no/],
  ['a norm of whole numbers', ofType('model.norm.weight', 'I64', 8), /I64 tensor stands where/],
  ['a norm of yes and no', ofType('model.norm.weight', 'BOOL', 1), /BOOL tensor stands where/],
  ['an embedding of 64 bits', ofType('model.embed_tokens.weight', 'F64', 8), /F64 tensor stands where/],
  ['an embedding of bytes', ofType('model.embed_tokens.weight', 'I8', 1), /I8 tensor stands where/],
  ['vectors of 2²¹ numbers, all of them there', wide(2 ** 21), /hidden_size makes vectors of 2097152 numbers/],
  // config.json
  ['heads that ask 2³⁴ numbers', config({ num_attention_heads: 2 ** 20, head_dim: 2 ** 14 }), /head_dim makes vectors/],
  ['10⁹ numbers within a layer', config({ intermediate_size: 1e9 }), /intermediate_size makes vectors of 1000000000/],
  ['no context', config({ max_position_embeddings: 0 }), /max_position_embeddings is 0/],
  ['a million kinds of layers', config({ layer_types: Array(1e6).fill('full_attention') }), /MB\. Such a file/],
  [
    'names within names',
    config({ architectures: [['LlamaForCausalLM']], model_type: 'x' }),
    /What runs: Llama, [^{]*$/,
  ],
  // tokenizer.json, tokenizer.model
  [
    '100,000 marks before each text',
    tokenizer((json) => {
      const id = (json['added_tokens'] as { content: string }[])[0]!.content;
      const single = [...Array(100_000).fill({ SpecialToken: { id } }), { Sequence: { id: 'A' } }];
      return { ...json, post_processor: { type: 'TemplateProcessing', single } };
    }),
    /puts 100000 tokens before every text/,
  ],
  [
    'a token of a megabyte',
    tokenizer((json) => ({ ...json, model: { ...json.model, vocab: { ...json.model.vocab, ['q'.repeat(1e6)]: 9 } } })),
    /the token 9 has 1000000 characters; 4096 are/,
  ],
  [
    'a million merges of what is no token',
    tokenizer((json) => ({ ...json, model: { ...json.model, merges: Array(1e6).fill('a b') } })),
    /merge 0 \(a, b\) is not of its tokens/,
  ],
  [
    'one token 200 times',
    tokenizer((json) => ({
      ...json,
      pre_tokenizer: { type: 'Metaspace', replacement: '▁' },
      decoder: { type: 'Metaspace', replacement: '▁' },
      model: { type: 'Unigram', unk_id: 0, vocab: Array(200).fill(['a', -1]) },
    })),
    /none of its tokens stands for text/,
  ],
  ['pieces whose scores are no numbers', pieces((i) => piece(`a${i}`, Number.NaN)), /no token with a score/],
  ['pieces of nothing', pieces(() => piece('')), /none of its tokens stands for text/],
  ['pieces that are all control marks', pieces((i) => piece(`a${i}`, 0, 3)), /none of its tokens stands for text/],
  ['a piece of 20 MB', pieces((i) => piece(i === 7 ? 'a'.repeat(2e7) : `a${i}`)), /has 20000000 characters/],
  [
    'a table of characters of nothing but ones',
    pieces((i) => piece(`a${i}`), field(3, field(2, Buffer.alloc(100, 255)))),
    /table of characters .* is damaged/,
  ],
  // GGUF
  ['a part of 65,535', ggufWith({ 'split.count': 65_535, 'split.no': 0 }), /split into 65535 parts/],
  ['no part at all', ggufWith({ 'split.count': 0, 'split.no': 0 }), /split into 0 parts/],
  ['a mixture that says it is a Llama', ggufWith({ 'llama.expert_count': 8 }), /mixture of 8 experts/],
  [
    'a norm of whole numbers in a GGUF',
    ggufTensors((all) => all.map((one) => (one.name === 'output_norm.weight' ? { ...one, type: 26 } : one))),
    /ggml type 26/,
  ],
  // ONNX: numbers that lie in other files
  [
    'numbers above the folder',
    numbersAt({ location: '../../secret.bin' }, (model) =>
      writeFileSync(join(model, '../secret.bin'), Buffer.alloc(16)),
    ),
    /cannot be opened/,
  ],
  ['numbers of the system', numbersAt({ location: '/etc/hostname' }), /cannot be opened/],
  ['numbers without end', numbersAt({ location: '/dev/zero' }), /cannot be opened/],
  ['numbers that are nowhere', numbersAt({ location: 'nothing.bin' }), /cannot be opened/],
  ['numbers that are cut off', numbersBeside({}, 3), /cannot be opened/],
  ['numbers at 2⁶³ − 1', numbersBeside({ offset: '9223372036854775807', length: '16' }, 16), /cannot be opened/],
  ['numbers before the file', numbersBeside({ offset: '-16', length: '16' }, 16), /cannot be opened/],
  ['numbers that take a terabyte', numbersBeside({ length: '1000000000000' }, 16), /cannot be opened/],
];

test.each(refused)('%s: refused, and nothing is left', (_, make, message) => expectRefused(make, message));

/** What another program does to a file while it is read. */
test.each<[name: string, make: Make, file: string]>([
  ['a GGUF', ggufWith({}), ''],
  ['a folder’s weights', folderWith(() => undefined), 'model.safetensors'],
])('%s that is cut short while it is added', async (_, make, file) => {
  let isCut = false;
  await expectRefused(make, /cut off|damaged/, (source) => {
    const path = join(source, file);
    if (!isCut && existsSync(path)) truncateSync(path, Math.floor(statSync(path).size / 3));
    isCut = true;
  });
  expect(isCut).toBe(true);
});

/** A model is worth having without its template: it is added, and says what is wrong with that. */
test.each([
  ['loops in loops', '{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}'],
  ['a macro that calls itself', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}'],
  ['20,000 brackets', `{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`],
  [
    'a text that doubles',
    "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}",
  ],
])('a template with %s is told of', async (_, source) => {
  const { convertModel } = await import('../../src/store/convertModel.ts');
  const { temporaryFolder } = await import('../support/temporaryFolder.ts');
  const folder = await temporaryFolder();
  const details = await convertModel({ source: template(source)(folder), target: join(folder, 'added') }, () => {});
  expect(JSON.stringify(details)).toMatch(/chat template cannot be (?:used|read)/);
});
