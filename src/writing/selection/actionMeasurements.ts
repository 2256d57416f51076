// Made by `npm run bench -- actions --table` from what a person read: docs/lab/actions. Not to be changed by hand.
import type { ActionId } from './selectionAction.ts';

/** `any`: the work does not depend on the language */
export type MeasuredLanguage = 'en' | 'zh' | 'other' | 'any';

/** What became of the reading set: every output was read. */
export interface ActionMeasurement {
  readonly action: ActionId;
  readonly models: 'small' | 'large';
  readonly language: MeasuredLanguage;
  /** outputs that were read, honest refusals included */
  readonly read: number;
  readonly proposed: number;
  /** of the proposals: */
  readonly grammarWorse: number;
  readonly meaningChanged: number;
  /** does what the action's name says */
  readonly does: number;
}

// biome-ignore format: a row is a line
export const actionMeasurements: readonly ActionMeasurement[] = [
  { action: 'fix', models: 'small', language: 'any', read: 73, proposed: 1, grammarWorse: 0, meaningChanged: 0, does: 1 },
  { action: 'shorten', models: 'small', language: 'en', read: 70, proposed: 5, grammarWorse: 0, meaningChanged: 0, does: 5 },
  { action: 'simplify', models: 'small', language: 'en', read: 70, proposed: 9, grammarWorse: 0, meaningChanged: 0, does: 9 },
  { action: 'formal', models: 'small', language: 'en', read: 70, proposed: 16, grammarWorse: 0, meaningChanged: 0, does: 16 },
  { action: 'friendly', models: 'small', language: 'en', read: 70, proposed: 23, grammarWorse: 0, meaningChanged: 0, does: 23 },
  { action: 'rewrite', models: 'small', language: 'en', read: 22, proposed: 18, grammarWorse: 6, meaningChanged: 2, does: 0 },
  { action: 'expand', models: 'small', language: 'en', read: 21, proposed: 7, grammarWorse: 3, meaningChanged: 0, does: 0 },
  { action: 'continue', models: 'small', language: 'en', read: 31, proposed: 14, grammarWorse: 1, meaningChanged: 3, does: 5 },
  { action: 'bullets', models: 'small', language: 'any', read: 73, proposed: 72, grammarWorse: 0, meaningChanged: 0, does: 71 },
  { action: 'prose', models: 'small', language: 'any', read: 8, proposed: 7, grammarWorse: 1, meaningChanged: 0, does: 6 },
  { action: 'table', models: 'small', language: 'any', read: 6, proposed: 4, grammarWorse: 0, meaningChanged: 0, does: 4 },
  { action: 'title', models: 'small', language: 'en', read: 15, proposed: 15, grammarWorse: 0, meaningChanged: 0, does: 2 },
  { action: 'headings', models: 'small', language: 'any', read: 13, proposed: 3, grammarWorse: 0, meaningChanged: 0, does: 2 },
  { action: 'betterWord', models: 'small', language: 'en', read: 12, proposed: 9, grammarWorse: 0, meaningChanged: 0, does: 3 },
  { action: 'summarize', models: 'small', language: 'any', read: 39, proposed: 39, grammarWorse: 0, meaningChanged: 0, does: 39 },
  { action: 'translate', models: 'small', language: 'any', read: 3, proposed: 0, grammarWorse: 0, meaningChanged: 0, does: 0 },
  { action: 'ask', models: 'small', language: 'en', read: 97, proposed: 37, grammarWorse: 0, meaningChanged: 0, does: 37 },
  { action: 'ask', models: 'small', language: 'zh', read: 3, proposed: 2, grammarWorse: 0, meaningChanged: 0, does: 2 },
  { action: 'custom', models: 'small', language: 'any', read: 7, proposed: 2, grammarWorse: 0, meaningChanged: 1, does: 1 },
  { action: 'commitMessage', models: 'small', language: 'any', read: 35, proposed: 35, grammarWorse: 0, meaningChanged: 0, does: 35 },
];
