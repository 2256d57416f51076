import type { LearningRateSchedule } from '../../protocol/trainingOptions.ts';

export interface LearningRatePlan {
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
