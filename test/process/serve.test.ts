// The endpoint for other programs: OpenAI's own client works against it, and nobody else gets an answer.
import { statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import OpenAI from 'openai';
import { beforeEach, describe, expect, test } from 'vitest';
import { startCli } from '../support/cliProcess.ts';
import { isRunning } from '../support/isRunning.ts';
import { pipelineGolden, writePipelineModel } from '../support/pipelineModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

let url: string;
let token: string;
let openai: OpenAI;
let processId: number;
let endInput: () => void;
/** the person's own, empty at first */
let models: string;
beforeEach(async () => {
  const folder = await temporaryFolder();
  const model = await writeTinyModel(join(folder, 'tiny'));
  const tokenFile = join(folder, 'secret/token');
  const commandLine = ['serve', '--model', model, '--token-file', tokenFile, '--with-parent', '--json'];
  models = join(folder, 'models');
  await mkdir(models);
  const child = startCli(commandLine, null, { INKLING_MODELS: models });
  processId = child.pid!;
  endInput = () => child.stdin!.end();
  url = (await firstLine(child.stdout!)).url;
  token = (await readFile(tokenFile, 'utf8')).trim();
  expect(statSync(tokenFile).mode & 0o077).toBe(0);
  openai = new OpenAI({ baseURL: url, apiKey: token, maxRetries: 0 });
});

/** The one line that the command prints when it is ready. */
function firstLine(output: NodeJS.ReadableStream): Promise<{ url: string; model: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(JSON.parse(text));
    });
    output.on('end', () => reject(new Error(`the server ended before it was ready: ${text}`)));
  });
}

const asked = { model: 'tiny', prompt: 'The world and the word', max_tokens: 12, seed: 7 } as const;
const messages = [{ role: 'user' as const, content: 'The cat sat on the mat.' }];

