/** How much memory this process takes, measured over a stretch of work; a run blocks the thread, so nothing can sample. */

import { readFileSync, writeFileSync } from 'node:fs';
import { availableBytes } from '../../model/availableMemory.ts';
import { InklingError, sentence } from '../../protocol/errors.ts';
import { type PlanNote, planNote } from '../../protocol/training.ts';
import type { TrainingOptions } from '../../protocol/trainingOptions.ts';
import type { TrainingSequence } from '../dataset/packedDataset.ts';
import { initialValues, type LoraShape } from '../graph/loraParameters.ts';
import type { Recompute } from '../graph/trainingGraph.ts';
import type { FrozenBase } from './frozenBase.ts';
import { EvaluationSession, GradientSession, type GradientSessionOptions } from './gradientSession.ts';

/** The compiled graph that fits the budget, and what a step on it costs: measured, not estimated. */
export interface TrainingPlan {
  readonly session: GradientSession;
  readonly memoryMode: 'fast' | 'lean';
  readonly sequenceLength: number;
  readonly secondsPerSequence: number;
  /** of the forward-only graph that evaluations run */
  readonly secondsPerEvaluatedSequence: number;
  /** the most that was resident while a training and an evaluation session ran */
  readonly residentMb: number;
  /** what the budget changed */
  readonly notes: readonly PlanNote[];
}

/**
 * How much is kept in memory, from the fastest to the smallest. A float32 base is packed for the processor only when
 * `fast`; the others map it from the disk.
 */
export type MemoryLevel = 'fast' | 'lean' | 'leanest';
const recomputeAt: Readonly<Record<MemoryLevel, Recompute>> = {
  fast: 'nothing',
  lean: 'activations',
  leanest: 'layers',
};

const shortestSequence = 64; // tokens; shorter ones teach little

const mostTries = 4;
const triesMs = 3000;

/**
 * Opens the training graph and runs full sequences on it. Under a budget the lean levels are tried first, with ever
 * shorter sequences until one fits; then the fast one, if it has a chance. Without one, what the machine can give decides
 * in the same way, but it is an estimate: nothing is refused for it.
 * @param machineMb asked for when no budget is set: memory that this process can have
 * @throws InklingError `outOfMemory` with what would be needed, when it is more than the budget
 */
export async function planTraining(
  base: FrozenBase,
  options: TrainingOptions,
  threads: number,
  machineMb: () => number = availableMb,
): Promise<TrainingPlan> {
  const { memoryMode, maxMemoryMb, sequenceLength } = options;
  const open = (level: MemoryLevel, length: number) => openAndMeasure(base, { options, threads }, level, length);
  if (maxMemoryMb === 0) {
    const freeMb = machineMb();
    if (memoryMode === 'lean') return open('lean', sequenceLength);
    if (memoryMode === 'fast' || freeMb > (base.quantized ? 3.5 : 5) * weightsMb(base))
      return open('fast', sequenceLength);
    return planWithin(freeMb, { base, open, wanted: sequenceLength, mayBeFast: true, isEstimate: true });
  }
  if (memoryMode === 'fast') {
    const plan = await open('fast', sequenceLength);
    return plan.residentMb <= maxMemoryMb ? plan : refuse(plan, maxMemoryMb);
  }
  return planWithin(maxMemoryMb, {
    base,
    open,
    wanted: sequenceLength,
    mayBeFast: memoryMode === 'auto',
    isEstimate: false,
  });
}

interface Search {
  readonly base: FrozenBase;
  readonly open: (level: MemoryLevel, sequenceLength: number) => Promise<TrainingPlan>;
  /** sequence length */
  readonly wanted: number;
  readonly mayBeFast: boolean;
  /** nobody has set the budget */
  readonly isEstimate: boolean;
}

async function planWithin(maxMb: number, search: Search): Promise<TrainingPlan> {
  const { base, open, wanted, mayBeFast } = search;
  const lean = await open('lean', wanted);
  if (lean.residentMb > maxMb) {
    await lean.session.release();
    return leanestWithin(maxMb, search);
  }
  // results of all layers; and a float32 base packed twice, for the way there and the way back, instead of mapped
  const furtherMb = (base.quantized ? 0.5 : 1) * weightsMb(base);
  if (!mayBeFast || lean.residentMb + furtherMb > maxMb) return lean;
  await lean.session.release();
  const fast = await open('fast', wanted);
  if (fast.residentMb <= maxMb) return fast;
  await fast.session.release();
  const note = planNote('fastTooLarge', fast.residentMb, Math.floor(maxMb));
  return { ...(await open('lean', wanted)), notes: [note] };
}

