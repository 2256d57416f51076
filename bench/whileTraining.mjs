// What a writer waits for while the product's training process runs beside the inference process, and while it rests.
// Both are the product's own, started as the editor starts them; training is at the priority that it gives itself.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { distFolder, modelFolder, product, root } from './product.mjs';
import { runWhileTyping } from './whileTyping.mjs';

/** @param {{ rounds: number }} options */
export async function runWhileTraining({ rounds }) {
  const training = await startTraining();
  try {
    return await runWhileTyping(
      rounds,
      { resting: 'training rests', running: 'training runs' },
      async (isRunning, type) => {
        await (isRunning ? training.run() : training.rest());
        const stepsBefore = training.steps();
        return { waits: await type(), done: training.steps() - stepsBefore };
      },
      (steps) => `Training took ${steps} steps meanwhile.`,
    );
  } finally {
    await training.end();
  }
}

/** A run of the training process that does not end by itself. */
async function startTraining() {
  const { TrainingClient } = product();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inkling-bench-'));
  const training = new TrainingClient({ modulePath: path.join(distFolder, 'training.js'), log: () => undefined });
  let steps = 0;
  const started = new Promise((resolve) => {
    training.onEvent((event) => {
      if (event.event !== 'step') return;
      steps = event.step;
      resolve(undefined);
    });
  });
  const ended = training.train({
    modelFolder,
    paths: [path.join(root, 'media', 'sample')],
    corpus: {},
    outputFolder: path.join(folder, 'adapter'),
    name: 'bench',
    options: { epochs: 1000, earlyStoppingPatience: 0, evaluationSteps: 100_000 },
    resume: false,
  });
  await Promise.race([started, ended]);
  return {
    steps: () => steps,
    rest: () => training.pause(),
    async run() {
      await training.resume();
      await sleep(2000); // it is in the middle of a step
    },
    async end() {
      await training.stop(false);
      await ended;
      await training.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
