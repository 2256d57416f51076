// Trains in this process as the training process does, plan and loop, on given batches; every step is timed.
import { readFileSync, writeFileSync } from 'node:fs';
import { memoryMb } from './procfs.mjs';
import { modelFolder, product } from './product.mjs';

const { threads, batchesFile, cacheFolder, adapterFolder, options } = JSON.parse(process.argv[2]);
const batches = JSON.parse(readFileSync(batchesFile, 'utf8'));
const { modelFingerprint, newTrainingState, openFrozenBase, openModelFolder, Pace } = product();
const { planTraining, readAdapter, resolveTrainingOptions, train } = product();

const resolved = resolveTrainingOptions({ ...options, maxSteps: batches.length });
const base = await openFrozenBase(openModelFolder(modelFolder), cacheFolder, options.basePrecision);
const { session } = await planTraining(base, resolved, threads);
const state = { ...newTrainingState(session.parameters, resolved), totalSteps: batches.length };
startFrom(adapterFolder);
const dataset = {
  digest: '',
  sequencesPerEpoch: batches.length,
  trainingSequence: (_, index) => sequenceOf(batches[index]),
  validation: [],
};
const control = { pause: async () => undefined, isStopped: false };
const run = { base, session, dataset, options: resolved, state, control, pace: new Pace(), save: () => undefined };

const planned = memoryMb(process.pid).peakMb; // its rehearsal holds an evaluation
writeFileSync('/proc/self/clear_refs', '5'); // forgets the peak: from here on only steps

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
const { peakMb } = memoryMb(process.pid);
await session.release();
base.release();
const peakWithEvaluationMb = Math.max(peakMb, planned);
process.stdout.write(`${JSON.stringify({ seconds, cpuSeconds, losses, peakMb, peakWithEvaluationMb })}\n`);

function startFrom(folder) {
  const { config, weights } = base;
  const { pairs } = readAdapter(folder, { config, fingerprint: modelFingerprint(config, weights) });
  for (const [i, { layer, target, matrix }] of session.parameters.entries()) {
    const pair = pairs.find((one) => one.layer === layer && one.target === target);
    state.weights.values[i].set(matrix === 'A' ? pair.a : pair.b);
  }
}

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
