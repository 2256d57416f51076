import type { SummaryForm } from '../../writing/selection/selectionAction.ts';

/** What an action works on. */
export type Scope = 'selection' | 'section' | 'document';

/** What a key binding may say about an action, so that nothing is left to ask. */
export interface ActionArguments {
  readonly instruction?: string;
  readonly form?: SummaryForm;
  readonly scope?: Scope;
}

export const summaryForms: readonly SummaryForm[] = ['sentence', 'paragraph', 'bullets', 'outline'];
const scopes: readonly Scope[] = ['selection', 'section', 'document'];

/** Reads what a command was called with: a menu gives the resource, a key binding whatever somebody wrote. */
export function actionArguments(given: unknown): ActionArguments {
  if (typeof given !== 'object' || given === null) return {};
  const { instruction, form, scope } = given as Readonly<Record<string, unknown>>;
  const knownForm = summaryForms.find((each) => each === form);
  const knownScope = scopes.find((each) => each === scope);
  return {
    ...(typeof instruction === 'string' && instruction.trim() !== '' ? { instruction } : {}),
    ...(knownForm ? { form: knownForm } : {}),
    ...(knownScope ? { scope: knownScope } : {}),
  };
}
