import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../src/inference/engine.ts';
import type { Prompt } from '../../src/protocol/inference.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { folderWith, ggufTensors, ggufWith, jsonWith, type Make } from '../support/hostileModels.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { continuationOf, loadRequest } from '../support/tinyEngine.ts';

/** Models whose weights are right and whose words, settings and templates are not. */

const config = (change: object) => folderWith(jsonWith('config.json', (json) => ({ ...json, ...change })));
const raw = (name: string, change: (text: string) => string | Uint8Array) =>
  folderWith((model) => writeFileSync(join(model, name), change(readFileSync(join(model, name), 'utf8'))));
const tokenizer = (change: object | ((json: Record<string, unknown>) => object)) =>
  folderWith(
    jsonWith('tokenizer.json', (json) => ({ ...json, ...(typeof change === 'function' ? change(json) : change) })),
  );
const modelOf = (change: object) => tokenizer((json) => ({ model: { ...(json['model'] as object), ...change } }));
const template = (source: unknown) =>
  folderWith(jsonWith('tokenizer_config.json', (json) => ({ ...json, chat_template: source })));
const tokensOf = (change: (tokens: string[]) => Parameters<typeof ggufWith>[0]) =>
  ggufWith((right) => change(right['tokenizer.ggml.tokens'] as string[]) as object as never);
const kinds = (kind: number) => tokensOf((tokens) => ({ 'tokenizer.ggml.token_type': tokens.map(() => kind) }));
const onnx = (change: (graph: string) => void) =>
  folderWith((model) => change(join(model, 'onnx', readdirSync(join(model, 'onnx'))[0]!)), 'exported/plain');
const exported = (change: object) =>
  folderWith(
    jsonWith('config.json', (json) => ({ ...json, ...change })),
    'exported/plain',
  );

/** Spaces before the header of safetensors end. */
const padded = (count: number) =>
  folderWith((model) => {
    const path = join(model, 'model.safetensors');
    const bytes = readFileSync(path);
    const length = Number(bytes.readBigUInt64LE());
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(length + count));
    const header = bytes.subarray(8, 8 + length);
    writeFileSync(path, Buffer.concat([size, header, Buffer.alloc(count, 0x20), bytes.subarray(8 + length)]));
  });

const addTo = async (make: Make): Promise<string> => {
  const target = join(await temporaryFolder(), 'model');
  await convertModel({ source: make(await temporaryFolder()), target }, () => {});
  return target;
};

test.each<[string, Make, RegExp]>([
  // tokens
  ['fewer tokens than rows', tokensOf((tokens) => ({ 'tokenizer.ggml.tokens': tokens.slice(9) })), /do not belong/],
  [
    'more tokens than rows',
    tokensOf((tokens) => ({ 'tokenizer.ggml.tokens': [...tokens, 'one more'] })),
    /lists 257 tokens, and its tensor token_embd.weight has 256 rows/,
  ],
  [
    'tokens without letters',
    tokensOf((tokens) => ({ 'tokenizer.ggml.tokens': tokens.map(() => ''), 'tokenizer.ggml.merges': [] })),
    /none of its tokens stands for text/,
  ],
  ['nothing but marks', kinds(3), /none of its tokens stands for text/],
  ['no tokenizer', ggufWith({ 'tokenizer.ggml.model': undefined }), /none is named/],
  ['a tokenizer that is a number', ggufWith({ 'tokenizer.ggml.model': 5 }), /tokenizer \(5\) cannot be rebuilt/],
  ['a way to cut that is a number', ggufWith({ 'tokenizer.ggml.pre': 7 }), /words as 7 does/],
  ['an empty vocabulary', modelOf({ vocab: {} }), /none of its tokens stands for text/],
  [
    'a vocabulary of one Greek letter',
    modelOf({ vocab: { Î: 0, '±': 1 }, merges: [] }),
    /knows nothing of ordinary text/,
  ],
  [
    'a pattern that is none',
    tokenizer({ pre_tokenizer: { type: 'Split', pattern: { Regex: '(' }, behavior: 'Isolated', invert: false } }),
    /pattern \( cannot be read/,
  ],
  [
    'a table of characters that is none',
    tokenizer({ normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAA/////w==' } }),
    /table of characters/,
  ],
  [
    'a beginning of a megabyte',
    tokenizer({ normalizer: { type: 'Prepend', prepend: 'x'.repeat(1 << 20) } }),
    /Prepend/,
  ],
  // sizes
  ['heads of three numbers', config({ head_dim: 3 }), /a head has 3 numbers, which are turned in pairs/],
  ['heads of one number', config({ head_dim: 1 }), /a head has 1 numbers/],
  ['a GGUF with heads of three', ggufWith({ 'llama.rope.dimension_count': 3 }), /a head has 3 numbers/],
  ['a context of nothing', ggufWith({ 'llama.context_length': 0 }), /max_position_embeddings is 0/],
  [
    'a size that is no number',
    raw('config.json', (text) => text.replace(/"hidden_size": ?\d+/u, '"hidden_size":NaN')),
    /hidden_size is missing/,
  ],
  ['a layer too many', config({ num_hidden_layers: 3 }), /lack the tensor model.layers.2/],
  ['a layer too few', config({ num_hidden_layers: 1 }), /hold the tensor model.layers.1/],
  [
    'no embedding',
    ggufTensors((all) => all.filter(({ name }) => name !== 'token_embd.weight')),
    /lacks the tensor token_embd.weight/,
  ],
  ['experts', ggufWith({ 'llama.expert_count': 8, 'llama.expert_used_count': 2 }), /mixture of 8 experts/],
  [
    'a scaling from nothing',
    ggufWith({
      'llama.rope.scaling.type': 'yarn',
      'llama.rope.scaling.factor': 4,
      'llama.rope.scaling.original_context_length': 0,
    }),
    /original_max_position_embeddings is 0/,
  ],
  ['a configuration in UTF-16', raw('config.json', (text) => Buffer.from(text, 'utf16le')), /not valid JSON/],
  ['a configuration with comments', raw('config.json', (text) => `// mine\n${text}`), /not valid JSON/],
  ['settings that are a list', raw('generation_config.json', () => '[1]'), /no JSON object/],
  // graphs of others
  ['half a graph', onnx((graph) => writeFileSync(graph, readFileSync(graph).subarray(0, 9000))), /cannot be opened/],
  ['a graph that is a text', onnx((graph) => writeFileSync(graph, 'hello')), /cannot be opened/],
  ['an empty graph', onnx((graph) => writeFileSync(graph, '')), /cannot be opened/],
  ['fewer words than the graph', exported({ vocab_size: 200 }), /do not belong together/],
  ['more words than the graph', exported({ vocab_size: 400 }), /258 logits/],
])('%s: refused in a sentence that says what is wrong', async (_, make, message) => {
  await expect(addTo(make)).rejects.toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^model/u), message: expect.stringMatching(message) }),
  );
});

