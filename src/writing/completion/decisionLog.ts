import type { Usage } from '../../protocol/inference.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { CompletionOutcome } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';
import type { ZoneKind } from './zones/zone.ts';

/** What was decided at one caret and why: the material of "Why nothing?". Holds no text of the document. */
export interface Decision {
  /** by the completer's clock */
  readonly time: number;
  readonly languageId: string;
  /** undefined when it was refused before anybody looked */
  readonly zone: ZoneKind | undefined;
  readonly kind: CompletionOutcome['kind'];
  readonly reason: Reason | undefined;
  readonly detail: string | undefined;
  readonly source: 'model' | 'cache' | 'running' | undefined;
  readonly totalMs: number;
  readonly usage: Usage | undefined;
  /** the setting that would change this decision, if one would */
  readonly setting: SettingName | undefined;
}

export type SettingName = keyof Omit<CompletionSettings, 'sampling'>;

const settingOf: Partial<Record<Reason, SettingName>> = {
  off: 'languages',
  zone: 'zones',
  lowConfidence: 'minFirstWordProbability',
  sentenceStart: 'minFirstWordProbability',
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

/** Keeps the last decisions, the latest last. */
export class DecisionLog {
  private entries: readonly Decision[] = [];

  constructor(private readonly capacity: number) {}

  get decisions(): readonly Decision[] {
    return this.entries;
  }

  add(decision: Decision): void {
    this.entries = [...this.entries, decision].slice(-this.capacity);
  }
}
