import { InklingError, sentence } from '../../protocol/errors.ts';
import { derivedSeed } from '../../protocol/seededRandom.ts';
import type { EndReason, TrainingEvent } from '../../protocol/training.ts';
import type { TrainingOptions } from '../../protocol/trainingOptions.ts';
import { greatest } from '../../text/greatest.ts';
import { type Dataset, type TrainingSequence, totalWeight } from '../dataset/packedDataset.ts';
import type { LoraShape } from '../graph/loraParameters.ts';
import type { FrozenBase } from '../session/frozenBase.ts';
import { EvaluationSession, type GradientSession } from '../session/gradientSession.ts';
import { clipToNorm, globalNorm, learningRateAt, optimizerStep, scheduledStep } from './optimizer.ts';
import type { TrainingControl } from './trainingControl.ts';
import { copyArrays, copyWeights, type Pace, type TrainingState } from './trainingState.ts';

export interface TrainingRun {
  readonly base: FrozenBase;
  readonly session: GradientSession;
  readonly dataset: Dataset;
  readonly options: TrainingOptions;
  /** changed in place: it is always what the run has reached */
  readonly state: TrainingState;
  readonly control: TrainingControl;
  readonly pace: Pace;
  /** called when `state` is to outlive the process */
  readonly save: (state: TrainingState) => void;
}

/** The learning rate is halved by each rollback; after so many the run is given up. */
const maxRollbacks = 4;

/**
 * The training loop. What it yields is what a person sees; it ends between two sequences after a stop.
 * @throws InklingError `internal` when the loss keeps being no number
 */
export async function* train(run: TrainingRun): AsyncGenerator<TrainingEvent, EndReason> {
  const { state, options, dataset, control } = run;
  const isEvaluated = dataset.validation.length > 0;
  if (isEvaluated && state.step === 0) {
    const loss = await validationLoss(run);
    if (loss === undefined) return 'stopped';
    state.validationLossBefore = loss;
    yield evaluationEvent(run, loss, false);
  }
  while (state.step < state.totalSteps) {
    const result = await takeStep(run);
    if (result === 'stopped') return 'stopped';
    if (result === 'notFinite') {
      yield rollBack(state);
      continue;
    }
    yield { event: 'step', ...result, ...progress(run), totalSteps: state.totalSteps };

    const isLast = state.step === state.totalSteps || isTimeUp(run);
    if (isEvaluated && (isLast || state.step % options.evaluationSteps === 0)) {
      const loss = await validationLoss(run);
      if (loss === undefined) return 'stopped';
      const isBest = noteEvaluation(state, loss);
      yield evaluationEvent(run, loss, isBest);
    }
    if (state.step % options.checkpointSteps === 0) {
      state.restorePoint = copyWeights(state.weights);
      run.save(state);
      yield { event: 'checkpoint', step: state.step };
    }
    if (hasStoppedImproving(state, options)) return 'earlyStopping';
    if (state.step < state.totalSteps && isTimeUp(run)) return 'timeBudget';
    await control.pause();
    if (control.isStopped) return 'stopped';
  }
  return 'completed';
}

/** What time is left is for the last evaluation. */
const isTimeUp = ({ state, options: { maxMinutes }, pace }: TrainingRun): boolean =>
  maxMinutes > 0 && state.seconds + pace.secondsPerEvaluation >= 60 * maxMinutes;

interface StepResult {
  readonly loss: number;
  readonly learningRate: number;
  readonly gradNorm: number;
  readonly tokensPerSecond: number;
  readonly etaSeconds: number;
}

/** One optimizer step over batchSize · gradientAccumulationSteps sequences. */
async function takeStep(run: TrainingRun): Promise<StepResult | 'stopped' | 'notFinite'> {
  const { session, options, state, control } = run;
  const sequences = sequencesOfStep(run);
  const total = totalWeight(sequences);
  const weight = total > 0 ? 1 / total : 0;
  const isOne = sequences.length === 1; // its gradients are the sum
  const gradients = isOne ? session.gradients : session.gradients.map(({ length }) => new Float32Array(length));
  const opening = performance.now();
  await session.ready();
  state.seconds += (performance.now() - opening) / 1000; // no part of the step: it is after an evaluation only
  let loss = 0;
  let seconds = 0;
  for (const [index, sequence] of sequences.entries()) {
    await control.pause();
    if (control.isStopped) return 'stopped';
    const started = performance.now();
    const seed = derivedSeed(options.seed, 'dropout', state.step, index);
    loss += await session.run(sequence, { values: state.weights.values, weight, seed });
    if (!isOne) for (const [i, sum] of gradients.entries()) addTo(sum, session.gradients[i]!);
    seconds += (performance.now() - started) / 1000;
  }
  const summed = performance.now();
  const gradNorm = globalNorm(gradients);
  state.step++;
  if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) return 'notFinite';
  clipToNorm(gradients, gradNorm, options.maxGradNorm);
  const schedule = { ...options, totalSteps: state.totalSteps };
  const share = options.maxMinutes > 0 ? state.seconds / (60 * options.maxMinutes) : 0;
  const planned = learningRateAt(scheduledStep(state.step - 1, share, schedule), schedule);
  const learningRate = planned * 0.5 ** state.rollbacks;
  const { values, optimizer } = state.weights;
  optimizerStep({ values, gradients, state: optimizer }, learningRate, options);
  seconds += (performance.now() - summed) / 1000;
  state.seconds += seconds;
  const tokens = sequences.reduce((sum, { inputIds }) => sum + inputIds.length, 0);
  run.pace.noteStep(seconds);
  const etaSeconds = run.pace.secondsLeft(state, options);
  return { loss, learningRate, gradNorm, tokensPerSecond: tokens / seconds, etaSeconds };
}