describe("OpenAI's client", () => {
  test('lists the model, and names what is not there', async () => {
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['tiny']);
    expect((await openai.models.retrieve('tiny')).owned_by).toBe('inkling');
    await expect(openai.models.retrieve('gpt-4o')).rejects.toThrow(/no model "gpt-4o"; it has "tiny"/);
    await expect(openai.completions.create({ ...asked, model: 'gpt-4o' })).rejects.toThrow(OpenAI.NotFoundError);
    await expect(openai.embeddings.create({ model: 'tiny', input: 'a' })).rejects.toThrow(/encoder/);
  });

  test('completes: the same seed the same text, streamed or not, and the tokens are counted', async () => {
    const whole = await openai.completions.create(asked);
    expect(whole.choices[0]!.finish_reason).toBe('length');
    expect(whole.usage).toMatchObject({ completion_tokens: 12 });
    expect(whole.usage!.total_tokens).toBe(whole.usage!.prompt_tokens + 12);
    const stream = await openai.completions.create({
      ...asked,
      stream: true,
      stream_options: { include_usage: true },
    });
    let streamed = '';
    let usage: unknown;
    for await (const chunk of stream) {
      streamed += chunk.choices[0]?.text ?? '';
      usage = chunk.usage;
    }
    expect(streamed).toBe(whole.choices[0]!.text);
    expect(usage).toMatchObject({ completion_tokens: 12 });
    const other = await openai.completions.create({ ...asked, seed: 8 });
    expect(other.choices[0]!.text).not.toBe(whole.choices[0]!.text);
  });

  test('every option that changes the answer does', async () => {
    const plain = (await openai.completions.create(asked)).choices[0]!.text;
    const greedy = (await openai.completions.create({ ...asked, temperature: 0 })).choices[0]!.text;
    expect(greedy).not.toBe(plain);
    expect((await openai.completions.create({ ...asked, temperature: 0, seed: 9 })).choices[0]!.text).toBe(greedy);
    const narrow = (await openai.completions.create({ ...asked, top_p: 0.01 })).choices[0]!.text;
    expect(narrow).toBe(greedy);
    const stopped = await openai.completions.create({ ...asked, stop: plain.slice(3, 5) });
    expect(stopped.choices[0]).toMatchObject({ text: plain.slice(0, 3), finish_reason: 'stop' });
    const three = await openai.completions.create({ ...asked, n: 3 });
    expect(new Set(three.choices.map(({ text }) => text)).size).toBe(3);
    const { logprobs } = (await openai.completions.create({ ...asked, logprobs: 1 })).choices[0]!;
    expect(logprobs!.tokens!.join('')).toBe(plain);
    expect(logprobs!.token_logprobs!.every((logprob) => logprob < 0)).toBe(true);
  });

  test('log-probabilities come with each event, as they are in the whole', async () => {
    const whole = (await openai.completions.create({ ...asked, logprobs: 1 })).choices[0]!;
    const stream = await openai.completions.create({ ...asked, logprobs: 1, stream: true });
    const pieces = [];
    for await (const { choices } of stream) if (choices[0]!.logprobs) pieces.push(choices[0]!);
    expect(pieces.length).toBeGreaterThan(2);
    for (const { text, logprobs } of pieces) expect(logprobs!.tokens!.join('')).toBe(text);
    const { tokens, token_logprobs: logprobs, text_offset: offsets } = whole.logprobs!;
    expect(pieces.flatMap((piece) => piece.logprobs!.tokens!)).toEqual(tokens);
    expect(pieces.flatMap((piece) => piece.logprobs!.token_logprobs!)).toEqual(logprobs);
    expect(pieces.flatMap((piece) => piece.logprobs!.text_offset!)).toEqual(offsets);

    const chat = { model: 'tiny', messages, max_completion_tokens: 12, seed: 3, logprobs: true };
    const answer = (await openai.chat.completions.create(chat)).choices[0]!;
    const told: { token: string; logprob: number }[] = [];
    let [text, events] = ['', 0];
    for await (const { choices } of await openai.chat.completions.create({ ...chat, stream: true })) {
      text += choices[0]!.delta.content ?? '';
      const content = choices[0]!.logprobs?.content ?? [];
      if (content.length > 0) events++;
      told.push(...content);
    }
    expect(text).toBe(answer.message.content);
    expect(told).toEqual(answer.logprobs!.content);
    expect(events).toBeGreaterThan(2);
  });

  test('log-probabilities that are streamed hold nothing of what a stop string cuts off', async () => {
    const plain = (await openai.completions.create(asked)).choices[0]!.text;
    for (const [from, to] of [
      [3, 5],
      [4, 6],
      [5, 9],
      [1, 2],
      [6, 7],
    ] as const) {
      const stopping = { ...asked, stop: plain.slice(from, to), logprobs: 1 };
      const whole = (await openai.completions.create(stopping)).choices[0]!;
      let text = '';
      const told: string[] = [];
      for await (const { choices } of await openai.completions.create({ ...stopping, stream: true })) {
        text += choices[0]!.text;
        told.push(...(choices[0]!.logprobs?.tokens ?? []));
      }
      expect(text).toBe(whole.text);
      expect(told).toEqual(whole.logprobs!.tokens);
    }
  });

  test('vectors by an encoder, whole or in base64, as transformers computes them', async () => {
    await writePipelineModel('bert-vectors', join(models, 'vectors'));
    await writePipelineModel('bert-sentiment', join(models, 'mood'));
    const { texts, answers } = pipelineGolden<{ texts: string[]; answers: number[][] }>('bert-vectors');
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['tiny', 'vectors']);
    expect((await openai.models.retrieve('vectors')).id).toBe('vectors');
    for (const format of [undefined, 'float', 'base64'] as const) {
      const wanted = { model: 'vectors', input: texts, ...(format ? { encoding_format: format } : {}) };
      const { data, usage } = await openai.embeddings.create(wanted);
      expect(data.map(({ index }) => index)).toEqual([0, 1, 2]);
      for (const [index, { embedding }] of data.entries()) {
        const vector =
          typeof embedding === 'string'
            ? [...new Float32Array(Uint8Array.from(Buffer.from(embedding, 'base64')).buffer)]
            : embedding;
        for (const [place, value] of answers[index]!.entries()) expect(vector[place]).toBeCloseTo(value, 4);
      }
      expect(usage.prompt_tokens).toBeGreaterThan(texts.length);
    }
    const many = Array.from({ length: 40 }, (_, i) => texts[i % 3]!);
    const { data } = await openai.embeddings.create({ model: 'vectors', input: many });
    expect(data).toHaveLength(40);
    expect(data[39]!.embedding).toEqual(data[0]!.embedding);
    const one = await openai.embeddings.create({ model: 'vectors', input: texts[0]! });
    expect(one.data[0]!.embedding).toEqual(data[0]!.embedding);
  });

  test('vectors: what cannot be had is refused with what is wrong', async () => {
    await writePipelineModel('bert-vectors', join(models, 'vectors'));
    await writePipelineModel('bert-sentiment', join(models, 'mood'));
    for (const [what, body, message, status] of wrongEmbeddings) {
      const answer = await post('/embeddings', JSON.stringify({ model: 'vectors', input: 'a', ...body }));
      expect(JSON.parse(answer.body).error.message, what).toMatch(message);
      expect(answer.status, what).toBe(status);
    }
  });

  test('chats, streamed or not, in parts of text or whole', async () => {
    const chat = { model: 'tiny', messages, max_completion_tokens: 8, seed: 3 };
    const whole = await openai.chat.completions.create(chat);
    expect(whole.choices[0]!.message.role).toBe('assistant');
    const stream = await openai.chat.completions.create({ ...chat, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe(whole.choices[0]!.message.content);
    const inParts = [{ role: 'user' as const, content: [{ type: 'text' as const, text: messages[0]!.content }] }];
    const parts = await openai.chat.completions.create({ ...chat, messages: inParts });
    expect(parts.choices[0]!.message.content).toBe(text);
  });

  test('whoever goes away frees the model for the next', async () => {
    const stream = await openai.completions.create({ ...asked, max_tokens: 400, stream: true });
    for await (const _ of stream) break;
    stream.controller.abort();
    expect((await openai.completions.create(asked)).usage!.completion_tokens).toBe(12);
  });

  test('of a hundred requests at once from two clients each is answered or refused, none is lost', async () => {
    const second = new OpenAI({ baseURL: url, apiKey: token, maxRetries: 0 });
    const clients = [openai, second];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) => clients[i % 2]!.completions.create({ ...asked, seed: i })),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of refused) expect(reason).toBeInstanceOf(OpenAI.RateLimitError);
    expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(64);
    expect((await openai.completions.create(asked)).choices).toHaveLength(1);
  });
});

