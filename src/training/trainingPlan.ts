import { freemem } from 'node:os';
import { InklingError } from '../protocol/errors.ts';
import type { TrainingOptions } from '../protocol/trainingOptions.ts';
import type { FrozenBase } from './frozenBase.ts';
import { GradientSession, type GradientSessionOptions } from './gradientSession.ts';
import { initialValues, type LoraShape } from './lora/loraParameters.ts';
import type { TrainingSequence } from './trainingSequence.ts';

/** The compiled graph that fits the budget, and what a step on it costs: measured, not estimated. */
export interface TrainingPlan {
  readonly session: GradientSession;
  readonly memoryMode: 'fast' | 'lean';
  readonly sequenceLength: number;
  readonly secondsPerSequence: number;
  readonly residentMb: number;
  /** one sentence each: what the budget changed */
  readonly notes: readonly string[];
}

const shortestSequence = 64; // tokens; shorter ones teach little

/**
 * Opens the training graph and runs a full sequence on it. Under a memory budget the lean graph is tried first, with
 * ever shorter sequences until one fits; then the fast one, if it has a chance.
 * @throws InklingError `outOfMemory` with what would be needed
 */
export async function planTraining(base: FrozenBase, options: TrainingOptions, threads: number): Promise<TrainingPlan> {
  const { memoryMode, maxMemoryMb, sequenceLength } = options;
  const open = (mode: 'fast' | 'lean', length: number) => openAndMeasure(base, { options, threads }, mode, length);
  if (maxMemoryMb === 0) return open(memoryMode === 'auto' ? modeForFreeMemory(base) : memoryMode, sequenceLength);
  if (memoryMode === 'fast') {
    const plan = await open('fast', sequenceLength);
    return plan.residentMb <= maxMemoryMb ? plan : refuse(plan, maxMemoryMb);
  }
  const lean = await leanWithin(maxMemoryMb, (length) => open('lean', length), sequenceLength);
  const hasRoom = lean.residentMb + packedWeightsMb(base) < maxMemoryMb;
  if (memoryMode === 'lean' || !hasRoom || lean.sequenceLength < sequenceLength) return lean;
  await lean.session.release();
  const fast = await open('fast', sequenceLength);
  if (fast.residentMb <= maxMemoryMb) return fast;
  await fast.session.release();
  const note = `The fast mode takes ${fast.residentMb} MB, more than the ${maxMemoryMb} MB allowed: using the lean one.`;
  return { ...(await open('lean', sequenceLength)), notes: [note] };
}

async function leanWithin(
  maxMemoryMb: number,
  open: (sequenceLength: number) => Promise<TrainingPlan>,
  wantedLength: number,
): Promise<TrainingPlan> {
  for (let length = wantedLength; ; length = Math.floor(length / 2)) {
    const plan = await open(length);
    if (plan.residentMb <= maxMemoryMb) {
      if (length === wantedLength) return plan;
      const note = `Sequences of ${wantedLength} tokens need more than ${maxMemoryMb} MB: using ${length}.`;
      return { ...plan, notes: [note] };
    }
    if (length / 2 < shortestSequence) return refuse(plan, maxMemoryMb);
    await plan.session.release();
  }
}

async function refuse({ session, residentMb }: TrainingPlan, maxMemoryMb: number): Promise<never> {
  await session.release();
  throw new InklingError(
    'outOfMemory',
    `Training needs ${residentMb} MB of memory, ${maxMemoryMb} MB are allowed: allow more, or choose a smaller model.`,
  );
}

async function openAndMeasure(
  base: FrozenBase,
  { options, threads }: { options: TrainingOptions; threads: number },
  memoryMode: 'fast' | 'lean',
  sequenceLength: number,
): Promise<TrainingPlan> {
  const session = await GradientSession.create(
    base,
    sessionOptions(base, options, { memoryMode, sequenceLength, threads }),
  );
  const values = initialValues(session.parameters, options.seed);
  const sequence = rehearsalSequence(sequenceLength, base.config.vocabularySize);
  const run = () => session.run(sequence, { values, weight: 1 / sequenceLength, seed: 0 });
  await run(); // the first run also allocates
  const started = performance.now();
  await run();
  const secondsPerSequence = (performance.now() - started) / 1000;
  const residentMb = Math.round(process.memoryUsage().rss / 1e6);
  return { session, memoryMode, sequenceLength, secondsPerSequence, residentMb, notes: [] };
}

export function sessionOptions(
  { config }: FrozenBase,
  options: TrainingOptions,
  of: { memoryMode: 'fast' | 'lean'; sequenceLength: number; threads: number },
): GradientSessionOptions {
  const isLean = of.memoryMode === 'lean';
  return {
    lora: loraShape(config.layers, options),
    loraDropout: options.loraDropout,
    labelSmoothing: options.labelSmoothing,
    distillation: 0,
    recompute: isLean,
    headChunks: isLean ? 4 : 1,
    maxPositions: of.sequenceLength,
    threads: of.threads,
  };
}

function loraShape(layers: number, options: TrainingOptions): LoraShape {
  const adapted = Math.max(1, Math.round(layers * options.loraLayerFraction));
  return {
    rank: options.loraRank,
    alpha: options.loraAlpha,
    targets: options.loraTargets,
    firstLayer: layers - adapted,
  };
}

/** One document that fills a sequence: what costs most. */
function rehearsalSequence(length: number, vocabularySize: number): TrainingSequence {
  const ids = Int32Array.from({ length }, (_, i) => (i * 7) % vocabularySize);
  return {
    inputIds: ids,
    targets: ids,
    lossWeights: new Float32Array(length).fill(1),
    positions: Int32Array.from({ length }, (_, i) => i),
    segments: new Int32Array(length),
  };
}

/** Without a budget of the user's, the machine's free memory decides; activations take about as much as the weights. */
const modeForFreeMemory = (base: FrozenBase) => (freemem() / 1e6 > 2.5 * packedWeightsMb(base) ? 'fast' : 'lean');

/** The fast mode keeps two packed copies of the layers' weights and of the head. */
function packedWeightsMb({ config }: FrozenBase): number {
  const { layers, hiddenSize, intermediateSize, heads, kvHeads, headDim, vocabularySize } = config;
  const layer = hiddenSize * headDim * 2 * (heads + kvHeads) + 3 * hiddenSize * intermediateSize;
  return (2 * 4 * (layers * layer + vocabularySize * hiddenSize)) / 1e6;
}
