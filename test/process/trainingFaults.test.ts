// What a run leaves behind when the process, the disk or the memory gives way.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TrainingClient } from '../../src/client/trainingClient.ts';
import { readAdapter } from '../../src/model/adapterFile.ts';
import { modelFingerprint } from '../../src/model/modelFingerprint.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { stopRequest, type TrainRequest, trainRequest } from '../../src/protocol/training.ts';
import { builtPath, bundledModel } from '../golden/goldenFiles.ts';
import { patienceMs, prepareTraining, startTrainer, type Trainer } from '../support/trainerProcess.ts';

vi.setConfig({ testTimeout: patienceMs });

const stepsOf = ({ events }: Trainer) => events.flatMap((event) => (event.event === 'step' ? [event.step] : []));

/** Every adapter that stands in the folder under a name of its own can be read to the end. */
function expectWholeAdapters({ modelFolder, outputFolder }: TrainRequest): void {
  const { config, weights } = openModelFolder(modelFolder);
  const base = { config, fingerprint: modelFingerprint(config, weights) };
  const samples = join(`${outputFolder}.run`, 'samples');
  const folders = [
    outputFolder,
    ...(existsSync(samples) ? readdirSync(samples).map((name) => join(samples, name)) : []),
  ];
  const whole = folders.filter((folder) => existsSync(folder) && !folder.includes('-writing-'));
  for (const folder of whole) expect(readAdapter(folder, base).pairs).toHaveLength(14);
}

test('killed again and again at any moment, it loses no more than the steps since the last checkpoint', async () => {
  const { request } = await prepareTraining();
  const options = { ...request.options, maxSteps: 100_000, epochs: 1000, checkpointSteps: 2, evaluationSteps: 3 };
  let reached = 0;
  for (let life = 0; life < 6; life++) {
    const trainer = startTrainer();
    trainer.connection.sendRequest(trainRequest, { ...request, options, resume: life > 0 }).catch(() => undefined);
    await trainer.until((event) => event.event === 'step');
    await sleep(5 + 17 * life); // anywhere: within a step, an evaluation, a checkpoint
    trainer.child.kill('SIGKILL');
    await new Promise((resolve) => trainer.child.once('exit', resolve));
    const steps = stepsOf(trainer);
    expect(steps[0]).toBeGreaterThan(reached - options.checkpointSteps);
    reached = steps.at(-1)!;
    expectWholeAdapters(request);
  }
  const last = startTrainer();
  const outcome = last.connection.sendRequest(trainRequest, { ...request, options, resume: true });
  await last.until((event) => event.event === 'step' && event.step >= reached);
  await last.connection.sendRequest(stopRequest, { keep: true });
  expect(await outcome).toMatchObject({ kind: 'trained', done: { reason: 'stopped' } });
  expectWholeAdapters(request);
});

/** A file system of its own takes user namespaces, which some systems forbid. */
const mayMount = spawnSync('unshare', ['-Urm', 'true']).status === 0;

test('a disk that becomes full: said so, and the last checkpoint can be gone on from', async ({ skip }) => {
  if (!mayMount) skip('this system forbids user namespaces (unshare -Urm), so no small disk can be made');
  const { folder, request } = await prepareTraining();
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  // two checkpoints fit, a third beside them does not; the small disk is seen by that process only
  const full = startTrainer(`mount -t tmpfs -o size=100k none '${disk}'`);
  const options = { ...request.options, checkpointSteps: 4, evaluationSteps: 100 };
  const onDisk = { ...request, options, outputFolder: join(disk, 'voice') };
  const complaint = /The checkpoint could not be written to .*: the disk is full \(ENOSPC\)/u;
  await expect(full.connection.sendRequest(trainRequest, onDisk)).rejects.toThrow(complaint);
  const before = full.events.filter(({ event }) => event === 'checkpoint').length;
  expect(before).toBeGreaterThan(0);
  const first = stepsOf(full).length;
  await expect(full.connection.sendRequest(trainRequest, { ...onDisk, resume: true })).rejects.toThrow(complaint);
  expect(stepsOf(full)[first]).toBe(before * options.checkpointSteps + 1);
});

test('no disk space for the dequantised model: said before anything is written', async ({ skip }) => {
  if (!mayMount) skip('this system forbids user namespaces (unshare -Urm), so no small disk can be made');
  const { folder, request } = await prepareTraining();
  const cache = join(folder, 'cache');
  mkdirSync(cache);
  const environment = { ...process.env, INKLING_CACHE: cache };
  const { connection, events } = startTrainer(`mount -t tmpfs -o size=100m none '${cache}'`, environment);
  const answer = connection.sendRequest(trainRequest, { ...request, modelFolder: bundledModel() });
  await expect(answer).rejects.toThrow(/^539 MB of disk space are needed in .*, 104 MB are free/u);
  expect(events.map(({ event }) => event)).toEqual(['corpus']);
});

test('no memory for the model: said so, and there is no adapter', async ({ skip }) => {
  if (process.platform !== 'linux') skip('the address space of a process is limited on Linux only');
  const { folder, request } = await prepareTraining();
  vi.stubEnv('INKLING_CACHE', join(folder, 'cache'));
  onTestFinished(() => void vi.unstubAllEnvs());
  // Through the client: where JavaScript's engine meets the limit before the runtime does, the process dies.
  const client = new TrainingClient({ modulePath: builtPath('training.js'), log: () => undefined });
  onTestFinished(() => client.dispose());
  await client.survey(request);
  const mapped = Number(/^VmSize:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${client.processId}/status`, 'utf8'))![1]);
  execFileSync('prlimit', [`--pid=${client.processId}`, `--as=${1024 * (mapped + 600_000)}`]);
  const options = { ...request.options, memoryMode: 'fast' } as const;
  await expect(client.train({ ...request, options, modelFolder: bundledModel() })).rejects.toThrow(
    /not enough memory/u,
  );
  expect(existsSync(request.outputFolder)).toBe(false);
  if (client.processId !== undefined) expect(readdirSync(folder).sort()).toEqual(['cache', 'texts', 'tiny']);
});
