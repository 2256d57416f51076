import type { Reason } from '../../protocol/reasons.ts';
import type { CompletionSettings } from './completionSettings.ts';

type SettingName = keyof Omit<CompletionSettings, 'sampling'>;

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
