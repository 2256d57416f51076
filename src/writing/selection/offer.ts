import { actionCatalogue, hasTrait } from './actionCatalogue.ts';
import { type ActionMeasurement, actionMeasurements, type MeasuredLanguage } from './actionMeasurements.ts';
import { type ModelClass, modelClass } from './modelClass.ts';
import { type Note, note } from './notes.ts';
import type { ActionId, Way } from './selectionAction.ts';

/** Whether an action is offered with a model for texts of a language, and what that rests on. */
export type Offer =
  | { readonly kind: 'offered'; readonly measured: ActionMeasurement }
  /** nobody has read what such a model makes of it: offered, and said so */
  | { readonly kind: 'unmeasured' }
  | { readonly kind: 'needsLargerModel'; readonly measured?: ActionMeasurement };

/** Of what is proposed: so much does what the action's name says. */
const minDoes = 0.8;
/** One result in so many that were read may change the meaning. */
const readPerMeaningChanged = 60;

/** An action is good enough to be offered: no grammar worse, hardly a meaning changed, nearly all does what it says. */
export const isGoodEnough = ({ read, proposed, grammarWorse, meaningChanged, does }: ActionMeasurement): boolean =>
  proposed > 0 &&
  grammarWorse === 0 &&
  meaningChanged <= Math.max(1, read / readPerMeaningChanged) &&
  does >= minDoes * proposed;

/**
 * The ways in which an action is tried with a model, in this order. One of the middle class writes itself only what it was
 * measured to write well, and what rules and extraction were not.
 * @param language as `languageOfText` gives it; undefined: too little text to tell, taken for English
 * @param parameters of the model
 */
export function waysWith(action: ActionId, language: string | undefined, parameters: number): readonly Way[] {
  const { small, large } = actionCatalogue[action].ways;
  const models = modelClass(parameters);
  if (models !== 'medium') return models === 'small' ? small : large;
  const isGood = (row: ActionMeasurement | undefined) => row !== undefined && isGoodEnough(row);
  if (!small.includes('model') && isGood(measurementOf(action, language, 'small'))) return small;
  return isGood(measurementOf(action, language, models)) ? large : small;
}

/** @param language, parameters as {@link waysWith} wants them */
export function offerOf(action: ActionId, language: string | undefined, parameters: number): Offer {
  const isByModel = waysWith(action, language, parameters).includes('model');
  // what no model writes is the same with each, and was read with a small one
  const models = isByModel ? modelClass(parameters) : 'small';
  const measured = measurementOf(action, language, models);
  if (!measured) return models === 'large' ? { kind: 'unmeasured' } : { kind: 'needsLargerModel' };
  return isGoodEnough(measured) ? { kind: 'offered', measured } : { kind: 'needsLargerModel', measured };
}

/** The same of what the model wrote because it was told to: where rules go first, what was read with a small one is theirs. */
export function offerOfWritten(action: ActionId, language: string | undefined, parameters: number): Offer {
  if (waysWith(action, language, parameters).includes('model')) return offerOf(action, language, parameters);
  const models = modelClass(parameters);
  const measured = models === 'small' ? undefined : measurementOf(action, language, models);
  if (measured && isGoodEnough(measured)) return { kind: 'offered', measured };
  return { kind: 'needsLargerModel', ...(measured && { measured }) };
}

function measurementOf(
  action: ActionId,
  language: string | undefined,
  models: ModelClass,
): ActionMeasurement | undefined {
  const rows = actionMeasurements.filter((row) => row.action === action && row.models === models);
  const own = measuredLanguage(language);
  return rows.find((row) => row.language === own) ?? rows.find((row) => row.language === 'any');
}

/** Such an action is done in no other way than by telling the model in words; only a large one is told what an action does. */
export const isOnlyTold = (action: ActionId, parameters: number): boolean =>
  hasTrait(action, 'onlyTold') && !(action === 'custom' && modelClass(parameters) !== 'large');

/** @param parameters of the model in use */
export function whyNotOffered(
  action: ActionId,
  { measured }: Extract<Offer, { kind: 'needsLargerModel' }>,
  parameters: number,
): Note {
  const { title } = actionCatalogue[action];
  return measured && measured.proposed > 0
    ? note('measuredTooSmall', title, measured.proposed, measured.does)
    : note('largerModelNeeded', title, Math.round(parameters / 1e6));
}

const measuredLanguage = (language: string | undefined): MeasuredLanguage =>
  language === undefined || language === 'en' ? 'en' : language.startsWith('zh') ? 'zh' : 'other';
