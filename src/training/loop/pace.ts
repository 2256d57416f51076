import type { TrainingOptions } from '../../protocol/trainingOptions.ts';
import type { TrainingState } from './trainingState.ts';

/** weight of the newest step in the running mean */
const newest = 0.1;

/** How fast a run goes, for an estimate of the time that is left. */
export class Pace {
  private secondsPerStep: number | undefined;
  private secondsPerEvaluation = 0;

  noteStep(seconds: number): void {
    this.secondsPerStep ??= seconds;
    this.secondsPerStep += newest * (seconds - this.secondsPerStep);
  }

  noteEvaluation(seconds: number): void {
    this.secondsPerEvaluation = seconds;
  }

  secondsLeft({ step, totalSteps }: TrainingState, { evaluationSteps }: TrainingOptions): number {
    const evaluations = Math.ceil(totalSteps / evaluationSteps) - Math.floor(step / evaluationSteps);
    return (totalSteps - step) * (this.secondsPerStep ?? 0) + evaluations * this.secondsPerEvaluation;
  }
}
