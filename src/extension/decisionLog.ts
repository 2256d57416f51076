import type { Decision } from '../writing/completion/decision.ts';

const capacity = 50;

/**
 * The last decisions, newest first. A row of equal refusals, for which no model was asked, counts as one, and so does a
 * suggestion that is typed through: every key makes another, and they would push out all others.
 */
export class DecisionLog {
  readonly #decisions: Decision[] = [];

  add(decision: Decision): void {
    const [last] = this.#decisions;
    const isSame = last?.result === decision.result && last.documentId === decision.documentId;
    if (isSame && decision.result === 'shown' && decision.source === 'cache') return;
    const isRefusal = decision.result !== 'shown' && last?.usage === undefined && decision.usage === undefined;
    if (isSame && isRefusal) this.#decisions.shift();
    this.#decisions.unshift(decision);
    this.#decisions.length = Math.min(this.#decisions.length, capacity);
  }

  get newestFirst(): readonly Decision[] {
    return this.#decisions;
  }
}