const wrongEmbeddings: [what: string, body: object, message: RegExp, status: number][] = [
  ['another model', { model: 'gpt-4o' }, /no encoder "gpt-4o"; it has "vectors"/, 404],
  ['the decoder', { model: 'tiny' }, /no encoder "tiny"/, 404],
  ['a model for something else', { model: 'mood' }, /no encoder "mood"/, 404],
  ['a name of the prototype', { model: '__proto__' }, /no encoder/, 404],
  ['no model', { model: undefined }, /model: the name/, 400],
  ['no text', { input: undefined }, /input/, 400],
  ['an empty text', { input: '' }, /input.*empty/, 400],
  ['an empty list', { input: [] }, /input: 1 to 2048/, 400],
  ['an empty text among others', { input: ['a', ''] }, /input.*empty/, 400],
  ['token ids', { input: [1, 2] }, /token ids are not read/, 400],
  ['lists of token ids', { input: [[1, 2]] }, /token ids are not read/, 400],
  ['null among texts', { input: ['a', null] }, /input/, 400],
  ['a list in a list', { input: [['a']] }, /input/, 400],
  ['a number', { input: 7 }, /input/, 400],
  ['an object', { input: { text: 'a' } }, /input/, 400],
  ['too many texts', { input: Array.from({ length: 2049 }, () => 'a') }, /1 to 2048/, 400],
  ['a text that is too long', { input: ['a', 'word '.repeat(200)] }, /reads 64 at a time/, 400],
  ['another format', { encoding_format: 'int8' }, /encoding_format/, 400],
  ['dimensions', { dimensions: 4 }, /dimensions.*does not have it/, 400],
  ['a name that nobody knows', { inputs: 'a' }, /inputs.*does not have it/, 400],
];