async function leanestWithin(maxMb: number, { open, wanted, isEstimate }: Search): Promise<TrainingPlan> {
  for (let length = wanted; ; length = Math.floor(length / 2)) {
    const plan = await open('leanest', length);
    if (plan.residentMb <= maxMb) {
      const limit = Math.floor(maxMb);
      const twice = planNote('layersTwice', limit);
      return {
        ...plan,
        notes: length === wanted ? [twice] : [twice, planNote('shorterSequences', wanted, limit, length)],
      };
    }
    if (length / 2 < shortestSequence && isEstimate) {
      return { ...plan, notes: [planNote('littleMemory', plan.residentMb, Math.floor(maxMb), length)] };
    }
    if (length / 2 < shortestSequence) return refuse(plan, Math.floor(maxMb));
    await plan.session.release();
  }
}

async function refuse({ session, residentMb }: TrainingPlan, maxMemoryMb: number): Promise<never> {
  await session.release();
  throw new InklingError(
    'outOfMemory',
    sentence`Training needs ${residentMb} MB of memory, ${maxMemoryMb} MB are allowed: allow more, or choose a smaller model.`,
  );
}

/** A run of each session allocates, the ones after it are timed. */
async function openAndMeasure(
  base: FrozenBase,
  { options, threads }: { options: TrainingOptions; threads: number },
  level: MemoryLevel,
  sequenceLength: number,
): Promise<TrainingPlan> {
  restartPeak();
  const given = sessionOptions(base, options, { level, sequenceLength, threads });
  const session = await GradientSession.create(base, given);
  const values = initialValues(session.parameters, options.seed);
  const sequence = rehearsalSequence(sequenceLength, base.config.vocabularySize);
  const secondsPerSequence = await secondsOfFastest(() =>
    session.run(sequence, { values, weight: 1 / sequenceLength, seed: 0 }),
  );
  await session.makeRoom();
  const evaluation = await EvaluationSession.create(base, { lora: given.lora, maxPositions: sequenceLength, threads });
  const secondsPerEvaluatedSequence = await secondsOfFastest(() => evaluation.negativeLogLikelihoods(sequence, values));
  await evaluation.release();
  return {
    session,
    memoryMode: level === 'fast' ? 'fast' : 'lean',
    sequenceLength,
    secondsPerSequence,
    secondsPerEvaluatedSequence,
    residentMb: peakResidentMb(),
    notes: [],
  };
}

/**
 * Of the fastest run after the first: a program that takes the processor for a moment must not make a run of ten minutes
 * one of three. A machine that stays slow is noticed by the clock later.
 */
async function secondsOfFastest(run: () => Promise<unknown>): Promise<number> {
  await run();
  const tries: number[] = [];
  const started = performance.now();
  do {
    const begun = performance.now();
    await run();
    tries.push((performance.now() - begun) / 1000);
  } while (tries.length < mostTries && performance.now() - started < triesMs);
  return Math.min(...tries);
}

export function sessionOptions(
  { config }: FrozenBase,
  options: TrainingOptions,
  of: { level: MemoryLevel; sequenceLength: number; threads: number },
): GradientSessionOptions {
  return {
    lora: loraShape(config.layers, options),
    loraDropout: options.loraDropout,
    labelSmoothing: options.labelSmoothing,
    distillation: 0,
    recompute: recomputeAt[of.level],
    headChunks: of.level === 'fast' ? 2 : 4,
    maxPositions: of.sequenceLength,
    threads: of.threads,
  };
}

export function loraShape(layers: number, options: TrainingOptions): LoraShape {
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

/** The frozen matrices as float32. */
function weightsMb({ config }: FrozenBase): number {
  const { layers, hiddenSize, intermediateSize, heads, kvHeads, headDim, vocabularySize } = config;
  const layer = hiddenSize * headDim * 2 * (heads + kvHeads) + 3 * hiddenSize * intermediateSize;
  return (4 * (layers * layer + vocabularySize * hiddenSize)) / 1e6;
}

/** Forgets the peak so far, where the system lets us: Linux does, elsewhere `peakResidentMb` is what is resident then. */
function restartPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5'); // proc(5): resets VmHWM
  } catch {}
}

/** The most memory that was resident since `restartPeak`, in MB. */
function peakResidentMb(): number {
  let peak = process.memoryUsage().rss / 1e6;
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    peak = Math.max(peak, (Number(kilobytes ?? 0) * 1024) / 1e6);
  } catch {}
  return Math.round(peak);
}

/** What this process can have: what it has already and what is to be had, in MB. */
export const availableMb = (): number => (availableBytes() + process.memoryUsage().rss) / 1e6;
