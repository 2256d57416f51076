import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { LearntExample, LearntExamples } from './learntExamples.ts';

interface ExampleItem extends vscode.QuickPickItem {
  readonly example: LearntExample;
}

/**
 * Lists what was kept of accepted and rejected suggestions. Each can be deleted; all of it can be opened and edited.
 * @param isLearning more is kept at present
 */
export async function showLearnt(examples: LearntExamples, isLearning: boolean): Promise<void> {
  const list = vscode.window.createQuickPick<ExampleItem>();
  const open = { iconPath: new vscode.ThemeIcon('edit'), tooltip: l10n.t('Edit the List') };
  const clear = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: l10n.t('Delete All…') };
  const draw = async () => {
    const kept = await examples.read();
    list.items = kept.reverse().map(exampleItem);
    list.buttons = kept.length > 0 ? [open, clear] : [];
    list.placeholder = placeholder(kept.length, isLearning);
  };
  list.title = l10n.t('Kept for learning, newest first');
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.onDidTriggerItemButton(async ({ item }) => {
    await examples.remove(item.example);
    await draw();
  });
  list.onDidTriggerButton(async (button) => {
    list.hide();
    await (button === open ? openList(examples) : forgetLearnt(examples));
  });
  list.onDidAccept(() => {
    const [chosen] = list.selectedItems;
    list.hide();
    return chosen && openList(examples, chosen.example);
  });
  list.onDidHide(() => list.dispose());
  await draw();
  list.show();
}

/** Deletes everything, once a person has said so. */
export async function forgetLearnt(examples: LearntExamples): Promise<void> {
  const remove = l10n.t('Delete');
  const question = l10n.t('Delete all suggestions that were kept for learning in this workspace?');
  if ((await vscode.window.showWarningMessage(question, { modal: true }, remove)) === remove) await examples.clear();
}

function exampleItem(example: LearntExample): ExampleItem {
  const { kind, path, before, suggested, written } = example;
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: l10n.t('Delete') };
  const icon = kind === 'accepted' ? 'check' : 'pencil';
  return {
    example,
    label: `$(${icon}) … ${oneLine(before).slice(-40)}[${oneLine(written)}]`,
    description: path,
    detail: kind === 'accepted' ? l10n.t('accepted as suggested') : l10n.t('instead of “{0}”', oneLine(suggested)),
    buttons: [remove],
  };
}

function placeholder(count: number, isLearning: boolean): string {
  if (count > 0) return l10n.t('Choose one to edit it. The list is kept on this machine, for this workspace.');
  return isLearning
    ? l10n.t('There is nothing yet.')
    : l10n.t('There is nothing: learning from use is turned off (inkling.learnFromUse).');
}

/** @param example whose line is shown */
async function openList({ path }: LearntExamples, example?: LearntExample): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const start = example ? Math.max(0, document.getText().indexOf(JSON.stringify(example))) : 0;
  const { line } = document.positionAt(start);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(line, 0, line, 0) });
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
