import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { RunAction } from '../../providers/selection/proposed.ts';
import { actionTitle } from './actionTitles.ts';
import { refusalMessage } from './noteTexts.ts';
import { inSourceControl } from './progressInSourceControl.ts';
import { tell } from './runOnSelection.ts';

/** As much of the Git extension's interface as is used here (its `git.d.ts`, version 1). */
interface GitApi {
  readonly repositories: readonly Repository[];
}

interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly state: { readonly indexChanges: readonly unknown[] };
  /** @param cached the staged changes instead of the others */
  diff(cached: boolean): Promise<string>;
  /** newest first; rejects where there is no commit yet */
  log(options: { readonly maxEntries: number }): Promise<readonly { readonly message: string }[]>;
}

/**
 * Proposes a message for the staged changes in the commit box, where it waits for the person to commit or change it.
 * What already stands there is only replaced if the person says so.
 * @param control the source control whose button was pressed
 */
export async function commitMessage(run: RunAction, control?: vscode.SourceControl): Promise<void> {
  const repository = await chooseRepository(control);
  if (!repository) return;
  const diff = await repository.diff(true);
  if (diff.trim() === '') return tell(l10n.t('Nothing is staged: stage what the message is to be about.'));
  const earlierSubjects = await subjectsOf(repository);
  const outcome = await inSourceControl(actionTitle('commitMessage'), (token) =>
    run({ action: 'commitMessage', text: diff, languageId: 'diff', earlierSubjects }, token, {}),
  );
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'none') return tell(refusalMessage(outcome));
  const message = outcome.kind === 'proposal' ? outcome.text : outcome.partial?.text;
  if (!message) return;
  const { inputBox } = repository;
  if (inputBox.value.trim() === '' || (await mayReplace(message))) inputBox.value = message;
}

/** Commits that show how messages are written here. */
const shownCommits = 40;

async function subjectsOf(repository: Repository): Promise<string[]> {
  const commits = await repository.log({ maxEntries: shownCommits }).catch(() => []);
  return commits.map(({ message }) => message.split('\n', 1)[0]!);
}

async function chooseRepository(control: vscode.SourceControl | undefined): Promise<Repository | undefined> {
  const git = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  const repositories = git ? (await git.activate()).getAPI(1).repositories : [];
  const root = control?.rootUri?.toString();
  const [first, ...others] = root ? repositories.filter(({ rootUri }) => rootUri.toString() === root) : repositories;
  if (!first) await tell(l10n.t('There is no Git repository in this window.'));
  if (!first || others.length === 0) return first;
  const staged = repositories.filter(({ state }) => state.indexChanges.length > 0);
  if (staged.length <= 1) return staged[0] ?? first;
  const choices = staged.map((repository) => ({ label: repository.rootUri.path, repository }));
  return (await vscode.window.showQuickPick(choices, { title: actionTitle('commitMessage') }))?.repository;
}

async function mayReplace(message: string): Promise<boolean> {
  const replace = l10n.t('Replace');
  const question = l10n.t('The commit box already holds a message. Replace it with “{0}”?', message.split('\n')[0]!);
  return (await vscode.window.showInformationMessage(question, replace)) === replace;
}
