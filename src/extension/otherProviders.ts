import * as vscode from 'vscode';
import { l10n } from 'vscode';

/** Extensions that show ghost text of their own, by identifier. */
const suggestionProviders: Readonly<Record<string, string>> = {
  'github.copilot': 'GitHub Copilot',
  'github.copilot-chat': 'GitHub Copilot',
  'codeium.codeium': 'Codeium',
  'tabnine.tabnine-vscode': 'Tabnine',
  'continue.continue': 'Continue',
  'sourcegraph.cody-ai': 'Cody',
  'supermaven.supermaven': 'Supermaven',
  'amazonwebservices.amazon-q-vscode': 'Amazon Q',
  'tabbyml.vscode-tabby': 'Tabby',
  'ggml-org.llama-vscode': 'llama.vscode',
};

export interface OtherProvider {
  readonly id: string;
  readonly name: string;
}

/** Who else may suggest in this window. The editor does not say who does; we go by which extensions are running. */
export function otherProviders(): OtherProvider[] {
  const byName = new Map<string, OtherProvider>();
  for (const { id, isActive } of vscode.extensions.all) {
    const name = suggestionProviders[id.toLowerCase()];
    if (isActive && name && !byName.has(name)) byName.set(name, { id, name });
  }
  return [...byName.values()];
}

/** Turns the other one off for a language where there is a setting for that, else opens its settings. */
export async function switchOtherOff(other: OtherProvider, languageId: string): Promise<void> {
  const copilot = vscode.workspace.getConfiguration('github.copilot');
  if (other.name === 'GitHub Copilot' && copilot.has('enable')) {
    const switches = { ...copilot.get<Record<string, boolean>>('enable'), [languageId]: false };
    await copilot.update('enable', switches, vscode.ConfigurationTarget.Global);
    return;
  }
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${other.id}`);
}

interface LanguageContribution {
  readonly id?: unknown;
  readonly aliases?: unknown;
}

/** A language as the editor calls it, such as “Markdown” for `markdown`; the id where no extension gives it a name. */
export function languageName(languageId: string): string {
  if (languageId === 'plaintext') return l10n.t('Plain Text'); // the editor's own, from no extension
  for (const { packageJSON } of vscode.extensions.all) {
    const languages: unknown = packageJSON?.contributes?.languages;
    const found = Array.isArray(languages)
      ? languages.find(({ id }: LanguageContribution) => id === languageId)
      : undefined;
    const name: unknown = found?.aliases?.[0];
    if (typeof name === 'string' && name !== '') return name;
  }
  return languageId;
}
