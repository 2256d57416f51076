import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isWritten } from '../../providers/completion/completionProvider.ts';
import { type Decision, settingFor } from '../../writing/completion/decision.ts';
import { languageName } from '../otherProviders.ts';
import { type ReasonText, reasonText } from '../reasonTexts.ts';

interface DecisionItem extends vscode.QuickPickItem {
  readonly remedy?: Remedy;
}

/** What would change a decision. */
type Remedy = { readonly setting: string } | { readonly command: string };

/**
 * Lists the last decisions, each with its reason and what would change it; figures are behind “Details”.
 * @param isOn suggestions are turned on at all: nothing is decided while they are not
 */
export function whyNothing(decisions: readonly Decision[], isOn: boolean): void {
  const quickPick = vscode.window.createQuickPick<DecisionItem>();
  const hindrance = hindranceIn(vscode.window.activeTextEditor?.document);
  const hindrances = [...(isOn ? [] : [offItem()]), ...(hindrance ? [hindranceItem(hindrance)] : [])];
  const details = { iconPath: new vscode.ThemeIcon('info'), tooltip: l10n.t('Details') };
  let isDetailed = false;
  const draw = () => {
    quickPick.items = [...hindrances, ...decisions.map((decision) => decisionItem(decision, isDetailed))];
  };
  quickPick.title = l10n.t('Why nothing? The latest first');
  quickPick.placeholder =
    decisions.length > 0 || hindrances.length > 0
      ? l10n.t('Choose one to change what led to it')
      : l10n.t('Nothing yet. Type in a document in which suggestions are turned on.');
  quickPick.matchOnDescription = true;
  quickPick.buttons = decisions.length > 0 ? [details] : [];
  quickPick.onDidTriggerButton(() => {
    isDetailed = !isDetailed;
    draw();
  });
  quickPick.onDidTriggerItemButton(({ item }) => follow(item.remedy));
  quickPick.onDidAccept(() => {
    const [item] = quickPick.selectedItems;
    quickPick.hide();
    return follow(item?.remedy);
  });
  quickPick.onDidHide(() => quickPick.dispose());
  draw();
  quickPick.show();
}

const offItem = (): DecisionItem => ({
  label: `$(circle-slash) ${l10n.t('Turned off')}`,
  detail: l10n.t('Choose this to turn it on.'),
  remedy: { command: 'inkling.toggle' },
});

interface Hindrance extends ReasonText {
  readonly remedy?: Remedy;
}

/** Why nothing is even decided in a document: the editor does not ask there, or is given nothing. */
export function hindranceIn(document: vscode.TextDocument | undefined): Hindrance | undefined {
  if (!document) return undefined;
  if (!isWritten(document)) {
    return {
      title: l10n.t('No suggestions in this kind of document'),
      advice: l10n.t('They come in files, drafts, notebook cells and commit messages.'),
    };
  }
  if (vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled') !== false) return undefined;
  return {
    title: l10n.t('The editor’s inline suggestions are turned off'),
    advice: l10n.t('Choose this for the setting.'),
    remedy: { setting: 'editor.inlineSuggest.enabled' },
  };
}

const hindranceItem = ({ title, advice, remedy }: Hindrance): DecisionItem => ({
  label: `$(circle-slash) ${title}`,
  ...(advice && { detail: advice }),
  ...(remedy && { remedy }),
});

/** A row in plain words; with `isDetailed` also in figures and the engine's own words. */
export function decisionItem(decision: Decision, isDetailed: boolean): DecisionItem {
  const { title, advice } = decision.result === 'shown' ? shown(decision) : reasonText(decision.result);
  const remedy = remedyOf(decision);
  const icon = decision.result === 'shown' ? 'check' : decision.result === 'failed' ? 'warning' : 'dash';
  const button = { iconPath: new vscode.ThemeIcon('settings-gear'), tooltip: advice ?? l10n.t('Change This') };
  const detail = isDetailed ? figures(decision) : (advice ?? '');
  return {
    label: `$(${icon}) ${title}`,
    description: [clock(decision.at), l10n.t('line {0}', decision.line)].join(' · '),
    ...(detail ? { detail } : {}),
    ...(remedy ? { remedy, buttons: [button] } : {}),
  };
}

const shown = ({ source }: Decision): ReasonText => ({
  title: l10n.t('Shown'),
  ...(source === 'cache' ? { advice: l10n.t('Already computed') } : {}),
});

function remedyOf({ result, detail }: Decision): Remedy | undefined {
  if (result === 'shown') return undefined;
  const { command } = reasonText(result);
  if (command) return { command };
  const name = settingFor(result, detail);
  if (!name) return undefined;
  return { setting: name === 'enabled' || name === 'languages' ? `inkling.${name}` : `inkling.completion.${name}` };
}

/** What led to it: language, place or probability, and, as far as the model was asked, tokens and milliseconds. */
function figures({ languageId, detail, totalMs, usage, source }: Decision): string {
  const parts = [languageName(languageId), detail === languageId ? '' : detail];
  if (source === 'cache') parts.push(l10n.t('Already computed'));
  else if (usage && usage.promptTokens > 0) {
    const { promptTokens, reusedTokens, newTokens, prefillMs, decodeMs } = usage;
    parts.push(
      l10n.t('{0} tokens read ({1} reused): {2} ms', promptTokens, reusedTokens, Math.round(prefillMs)),
      l10n.t('{0} tokens written: {1} ms', newTokens, Math.round(decodeMs)),
      l10n.t('{0} ms in total', Math.round(totalMs)),
    );
  }
  return parts.filter(Boolean).join(' · ');
}

const clock = (at: number) => new Date(at).toLocaleTimeString(vscode.env.language, { timeStyle: 'medium' });

async function follow(remedy: Remedy | undefined): Promise<void> {
  if (!remedy) return;
  if ('command' in remedy) await vscode.commands.executeCommand(remedy.command);
  else await vscode.commands.executeCommand('workbench.action.openSettings', remedy.setting);
}
