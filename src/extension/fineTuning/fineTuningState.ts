import type { FineTuningPhase, FineTuningView } from '../../protocol/fineTuningPages.ts';
import type { StepEvent, TrainingEvent } from '../../protocol/training.ts';

/** Which phase can follow which; those without any are ends. */
const following: Readonly<Record<FineTuningPhase, readonly FineTuningPhase[]>> = {
  planning: ['ready', 'running', 'discarded', 'failed'],
  ready: ['running', 'discarded', 'failed'],
  running: ['paused', 'proving', 'discarded', 'failed'],
  paused: ['running', 'proving', 'discarded', 'failed'],
  proving: ['done'],
  done: [],
  discarded: [],
  failed: [],
};

export const canFollow = (phase: FineTuningPhase, next: FineTuningPhase): boolean => following[phase].includes(next);

const mostSteps = 400;

/** What a page shows of a fine-tuning, as it follows from what has happened. Plain data in, plain data out. */
export class FineTuningState {
  #view: FineTuningView;
  /** every so many steps one is kept */
  #every = 1;

  /** @param kept suggestions that are learned from, or are not */
  constructor(name: string, kept?: FineTuningView['kept']) {
    const none = { steps: [], evaluations: [], samples: [] };
    const flags = { isBusy: false, isSwitchedOn: false, canResume: false, isTooLittle: false };
    this.#view = { ...(kept && { kept }), phase: 'planning', name, ...none, ...flags };
  }

  get view(): FineTuningView {
    return this.#view;
  }

  /** Is there something to lose? */
  get isGoingOn(): boolean {
    const { phase, proof } = this.#view;
    return ['running', 'paused', 'proving'].includes(phase) || proof !== undefined;
  }

  /** A phase that cannot follow is not taken: what comes late changes nothing. @returns whether it was taken */
  enter(phase: FineTuningPhase, changes: Partial<FineTuningView> = {}): boolean {
    if (!canFollow(this.#view.phase, phase)) return false;
    this.change({ ...changes, phase, isBusy: false });
    return true;
  }

  change(changes: Partial<FineTuningView>): void {
    this.#view = { ...this.#view, ...changes };
  }

  note(event: TrainingEvent): void {
    this.change(this.#changesBy(event));
  }

  #changesBy(event: TrainingEvent): Partial<FineTuningView> {
    switch (event.event) {
      case 'corpus':
        return { corpus: event };
      case 'plan':
        return { plan: event };
      case 'step':
        return { steps: this.#withStep(event) };
      case 'evaluation': {
        const { step, validationLoss } = event;
        return { evaluations: [...this.#view.evaluations, { step, validationLoss }] };
      }
      case 'done':
        return { done: event };
      case 'rollback':
      case 'checkpoint':
        return {};
    }
  }

  /** For charts of limited width every second step goes whenever there are too many; the last one is always there. */
  #withStep(step: StepEvent): readonly StepEvent[] {
    const isKept = ({ step: number }: StepEvent) => number % this.#every === 0;
    const steps = [...this.#view.steps.filter(isKept), step];
    if (steps.length <= mostSteps) return steps;
    this.#every *= 2;
    return steps.filter((one) => isKept(one) || one === step);
  }
}
