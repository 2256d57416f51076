import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Decoder } from '../../../src/inference/decoder.ts';
import { chooseDevice, type DeviceChoice, openDecoder } from '../../../src/inference/devices/deviceChoice.ts';
import { Engine } from '../../../src/inference/engine.ts';
import type { DeviceSetting } from '../../../src/protocol/engineOptions.ts';
import type { LoadedModel, Slot } from '../../../src/protocol/inference.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { continuationOf, loadRequest } from '../../support/tinyEngine.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

// The device is played by the CPU under its name.
vi.mock('../../../src/inference/devices/deviceChoice.ts', async (importActual) => ({
  ...(await importActual<typeof import('../../../src/inference/devices/deviceChoice.ts')>()),
  chooseDevice: vi.fn(),
  openDecoder: vi.fn(),
}));

const webgpu: DeviceChoice = { device: 'webgpu', dialect: 'standard', notes: ['cuda: absent'] };

async function start(device: DeviceSetting) {
  vi.mocked(chooseDevice).mockResolvedValue(webgpu);
  vi.mocked(openDecoder).mockImplementation(async (folder, _, choice) => {
    const { dialect } = choice;
    const options = { precision: 'default', maxPositions: 512, device: 'cpu', threads: 1, dialect } as const;
    return { decoder: await Decoder.create(folder, options), choice };
  });
  const moves: LoadedModel[] = [];
  const engine = new Engine({
    onProgress: () => undefined,
    onMoved: (model) => moves.push(model),
    onUnloaded: () => undefined,
  });
  onTestFinished(() => void engine.unload());
  const folder = await writeTinyModel(join(await temporaryFolder(), 'tiny'));
  const write = async (slot: Slot = 'completion') => {
    const request = { ...continuationOf('The world', {}, slot), id: 1, stream: false };
    const answer = await engine.generate(request, CancellationToken.None, () => undefined);
    return answer.kind === 'text' ? answer.sequences[0]!.text : answer.kind;
  };
  return { engine, moves, write, model: await engine.load(loadRequest(folder, { device })) };
}

test('a device that fails while it runs is left for the CPU, and nobody notices but the status bar', async () => {
  const { engine, moves, write, model } = await start('webgpu');
  expect(model).toMatchObject({ device: 'webgpu', deviceNotes: ['cuda: absent'] });
  const text = await write();
  vi.spyOn(Decoder.prototype, 'run').mockRejectedValueOnce(new Error('device lost'));
  expect(await write()).toBe(text);
  expect(moves).toMatchObject([{ device: 'cpu', deviceNotes: ['cuda: absent', 'webgpu: device lost'] }]);
  await engine.unload();
  expect(await write()).toBe(text); // loaded again, where it last worked
  expect(vi.mocked(openDecoder).mock.lastCall?.[2].device).toBe('cpu');
});

test('both slots on a device that fails move once', async () => {
  const { moves, write } = await start('webgpu');
  const text = await write();
  vi.spyOn(Decoder.prototype, 'run').mockRejectedValueOnce(new Error('device lost'));
  // whoever comes second meets the session that the first one has given back
  expect(await Promise.all([write('completion'), write('action')])).toEqual([text, text]);
  expect(moves).toHaveLength(1);
});

test('auto writes on the CPU and moves to the better device in a pause', async () => {
  const { moves, write, model } = await start('auto');
  expect(model.device).toBe('cpu');
  const text = await write();
  await expect.poll(() => moves).toMatchObject([{ device: 'webgpu', deviceNotes: ['cuda: absent'] }]);
  expect(await write()).toBe(text);
  expect(vi.mocked(openDecoder).mock.lastCall?.[2]).toEqual(webgpu);
});

test('somebody types while an action runs and the device has just been chosen: both are answered', async () => {
  const { engine, write } = await start('auto');
  let choose: (choice: DeviceChoice) => void = () => undefined;
  const chosen = new Promise<DeviceChoice>((resolve) => {
    choose = resolve;
  });
  vi.mocked(chooseDevice).mockClear().mockReturnValue(chosen);
  await expect.poll(() => vi.mocked(chooseDevice).mock.calls.length).toBe(1);
  const request = { ...continuationOf('The world', { maxNewTokens: 30 }, 'action'), id: 2, stream: true };
  let typed: Promise<string> | undefined;
  const acted = engine.generate(request, CancellationToken.None, () => {
    typed ??= chosen.then(() => new Promise(setImmediate)).then(() => write()); // the move is waiting for its turn
    choose({ ...webgpu, device: 'cpu' });
  });
  expect(await acted).toMatchObject({ kind: 'text' });
  expect(await typed).toEqual(expect.any(String));
});

test('a request that is wrong in itself does not cost the device', async () => {
  const { engine, moves } = await start('webgpu');
  const score = engine.score({ text: 'The world', windowTokens: 1, withTokens: false }, CancellationToken.None);
  await expect(score).rejects.toMatchObject({ code: 'optionOutOfRange' });
  expect(moves).toEqual([]);
});
