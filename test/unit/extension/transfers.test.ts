import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { OnProgress, StoreClient } from '../../../src/client/storeClient.ts';
import { Transfers, type WantedDownload } from '../../../src/extension/models/transfers.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import type { DownloadRequest } from '../../../src/protocol/store.ts';
import { Memory } from '../../support/fakeVscode.ts';

const bar = vi.hoisted(() => ({ text: '', isShown: false }));

vi.mock('vscode', async () => {
  const { EventEmitter } = await import('../../support/fakeVscode.ts');
  return {
    EventEmitter,
    StatusBarAlignment: { Right: 2 },
    CancellationTokenSource: class {
      readonly #cancels = new EventEmitter<void>();
      readonly token = { isCancellationRequested: false, onCancellationRequested: this.#cancels.event };
      cancel(): void {
        this.token.isCancellationRequested = true;
        this.#cancels.fire();
      }
      dispose(): void {
        this.#cancels.dispose();
      }
    },
    l10n: { t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(parts[index])) },
    window: {
      createStatusBarItem: () => ({
        set text(value: string) {
          bar.text = value;
        },
        show: () => {
          bar.isShown = true;
        },
        hide: () => {
          bar.isShown = false;
        },
        dispose: () => undefined,
      }),
    },
  };
});

const wanted: WantedDownload = {
  id: 'someone/some',
  name: 'some',
  revision: 'main',
  folder: '/models',
  endpoint: 'https://example.org',
};

/** A store whose downloads are steered by the test. */
function steeredStore() {
  const requests: DownloadRequest[] = [];
  const steer = {
    progress: (() => undefined) as OnProgress,
    arrive: (): void => {},
    fail: (_: Error): void => {},
  };
  const download: StoreClient['download'] = (request, onProgress, token) => {
    requests.push(request);
    return new Promise((resolve, reject) => {
      token?.onCancellationRequested(() => reject(new InklingError('cancelled', 'It was stopped.')));
      Object.assign(steer, {
        progress: onProgress,
        arrive: () => resolve({ modelFolder: '/models/some' } as Awaited<ReturnType<typeof download>>),
        fail: reject,
      });
    });
  };
  const move: StoreClient['move'] = async (_, onProgress, token) => {
    const { modelFolder } = await download({} as DownloadRequest, onProgress, token);
    return { folder: modelFolder };
  };
  const discarded: unknown[] = [];
  const discard: StoreClient['discard'] = async (request) => {
    discarded.push(request);
    return null;
  };
  const convert: StoreClient['convert'] = (_, onProgress, token) =>
    download({} as DownloadRequest, onProgress ?? (() => undefined), token);
  return { store: { download, discard, move, convert } as StoreClient, requests, steer, discarded };
}

function windowWith(memory: Memory, access: () => Promise<{ token?: string; proxy?: string }> = async () => ({})) {
  const { store, requests, steer, discarded } = steeredStore();
  return { transfers: new Transfers(store, memory, access), requests, steer, discarded };
}

let memory: Memory;
beforeEach(() => {
  memory = new Memory();
  Object.assign(bar, { text: '', isShown: false });
});

/** Lets what waits for promises go on. */
const turn = () => new Promise(setImmediate);

describe('a download', () => {
  test('tells how far it is, in the status bar too, and leaves nothing once it is there', async () => {
    const { transfers, steer } = windowWith(memory);
    const arrives = transfers.download('Some', wanted);
    await turn();
    steer.progress(30, 100, 'fetch');
    expect(transfers.all).toEqual([
      { name: 'some', title: 'Some', stage: 'fetch', done: 30, total: 100, state: 'running' },
    ]);
    expect(bar).toEqual({ text: '$(cloud-download) 30%', isShown: true });
    steer.progress(1, 4, 'convert');
    expect(transfers.all[0]).toMatchObject({ stage: 'convert', done: 1, total: 4 });
    steer.arrive();
    expect(await arrives).toBe('/models/some');
    expect(transfers.all).toEqual([]);
    expect(bar.isShown).toBe(false);
  });

  test('takes token and proxy as they are when it begins, and writes neither down', async () => {
    const { transfers, requests } = windowWith(memory, async () => ({
      token: 'hf_secret',
      proxy: 'http://proxy:8080',
    }));
    void transfers.download('Some', wanted);
    await turn();
    expect(requests).toEqual([{ ...wanted, token: 'hf_secret', proxy: 'http://proxy:8080', resume: true }]);
    expect(JSON.stringify([...memory.values])).not.toMatch(/hf_secret|proxy:8080/);
    expect(JSON.stringify(transfers.all)).not.toContain('hf_secret');
  });

  test('that is stopped can be gone on with, or be discarded', async () => {
    const { transfers, requests, steer, discarded } = windowWith(memory);
    const stopped = transfers.download('Some', wanted);
    await turn();
    transfers.stop('some');
    expect(await stopped).toBeUndefined();
    expect(transfers.all).toEqual([
      { name: 'some', title: 'Some', stage: 'fetch', done: 0, total: 0, state: 'stopped' },
    ]);
    const goesOn = transfers.goOn('some');
    await turn();
    expect(requests.map(({ resume }) => resume)).toEqual([true, true]);
    steer.fail(new InklingError('network', 'The hub is out of order.'));
    expect(await goesOn).toBeUndefined();
    expect(transfers.all).toEqual([expect.objectContaining({ state: 'stopped', problem: 'The hub is out of order.' })]);
    await transfers.discard('some');
    expect(discarded).toEqual([{ folder: '/models', endpoint: 'https://example.org', id: 'someone/some' }]);
    expect(transfers.all).toEqual([]);
    expect(await transfers.goOn('some')).toBeUndefined();
  });

  test('that a closed window cut off stands in the next one, and nothing is fetched before a person asks', async () => {
    const first = windowWith(memory);
    void first.transfers.download('Some', wanted);
    await turn();
    first.transfers.dispose();
    const next = windowWith(memory);
    await turn();
    expect(next.transfers.all).toEqual([expect.objectContaining({ name: 'some', title: 'Some', state: 'stopped' })]);
    expect(next.requests).toEqual([]);
    void next.transfers.goOn('some');
    await turn();
    expect(next.requests).toEqual([{ ...wanted, resume: true }]);
  });

  test('of a model that is on its way is not begun again', async () => {
    const { transfers, requests } = windowWith(memory);
    void transfers.download('Some', wanted);
    await turn();
    expect(await transfers.download('Some', wanted)).toBeUndefined();
    expect(requests).toHaveLength(1);
  });
});

