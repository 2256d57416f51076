import measurements from './actionMeasurements.json';
import type { ModelClass } from './modelClass.ts';
import type { ActionId } from './selectionAction.ts';

/** `any`: the work does not depend on the language */
export type MeasuredLanguage = 'en' | 'zh' | 'other' | 'any';

/** What became of the reading set: every output was read. */
export interface ActionMeasurement {
  readonly action: ActionId;
  readonly models: ModelClass;
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

/** Made by `npm run bench -- actions --table` from what was read: docs/lab/actions. Not to be changed by hand. */
export const actionMeasurements = measurements as readonly ActionMeasurement[];
