import type { TrainingOptions } from '../../protocol/trainingOptions.ts';
import { initialValues, type LoraParameter } from '../lora/loraParameters.ts';
import { newOptimizerState, type OptimizerState } from '../optimization/optimizer.ts';

/** The trained weights and what the optimizer remembers of them. */
export interface Weights {
  /** per parameter */
  readonly values: readonly Float32Array[];
  readonly optimizer: OptimizerState;
}

/** Everything that a run changes from step to step: with it, a run goes on as if it had never been interrupted. */
export interface TrainingState {
  /** steps taken; the data's place follows from it */
  step: number;
  /** fixed before the first step, because the schedule depends on it */
  totalSteps: number;
  weights: Weights;
  /** where a rollback leads to: the weights at the last checkpoint */
  restorePoint: Weights;
  rollbacks: number;
  validationLossBefore: number | undefined;
  best:
    | { readonly step: number; readonly validationLoss: number; readonly values: readonly Float32Array[] }
    | undefined;
  evaluationsWithoutImprovement: number;
  /** time spent computing */
  seconds: number;
}

export function newTrainingState(
  parameters: readonly LoraParameter[],
  { optimizer, seed }: TrainingOptions,
): TrainingState {
  const values = initialValues(parameters, seed);
  const weights = { values, optimizer: newOptimizerState(optimizer, values) };
  return {
    step: 0,
    totalSteps: 0,
    weights,
    restorePoint: copyWeights(weights),
    rollbacks: 0,
    validationLossBefore: undefined,
    best: undefined,
    evaluationsWithoutImprovement: 0,
    seconds: 0,
  };
}

export const copyWeights = ({ values, optimizer }: Weights): Weights => ({
  values: copyArrays(values),
  optimizer: { steps: optimizer.steps, slots: optimizer.slots.map(copyArrays) },
});

export const copyArrays = (arrays: readonly Float32Array[]) => arrays.map((array) => array.slice());
