import type { OptimizerName } from '../../protocol/trainingOptions.ts';

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
  adam: { slots: 2, apply: adamStep },
  adamw: {
    slots: 2,
    apply(update) {
      const kept = 1 - update.learningRate * update.options.weightDecay;
      for (let i = 0; i < update.values.length; i++) update.values[i]! *= kept;
      adamStep(update);
    },
  },
};

/** Kingma & Ba 2015 */
function adamStep({ values, gradients, slots: [mean, square], step, learningRate, options }: Update): void {
  const { beta1, beta2, epsilon } = options;
  const stepSize = learningRate / (1 - beta1 ** step);
  const correction = Math.sqrt(1 - beta2 ** step);
  for (let i = 0; i < values.length; i++) {
    const gradient = gradients[i]!;
    mean![i] = beta1 * mean![i]! + (1 - beta1) * gradient;
    square![i] = beta2 * square![i]! + (1 - beta2) * gradient * gradient;
    values[i]! -= (stepSize * mean![i]!) / (Math.sqrt(square![i]!) / correction + epsilon);
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
