// Hubs, and networks before them, that misbehave: each ends with the right bytes or with one clear sentence, and nothing
// wrong is kept.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HubConnection, type HubWaits } from '../../src/store/hub/hubConnection.ts';
import { readRepository } from '../../src/store/hub/repository.ts';
import { fakeServer } from '../support/fakeServer.ts';
import { oneFile } from '../support/fetchedFile.ts';
import { fetchedModel } from '../support/fetchedModel.ts';
import { etagOf, type HubFault, ModelHub, type ModelHubOptions, status, tinyFiles } from '../support/modelHub.ts';

type Answer = HubFault['answer'];

/** Bytes on the wire, as they are. */
const raw =
  (...parts: readonly (string | Buffer)[]) =>
  (response: ServerResponse) => {
    for (const part of parts) response.socket!.write(part);
    response.socket!.end();
  };
const redirect = (location: string) => (response: ServerResponse) => status(response, 302, { location });
const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 100000\n';
const page = '<!doctype html><title>Welcome to the hotel</title>';
const short: Partial<HubWaits> = { headers: 300, body: 300, json: 600 };

describe('a file comes in spite of', () => {
  test.each<[what: string, answer: Answer]>([
    ['a head that is cut off', raw('HTTP/1.1 200 O')],
    ['a head without an end', raw('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n')],
    ['what is no HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n')],
    ['a head of 100 kB', raw(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`)],
    ['chunks of a wrong length', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n')],
    ['chunks that end early', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n')],
    ['two lengths that contradict', raw('HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 5\r\n\r\nabc')],
    ['an answer that says it has nothing', (response) => status(response, 204)],
    ['an answer that says nothing has changed', (response) => status(response, 304)],
    ['a redirect to nowhere', (response) => status(response, 302)],
    ['500, 502 and 503', (response) => status(response, 500 + Math.round(Math.random() * 3))],
    [
      'a pause as a date',
      (response) => status(response, 503, { 'retry-after': new Date(Date.now() - 5000).toUTCString() }),
    ],
    ['a pause that is no time', (response) => status(response, 429, { 'retry-after': 'soon' })],
    ['a part without its place', (response, content) => response.writeHead(206).end(content.subarray(7))],
    [
      'parts in pieces',
      (response) => response.writeHead(206, { 'content-type': 'multipart/byteranges; boundary=x' }).end('--x--'),
    ],
    [
      'the part of a longer file',
      (response, content) =>
        response.writeHead(206, { 'content-range': 'bytes 0-9/999999' }).end(content.subarray(0, 10)),
    ],
    ['416 at its beginning', (response) => status(response, 416, { 'content-range': 'bytes */0' })],
    ['silence', () => undefined],
    [
      'a byte, and silence',
      (response, content) => void response.writeHead(200, { 'content-length': content.length }).write('x'),
    ],
  ])('%s', async (_, answer) => {
    const { content, target, fetchIt } = await oneFile([{ times: 2, answer }], 100_000, short);
    await fetchIt();
    expect((await readFile(target)).equals(content)).toBe(true);
  });

  test('another file under the rest of it, from a hub that knows no If-Range', async () => {
    const cut: Answer = (response, content) => {
      response.writeHead(200, { 'content-length': content.length, etag: '"old"' });
      response.write(Buffer.alloc(50_000, 1), () => response.destroy());
    };
    const mixed: Answer = (response, content) =>
      response
        .writeHead(206, { 'content-range': `bytes 50000-99999/${content.length}`, etag: etagOf(content) })
        .end(content.subarray(50_000));
    const { content, target, fetchIt, hub } = await oneFile([
      { times: 1, answer: cut },
      { times: 1, answer: mixed },
    ]);
    await fetchIt();
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(hub.requests.slice(1).map((line) => line.includes('bytes='))).toEqual([false, true, false]);
  });

  test('416 where all of it is here already', async () => {
    const { content, target, fetchIt, hub } = await oneFile([{ answer: (response) => status(response, 416) }]);
    await writeFile(`${target}.part`, content);
    await fetchIt();
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(hub.requests).toHaveLength(1); // only what the hub says of it
  });

  test('what an earlier download left that is longer than the file', async () => {
    const { content, target, fetchIt } = await oneFile();
    await writeFile(`${target}.part`, Buffer.alloc(200_000));
    await fetchIt();
    expect((await readFile(target)).equals(content)).toBe(true);
  });
});

describe('a file is refused in one sentence:', () => {
  test.each<[what: string, answer: Answer, message: RegExp, tries: number]>([
    [
      'led to a file of this machine',
      redirect('file:///etc/passwd'),
      /leads to what is no web address: file:\/\/\/etc\/passwd/,
      1,
    ],
    ['led to data', redirect('data:text/plain,hello'), /no web address/, 1],
    ['led to another protocol', redirect('ftp://127.0.0.1/x'), /no web address/, 1],
    ['led to no address', redirect('http://[::1'), /no web address/, 1],
    [
      'packed as it was not asked for',
      (response, content) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(content)),
      /packs what it sends \(gzip\)/,
      1,
    ],
    [
      'a bomb',
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
      /packs what it sends/,
      1,
    ],
    [
      'a log-in page in its place',
      (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page),
      /A web page came instead of model\.safetensors\. Does this network/,
      1,
    ],
    ['a pointer in its place', (response) => response.end(pointer), /has only a pointer to model\.safetensors/, 1],
    [
      'asked too often, for an hour',
      (response) => status(response, 429, { 'retry-after': '3600' }),
      /too often: try again in 60 minutes/,
      1,
    ],
    [
      'out of order until a date',
      (response) => status(response, 503, { 'retry-after': new Date(Date.now() + 7_180_000).toUTCString() }),
      /out of order: try again in 1\d\d minutes/,
      1,
    ],
    ['not for this country', (response) => status(response, 451), /status 451/, 1],
    ['gone', (response) => status(response, 410), /status 410/, 1],
    [
      'without an end',
      (response, content) => void response.write(Buffer.concat([content, content])),
      /more of model\.safetensors than the 100000 bytes/,
      1,
    ],
    ['never a head', raw('HTTP/1.1 200 O'), /breaks off the connection/, 6],
    ['never HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n'), /no answer that can be read/, 6],
  ])('%s', async (_, answer, message, tries) => {
    const { hub, fetchIt, folder } = await oneFile([{ answer }], 100_000, short);
    await expect(fetchIt()).rejects.toThrow(message);
    expect(hub.requests.length - 1).toBe(tries);
    expect((await readdir(folder)).includes('model.safetensors')).toBe(false);
  });

  test('from an encrypted hub to an open address', async () => {
    const { hub } = await oneFile();
    const connection = new HubConnection({ endpoint: hub.endpoint.replace('http:', 'https:'), waits: { again: 1 } });
    onTestFinished(() => connection.close());
    await expect(connection.json('/api/models', 'tiny', signal)).rejects.toThrow(/does not speak https/);
  });
});

const { signal } = new AbortController();

const downloaded = async (options: Partial<ModelHubOptions>, revision = 'main') =>
  fetchedModel({ files: await tinyFiles(), ...options }, { revision });

type Description = Record<string, unknown> & { siblings: Record<string, unknown>[] };
const described = (change: (all: Description) => unknown) => ({
  describe: (all: Record<string, unknown>) => change(all as Description),
});
const withFile = (...more: Record<string, unknown>[]) =>
  described((all) => ({ ...all, siblings: [...all.siblings, ...more] }));
const sha256 = 'a'.repeat(64);

describe('a repository', () => {
  test.each<[what: string, options: Partial<ModelHubOptions>, revision: string, message: RegExp]>([
    [
      'of another commit than the one that was asked for',
      {},
      'd'.repeat(40),
      /asked for the commit d+ of someone\/tiny and answered with another/,
    ],
    [
      'that has a file twice',
      withFile({ rfilename: 'config.json', size: 9 }),
      'main',
      /describes config\.json of someone\/tiny twice/,
    ],
  ])('%s is refused', async (_, options, revision, message) => {
    const { folder, download } = await downloaded(options, revision);
    await expect(download).rejects.toThrow(message);
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  test.each([
    '../config.json',
    'a/../config.json',
    '/etc/model.gguf',
    'C:model.gguf',
    'c:\\model.gguf',
    'a\\b.gguf',
    'model.gguf.',
    'model.gguf ',
    ' model.gguf',
    'a./model.gguf',
    'CON',
    'nul.gguf',
    'com1/model.gguf',
    'a%2Fb.gguf',
    'a%2e%2e/b.gguf',
    'a//b.gguf',
    './model.gguf',
    'model.gguf\0',
    'mod\u202Eel.gguf',
    'a\u2215b.gguf',
    'x'.repeat(300),
    '.hidden/model.gguf',
    'model?.gguf',
    '*.gguf',
    'a|b.gguf',
    '',
  ])('with a file named %j is read without it', async (rfilename) => {
    const hub = await ModelHub.open({
      files: await tinyFiles(),
      ...withFile({ rfilename, size: 5, lfs: { size: 5, sha256 } }),
    });
    const connection = new HubConnection({ endpoint: hub.endpoint });
    onTestFinished(() => connection.close());
    const { files } = await readRepository(connection, { id: 'someone/tiny', revision: 'main' }, signal);
    expect(files.map(({ path }) => path).sort()).toEqual(Object.keys(await tinyFiles()).sort());
  });

  test.each(['模型-Q4_K_M.gguf', 'Modèle (final) [v2].gguf', 'a b+c=d@e,f~g.gguf', 'q4/model.gguf'])(
    'with a file named %j has it',
    async (rfilename) => {
      const hub = await ModelHub.open({
        files: {},
        ...withFile({ rfilename, size: 5, lfs: { size: 5, sha256: sha256.toUpperCase() } }),
      });
      const connection = new HubConnection({ endpoint: hub.endpoint });
      onTestFinished(() => connection.close());
      const { files } = await readRepository(connection, { id: 'someone/tiny', revision: 'main' }, signal);
      expect(files).toEqual([{ path: rfilename, sizeBytes: 5, sha256 }]);
    },
  );

  test('of which two files would be one on many disks is refused', async () => {
    const parts = ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf', 'm-00002-of-00002.GGUF'];
    const siblings = parts.map((rfilename) => ({ rfilename, size: 5 }));
    const { folder, download } = await downloaded(described((all) => ({ ...all, siblings })));
    await expect(download).rejects.toThrow(/Of the 2 parts of m 3 are there/);
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });
});

describe('what a hub says of a model', () => {
  const asked = (endpoint: string) => {
    const connection = new HubConnection({ endpoint, waits: { again: 1, ...short } });
    onTestFinished(() => connection.close());
    return connection.json('/api/models', 'tiny', signal);
  };

  test('comes after two answers that are out of order', async () => {
    let count = 0;
    const endpoint = await fakeServer((response) => (count++ < 2 ? status(response, 503) : response.end('{"id": 1}')));
    expect(await asked(endpoint)).toEqual({ id: 1 });
  });

  test.each<[what: string, answer: (response: ServerResponse) => void, message: RegExp]>([
    [
      'is cut off',
      (response) => response.writeHead(200, { 'content-length': 99 }).write('{"id"', () => response.destroy()),
      /broke off its answer/,
    ],
    [
      'is a log-in page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page),
      /A web page came instead/,
    ],
    ['is empty', (response) => response.end(), /not JSON/],
    ['is nested without end', (response) => response.end('['.repeat(1_000_000)), /not JSON/],
    ['comes byte by byte', (response) => drip(response), /does not end/],
    ['does not end', (response) => flood(response), /does not end/],
    [
      'is packed',
      (response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
      /packs what it sends \(br\)/,
    ],
    ['leads round and round', redirect('/api/models'), /redirected without end/],
    ['leads to a file', redirect('file:///etc/hostname'), /no web address/],
    ['is always out of order', (response) => status(response, 502), /out of order: try again later/],
    ['waits for ever', () => undefined, /does not answer|does not end/],
  ])('%s: one sentence', async (_, answer, message) => {
    await expect(asked(await fakeServer(answer))).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(message),
    });
  });

  test('comes from an address of the sixth version', async ({ skip }) => {
    const endpoint = await fakeServer((response) => response.end('[]'), '::1').catch(() => undefined);
    if (endpoint === undefined) return skip(); // this machine has none
    expect(await asked(endpoint)).toEqual([]);
  });
});

function drip(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

function flood(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(1 << 20, 32)));
  };
  response.writeHead(200).on('drain', more);
  more();
}
