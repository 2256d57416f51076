// Models on OpenAI-compatible servers: our own, and servers that do everything wrong.
import { describe, expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { errorIn } from '../../src/client/serverAnswer.ts';
import { ServerEngine } from '../../src/client/serverEngine.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { Prompt } from '../../src/protocol/inference.ts';
import { runCli } from '../support/cliProcess.ts';
import { type Answer, event, events, fakeServer } from '../support/fakeServer.ts';
import { ownServer } from '../support/ownServer.ts';

const chat: Prompt = { kind: 'chat', messages: [{ role: 'user', content: 'The cat sat on the mat.' }] };
const asked = (prompt: Prompt = chat, maxNewTokens = 8) => ({
  slot: 'action' as const,
  prompt,
  options: { ...defaultGenerationOptions, maxNewTokens, temperature: 0 },
  ignoreEndOfText: false,
});

describe('inkling serve', () => {
  test('chats and completes, streamed, and stops when it is cancelled', async () => {
    const { url, key } = await ownServer();
    const engine = new ServerEngine({ url, key: async () => key, model: 'tiny', allowedHosts: [] });
    const partials: string[] = [];
    const answer = await engine.generate(asked(), CancellationToken.None, (text) => partials.push(text));
    if (answer.kind !== 'text') throw new Error(JSON.stringify(answer));
    expect(answer.sequences[0]!.finishReason).toBe('length');
    expect(partials.at(-1)).toBe(answer.sequences[0]!.text);
    const continued = await engine.generate(
      asked({ kind: 'continue', text: 'The world', heal: false }),
      CancellationToken.None,
    );
    expect(continued.kind).toBe('text');
    const source = new CancellationTokenSource();
    const running = engine.generate(asked(chat, 400), source.token, () => source.cancel());
    expect((await running).kind).toBe('cancelled');
    expect((await engine.generate(asked(), CancellationToken.None)).kind).toBe('text');
  });

  test.each<[string, { key?: string; model?: string }, RegExp]>([
    ['a wrong key', { key: 'wrong' }, /does not accept the key/],
    ['no key', { key: '' }, /does not accept the key/],
    ['a wrong model', { model: 'gpt-9' }, /no model “gpt-9”/],
  ])('%s is said', async (_, wrong, message) => {
    const { url, key, model } = { ...(await ownServer()), model: 'tiny', ...wrong };
    const engine = new ServerEngine({ url, model, key: async () => key, allowedHosts: [] });
    const answer = await engine.generate(asked(), CancellationToken.None);
    expect(answer).toMatchObject({
      kind: 'failed',
      error: { code: 'network', message: expect.stringMatching(message) },
    });
  });

  test('an action on the command line, by the model of a server', async () => {
    const { url, key } = await ownServer();
    const commandLine = ['act', 'continue', '--server', url, '--server-model', 'tiny', '--json'];
    const { exitCode, stdout } = await runCli(commandLine, 'The world and the word ', { INKLING_SERVER_KEY: key });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ action: 'continue' });
  });
});

test.each<[string[], number, RegExp]>([
  [['--server', 'http://127.0.0.1:1/v1'], 2, /--server-model/],
  [['--server-model', 'tiny'], 2, /belong to --server/],
  [['--server', 'http://192.0.2.1/v1', '--server-model', 'tiny'], 2, /192\.0\.2\.1 is not this machine/],
  [['--server', 'nowhere', '--server-model', 'tiny'], 2, /no address of a server/],
  [['--server', 'http://127.0.0.1:1/v1', '--server-model', 'tiny'], 1, /cannot be reached/],
])('act rewrite %j', async (options, exitCode, message) => {
  const result = await runCli(['act', 'rewrite', ...options], 'The cat sat on the mat and slept.');
  expect(result.stderr).toMatch(message);
  expect(result.exitCode).toBe(exitCode);
});

/** Stop strings, a text with or without one of them, and what is left of it. */
const stopped: readonly (readonly [stop: readonly string[], text: string, left: string])[] = [
  [['STOP'], 'Go on STOP here', 'Go on '],
  [['STOP'], 'Go on STO', 'Go on STO'],
  [['STOP'], 'STSTOP', 'ST'],
  [['\n\n'], 'one\n\ntwo', 'one'],
  [['\n\n'], 'one\ntwo\n', 'one\ntwo\n'],
  [['</s>', '<|end|>'], 'a < b</s>', 'a < b'],
  [['</s>', '<|end|>'], 'a <|en b <|end|>', 'a <|en b '],
  [['aab'], 'aaaab', 'aa'],
  [['abab'], 'aababab', 'a'],
  [['city', 'the'], 'in the city', 'in '],
  [['。'], '今天。明天', '今天'],
  [['😀😀'], 'a😀b😀😀', 'a😀b'],
];

/** The text in one event, in two at every place, and a character at a time. */
const waysToSend = (text: string): string[][] => [
  [text],
  ...Array.from({ length: text.length - 1 }, (_, i) => [text.slice(0, i + 1), text.slice(i + 1)]),
  text.split(''),
];

