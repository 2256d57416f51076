import type { TrainingOptions } from '../protocol/trainingOptions.ts';
import type { Dataset } from './dataset/trainingSequence.ts';
import type { TrainingPlan } from './session/trainingPlan.ts';

/** How many steps a run takes, and how long they last by what was measured before the first one. */
export interface RunCost {
  /** of the epochs, or fewer when a bound on steps or on time says so */
  readonly totalSteps: number;
  /** computing time of that many steps and of their evaluations */
  secondsOf(steps: number): number;
}

export function runCost(
  options: TrainingOptions,
  plan: Pick<TrainingPlan, 'sequenceLength' | 'secondsPerSequence' | 'secondsPerEvaluatedSequence'>,
  dataset: Dataset,
): RunCost {
  const evaluated = Math.min(dataset.validation.length, options.evaluationTokens / plan.sequenceLength);
  const evaluationSeconds = evaluated * plan.secondsPerEvaluatedSequence;
  const sequencesPerStep = options.batchSize * options.gradientAccumulationSteps;
  const secondsPerStep = sequencesPerStep * plan.secondsPerSequence + evaluationSeconds / options.evaluationSteps;
  const bounds = [Math.max(1, Math.round((options.epochs * dataset.sequencesPerEpoch) / sequencesPerStep))];
  if (options.maxSteps > 0) bounds.push(options.maxSteps);
  if (options.maxMinutes > 0) {
    bounds.push(Math.max(1, Math.floor((60 * options.maxMinutes - evaluationSeconds) / secondsPerStep)));
  }
  return { totalSteps: Math.min(...bounds), secondsOf: (steps) => evaluationSeconds + steps * secondsPerStep };
}
