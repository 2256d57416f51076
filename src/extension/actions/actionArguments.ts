import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { sectionAt } from '../../writing/proposal/targets.ts';
import type { SummaryForm } from '../../writing/selection/selectionAction.ts';
import { actionTitle, formTitle } from './actionTitles.ts';

/** What an action works on. */
export type Scope = 'selection' | 'section' | 'document';

/** What a key binding may say about an action, so that nothing is left to ask. */
export interface ActionArguments {
  readonly instruction?: string;
  readonly form?: SummaryForm;
  readonly scope?: Scope;
  /** also with a model that was measured not to be up to it */
  readonly anyway?: true;
}

const summaryForms: readonly SummaryForm[] = ['sentence', 'paragraph', 'bullets', 'outline'];
const scopes: readonly Scope[] = ['selection', 'section', 'document'];

/** Reads what a command was called with: a menu gives the resource, a key binding whatever somebody wrote. */
export function actionArguments(given: unknown): ActionArguments {
  if (typeof given !== 'object' || given === null) return {};
  const { instruction, form, scope, anyway } = given as Readonly<Record<string, unknown>>;
  const knownForm = summaryForms.find((each) => each === form);
  const knownScope = scopes.find((each) => each === scope);
  return {
    ...(typeof instruction === 'string' && instruction.trim() !== '' ? { instruction } : {}),
    ...(knownForm ? { form: knownForm } : {}),
    ...(knownScope ? { scope: knownScope } : {}),
    ...(anyway === true ? { anyway } : {}),
  };
}

/** What is to be summarized, and how. */
interface SummaryChoice {
  readonly scope: Scope | 'files';
  readonly form: SummaryForm;
}

/**
 * Asks for what the command was not told. Where something is selected, that is what is meant.
 * @param isPossible tells the person where there is nothing to summarize
 * @returns undefined when the person gave up, or was told so
 */
export async function chooseSummary(
  given: ActionArguments,
  isPossible: (scope: Scope) => Promise<boolean>,
): Promise<SummaryChoice | undefined> {
  const editor = vscode.window.activeTextEditor;
  const isSelected = editor?.selections.some(({ isEmpty }) => !isEmpty) === true;
  const scope = given.scope ?? (isSelected || !editor ? 'selection' : await chooseScope(editor));
  if (scope && scope !== 'files' && !(await isPossible(scope))) return undefined;
  const form = scope && (given.form ?? (await chooseForm(actionTitle('summarize'))));
  return scope && form && { scope, form };
}

export async function chooseForm(title: string): Promise<SummaryForm | undefined> {
  const items = summaryForms.map((form) => ({ label: formTitle(form), form }));
  return (await vscode.window.showQuickPick(items, { title }))?.form;
}

async function chooseScope({ document, selection }: vscode.TextEditor): Promise<SummaryChoice['scope'] | undefined> {
  const section = sectionAt(
    { text: document.getText(), languageId: document.languageId },
    document.offsetAt(selection.active),
  );
  const items: (vscode.QuickPickItem & { readonly scope: SummaryChoice['scope'] })[] = [
    ...(section
      ? [{ label: `$(list-tree) ${l10n.t('This section')}`, description: section.title, scope: 'section' as const }]
      : []),
    { label: `$(file) ${l10n.t('The whole document')}`, scope: 'document' },
    { label: `$(list-selection) ${l10n.t('The paragraph at the caret')}`, scope: 'selection' },
    { label: `$(files) ${l10n.t('Several files…')}`, scope: 'files' },
  ];
  const title = l10n.t('What should be summarized?');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.scope;
}
