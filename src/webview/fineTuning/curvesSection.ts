import type { StepEvent } from '../../protocol/training.ts';
import { l10n } from '../l10n.ts';
import { lineChart } from '../lineChart.ts';
import { derivedSection, type Section } from './section.ts';

/** How well it fits what it learns from, and what it does not. */
export const curvesSection = (): Section =>
  derivedSection(
    l10n.t('Curves'),
    ({ steps, evaluations, plan }) => (plan && steps.length > 1 ? { steps, evaluations, plan } : undefined),
    ({ steps, evaluations, plan }) => [
      lineChart(
        l10n.t('Loss by step: lower is better'),
        [
          { label: l10n.t('Training loss, smoothed'), kind: 'training', points: smoothed(steps) },
          {
            label: l10n.t('Validation loss, on texts that are not learnt from'),
            kind: 'validation',
            points: evaluations.map(({ step, validationLoss }) => [step, validationLoss] as const),
            hasDots: true,
          },
        ],
        plan.totalSteps,
      ),
      lineChart(
        l10n.t('Learning rate by step'),
        [
          {
            label: l10n.t('Learning rate'),
            kind: 'rate',
            points: steps.map(({ step, learningRate }) => [step, learningRate] as const),
          },
        ],
        plan.totalSteps,
      ),
    ],
  );

/** Mean over the steps around each: single sequences differ more from one another than a person can learn in a step. */
function smoothed(steps: readonly StepEvent[]): (readonly [number, number])[] {
  const reach = Math.floor(steps.length / 20);
  return steps.map(({ step }, i) => {
    const around = steps.slice(Math.max(0, i - reach), i + reach + 1);
    return [step, around.reduce((sum, { loss }) => sum + loss, 0) / around.length] as const;
  });
}
