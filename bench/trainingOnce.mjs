// Trains in this process as the training process does, plan and loop, on given batches; every step is timed.
import { readFileSync } from 'node:fs';
import { memoryMb } from './procfs.mjs';
import { modelFolder, product } from './product.mjs';

const { memoryMode, threads, batchesFile, baseFolder, adapterFolder, options } = JSON.parse(process.argv[2]);
const batches = JSON.parse(readFileSync(batchesFile, 'utf8'));
const { Pace, adapterValues, newTrainingState, openModelFolder, openFrozenBase, planTraining, train } = product();
const { resolveTrainingOptions } = product();

const resolved = resolveTrainingOptions({ ...options, memoryMode, maxSteps: batches.length });
const model = openModelFolder(modelFolder);
const base = await openFrozenBase(model, baseFolder);
const openedMb = memoryMb(process.pid).residentMb;
const plan = await planTraining(base, resolved, threads);
const state = newTrainingState(plan.session.parameters, resolved);
for (const [i, values] of adapterValues(model, adapterFolder, plan.session.parameters).entries()) {
  state.weights.values[i].set(values);
}
state.totalSteps = batches.length;
const dataset = {
  digest: '',
  sequencesPerEpoch: batches.length,
  trainingSequence: (_, index) => sequenceOf(batches[index]),
  validation: [],
};
const control = { pause: async () => undefined, isStopped: false };
const run = {
  base,
  session: plan.session,
  dataset,
  options: resolved,
  state,
  control,
  pace: new Pace(),
  save: () => undefined,
};

const seconds = [];
const cpuSeconds = [];
const losses = [];
let cpu = process.cpuUsage();
for await (const event of train(run)) {
  if (event.event !== 'step') continue;
  const used = process.cpuUsage(cpu);
  cpu = process.cpuUsage();
  cpuSeconds.push((used.user + used.system) / 1e6);
  seconds.push(resolved.sequenceLength / event.tokensPerSecond);
  losses.push(event.loss);
}
const { peakMb, peakAnonymousMb } = memoryMb(process.pid);
await plan.session.release();
await base.close();
process.stdout.write(`${JSON.stringify({ seconds, cpuSeconds, losses, peakMb, peakAnonymousMb, openedMb })}\n`);

/** One document, every target of which counts. */
function sequenceOf(ids) {
  const length = ids.length - 1;
  return {
    inputIds: Int32Array.from(ids.slice(0, -1)),
    targets: Int32Array.from(ids.slice(1)),
    lossWeights: new Float32Array(length).fill(1),
    positions: Int32Array.from({ length }, (_, i) => i),
    segments: new Int32Array(length),
  };
}