const wrong: [what: string, body: object, message: RegExp][] = [
  ['no prompt', { prompt: undefined }, /prompt/],
  ['no prompt in a list', { prompt: [] }, /prompt.*1 to 64/],
  ['too many prompts', { prompt: Array.from({ length: 65 }, () => 'a') }, /prompt.*1 to 64/],
  ['token ids', { prompt: [1, 2] }, /token ids are not read/],
  ['a list in a list', { prompt: [['a']] }, /prompt/],
  ['a prompt among others that is too long', { prompt: ['a', 'word '.repeat(2000)] }, /512 tokens in all/],
  ['a temperature out of range', { temperature: 3 }, /temperature must be a number from 0 to 2/],
  ['a string as a number', { top_p: '1' }, /top_p/],
  ['no tokens', { max_tokens: 0 }, /max_tokens/],
  ['half a token', { max_tokens: 1.5 }, /max_tokens/],
  ['more than fits', { max_tokens: 500 }, /512 tokens in all/],
  ['a long prompt', { prompt: 'word '.repeat(2000) }, /512 tokens in all/],
  ['a penalty that is not there', { presence_penalty: 1 }, /presence_penalty.*does not have it/],
  ['tools', { tools: [{}] }, /tools/],
  ['a name that nobody knows', { temprature: 1 }, /temprature.*does not know it/],
  ['stream as a word', { stream: 'yes' }, /stream/],
  ['many logprobs', { logprobs: 5 }, /logprobs/],
  ['stops that are no strings', { stop: [1] }, /stop/],
];

test('what is wrong is refused with a 400 that names it', async () => {
  for (const [what, body, message] of wrong) {
    const answer = await post('/completions', JSON.stringify({ ...asked, ...body }));
    expect(answer, what).toMatchObject({ status: 400 });
    expect(JSON.parse(answer.body).error.message, what).toMatch(message);
  }
});

describe('nothing answers', () => {
  const body = JSON.stringify(asked);
  test('without the token, to another host name, or to a page in a browser', async () => {
    const strangers: [what: string, headers: Record<string, string>, status: number][] = [
      ['no token', { authorization: '' }, 401],
      ['a wrong token', { authorization: `Bearer ${token}x` }, 401],
      ['half a token', { authorization: `Bearer ${token.slice(0, 10)}` }, 401],
      ['another host name', { host: 'evil.example' }, 403],
      ['a name that begins like a loopback one', { host: 'localhost.evil.example' }, 403],
      ['a page in a browser', { origin: 'http://localhost:3000' }, 403],
      ['a page without an origin of its own', { origin: 'null' }, 403],
    ];
    for (const [what, headers, status] of strangers) {
      expect(await post('/completions', body, headers), what).toMatchObject({ status });
    }
  });

  test('to what is no JSON, too long, at another address or by another method', async () => {
    expect(await post('/completions', '{"model"')).toMatchObject({ status: 400 });
    expect(await post('/completions', '[]')).toMatchObject({ status: 400 });
    expect(await post('/completions', `"${'a'.repeat(4_100_000)}"`)).toMatchObject({ status: 413 });
    expect(await post('/nothing', body)).toMatchObject({ status: 404, body: expect.stringContaining('/v1/models') });
    expect(await post('/toString', body)).toMatchObject({ status: 404 });
    expect(await post('/../v1/models', body)).toMatchObject({ status: 405 });
    expect((await openai.models.list()).data).toHaveLength(1);
  });
});

test('it ends with its input, and its processes with it', async () => {
  endInput();
  await expect.poll(() => isRunning(processId), { message: 'the server still runs' }).toBe(false);
});

test('a token that is too short and a port that is taken are failures in one line', async () => {
  const folder = await temporaryFolder();
  const model = await writeTinyModel(join(folder, 'tiny'));
  await writeFile(join(folder, 'short'), 'abc');
  const taken = new URL(url).port;
  for (const [options, message] of [
    [['--token-file', join(folder, 'short')], /fewer than 16 characters/],
    [['--token-file', join(folder, 'new'), '--port', taken], /another program uses it/],
  ] as const) {
    const child = startCli(['serve', '--model', model, ...options]);
    let stderr = '';
    child.stderr!.on('data', (chunk) => {
      stderr += chunk;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
});

/** A request as any program can make it, also with headers that clients set themselves. */
function post(
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
    const sent = httpRequest(`${url}${path}`, { method: 'POST', headers: all }, async (answer: IncomingMessage) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode!, body: text });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
