// What goes over the wire, as HTTP and OpenAI's reference have it: by hand, and by OpenAI's own client.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { beforeAll, describe, expect, test } from 'vitest';
import { distFolder } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

let server: ChildProcess;
let url: string;
let token: string;
let openai: OpenAI;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-test-'));
  const model = await writeTinyModel(join(folder, 'tiny'));
  const tokenFile = join(folder, 'token');
  const commandLine = ['serve', '--model', model, '--token-file', tokenFile, '--with-parent', '--json'];
  server = spawn(process.execPath, [join(distFolder, 'cli.js'), ...commandLine], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout!, 'data');
  url = JSON.parse(String(line)).url;
  token = (await readFile(tokenFile, 'utf8')).trim();
  openai = new OpenAI({ baseURL: url, apiKey: token, maxRetries: 0 });
  return async () => {
    server.stdin!.end();
    await once(server, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
});

const asked = { model: 'tiny', prompt: 'The world and the word', max_tokens: 12, seed: 7 } as const;

/** Lines as they go over the wire, and the head and body of what comes back before the connection ends. */
function spoken(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(lines.join('\r\n')));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(text));
  });
}

describe('as HTTP has it', () => {
  const close = 'Connection: close';
  const bearer = (scheme = 'Bearer') => `Authorization: ${scheme} ${token}`;
  const head = (line: string, ...more: string[]) => [line, 'Host: 127.0.0.1', ...more, '', ''];

  test.each<[what: string, lines: () => string[], answer: RegExp]>([
    ['a scheme in small letters', () => head('GET /v1/models HTTP/1.1', bearer('bearer'), close), /^HTTP\/1\.1 200 /u],
    ['a scheme in capitals', () => head('GET /v1/models HTTP/1.1', bearer('BEARER'), close), /^HTTP\/1\.1 200 /u],
    ['another scheme', () => head('GET /v1/models HTTP/1.1', bearer('Basic'), close), /^HTTP\/1\.1 401 /u],
    ['HTTP 1.0', () => head('GET /v1/models HTTP/1.0', bearer()), /^HTTP\/1\.1 200 [\s\S]*"tiny"/u],
    ['a whole address', () => head('GET http://localhost/v1/models HTTP/1.1', bearer(), close), /^HTTP\/1\.1 200 /u],
    ['a query', () => head('GET /v1/models?limit=2 HTTP/1.1', bearer(), close), /^HTTP\/1\.1 200 /u],
    ['two slashes', () => head('GET // HTTP/1.1', bearer(), close), /^HTTP\/1\.1 404 /u],
    ['a target that is no address', () => head('GET http://[ HTTP/1.1', bearer(), close), /^HTTP\/1\.1 40[04] /u],
    ['no address', () => head('OPTIONS * HTTP/1.1', bearer(), close), /^HTTP\/1\.1 404 /u],
    [
      'another method',
      () => head('DELETE /v1/models HTTP/1.1', bearer(), close),
      /^HTTP\/1\.1 405 [\s\S]*\nAllow: GET\r/u,
    ],
    [
      'GET for POST',
      () => head('GET /v1/completions HTTP/1.1', bearer(), close),
      /^HTTP\/1\.1 405 [\s\S]*\nAllow: POST\r/u,
    ],
    ['no HTTP', () => ['nonsense', '', ''], /^HTTP\/1\.1 400 /u],
    ['a head without end', () => head('GET /v1/models HTTP/1.1', `X: ${'x'.repeat(20_000)}`), /^HTTP\/1\.1 431 /u],
  ])('%s', async (_, lines, answer) => {
    expect(await spoken(lines())).toMatch(answer);
  });

  test('a body in chunks, after the server said that it may come', async () => {
    const body = JSON.stringify(asked);
    const chunks = [`${body.length.toString(16)}`, body, '0', '', ''];
    const lines = head(
      'POST /v1/completions HTTP/1.1',
      bearer(),
      'Transfer-Encoding: chunked',
      'Expect: 100-continue',
      close,
    );
    expect(await spoken([...lines.slice(0, -1), ...chunks])).toMatch(
      /^HTTP\/1\.1 100 [\s\S]*HTTP\/1\.1 200 [\s\S]*"choices"/u,
    );
  });

  test('a body that breaks off, and a length that is a lie, cost nobody else an answer', async () => {
    const lines = head('POST /v1/completions HTTP/1.1', bearer(), 'Content-Length: 1000');
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(`${lines.join('\r\n')}{"model"`));
    await once(socket, 'connect');
    socket.destroy();
    expect((await openai.completions.create(asked)).choices).toHaveLength(1);
  });
});

test('seeds of 64 bits and with a sign are seeds', async () => {
  const texts = new Set<string>();
  for (const seed of [-5, 2 ** 40 + 3, Number.MAX_SAFE_INTEGER, 0]) {
    const [one, other] = await Promise.all(
      [seed, seed].map((each) => openai.completions.create({ ...asked, seed: each })),
    );
    expect(one!.choices[0]!.text).toBe(other!.choices[0]!.text);
    texts.add(one!.choices[0]!.text);
  }
  expect(texts.size).toBe(4);
});

test('where the counts of tokens are asked for, every other event says that it has none', async () => {
  const stream = await openai.completions.create({ ...asked, stream: true, stream_options: { include_usage: true } });
  const usages = [];
  for await (const { usage } of stream) usages.push(usage);
  expect(usages.pop()).toMatchObject({ completion_tokens: 12 });
  expect(new Set(usages)).toEqual(new Set([null]));
});

describe('several prompts in one request', () => {
  const prompts = ['The world and the word', 'A cat sat on', 'The sea'];

  test('are answered as each alone, in their order, and counted together', async () => {
    const alone: OpenAI.Completion[] = [];
    for (const prompt of prompts) alone.push(await openai.completions.create({ ...asked, prompt }));
    const { choices, usage } = await openai.completions.create({ ...asked, prompt: prompts });
    expect(choices.map(({ text }) => text)).toEqual(alone.map((each) => each.choices[0]!.text));
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    const sum = (name: 'prompt_tokens' | 'completion_tokens') =>
      alone.reduce((total, each) => total + each.usage![name], 0);
    expect(usage).toMatchObject({
      prompt_tokens: sum('prompt_tokens'),
      completion_tokens: sum('completion_tokens'),
    });
  });

  test.each([{ n: 1 }, { n: 2 }, { n: 1, logprobs: 1 }])('streamed they are the same: %o', async (more) => {
    const many = { ...asked, ...more, prompt: prompts };
    const whole = await openai.completions.create(many);
    const texts = whole.choices.map(() => '');
    const ends = whole.choices.map(() => 0);
    for await (const { choices } of await openai.completions.create({ ...many, stream: true })) {
      const { index, text, finish_reason: end } = choices[0]!;
      texts[index] += text;
      if (end) ends[index]!++;
    }
    expect(texts).toEqual(whole.choices.map(({ text }) => text));
    expect(ends).toEqual(whole.choices.map(() => 1));
  });
});