interface Answered {
  /** why the template cannot be used */
  readonly problem: string | undefined;
  readonly text: string;
}

async function answers(make: Make, prompt: Prompt): Promise<Answered> {
  const engine = new Engine({ onProgress: () => {}, onMoved: () => {}, onUnloaded: () => {} });
  const { chatTemplateProblem: problem } = await engine.load(loadRequest(await addTo(make)));
  const request = { ...continuationOf('', { maxNewTokens: 4, temperature: 0 }), prompt, id: 1, stream: false };
  const answer = await engine.generate(request, CancellationToken.None, () => {}).finally(() => engine.unload());
  return { problem, text: answer.kind === 'text' ? answer.sequences[0]!.text : answer.kind };
}

const continued: Prompt = { kind: 'continue', text: 'The world is', heal: false };
const asked: Prompt = { kind: 'chat', messages: [{ role: 'user', content: 'Hi' }] };
const right = folderWith(() => undefined);

test.each<[string, Make]>([
  ['a mark before the configuration', raw('config.json', (text) => `\uFEFF${text}`)],
  ['five megabytes of blanks', padded(5_000_000)],
  ['an end that is a text', config({ eos_token_id: '2' })],
  ['an end that is an object', config({ eos_token_id: { a: 1 } })],
  ['ends of all kinds', config({ eos_token_id: [null, -1, 1e10, '2', [3]] })],
  ['settings with ends of all kinds', raw('generation_config.json', () => '{"eos_token_id": ["a", null, {}]}')],
  ['a beginning that no model has', config({ bos_token_id: 1e10 })],
  ['a context of 10¹⁵', config({ max_position_embeddings: 1e15 })],
  ['two architectures', config({ architectures: ['LlamaForCausalLM', 'MistralForCausalLM'] })],
  ['a tokenizer that cuts off', tokenizer({ truncation: { direction: 'Right', max_length: 1, stride: 0 } })],
  ['an unknown token that is unknown', modelOf({ unk_token: '<nope>' })],
  ['bytes that have no tokens', modelOf({ byte_fallback: true })],
  ['a template that is a number', template(5)],
  ['a template that does not end', template('{% for m in messages %}')],
  ['a template that reads a file', template("{% include '/etc/passwd' %}{{ messages[0].content }}")],
  ['a template of 3,000 conditions', template(`${'{% if true %}'.repeat(3000)}x${'{% endif %}'.repeat(3000)}`)],
  ['a template of 20,000 brackets', template(`{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`)],
])('%s: a text goes on as ever', async (_, make) => {
  expect((await answers(make, continued)).text).toBe((await answers(right, continued)).text);
});

test.each<[string, unknown, RegExp]>([
  ['does not end', '{% for m in messages %}', /cannot be read/],
  ['reads a file', "{% include '/etc/passwd' %}{{ messages[0].content }}", /cannot be read/],
  ['calls itself', '{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}', /cannot be used/],
  [
    'grows',
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}{{ n.x }}",
    /cannot be used/,
  ],
  ['leaves out what was asked', '<s>assistant: ', /it leaves out a message/],
  ['looks for the process', "{{ messages.constructor.constructor('return process')().exit(7) }}", /cannot be used/],
])(
  'a template that %s: it is told when the model is opened, and to who asks all the same',
  async (_, source, message) => {
    expect((await answers(template(source), continued)).problem).toMatch(message);
    await expect(answers(template(source), asked)).rejects.toThrow(
      expect.objectContaining({ code: 'modelUnsupported', message: expect.stringContaining('no chat template') }),
    );
  },
);
