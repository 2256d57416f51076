// Models from a hub: a real HTTP server on a loopback address, which cuts, lies, corrupts, redirects, throttles and refuses.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DownloadStage } from '../../src/protocol/store.ts';
import { downloadModel } from '../../src/store/hub/downloadModel.ts';
import { fetchFile } from '../../src/store/hub/fetchFile.ts';
import { HubConnection } from '../../src/store/hub/hubConnection.ts';
import { runCli } from '../support/cliProcess.ts';
import { oneFile } from '../support/fetchedFile.ts';
import { watch } from '../support/fetchedModel.ts';
import { commit, cutAfter, etagOf, ModelHub, status, tinyFiles } from '../support/modelHub.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

describe('a file', () => {
  test('comes whole at once', async () => {
    const { content, target, fetchIt, hub } = await oneFile([]);
    await fetchIt();
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(hub.requests).toHaveLength(2);
    await fetchIt(); // it is there: nothing is asked for
    expect(hub.requests).toHaveLength(2);
  });

  test('cut at twenty places it has the right bytes, and hardly any came twice', async () => {
    const size = 400_000;
    const content = randomBytes(size);
    let cuts = 20;
    const hub = await ModelHub.open({
      files: { 'model.safetensors': content },
      faults: [
        {
          times: 20,
          answer: (response, whole, request) => {
            const from = Number(/\d+/u.exec(request.headers.range ?? '0')![0]);
            const to = Math.min(size - 1, from + Math.floor((size - from) / (cuts-- + 1)) + 1);
            response.writeHead(from > 0 ? 206 : 200, {
              'content-length': size - from,
              'content-range': `bytes ${from}-${size - 1}/${size}`,
              etag: etagOf(whole),
            });
            hub.sentBytes += to - from;
            response.write(whole.subarray(from, to), () => response.destroy());
          },
        },
      ],
    });
    const folder = await temporaryFolder();
    const target = join(folder, 'file');
    const connection = new HubConnection({ endpoint: hub.endpoint, waits: { again: 1 } });
    onTestFinished(() => connection.close());
    const urlPath = `/someone/tiny/resolve/${commit}/model.safetensors`;
    await fetchFile(
      connection,
      { file: { path: 'file', sizeBytes: size }, urlPath, target },
      { signal: watch.signal, onBytes: () => undefined },
    );
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(hub.requests.length).toBeGreaterThan(20);
    expect(hub.sentBytes).toBeLessThan(size * 1.5); // what was on its way when the connection broke is lost
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('goes on in another run where it was stopped', async () => {
    const { content, target, fetchIt, hub } = await oneFile([{ times: 7, answer: cutAfter(60_000) }]);
    const stop = new AbortController();
    const stopped = fetchIt(stop.signal);
    await expect.poll(() => hub.requests.length, { message: 'the file was not asked for' }).toBeGreaterThan(1);
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    await fetchIt();
    expect((await readFile(target)).equals(content)).toBe(true);
  });

  test.each<[what: string, answer: (response: ServerResponse, content: Buffer) => void]>([
    ['a server that is out of order', (response) => status(response, 503)],
    ['one that is asked too often', (response) => status(response, 429, { 'retry-after': '0' })],
    ['one that breaks off at once', (response) => response.destroy()],
    [
      'a part of another place',
      (response, content) => {
        response.writeHead(206, { 'content-range': `bytes 5-9/${content.length}` }).end(content.subarray(5, 10));
      },
    ],
    ['a range that cannot be', (response) => status(response, 416)],
    ['less than was promised', (response, content) => response.end(content.subarray(0, 10))],
  ])('comes in spite of %s, if that ends', async (_, answer) => {
    const { content, target, fetchIt } = await oneFile([{ times: 3, answer }]);
    await fetchIt();
    expect((await readFile(target)).equals(content)).toBe(true);
  });

  test('that changed under a resumed download comes anew', async () => {
    const { content, target, fetchIt, hub } = await oneFile([{ times: 1, answer: cutAfter(50_000) }]);
    await fetchIt(); // the first answer's name of the content was "one", the hub's own is another
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(hub.requests.at(-1)).toContain('bytes=');
  });

  test.each<[what: string, answer: (response: ServerResponse, content: Buffer) => void, code: string, message: RegExp]>(
    [
      [
        'with a flipped byte',
        (response, content) => {
          const wrong = Buffer.from(content);
          wrong[70_000]! ^= 1;
          response.end(wrong);
        },
        'modelBroken',
        /checksum/,
      ],
      [
        'that is longer than it should be',
        (response, content) => {
          response.end(Buffer.concat([content, content]));
        },
        'modelBroken',
        /more of model\.safetensors than/,
      ],
      ['that never ends to be out of order', (response) => status(response, 500), 'network', /out of order/],
      ['that needs a token', (response) => status(response, 401), 'network', /token/],
      ['that is not open', (response) => status(response, 403), 'network', /not open to everybody/],
      ['that is not there', (response) => status(response, 404), 'network', /does not have it/],
      [
        'that is redirected without end',
        (response) =>
          status(response, 302, {
            location: `/someone/tiny/resolve/${commit}/model.safetensors`,
          }),
        'network',
        /without end/,
      ],
      [
        'that leads nowhere',
        (response) => status(response, 302, { location: 'http://127.0.0.1:9/x' }),
        'network',
        /nothing answers there/,
      ],
    ],
  )('%s is a named error, and nothing wrong stays', async (_, answer, code, message) => {
    const { fetchIt, folder } = await oneFile([{ answer }]);
    await expect(fetchIt()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect((await readdir(folder)).filter((name) => name === 'model.safetensors')).toEqual([]);
  });
});

test('the token goes to the hub itself, and to no host that it leads to', async () => {
  const content = randomBytes(1000);
  const seen: (string | undefined)[] = [];
  const elsewhere = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.end(content);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void elsewhere.close());
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/file`;
  const hub = await ModelHub.open({
    files: { file: content },
    token: 'hf_secret',
    faults: [{ answer: (response) => status(response, 302, { location }) }],
  });
  const connection = new HubConnection({ endpoint: hub.endpoint, token: 'hf_secret', waits: { again: 1 } });
  onTestFinished(() => connection.close());
  const target = join(await temporaryFolder(), 'file');
  const urlPath = `/someone/tiny/resolve/${commit}/file`;
  await fetchFile(
    connection,
    { file: { path: 'file', sizeBytes: 1000 }, urlPath, target },
    { signal: watch.signal, onBytes: () => undefined },
  );
  expect((await readFile(target)).equals(content)).toBe(true);
  expect(seen).toEqual([undefined]);
});

const request = (hub: ModelHub, folder: string) => ({
  id: 'someone/tiny',
  revision: 'main',
  folder,
  endpoint: hub.endpoint,
  resume: false,
});

describe('a model', () => {
  test('is there under its name, with its source and checksums, and nothing else is left', async () => {
    const files = await tinyFiles();
    const hub = await ModelHub.open({
      files: { ...files, 'pytorch_model.bin': randomBytes(10), 'run.py': randomBytes(9) },
    });
    const folder = await temporaryFolder();
    const progress: Record<DownloadStage, number[]> = { fetch: [], convert: [] };
    const totals: Record<DownloadStage, number> = { fetch: 0, convert: 0 };
    const details = await downloadModel(request(hub, folder), {
      ...watch,
      onProgress: (done, total, stage) => {
        progress[stage].push(done);
        totals[stage] = total;
      },
    });
    expect(details).toMatchObject({ name: 'tiny', licence: 'apache-2.0', architecture: 'LlamaForCausalLM' });
    expect(details.source).toMatch(/^someone\/tiny@c0ffee/);
    expect(await readdir(join(folder, 'tiny'))).toEqual(
      expect.arrayContaining(['config.json', 'inkling.json', 'model.safetensors', 'tokenizer.json']),
    );
    expect(details.weightFormat).toContain('8');
    expect(progress.fetch.at(-1)).toBe(Object.values(files).reduce((sum, { length }) => sum + length, 0));
    expect([progress.convert.at(-1), totals.convert > 0]).toEqual([totals.convert, true]);
    expect(hub.requests.some((line) => /pytorch|run\.py/u.test(line))).toBe(false);
    expect(await readdir(join(folder, '.downloads'))).toEqual([]);
  });

  test('that cannot be run is refused before its weights are fetched', async () => {
    const files = await tinyFiles();
    const config = { ...JSON.parse(files['config.json']!.toString()), architectures: ['NobodyForCausalLM'] };
    const hub = await ModelHub.open({ files: { ...files, 'config.json': Buffer.from(JSON.stringify(config)) } });
    const folder = await temporaryFolder();
    await expect(downloadModel(request(hub, folder), watch)).rejects.toMatchObject({ code: 'modelUnsupported' });
    expect(hub.requests.some((line) => line.includes('safetensors'))).toBe(false);
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  test('goes on where an earlier download was stopped, if that is asked for', async () => {
    const files = await tinyFiles();
    const size = files['model.safetensors']!.length;
    const broken = { path: /safetensors/u, times: 8, answer: (response: ServerResponse) => status(response, 500) };
    const hub = await ModelHub.open({
      files,
      faults: [
        {
          path: /safetensors/u,
          times: 1,
          answer: (response, content) => cutAfter(content.length / 2)(response, content),
        },
        broken,
      ],
    });
    const folder = await temporaryFolder();
    await expect(downloadModel(request(hub, folder), watch)).rejects.toMatchObject({ code: 'network' });
    const before = hub.sentBytes;
    await downloadModel({ ...request(hub, folder), resume: true }, watch);
    expect(hub.sentBytes - before).toBeLessThanOrEqual(size);
    expect(hub.requests.filter((line) => line.includes('/config.json')).length).toBe(1); // it was there
    expect(await readdir(folder)).toContain('tiny');
  });

  test.each<[what: string, describe: (description: Record<string, unknown>) => unknown, message: RegExp]>([
    ['a page instead of JSON about a model', () => '<html>', /not one about a model/],
    ['a list', () => [], /not one about a model/],
    ['no commit', (all) => ({ ...all, sha: undefined }), /not one about a model/],
    ['a commit that is a path', (all) => ({ ...all, sha: '../../x' }), /not one about a model/],
    ['no files', (all) => ({ ...all, siblings: [] }), /no weights that can be used/],
    ['closed to most', (all) => ({ ...all, siblings: [], gated: 'manual' }), /not open to everybody/],
    [
      'files that would lie elsewhere',
      (all) => ({ ...all, siblings: [{ rfilename: '../model.gguf', size: 1 }] }),
      /no weights/,
    ],
    ['files without a size', (all) => ({ ...all, siblings: [{ rfilename: 'model.gguf' }] }), /no weights/],
    [
      'only pickles',
      (all) => ({ ...all, siblings: [{ rfilename: 'pytorch_model.bin', size: 9 }] }),
      /no weights.*pytorch_model\.bin/,
    ],
    [
      'more than there is disk for',
      (all) => ({ ...all, siblings: [{ rfilename: 'a.gguf', size: 1e15 }] }),
      /GB of disk/,
    ],
  ])('a repository with %s is a named error', async (_, describeIt, message) => {
    const hub = await ModelHub.open({ files: await tinyFiles(), describe: describeIt });
    await expect(downloadModel(request(hub, await temporaryFolder()), watch)).rejects.toThrow(message);
  });

  test('of a name that is taken, or an id that is none, is refused before anything is asked', async () => {
    const hub = await ModelHub.open({ files: await tinyFiles() });
    const folder = await temporaryFolder();
    for (const id of ['tiny', '../x', 'a/../b', 'a/b/c', 'a/b?x=1', '', 'http://a/b']) {
      await expect(downloadModel({ ...request(hub, folder), id }, watch)).rejects.toThrow(/OWNER\/NAME/);
    }
    expect(hub.requests).toEqual([]);
    await mkdir(join(folder, 'tiny'));
    await writeFile(join(folder, 'tiny/mine.txt'), 'mine');
    await expect(downloadModel(request(hub, folder), watch)).rejects.toThrow(/There is a model tiny already/);
    expect(await readFile(join(folder, 'tiny/mine.txt'), 'utf8')).toBe('mine');
  });

  test('that another window fetches is left to it', async () => {
    const hub = await ModelHub.open({
      files: await tinyFiles(),
      faults: [{ path: /safetensors/u, times: 1, answer: () => undefined }], // it keeps us waiting
    });
    const folder = await temporaryFolder();
    const command = ['models', 'download', 'someone/tiny', '--mirror', hub.endpoint];
    const first = runCli(command, undefined, { INKLING_MODELS: folder });
    await expect.poll(() => hub.requests.some((line) => line.includes('.safetensors'))).toBe(true);
    const { exitCode, stderr } = await runCli(command, undefined, { INKLING_MODELS: folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/Another window is fetching/) });
    void first;
  });

  test('comes by the command line, with progress as JSON lines, and can be used', async () => {
    const hub = await ModelHub.open({ files: await tinyFiles(), token: 'hf_x' });
    const environment = { INKLING_MODELS: await temporaryFolder(), HF_TOKEN: 'hf_x' };
    const command = ['models', 'download', 'someone/tiny', '--mirror', `${hub.endpoint}/`, '--name', 'mine', '--jsonl'];
    const { exitCode, stdout, stderr } = await runCli(command, undefined, environment);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ event: 'done', name: 'mine' });
    expect(events.slice(0, -1).every(({ event, done, total }) => event === 'progress' && done <= total)).toBe(true);
    const verified = await runCli(['models', 'verify', 'mine', '--json'], undefined, environment);
    expect(JSON.parse(verified.stdout).ok).toBe(true);
    const used = await runCli(['complete', '--raw', '--model', 'mine', '--json'], 'The word', environment);
    expect(JSON.parse(used.stdout)).toMatchObject({ kind: 'text', model: 'mine' });
  });
});
