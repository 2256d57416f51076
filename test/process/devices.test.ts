import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ChildProcess } from '../../src/client/childProcess.ts';
import type { InferenceClient } from '../../src/client/inferenceClient.ts';
import { type LoadedModel, loadRequest as load, movedNotification } from '../../src/protocol/inference.ts';
import { isRunning } from '../support/isRunning.ts';
import { processorTicks } from '../support/processorTicks.ts';
import { hasSwiftShader, useNoVulkanDriver, useSwiftShader } from '../support/swiftShader.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { distFolder, generate, loadRequest, startEngine, startTinyEngine } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

/** Software that imitates a graphics processor takes its time, most of it to compile programs. */
const patient = { timeout: 300_000 };

test('a device that this platform does not have: the CPU, with the reason', async () => {
  const device = process.platform === 'win32' ? 'coreml' : 'dml';
  const engine = await startTinyEngine({ load: { device } });
  const { deviceNotes, ...model } = await engine.load();
  expect(model.device).toBe('cpu');
  expect(deviceNotes).toEqual([expect.stringMatching(`^${device}: It is not part of the runtime`)]);
  expect((await generate(engine, 'The world')).usage.newTokens).toBe(16);
});

describe.skipIf(!hasSwiftShader)('without a graphics driver', () => {
  test('the CPU does the work and every device says why not', async () => {
    useNoVulkanDriver();
    const engine = await startTinyEngine({ load: { device: 'webgpu' } });
    const model = await engine.load();
    expect(model.device).toBe('cpu');
    expect(model.deviceNotes).toEqual([
      expect.stringMatching(/^webgpu: WebGPU finds no graphics processor .*adapter/s),
    ]);
    const { devices, chosen } = await engine.devices(model.modelFolder);
    expect(chosen).toBe('cpu');
    expect(devices.at(-1)).toMatchObject({ name: 'cpu', available: true });
    expect(devices).toContainEqual(
      expect.objectContaining({ name: 'webgpu', available: false, reason: expect.stringContaining('adapter') }),
    );
    expect(devices).toContainEqual(
      expect.objectContaining({ name: 'cuda', available: false, reason: expect.stringContaining('CUDA') }),
    );
    expect((await generate(engine, 'The world')).usage.newTokens).toBe(16);
  });

  test('auto answers from the CPU at once and tells the reasons later', async () => {
    useNoVulkanDriver();
    const { loaded, moved } = await loadOnAuto();
    expect(loaded).toMatchObject({ device: 'cpu', deviceNotes: [] });
    expect(await moved).toMatchObject({
      device: 'cpu',
      deviceNotes: [expect.stringMatching(/^cuda: /), expect.stringMatching(/^webgpu: /)],
    });
  });
});

describe.skipIf(!hasSwiftShader)('on WebGPU through SwiftShader', () => {
  test('asked for by name it passes the self-check and writes what the CPU writes', patient, async () => {
    await useSwiftShader();
    const folder = await writeTinyModel(join(await temporaryFolder(), 'tiny'));
    const prose = 'The world and the word. '.repeat(4);
    const onCpu = await generate(startEngine(folder), prose);
    const engine = startEngine(folder, { load: { device: 'webgpu' } });
    expect(await engine.load()).toMatchObject({ device: 'webgpu', deviceNotes: [] });
    const onWebGpu = await generate(engine, prose);
    expect(onWebGpu.sequences[0]!.text).toBe(onCpu.sequences[0]!.text);
    expect(onWebGpu.sequences[0]!.logprob).toBeCloseTo(onCpu.sequences[0]!.logprob, 2);
  });

  test('it is available, but auto stays on the CPU, which is faster', patient, async () => {
    await useSwiftShader();
    const { loaded, moved } = await loadOnAuto();
    expect(loaded).toMatchObject({ device: 'cpu', deviceNotes: [] });
    const slower = expect.stringMatching(/^webgpu: .* on the CPU/);
    expect(await moved).toMatchObject({ device: 'cpu', deviceNotes: [expect.stringMatching(/^cuda: /), slower] });
  });

  test('a driver that dies in the check costs a note, not the process', patient, async () => {
    await useSwiftShader();
    const engine = await startTinyEngine({ load: { device: 'webgpu' } });
    const loading = engine.load();
    const probeId = await probeOf(engine);
    const inferenceId = engine.processId;
    process.kill(probeId, 'SIGKILL');
    const { device, deviceNotes } = await loading;
    expect(device).toBe('cpu');
    expect(deviceNotes).toEqual(['webgpu: Its driver crashed when it was tried (SIGKILL).']);
    expect((await generate(engine, 'The world')).usage.newTokens).toBe(16);
    expect(engine.processId).toBe(inferenceId);
  });

  test('no check outlives the process that asked for it', patient, async () => {
    await useSwiftShader();
    const engine = await startTinyEngine({ load: { device: 'webgpu' } });
    const loading = engine.load().catch(({ code }) => code);
    const probeId = await probeOf(engine);
    // by then it is inside a native call that hears no message
    await expect.poll(() => processorTicks(probeId)).toBeGreaterThan(150);
    expect(isRunning(probeId)).toBe(true);
    await engine.dispose();
    expect(await loading).toBe('processDied');
    await expect.poll(() => isRunning(probeId)).toBe(false);
  });
});

/** Loads a tiny model with the setting `auto`; `moved` is what the process says when it has looked around. */
async function loadOnAuto(): Promise<{ loaded: LoadedModel; moved: Promise<LoadedModel> }> {
  const folder = await writeTinyModel(join(await temporaryFolder(), 'tiny'));
  const modulePath = join(distFolder, 'inference.js');
  const inference = new ChildProcess({ name: 'inference', modulePath, log: () => undefined });
  onTestFinished(() => inference.dispose());
  const moved = new Promise<LoadedModel>((resolve) => inference.onNotification(movedNotification, resolve));
  return { loaded: await inference.call(load, loadRequest(folder, { device: 'auto' })), moved };
}

/** The process that examines a device for the engine; waits until it has started to. */
async function probeOf(engine: InferenceClient): Promise<number> {
  for (;;) {
    await sleep(50);
    const id = engine.processId;
    const children = `/proc/${id}/task/${id}/children`;
    const [probeId] = id && existsSync(children) ? readFileSync(children, 'utf8').split(' ').filter(Boolean) : [];
    if (probeId) return Number(probeId);
  }
}
