// Models on OpenAI-compatible servers: our own, and servers that do everything wrong.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { ServerEngine } from '../../src/client/serverEngine.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { Prompt } from '../../src/protocol/inference.ts';
import { runCli, startCli } from '../support/cliProcess.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

const chat: Prompt = { kind: 'chat', messages: [{ role: 'user', content: 'The cat sat on the mat.' }] };
const asked = (prompt: Prompt = chat, maxNewTokens = 8) => ({
  slot: 'action' as const,
  prompt,
  options: { ...defaultGenerationOptions, maxNewTokens, temperature: 0 },
  ignoreEndOfText: false,
});

async function ownServer(): Promise<{ url: string; key: string }> {
  const folder = await temporaryFolder();
  const model = await writeTinyModel(join(folder, 'tiny'));
  const tokenFile = join(folder, 'token');
  const child = startCli(['serve', '--model', model, '--token-file', tokenFile, '--with-parent', '--json'], null);
  const [line] = await new Promise<[Buffer]>((resolve) =>
    child.stdout!.once('data', (data: Buffer) => resolve([data])),
  );
  const { url } = JSON.parse(line.toString()) as { url: string };
  return { url, key: (await readFile(tokenFile, 'utf8')).trim() };
}

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

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

async function badServer(answer: Answer): Promise<ServerEngine> {
  const server = createServer((request, response) => answer(response, request));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return new ServerEngine({
    url: `http://127.0.0.1:${port}/v1`,
    model: 'tiny',
    key: async () => 'k',
    allowedHosts: [],
  });
}

const events = (response: ServerResponse, ...data: readonly string[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const each of data) response.write(each);
};
const event = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
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
