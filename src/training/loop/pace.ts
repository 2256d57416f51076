import type { TrainingOptions } from '../../protocol/trainingOptions.ts';
import type { TrainingState } from './trainingState.ts';

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
