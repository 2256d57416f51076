import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { ServerEngine } from '../../client/serverEngine.ts';
import { ServerSuggestions } from '../../client/serverSuggestions.ts';
import { toInklingError } from '../../protocol/errors.ts';
import type { Settings } from '../settings/settings.ts';

/** Finds the settings of the server among all of the editor's, which leaves out advanced ones unless it is asked for them. */
const settingsQuery = '@ext:inkling.inkling @tag:advanced server';
/** Each host has a key of its own: that of one is never sent to another. */
const secretOf = ({ address }: ServerEngine): string => `key of server ${address.host}`;

/**
 * The server that does actions in place of the model on this machine, where the person's own settings name one and the
 * workspace is trusted. While text may go to another machine, the status bar says so.
 */
export class ActionServer implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #secrets: vscode.SecretStorage;
  readonly #mark = vscode.window.createStatusBarItem('inklingServer', vscode.StatusBarAlignment.Right, 90);
  readonly #parts: vscode.Disposable;
  #engine: ServerEngine | undefined;
  #problem: Error | undefined;
  #suggestions: ServerSuggestions | undefined;

  constructor(settings: Settings, secrets: vscode.SecretStorage) {
    this.#settings = settings;
    this.#secrets = secrets;
    this.#mark.name = l10n.t('Inkling: server');
    this.#mark.command = { title: '', command: 'workbench.action.openSettings', arguments: [settingsQuery] };
    this.#parts = vscode.Disposable.from(
      this.#mark,
      settings.onDidChange(() => this.#follow()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#follow()),
    );
    this.#follow();
  }

  /**
   * @returns undefined where no server is named, or the workspace is not trusted
   * @throws InklingError `optionOutOfRange` for an address that text may not be sent to
   */
  engine(): ServerEngine | undefined {
    if (this.#problem) throw this.#problem;
    return this.#engine;
  }

  /** What suggests while one types in place of the model on this machine, where that is chosen. */
  suggestions(): ServerSuggestions | undefined {
    return this.#suggestions;
  }

  /** Asks for the key of the server, which the editor keeps; an empty one is forgotten. Without a server it shows the settings. */
  async enterKey(): Promise<void> {
    const engine = this.engine();
    if (!engine) {
      void vscode.commands.executeCommand('workbench.action.openSettings', settingsQuery);
      return;
    }
    const key = await vscode.window.showInputBox({
      title: l10n.t('Key for the Server'),
      prompt: l10n.t(
        'The editor keeps it, and it is sent to {0} alone. Leave it empty to forget it.',
        engine.address.host,
      ),
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined) return;
    if (key.trim() === '') await this.#secrets.delete(secretOf(engine));
    else await this.#secrets.store(secretOf(engine), key.trim());
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #follow(): void {
    const { general } = this.#settings;
    const [url, model, allowedHosts] = [general['server.url'], general['server.model'], general['server.allowedHosts']];
    this.#engine = undefined;
    this.#suggestions = undefined;
    this.#problem = undefined;
    this.#mark.hide();
    if (url.trim() === '' || !vscode.workspace.isTrusted) return;
    try {
      const engine: ServerEngine = new ServerEngine({
        url,
        model,
        allowedHosts,
        contextTokens: general['server.contextTokens'],
        key: async () => this.#secrets.get(secretOf(engine)),
      });
      this.#engine = engine;
      if (general['server.suggestions']) this.#suggestions = new ServerSuggestions(engine);
    } catch (error) {
      this.#problem = toInklingError(error);
      return;
    }
    const { base, host, isLoopback } = this.#engine.address;
    if (!isLoopback) this.#showMark(host, base.startsWith('http:'));
  }

  #showMark(host: string, isPlain: boolean): void {
    this.#mark.text = `$(cloud-upload) ${host}`;
    const sent = this.#suggestions
      ? l10n.t('Your text leaves this machine: suggestions and actions send it to {0}.', host)
      : l10n.t('Your text leaves this machine: actions send it to {0}.', host);
    this.#mark.tooltip = isPlain ? `${sent} ${l10n.t('The connection is not encrypted.')}` : sent;
    this.#mark.accessibilityInformation = { label: this.#mark.tooltip };
    this.#mark.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#mark.show();
  }
}
