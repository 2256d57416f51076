import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest } from '../../src/model/manifest.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { GgufBytes } from '../support/ggufFile.ts';
import {
  expectRefused,
  fileIn,
  folderWith,
  ggufBytes,
  ggufTensors,
  ggufWith,
  jsonWith,
  linkTo,
  type Make,
  sparse,
} from '../support/hostileModels.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const megabyte = 1 << 20;
const uint64 = (value: number) => new GgufBytes().uint64(value).bytes;

/** Ten thousand names of 16 MB each, in a file of 160 GB that is nothing but holes. */
const endlessNames =
  (header: Buffer, behindEach: Buffer): Make =>
  (folder) => {
    const pieces: [number, Uint8Array][] = [[0, header]];
    let at = header.length;
    for (let i = 0; i < 10_000; i++) {
      pieces.push([at, Buffer.concat([uint64(16 * megabyte), Buffer.from(`${i}`)])]);
      at += 8 + 16 * megabyte;
      pieces.push([at, behindEach]);
      at += behindEach.length;
    }
    return sparse(join(folder, 'model.gguf'), pieces, at + 64);
  };

/** A tensor that is not there in the right file, and promises more than it should. */
const furtherTensor = (name: string, dimensions: readonly number[], bytes: number): Make =>
  function make(folder) {
    const path = ggufTensors((tensors) => [...tensors, { name, type: 0, dimensions, bytes: Buffer.alloc(32) }])(folder);
    return sparse(path, [[0, readFileSync(path)]], bytes);
  };

const safetensors = (header: string, length = Buffer.byteLength(header)) =>
  Buffer.concat([uint64(length), Buffer.from(header)]);
const weights = (bytes: Uint8Array) => folderWith((model) => fileIn(model, bytes, 'model.safetensors'));
const index = (map: unknown) =>
  folderWith((model) => fileIn(model, JSON.stringify({ weight_map: map }), 'model.safetensors.index.json'));
const config = (change: object) => folderWith(jsonWith('config.json', (json) => ({ ...json, ...change })));
const pieces = (bytes: Uint8Array) =>
  folderWith((model) => {
    rmSync(join(model, 'tokenizer.json'));
    fileIn(model, bytes, 'tokenizer.model');
  });
const part = (count: number, beside: (folder: string) => unknown = () => undefined): Make =>
  function make(folder) {
    const path = ggufWith({ 'split.count': count, 'split.no': 0 })(folder);
    const padded = String(count).padStart(5, '0');
    beside(folder);
    return fileIn(folder, readFileSync(path), `m-00001-of-${padded}.gguf`);
  };
const half = (bits: number) => (bytes: Buffer) => bytes.writeUInt16LE(bits, 0);
const [infinite, notANumber] = [0x7c00, 0x7e00];
const graph = (vocabulary: number) =>
  folderWith(
    jsonWith('config.json', (json) => ({ ...json, vocab_size: vocabulary })),
    'exported/plain',
  );

