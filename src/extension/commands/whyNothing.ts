import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Decision } from '../../writing/completion/decision.ts';
import { settingFor } from '../../writing/completion/settingFor.ts';
import { type ReasonText, reasonText } from '../reasonTexts.ts';

interface DecisionItem extends vscode.QuickPickItem {
  readonly remedy?: Remedy;
}

/** What would change a decision. */
type Remedy = { readonly setting: string } | { readonly command: string };

/** Lists the last decisions with their reasons, figures and what would change them. */
export function whyNothing(decisions: readonly Decision[]): void {
  const quickPick = vscode.window.createQuickPick<DecisionItem>();
  quickPick.title = l10n.t('Why nothing? The last decisions, newest first');
  quickPick.placeholder =
    decisions.length > 0
      ? l10n.t('Choose one to change what led to it')
      : l10n.t('Nothing has been asked yet. Type in a document of a language that is switched on.');
  quickPick.matchOnDescription = true;
  quickPick.items = decisions.map(decisionItem);
  quickPick.onDidTriggerItemButton(({ item }) => follow(item.remedy));
  quickPick.onDidAccept(() => {
    const [item] = quickPick.selectedItems;
    quickPick.hide();
    return follow(item?.remedy);
  });
  quickPick.onDidHide(() => quickPick.dispose());
  quickPick.show();
}

function decisionItem(decision: Decision): DecisionItem {
  const { title, advice } = decision.result === 'shown' ? shown() : reasonText(decision.result);
  const remedy = remedyOf(decision);
  const icon = decision.result === 'shown' ? 'check' : decision.result === 'failed' ? 'warning' : 'dash';
  const button = { iconPath: new vscode.ThemeIcon('settings-gear'), tooltip: advice ?? l10n.t('Change this') };
  const place = l10n.t('line {0}', decision.line);
  return {
    label: `$(${icon}) ${title}`,
    description: [clock(decision.at), place, decision.languageId, decision.detail].filter(Boolean).join(' · '),
    detail: [figures(decision), advice].filter(Boolean).join('. '),
    ...(remedy ? { remedy, buttons: [button] } : {}),
  };
}

const shown = (): ReasonText => ({ title: l10n.t('Shown') });

function remedyOf({ result, detail }: Decision): Remedy | undefined {
  if (result === 'shown') return undefined;
  const { command } = reasonText(result);
  if (command) return { command };
  const name = settingFor(result, detail);
  if (!name) return undefined;
  return { setting: name === 'enabled' || name === 'languages' ? `inkling.${name}` : `inkling.completion.${name}` };
}

/** Tokens and milliseconds, as far as the model was asked. */
function figures({ totalMs, usage, source }: Decision): string | undefined {
  if (source === 'cache') return l10n.t('From the cache');
  if (!usage || usage.promptTokens === 0) return undefined;
  const { promptTokens, reusedTokens, newTokens, prefillMs, decodeMs } = usage;
  const reading = l10n.t('{0} tokens read ({1} reused): {2} ms', promptTokens, reusedTokens, Math.round(prefillMs));
  return [
    reading,
    l10n.t('{0} written: {1} ms', newTokens, Math.round(decodeMs)),
    l10n.t('{0} ms in all', Math.round(totalMs)),
  ].join('; ');
}

const clock = (at: number) => new Date(at).toLocaleTimeString(vscode.env.language, { timeStyle: 'medium' });

async function follow(remedy: Remedy | undefined): Promise<void> {
  if (!remedy) return;
  if ('command' in remedy) await vscode.commands.executeCommand(remedy.command);
  else await vscode.commands.executeCommand('workbench.action.openSettings', remedy.setting);
}
