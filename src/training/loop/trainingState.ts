import type { TrainingOptions } from '../../protocol/trainingOptions.ts';
import { initialValues, type LoraParameter } from '../graph/loraParameters.ts';
import { newOptimizerState, type OptimizerState } from './optimizer.ts';

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

/** weight of the newest step in the running mean */
const newest = 0.1;

/** How fast a run goes, for an estimate of the time that is left. */
export class Pace {
  #secondsPerStep: number | undefined;
  #secondsPerEvaluation = 0;

  noteStep(seconds: number): void {
    this.#secondsPerStep ??= seconds;
    this.#secondsPerStep += newest * (seconds - this.#secondsPerStep);
  }

  noteEvaluation(seconds: number): void {
    this.#secondsPerEvaluation = seconds;
  }

  /** of the last one; 0 before there was one */
  get secondsPerEvaluation(): number {
    return this.#secondsPerEvaluation;
  }

  secondsLeft({ step, totalSteps, seconds }: TrainingState, { evaluationSteps, maxMinutes }: TrainingOptions): number {
    const evaluations = Math.ceil(totalSteps / evaluationSteps) - Math.floor(step / evaluationSteps);
    const ofAllSteps = (totalSteps - step) * (this.#secondsPerStep ?? 0) + evaluations * this.#secondsPerEvaluation;
    return maxMinutes > 0 ? Math.min(ofAllSteps, Math.max(0, 60 * maxMinutes - seconds)) : ofAllSteps;
  }
}
