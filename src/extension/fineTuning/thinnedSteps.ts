import type { StepEvent } from '../../protocol/training.ts';

const most = 400;

/** Steps for a chart of limited width: every second one goes whenever there are too many. */
export class ThinnedSteps {
  #steps: StepEvent[] = [];
  #last: StepEvent | undefined;
  #every = 1;

  add(step: StepEvent): void {
    this.#last = step;
    if (step.step % this.#every === 0) this.#steps.push(step);
    if (this.#steps.length <= most) return;
    this.#every *= 2;
    this.#steps = this.#steps.filter(({ step: number }) => number % this.#every === 0);
  }

  /** in order; the last one is always there */
  get steps(): readonly StepEvent[] {
    return this.#last && this.#steps.at(-1) !== this.#last ? [...this.#steps, this.#last] : this.#steps;
  }
}
