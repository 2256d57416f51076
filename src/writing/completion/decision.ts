import type { Usage } from '../../protocol/inference.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { type CompletionOutcome, pickUsage } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';

/** What came of one request of the editor: the line that "Why nothing?" shows. Holds no text of the document. */
export interface Decision {
  /** milliseconds since 1970 */
  readonly at: number;
  readonly documentId: string;
  readonly languageId: string;
  /** counted from 1 */
  readonly line: number;
  readonly trigger: 'automatic' | 'explicit';
  readonly result: 'shown' | Reason;
  /** figures that led to it, such as a probability and its threshold */
  readonly detail?: string;
  readonly source?: 'model' | 'cache' | 'running';
  readonly usage?: Usage;
  readonly totalMs: number;
}

/** The part of a decision that the outcome gives. */
export function resultOf(outcome: CompletionOutcome): Pick<Decision, 'result' | 'detail' | 'source' | 'usage'> {
  const usage = pickUsage(outcome);
  switch (outcome.kind) {
    case 'text':
      return { result: 'shown', source: outcome.source, ...usage };
    case 'none':
      return { result: outcome.reason, ...(outcome.detail ? { detail: outcome.detail } : {}), ...usage };
    case 'cancelled':
      return { result: 'cancelled', ...usage };
    case 'failed':
      return { result: 'failed', detail: outcome.error.message, ...usage };
  }
}

type SettingName = keyof Omit<CompletionSettings, 'sampling'>;

const settingOf: Partial<Record<Reason, SettingName>> = {
  off: 'languages',
  zone: 'zones',
  lowConfidence: 'showing',
  sentenceStart: 'showing',
  unlikelySuffix: 'midLine',
  tooShort: 'length',
};

/** Which setting a person would change after this refusal. */
export function settingFor(reason: Reason, detail: string | undefined): SettingName | undefined {
  if (reason === 'off' && detail === undefined) return 'enabled';
  if (reason === 'zone' && detail === 'text right of the caret') return 'midLine';
  if (reason === 'zone' && detail === 'inside a word') return undefined;
  return settingOf[reason];
}

const capacity = 50;

/**
 * The last decisions, newest first. A row of equal refusals, for which no model was asked, counts as one, and so does a
 * suggestion that is typed through: every key makes another, and they would push out all others. A request that the next key
 * gave up goes when that key's own comes.
 */
export class DecisionLog {
  readonly #decisions: Decision[] = [];

  add(decision: Decision): void {
    const [given] = this.#decisions;
    if (given?.result === 'cancelled' && given.documentId === decision.documentId) this.#decisions.shift();
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