function sequencesOfStep({ dataset, options, state }: TrainingRun): TrainingSequence[] {
  const count = options.batchSize * options.gradientAccumulationSteps;
  return Array.from({ length: count }, (_, i) => {
    const place = state.step * count + i;
    const epoch = Math.floor(place / dataset.sequencesPerEpoch);
    return dataset.trainingSequence(epoch, place % dataset.sequencesPerEpoch);
  });
}

function addTo(sum: Float32Array, addend: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += addend[i]!;
}

/** The step is not taken: back to the last checkpoint's weights, with half the learning rate, on to other texts. */
function rollBack(state: TrainingState): TrainingEvent {
  state.rollbacks++;
  if (state.rollbacks > maxRollbacks) {
    throw new InklingError(
      'internal',
      sentence`The training does not converge: choose a lower learning rate and start anew.`,
    );
  }
  state.weights = copyWeights(state.restorePoint);
  return { event: 'rollback', step: state.step, learningRateFactor: 0.5 ** state.rollbacks };
}

/** @returns undefined when it was stopped */
async function validationLoss(run: TrainingRun): Promise<number | undefined> {
  const { base, session, dataset, state, options, control, pace } = run;
  const started = performance.now();
  const chosen = spreadEvenly(dataset.validation, Math.ceil(options.evaluationTokens / options.sequenceLength));
  const { lora, threads } = session;
  await session.makeRoom();
  const loss = await meanLoss(base, chosen, { lora, values: state.weights.values, threads, control });
  const seconds = (performance.now() - started) / 1000;
  state.seconds += seconds;
  pace.noteEvaluation(seconds);
  return loss;
}

function spreadEvenly<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}

/** @returns whether it is the best so far */
function noteEvaluation(state: TrainingState, validationLoss: number): boolean {
  const isBest = validationLoss < (state.best?.validationLoss ?? Number.POSITIVE_INFINITY);
  if (isBest) state.best = { step: state.step, validationLoss, values: copyArrays(state.weights.values) };
  state.evaluationsWithoutImprovement = isBest ? 0 : state.evaluationsWithoutImprovement + 1;
  return isBest;
}

const hasStoppedImproving = (state: TrainingState, { earlyStoppingPatience }: TrainingOptions): boolean =>
  earlyStoppingPatience > 0 && state.evaluationsWithoutImprovement >= earlyStoppingPatience;

function evaluationEvent(run: TrainingRun, validationLoss: number, isBest: boolean): TrainingEvent {
  const validationPerplexity = Math.exp(validationLoss);
  return { event: 'evaluation', ...progress(run), validationLoss, validationPerplexity, isBest };
}

export function progress({ state, dataset, options }: Pick<TrainingRun, 'state' | 'dataset' | 'options'>) {
  const sequences = state.step * options.batchSize * options.gradientAccumulationSteps;
  return { step: state.step, epoch: sequences / dataset.sequencesPerEpoch };
}

/**
 * Mean negative log-likelihood of the targets that count, in nats. The session lives only as long as the evaluation: its
 * weights are mapped, so that opening it is cheap, and training has the memory to itself.
 * @returns undefined when it was stopped
 */
export async function meanLoss(
  base: FrozenBase,
  sequences: readonly TrainingSequence[],
  of: {
    readonly lora: LoraShape;
    readonly values: readonly Float32Array[];
    readonly threads: number;
    readonly control: TrainingControl;
  },
): Promise<number | undefined> {
  const maxPositions = greatest(sequences.map(({ inputIds }) => inputIds.length));
  const session = await EvaluationSession.create(base, { lora: of.lora, maxPositions, threads: of.threads });
  try {
    let sum = 0;
    for (const sequence of sequences) {
      await of.control.pause();
      if (of.control.isStopped) return undefined;
      const losses = await session.negativeLogLikelihoods(sequence, of.values);
      losses.forEach((loss, i) => {
        if (sequence.lossWeights[i]! > 0) sum += loss * sequence.lossWeights[i]!; // padding may be anything
      });
    }
    return sum / totalWeight(sequences);
  } finally {
    await session.release();
  }
}
