import type { LearningRateSchedule, OptimizerName } from '../../protocol/trainingOptions.ts';

export interface OptimizerOptions {
  readonly optimizer: OptimizerName;
  /** of sgd and rmsprop; 0 = none */
  readonly momentum: number;
  /** decay of the mean gradient (adam, adamw) */
  readonly beta1: number;
  /** decay of the mean squared gradient (adam, adamw, rmsprop) */
  readonly beta2: number;
  readonly epsilon: number;
  /** adamw: shrinks the weights directly (Loshchilov & Hutter 2019); others: as `l2`, like PyTorch's weight_decay */
  readonly weightDecay: number;
  /** l1 · |w| is added to the loss */
  readonly l1: number;
  /** l2 · w² / 2 is added to the loss */
  readonly l2: number;
}

interface Update {
  readonly values: Float32Array;
  readonly gradients: Float32Array;
  /** what the rule remembers of this parameter, one array per slot */
  readonly slots: readonly Float32Array[];
  /** 1 for the first step */
  readonly step: number;
  readonly learningRate: number;
  readonly options: OptimizerOptions;
}

/** One optimizer: how many numbers it remembers per weight (all zero at first), and its step. As PyTorch's. */
interface UpdateRule {
  readonly slots: number;
  readonly apply: (update: Update) => void;
}

const updateRules: Readonly<Record<OptimizerName, UpdateRule>> = {
  sgd: {
    slots: 1,
    apply({ values, gradients, slots: [velocity], learningRate, options: { momentum } }) {
      for (let i = 0; i < values.length; i++) {
        velocity![i] = momentum * velocity![i]! + gradients[i]!;
        values[i]! -= learningRate * velocity![i]!;
      }
    },
  },
  // Tieleman & Hinton 2012
  rmsprop: {
    slots: 2,
    apply({ values, gradients, slots: [square, velocity], learningRate, options: { beta2, momentum, epsilon } }) {
      for (let i = 0; i < values.length; i++) {
        const gradient = gradients[i]!;
        square![i] = beta2 * square![i]! + (1 - beta2) * gradient * gradient;
        velocity![i] = momentum * velocity![i]! + gradient / (Math.sqrt(square![i]!) + epsilon);
        values[i]! -= learningRate * velocity![i]!;
      }
    },
  },
  adam: { slots: 2, apply: (update) => adamStep(update, 1) },
  adamw: {
    slots: 2,
    apply: (update) => adamStep(update, 1 - update.learningRate * update.options.weightDecay),
  },
};

/**
 * Kingma & Ba 2015. The bias corrections stand outside of the loop, and what the loop has just computed is not read back:
 * a step goes over millions of numbers.
 * @param kept factor on the weights before their update
 */
function adamStep({ values, gradients, slots, step, learningRate, options }: Update, kept: number): void {
  const { beta1, beta2, epsilon } = options;
  const [means, squares] = [slots[0]!, slots[1]!];
  const correction = Math.sqrt(1 - beta2 ** step);
  const stepSize = (learningRate / (1 - beta1 ** step)) * correction;
  const leastRoot = epsilon * correction;
  const [newest1, newest2] = [1 - beta1, 1 - beta2];
  for (let i = 0; i < values.length; i++) {
    const gradient = gradients[i]!;
    const mean = beta1 * means[i]! + newest1 * gradient;
    const square = beta2 * squares[i]! + newest2 * gradient * gradient;
    means[i] = mean;
    squares[i] = square;
    values[i] = kept * values[i]! - (stepSize * mean) / (Math.sqrt(square) + leastRoot);
  }
}

/** What an optimizer remembers; part of a checkpoint. */
export interface OptimizerState {
  steps: number;
  /** per parameter, per slot */
  readonly slots: readonly (readonly Float32Array[])[];
}

export function newOptimizerState(optimizer: OptimizerName, values: readonly Float32Array[]): OptimizerState {
  const { slots } = updateRules[optimizer];
  return {
    steps: 0,
    slots: values.map(({ length }) => Array.from({ length: slots }, () => new Float32Array(length))),
  };
}

/** One step: changes the values and the state, and uses the gradients up. */
export function optimizerStep(
  {
    values,
    gradients,
    state,
  }: { values: readonly Float32Array[]; gradients: readonly Float32Array[]; state: OptimizerState },
  learningRate: number,
  options: OptimizerOptions,
): void {
  state.steps++;
  const rule = updateRules[options.optimizer];
  values.forEach((of, index) => {
    addPenalties(gradients[index]!, of, options);
    const update = { values: of, gradients: gradients[index]!, slots: state.slots[index]! };
    rule.apply({ ...update, step: state.steps, learningRate, options });
  });
}

function addPenalties(gradients: Float32Array, values: Float32Array, options: OptimizerOptions): void {
  const square = options.l2 + (options.optimizer === 'adamw' ? 0 : options.weightDecay);
  if (square === 0 && options.l1 === 0) return;
  for (let i = 0; i < values.length; i++) {
    gradients[i]! += square * values[i]! + options.l1 * Math.sign(values[i]!);
  }
}

interface LearningRatePlan {
  /** the highest, reached at the end of the warm-up */
  readonly learningRate: number;
  readonly lrSchedule: LearningRateSchedule;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/** Fraction of the highest rate after the warm-up; `progress` goes from 0 to 1. */
const decays: Readonly<Record<LearningRateSchedule, (progress: number) => number>> = {
  constant: () => 1,
  linear: (progress) => 1 - progress,
  cosine: (progress) => (1 + Math.cos(Math.PI * progress)) / 2, // Loshchilov & Hutter 2017
};

/**
 * Where a run stands in its schedule, in steps. One that is slower than planned is as far as its clock: its time will end
 * it, and by then its rate should have come down.
 * @param step counted from 0
 * @param share of its time that is over; 0 when it has no limit
 */
export const scheduledStep = (step: number, share: number, { warmupSteps, totalSteps }: LearningRatePlan): number =>
  step < warmupSteps ? step : Math.max(step, share * totalSteps);

/** @param step counted from 0; the warm-up rises in equal parts, and its last step has the highest rate */
export function learningRateAt(step: number, plan: LearningRatePlan): number {
  const { learningRate, lrSchedule, warmupSteps, totalSteps } = plan;
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return learningRate * decays[lrSchedule](Math.min(1, progress));
}

/** √(Σ g²) over all parameters. */
export function globalNorm(gradients: readonly Float32Array[]): number {
  let sum = 0;
  for (const gradient of gradients) for (let i = 0; i < gradient.length; i++) sum += gradient[i]! * gradient[i]!;
  return Math.sqrt(sum);
}

/** Scales the gradients down so that their global norm is at most `maxNorm` (Pascanu et al. 2013); 0 = no bound. */
export function clipToNorm(gradients: readonly Float32Array[], norm: number, maxNorm: number): void {
  const factor = maxNorm / (norm + 1e-6); // as torch.nn.utils.clip_grad_norm_
  if (maxNorm === 0 || factor >= 1) return;
  for (const gradient of gradients) for (let i = 0; i < gradient.length; i++) gradient[i]! *= factor;
}