describe('a download of a name that another one has', () => {
  const others = { ...wanted, id: 'another/some' };

  test('does not take the place of one that runs', async () => {
    const { transfers, requests } = windowWith(memory);
    void transfers.download('Some', wanted);
    await turn();
    await expect(transfers.download('another/some', others)).rejects.toThrow(/another\/some .+ someone\/some/u);
    expect(requests).toHaveLength(1);
    expect(transfers.all).toEqual([expect.objectContaining({ title: 'Some', state: 'running' })]);
  });

  test('does not take the place of one that is stopped, until that is discarded', async () => {
    const { transfers, requests } = windowWith(memory);
    const stopped = transfers.download('Some', wanted);
    await turn();
    transfers.stop('some');
    await stopped;
    await expect(transfers.download('another/some', others)).rejects.toThrow('discard');
    expect(transfers.all).toEqual([expect.objectContaining({ title: 'Some', state: 'stopped' })]);
    await transfers.discard('some');
    void transfers.download('another/some', others);
    await turn();
    expect(requests.map(({ id }) => id)).toEqual(['someone/some', 'another/some']);
  });
});

describe('a move to another folder', () => {
  const asked = { modelsFolder: '/models', name: 'some', folder: '/large' };

  test('tells how far it is, and keeps a second one waiting', async () => {
    const { transfers, steer } = windowWith(memory);
    const moved = transfers.move(asked);
    steer.progress(25, 100);
    expect(transfers.all).toEqual([
      { name: 'some', title: 'some', stage: 'move', done: 25, total: 100, state: 'running' },
    ]);
    await expect(transfers.move({ ...asked, name: 'other' })).rejects.toThrow('some is being worked on');
    steer.arrive();
    await moved;
    expect(transfers.all).toEqual([]);
    expect(bar.isShown).toBe(false);
  });

  test('that a person stops is no failure; any other end is told', async () => {
    const { transfers, steer } = windowWith(memory);
    const stopped = transfers.move(asked);
    transfers.stop('other');
    expect(transfers.all).toHaveLength(1);
    transfers.stop('some');
    await stopped;
    expect(transfers.all).toEqual([]);
    const failing = transfers.move(asked);
    steer.fail(new InklingError('fileAccess', 'the disk is full'));
    await expect(failing).rejects.toThrow('the disk is full');
  });
});

describe('what is added from another program', () => {
  const asked = { source: '/other/some.gguf', target: '/models/some' };

  test('is there at its end', async () => {
    const { transfers, steer } = windowWith(memory);
    const added = transfers.add(asked, 'some');
    steer.progress(1, 4);
    expect(transfers.all).toEqual([
      { name: 'some', title: 'some', stage: 'convert', done: 1, total: 4, state: 'running' },
    ]);
    steer.arrive();
    expect(await added).toBe('/models/some');
    expect(transfers.all).toEqual([]);
  });

  test('is stopped by its name, which is no failure, and then another one can be added', async () => {
    const { transfers, steer } = windowWith(memory);
    const stopped = transfers.add(asked, 'some');
    transfers.stop('other');
    expect(transfers.all).toHaveLength(1);
    transfers.stop('some');
    expect(await stopped).toBeUndefined();
    expect(transfers.all).toEqual([]);
    const next = transfers.add(asked, 'next');
    steer.arrive();
    expect(await next).toBe('/models/some');
  });

  test('stops with the window', async () => {
    const { transfers } = windowWith(memory);
    const stopped = transfers.add(asked, 'some');
    transfers.dispose();
    expect(await stopped).toBeUndefined();
  });

  test('says why it failed', async () => {
    const { transfers, steer } = windowWith(memory);
    const failing = transfers.add(asked, 'some');
    steer.fail(new InklingError('modelBroken', 'It is cut off.'));
    await expect(failing).rejects.toThrow('It is cut off.');
  });
});