const refused: readonly (readonly [name: string, make: Make, message: RegExp])[] = [
  // GGUF: sizes
  [
    'keys without end',
    endlessNames(new GgufBytes().header(0, 10_000).bytes, new GgufBytes().uint32(4).uint32(1).bytes),
    /more than \d+ bytes/,
  ],
  [
    'names of tensors without end',
    endlessNames(
      new GgufBytes().header(10_000, 0).bytes,
      new GgufBytes().uint32(1).uint64(1).uint32(0).uint64(0).bytes,
    ),
    /more than \d+ bytes/,
  ],
  [
    '2²⁸ divisors of frequencies',
    furtherTensor('rope_freqs.weight', [2 ** 28], 2 ** 31),
    /rope_freqs.weight is no short list/,
  ],
  [
    '2³³ divisors of frequencies',
    furtherTensor('rope_freqs.weight', [2 ** 33], 2 ** 36),
    /rope_freqs.weight is no short list/,
  ],
  ['a table of divisors', furtherTensor('rope_freqs.weight', [8, 8], megabyte), /rope_freqs.weight is no short list/],
  ['a layer count of 2³² − 1', ggufWith({ 'llama.block_count': 2 ** 32 - 1 }), /no model has so many/],
  [
    'heads in lists of lists',
    ggufWith({ 'llama.attention.head_count': [[1], [2, 3]] }),
    /head_count to \[\[1\],\[2,3\]\]/,
  ],
  ['keys for no head', ggufWith({ 'llama.attention.head_count_kv': [0, 0, 0] }), /head_count_kv/],
  ['half a head', ggufWith({ 'llama.attention.head_count': 2.5 }), /head_count is 2.5/],
  [
    'a norm without numbers',
    ggufTensors((all) => all.map((one) => (one.name === 'output_norm.weight' ? { ...one, dimensions: [0] } : one))),
    /shape \(0\)/,
  ],
  [
    'a norm without dimensions',
    ggufTensors((all) => all.map((one) => (one.name === 'output_norm.weight' ? { ...one, dimensions: [] } : one))),
    /shape \(\)/,
  ],
  [
    'columns that are no blocks',
    ggufTensors((all) =>
      all.map((one) => (one.name.includes('ffn_down') ? { ...one, dimensions: [31, one.dimensions[1]!] } : one)),
    ),
    /shape \(256, 31\)/,
  ],
  // GGUF: places
  [
    'all tensors in one place',
    ggufTensors(
      (all) => all,
      () => 0,
    ),
    /lies within another/,
  ],
  [
    'tensors that reach into others',
    ggufTensors(
      (all) => all,
      (name, usual) => (name.includes('norm') ? Math.max(0, usual - 32) : usual),
    ),
    /lies within another/,
  ],
  [
    'places beside the alignment',
    ggufTensors(
      (all) => all,
      (_, usual) => usual + 1,
    ),
    /cut off within/,
  ],
  // GGUF: numbers
  [
    'a norm that is not a number',
    ggufBytes(/^output_norm/u, (bytes) => bytes.writeFloatLE(Number.NaN, 0)),
    /output_norm.weight hold numbers that are not finite/,
  ],
  [
    'an infinite norm',
    ggufBytes(/attn_norm/u, (bytes) => bytes.writeFloatLE(Number.POSITIVE_INFINITY, 8)),
    /attn_norm.weight hold numbers that are not finite/,
  ],
  [
    'an infinite scale of the embedding',
    ggufBytes(/^token_embd/u, half(infinite)),
    /token_embd.weight hold numbers that are not finite/,
  ],
  [
    'a scale that is not a number',
    ggufBytes(/^token_embd/u, half(notANumber)),
    /token_embd.weight hold numbers that are not finite/,
  ],
  [
    'matrices of nothing but ones',
    ggufBytes(/blk.*(?:attn_[qkvo]|ffn_[dgu]).*weight$/u, (bytes) => bytes.fill(0xff)),
    /not finite/,
  ],
  [
    'an epsilon that is not a number',
    ggufWith({ 'llama.attention.layer_norm_rms_epsilon': Number.NaN }),
    /rms_norm_eps/,
  ],
  ['a base below zero', ggufWith({ 'llama.rope.freq_base': -5.5 }), /rope_theta is -5.5/],
  [
    'a scaling by nothing',
    ggufWith({ 'llama.rope.scaling.type': 'linear', 'llama.rope.scaling.factor': 0 }),
    /factor is 0/,
  ],
  // GGUF: tokens
  [
    'scores that are not numbers',
    ggufWith(({ 'tokenizer.ggml.tokens': tokens }) => ({
      'tokenizer.ggml.model': 'llama',
      'tokenizer.ggml.scores': (tokens as string[]).map(() => Number.NaN),
    })),
    /scores is missing or damaged/,
  ],
  [
    'tokens that are numbers',
    ggufWith({ 'tokenizer.ggml.tokens': Array(256).fill(7) }),
    /tokens is missing or damaged/,
  ],
  ['merges of blanks', ggufWith({ 'tokenizer.ggml.merges': [' ', '  ', ''] }), /merge 0/],
  ['a kind for two tokens', ggufWith({ 'tokenizer.ggml.token_type': [1, 2] }), /token_type is missing or damaged/],
  // GGUF: words in messages
  [
    'an architecture of 16 MB',
    ggufWith({ 'general.architecture': 'x'.repeat(16 * megabyte - 1) }),
    /architecture xxxx.*…$/,
  ],
  [
    'an architecture that clears the screen',
    ggufWith({ 'general.architecture': '\u001B[2Jllama' }),
    /architecture \uFFFD\[2Jllama/,
  ],
  ['a way to cut of 8 MB', ggufWith({ 'tokenizer.ggml.pre': 'y'.repeat(8 * megabyte) }), /as yyyy/],
  [
    'a tensor whose name is a path',
    ggufTensors((all) => [...all, { ...all[0]!, name: '../../\u001B[31m\u202Eevil' }]),
    /\.\.\/\.\.\/\uFFFD/,
  ],
  // GGUF: parts
  ['one part of two and a half', part(2.5), /split into 2.5 parts/],
  ['one part of a thousand', part(1000), /00011-of-01000.gguf and 989 more\.$/],
  [
    'itself as the second part',
    part(2, (folder) => symlinkSync('m-00001-of-00002.gguf', join(folder, 'm-00002-of-00002.gguf'))),
    /do not belong together/,
  ],
  [
    'a folder in its place',
    (folder) => {
      mkdirSync(join(folder, 'model.gguf'));
      return join(folder, 'model.gguf');
    },
    /is an empty folder/,
  ],
  // folders: places
  ...['../model.safetensors', '/etc/passwd', 'sub/model.safetensors', 'model.safetensors/..'].map(
    (name) => [`the part ${name}`, index({ a: name }), /does not name its files/] as const,
  ),
  ['the folder above as a part', index({ a: '..' }), /no ordinary file/],
  ['the folder itself as a part', index({ a: '.' }), /no ordinary file/],
  ['parts that are a list', index(['model.safetensors']), /does not name its files/],
  ['a configuration as a part', index({ a: 'config.json' }), /header length is impossible/],
  ['weights that are a link to themselves', folderWith(linkTo('model.safetensors', 'model.safetensors')), /ELOOP/],
  // folders: sizes
  [
    'a header of 90 MB',
    (folder) => {
      const model = folderWith(() => undefined)(folder);
      sparse(join(model, 'model.safetensors'), [[0, uint64(90_000_000)]], 100_000_000);
      return model;
    },
    /header length is impossible/,
  ],
  [
    'a header of brackets',
    weights(safetensors(`{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}`)),
    /nests too deeply/,
  ],
  [
    '150,000 tensors',
    weights(safetensors(`{${Array.from({ length: 150_000 }, (_, i) => `"${i}":0`).join()}}`)),
    /150000 tensors/,
  ],
  [
    'a configuration of brackets',
    folderWith((model) =>
      fileIn(
        model,
        `{"architectures":["LlamaForCausalLM"],"hidden_size":${'['.repeat(9000)}${']'.repeat(9000)}}`,
        'config.json',
      ),
    ),
    /nests too deeply/,
  ],
  [
    'a tokenizer of brackets',
    folderWith((model) => fileIn(model, `{"a":${'[{"":'.repeat(9000)}0${'}]'.repeat(9000)}}`, 'tokenizer.json')),
    /nests too deeply/,
  ],
  ['a size of 3 MB', config({ hidden_size: 'x'.repeat(3 * megabyte) }), /hidden_size is "xxx.*…; a/],
  ['10¹⁵ heads', config({ num_attention_heads: 1e15, num_key_value_heads: 1e15 }), /head_dim makes vectors of \d+/],
  ['10⁹ tokens', config({ vocab_size: 1e9 }), /no model has so many tokens/],
  [
    'a configuration in the prototype',
    folderWith((model) =>
      fileIn(model, `{"__proto__":${readFileSync(join(model, 'config.json'), 'utf8')}}`, 'config.json'),
    ),
    /\(none named\)/,
  ],
  [
    'a template of 5 MB',
    folderWith((model) => fileIn(model, 'x'.repeat(5 * megabyte), 'chat_template.jinja')),
    /5(\.\d)? MB\. Such a file of a model may have 4 MB/,
  ],
  [
    'ends of texts without end',
    folderWith((model) =>
      fileIn(model, JSON.stringify({ eos_token_id: Array(3_000_000).fill(2) }), 'generation_config.json'),
    ),
    /6\.1 MB\. Such a file of a model may have 4 MB/,
  ],
  [
    'blocks that are none',
    weights(
      safetensors(JSON.stringify({ __metadata__: { blocks: '{"embedding":{"bits":3,"blockSize":0,"centre":1e9}}' } })),
    ),
    /block layouts are none/,
  ],
  [
    'blocks that are a list',
    weights(safetensors(JSON.stringify({ __metadata__: { blocks: '[]' } }))),
    /block layouts are none/,
  ],
  // folders: tokens
  ['pieces without end', pieces(Buffer.alloc(2 * megabyte + 2, Buffer.from([10, 0]))), /more than 1048576 pieces/],
  [
    'an added word of 8,000 letters',
    folderWith(
      jsonWith('tokenizer.json', (json) => ({ ...json, added_tokens: [{ id: 1, content: 't'.repeat(8000) }] })),
    ),
    /added token 1 has 8000 characters/,
  ],
  // graphs of others
  ['a graph of 10⁹ tokens', graph(1e9), /no model has so many tokens/],
  ['a graph of 2⁵³ − 1 tokens', graph(Number.MAX_SAFE_INTEGER), /no model has so many tokens/],
  [
    'a graph with a folder for its numbers',
    folderWith((model) => mkdirSync(join(model, 'onnx', 'model.onnx_data')), 'exported/plain'),
    /no ordinary file/,
  ],
];

/** Only Linux has these places. */
const ofLinux: typeof refused = [
  [
    'an endless second part',
    part(2, (folder) => symlinkSync('/dev/zero', join(folder, 'm-00002-of-00002.gguf'))),
    /no ordinary file/,
  ],
  ['weights that are an endless device', folderWith(linkTo('model.safetensors', '/dev/zero')), /no ordinary file/],
  ['weights that are the memory of this process', folderWith(linkTo('model.safetensors', '/proc/self/mem')), /cut off/],
  ['a template that is an endless device', folderWith(linkTo('chat_template.jinja', '/dev/zero')), /no ordinary file/],
  [
    'a graph with endless numbers',
    folderWith((model) => symlinkSync('/dev/zero', join(model, 'onnx', 'model.onnx_data')), 'exported/plain'),
    /no ordinary file/,
  ],
];

test.each(process.platform === 'linux' ? [...refused, ...ofLinux] : refused)(
  '%s: refused in a short sentence, and nothing is left',
  (_, make, message) => expectRefused(make, message),
);

test.each<[name: string, given: string | readonly string[] | undefined, kept: string]>([
  ['a name', 'Llama 3.2 Community License (木兰)', 'Llama 3.2 Community License (木兰)'],
  ['nothing', undefined, 'unknown'],
  ['a list', ['a', 'b'], 'unknown'],
  ['what a terminal obeys', '\u001B[2J\u001B]0;owned\u0007', 'unknown'],
  ['16 MB', 'y'.repeat(16 * megabyte - 1), 'unknown'],
])('a licence that is %s', async (_, given, kept) => {
  const [folder, models] = [await temporaryFolder(), await temporaryFolder()];
  const target = join(models, 'model');
  await convertModel({ source: ggufWith({ 'general.license': given })(folder), target }, () => {});
  expect(readManifest(target)?.licence).toBe(kept);
});