test.each(stopped)('stop strings %j in %j, over events that are split at every place', async (stop, text, left) => {
  const ways = waysToSend(text);
  let asks = 0;
  const engine = await badServer((response) => {
    events(response, ...ways[asks++]!.map((each) => piece(each)), piece('', 'stop'));
    response.end();
  });
  const request = { ...asked(), options: { ...asked().options, stop } };
  for (const way of ways) {
    const partials: string[] = [];
    const outcome = await engine.generate(request, CancellationToken.None, (partial) => partials.push(partial));
    expect(outcome, way.join('|')).toMatchObject({ kind: 'text', sequences: [{ text: left }] });
    // what was shown once never goes away again
    expect(
      partials.filter((partial) => !left.startsWith(partial)),
      way.join('|'),
    ).toEqual([]);
  }
});

const badServer = async (answer: Answer) =>
  new ServerEngine({ url: await fakeServer(answer), model: 'tiny', key: async () => 'k', allowedHosts: [] });

const piece = (content: string, finish: string | null = null, model = 'tiny') =>
  event({ model, choices: [{ index: 0, delta: { content }, finish_reason: finish }] });

describe('a server that does it wrong', () => {
  const servers: Record<string, [Answer, RegExp]> = {
    'sends a page': [
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>'),
      /no OpenAI-compatible server: it answers with text\/html/,
    ],
    'sends JSON at once': [
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      /answers with application\/json/,
    ],
    'sends no type': [(response) => response.writeHead(200).end('x'), /answers with nothing/],
    'sends half an event': [
      (response) => {
        events(response, piece('A'), 'data: {"choices":[{"del');
        response.end();
      },
      /ended its answer in the middle/,
    ],
    'hangs up': [
      (response) => {
        events(response, piece('A'));
        setImmediate(() => response.destroy());
      },
      /cannot be reached/,
    ],
    'sends nothing': [(response) => response.destroy(), /cannot be reached/],
    'ends before it begins': [
      (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(),
      /in the middle/,
    ],
    'sends a line of 10 MB': [
      (response) => events(response, `data: ${'x'.repeat(10_000_000)}`),
      /an event without an end/,
    ],
    'sends 10 MB of comments': [(response) => events(response, ': x\n'.repeat(2_500_000)), /an event without an end/],
    'never ends': [
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const more = () => {
          while (!response.destroyed && response.write(piece('x'.repeat(60_000))));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
      /does not stop writing/,
    ],
    'sends what is no JSON': [(response) => events(response, 'data: {oops\n\n'), /what is no JSON/],
    'answers by another model': [
      (response) => events(response, piece('A', null, 'other')),
      /the model “other” instead of “tiny”/,
    ],
    'fails in the middle': [
      (response) => events(response, piece('A'), event({ error: { message: 'out of memory.' } })),
      /The server failed: out of memory\./,
    ],
    'sends on to another address': [
      (response) => response.writeHead(302, { location: 'http://192.0.2.1/v1' }).end(),
      /sends on to another address/,
    ],
    'has too much to do': [
      (response) =>
        response.writeHead(429, { 'content-type': 'application/json' }).end('{"error":{"message":"slow down"}}'),
      /too much to do: slow down/,
    ],
    'breaks down': [(response) => response.writeHead(500).end('<h1>Oops</h1>'), /refuses the request \(500\)/],
    'has a message of 10 MB': [
      (response) => response.writeHead(400).end(`{"error":{"message":"${'x'.repeat(10_000_000)}"}}`),
      /refuses the request \(400\)/,
    ],
    'has an odd error': [(response) => response.writeHead(400).end('{"error":[1]}'), /refuses the request \(400\)\./],
  };
  test.each(Object.entries(servers))('%s: is told in one sentence', async (_, [answer, message]) => {
    const outcome = await (await badServer(answer)).generate(asked(), CancellationToken.None);
    if (outcome.kind !== 'failed') throw new Error(JSON.stringify(outcome));
    expect(outcome.error.message).toMatch(message);
    expect(outcome.error.message.length).toBeLessThan(500);
  });

  const odd: Record<string, [readonly string[], string]> = {
    'CRLF between events': [[piece('A').replaceAll('\n', '\r\n'), piece('B', 'stop').replaceAll('\n', '\r\n')], 'AB'],
    'comments and other fields': [[': ping\n\n', `event: x\nid: 1\n${piece('A')}`, 'data: [DONE]\n\n'], 'A'],
    'an event in pieces': [[...piece('A€', 'stop')], 'A€'],
    'chunks without choices': [[event({ choices: [] }), event({}), piece('A', 'stop'), event({ usage: {} })], 'A'],
    'null for content': [[event({ choices: [{ delta: { content: null } }] }), piece('A', 'stop')], 'A'],
    'no end mark but a finish': [[piece('A', 'stop')], 'A'],
    'what comes after the end': [[piece('A'), 'data: [DONE]\n\n', piece('B')], 'A'],
  };
  test.each(Object.entries(odd))('%s: is read as it is meant', async (_, [data, text]) => {
    const engine = await badServer((response) => {
      events(response, ...data);
      response.end();
    });
    const outcome = await engine.generate(asked(), CancellationToken.None);
    expect(outcome).toMatchObject({ kind: 'text', sequences: [{ text }] });
  });

  test.each<[stop: string[], data: string[], text: string]>([
    [['city'], ['time, ', 'the ', 'ci', 'ty', ' of'], 'time, the '],
    [['city', 'the'], ['time, the city'], 'time, '],
    [['a', 'b', 'c', 'd', 'e'], ['x', 'ye', 'z'], 'xy'], // the API takes four
    [['\n\n'], ['one\n', '\ntwo'], 'one'],
    [['none'], ['one', ' two'], 'one two'],
  ])('a server that writes beyond %j', async (stop, data, text) => {
    const engine = await badServer((response) => {
      events(response, ...data.map((each) => piece(each)), piece('', 'stop'));
      response.end();
    });
    const partials: string[] = [];
    const request = { ...asked(), options: { ...asked().options, stop } };
    const outcome = await engine.generate(request, CancellationToken.None, (partial) => partials.push(partial));
    expect(outcome).toMatchObject({ kind: 'text', sequences: [{ text, finishReason: 'stop' }] });
    expect(partials.every((partial) => !stop.some((one) => partial.includes(one)))).toBe(true);
  });

  test.each([
    ['{"detail":"Server is pinned to another model."}', 'Server is pinned to another model'],
    ['{"detail":[{"loc":["body"],"msg":"Field required","type":"missing"}]}', 'Field required'],
    ['{"error":"no"}', 'no'],
    ['{"error":{"message":"slow down."}}', 'slow down'],
    ['{"error":null,"detail":"why"}', 'why'],
    ['{"detail":[]}', undefined],
    ['{"detail":7}', undefined],
    ['[]', undefined],
    ['null', undefined],
    ['<h1>Oops</h1>', undefined],
  ])('of %s is told: %s', (said, told) => {
    expect(errorIn(said)).toBe(told);
  });

  test('gets the key, and what was asked for, once', async () => {
    const got: string[] = [];
    const engine = await badServer((response, request) => {
      got.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      events(response, piece('A', 'stop'));
      response.end();
    });
    await engine.generate(asked(), CancellationToken.None);
    await engine.generate(asked({ kind: 'continue', text: 'A', heal: false }), CancellationToken.None);
    expect(got).toEqual(['POST /v1/chat/completions Bearer k', 'POST /v1/completions Bearer k']);
  });

  const lists: Record<string, [body: string, contextTokens: number, parameters: number]> = {
    'as vLLM': ['{"data":[{"id":"tiny","max_model_len":32768}]}', 32_768, 7e9],
    'as llama.cpp': ['{"data":[{"id":"tiny","meta":{"n_ctx":2048,"n_params":630167424}}]}', 2048, 630_167_424],
    'by its file': ['{"data":[{"id":"/models/tiny","meta":{"n_ctx":2048}}]}', 2048, 7e9],
    'another model': ['{"data":[{"id":"other","max_model_len":32768}]}', 8192, 7e9],
    'nothing of the kind': ['{"data":[{"id":"tiny"}]}', 8192, 7e9],
    'no list': ['{"data":{"id":"tiny"}}', 8192, 7e9],
    'numbers that are none': ['{"data":[{"id":"tiny","max_model_len":"many","meta":{"n_params":-1}}]}', 8192, 7e9],
    'a page': ['<html>', 8192, 7e9],
    nothing: ['', 8192, 7e9],
    null: ['null', 8192, 7e9],
  };
  test.each(Object.entries(lists))('lists its models: %s', async (_, [body, contextTokens, parameters]) => {
    const engine = await badServer((response) => response.writeHead(200).end(body));
    expect(await engine.load()).toMatchObject({ contextTokens, parameters });
  });

  test.each([
    ['Qwen2.5-Coder-0.5B-Instruct', 0.5e9],
    ['granite-4.0-350m-base', 350e6],
    ['meta-llama/Llama-3.2-1B', 1e9],
    ['gemma3:270m', 270e6],
    ['gpt-4o', 7e9],
    ['m2m100', 7e9],
    ['mixtral', 7e9],
  ])('the name %s says how large it is', (model, parameters) => {
    const engine = new ServerEngine({ url: 'http://127.0.0.1:1/v1', model, allowedHosts: [] });
    expect(engine.knownParameters()).toBe(parameters);
  });

  test('what a person says of its context holds', async () => {
    const url = await fakeServer((response) => response.end('{"data":[{"id":"tiny","max_model_len":32768}]}'));
    const engine = new ServerEngine({ url, model: 'tiny', allowedHosts: [], contextTokens: 1000 });
    expect(await engine.load()).toMatchObject({ contextTokens: 1000 });
  });

  test('is hung up on when it is cancelled', async () => {
    const source = new CancellationTokenSource();
    let closed: () => void;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const engine = await badServer((response) => {
      response.once('close', () => closed());
      events(response, piece('A'));
    });
    const running = engine.generate(asked(), source.token, () => source.cancel());
    expect((await running).kind).toBe('cancelled');
    await isClosed;
  });
});
