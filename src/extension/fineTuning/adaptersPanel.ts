import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { adaptersFolder, findAdapterFolder, newAdapterFolder } from '../../client/modelFolders.ts';
import type { Processes } from '../../client/processes.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { AdaptersPageAction, AdaptersPageUpdate, AdaptersView } from '../../protocol/fineTuningPages.ts';
import { errorMessage, problemText } from '../reasonTexts.ts';
import { loadRequestOf, type Settings, setAdapterStrength, useAdapter } from '../settings/settings.ts';
import { openWebviewPage, translations } from '../webviewPage.ts';
import { AdapterComparison, comparedPrompts } from './adapterComparison.ts';
import { SampleWriter } from './sampleWriter.ts';

export interface AdaptersPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly processes: Processes;
  readonly settings: Settings;
  readonly store: StoreClient;
  readonly log: vscode.LogOutputChannel;
}

/** The page of adapters: what is on this machine, which one is in use here, how strong, and whether it helps. */
export class AdaptersPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #store: StoreClient;
  readonly #processes: Processes;
  readonly #settings: Settings;
  readonly #comparison: AdapterComparison;
  readonly #parts: vscode.Disposable;

  constructor({ extensionUri, processes, settings, store, log }: AdaptersPanelParts) {
    this.#store = store;
    this.#processes = processes;
    this.#settings = settings;
    this.#comparison = new AdapterComparison({
      store,
      prompts: () =>
        comparedPrompts(this.#demandModelFolder(), {
          reader: processes.training(),
          productFolder: extensionUri.fsPath,
          log,
        }),
      newWriter: () =>
        new SampleWriter(processes.inference(), loadRequestOf(this.#demandModelFolder(), settings.general)),
      onChange: () => void this.#draw(),
    });
    const title = l10n.t('Adapters');
    this.#panel = openWebviewPage(extensionUri, { page: 'adapters', title, column: vscode.ViewColumn.Active });
    this.#parts = vscode.Disposable.from(
      this.#panel,
      this.#comparison,
      settings.onDidChange(({ loadsModel }) => loadsModel && void this.#draw()),
      this.#panel.webview.onDidReceiveMessage((action: AdaptersPageAction) => this.#guarded(action)),
      this.#panel.onDidChangeViewState(({ webviewPanel }) => {
        if (webviewPanel.active) void this.#draw();
      }),
    );
  }

  get onClose(): vscode.Event<void> {
    return this.#panel.onDidDispose;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#parts.dispose();
  }

  async #guarded(action: AdaptersPageAction): Promise<void> {
    try {
      await this.#act(action);
    } catch (error) {
      await vscode.window.showErrorMessage(errorMessage(error));
    }
    await this.#draw();
  }

  async #act(action: AdaptersPageAction): Promise<unknown> {
    switch (action.kind) {
      case 'opened':
        return;
      case 'use':
        return useAdapter(action.folder || undefined);
      case 'setStrength':
        return setAdapterStrength(action.strength);
      case 'show':
        return this.#showDetails(action.folder);
      case 'rename':
        return this.#rename(action.folder);
      case 'export':
        return this.#export(action.folder);
      case 'remove':
        return this.#remove(action.folder);
      case 'tick':
        return this.#comparison.tick(action.folder, action.on);
      case 'writeSamples':
        return this.#comparison.write();
      case 'import':
        return this.#import();
      case 'fineTune':
        return vscode.commands.executeCommand('inkling.fineTune');
    }
  }

  async #draw(): Promise<void> {
    const update: AdaptersPageUpdate = { view: await this.#view(), texts: translations() };
    await this.#panel.webview.postMessage(update);
  }

  async #view(): Promise<AdaptersView> {
    const { model, adapter, adapterStrength } = this.#settings.general;
    const modelFolder = this.#modelFolder();
    const request = { adaptersFolder: adaptersFolder(), ...(modelFolder ? { modelFolder } : {}) };
    const adapters = await this.#store.listAdapters(request);
    const comparison = await this.#comparison.view(adapters.map(({ folder }) => folder));
    return {
      model,
      adapters: adapters.map((adapter) => ({ ...adapter, ...problemText(adapter) })),
      inUse: folderOf(adapter),
      strength: adapterStrength,
      isReadOnly: !vscode.workspace.isTrusted,
      ticked: this.#comparison.ticked,
      ...(comparison && { comparison }),
    };
  }

  /** @throws InklingError `modelMissing` */
  #demandModelFolder = (): string => this.#processes.findModel(this.#settings.general.model);

  /** undefined when the model in the settings is not there */
  #modelFolder(): string | undefined {
    try {
      return this.#demandModelFolder();
    } catch {
      return undefined;
    }
  }

  async #showDetails(folder: string): Promise<void> {
    const details = await this.#store.showAdapter({ folder });
    const content = `${JSON.stringify(details, null, 2)}\n`;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'json', content }));
  }

  async #rename(folder: string): Promise<void> {
    const value = path.basename(folder);
    const name = await vscode.window.showInputBox({ title: l10n.t('A new name for the adapter'), value });
    if (!name || name === value) return;
    const isInUse = folder === folderOf(this.#settings.general.adapter);
    const renamed = await this.#store.renameAdapter(folder, name);
    if (isInUse) await useAdapter(renamed.folder);
  }

  async #export(folder: string): Promise<void> {
    const target = await vscode.window.showSaveDialog({
      title: l10n.t('A new folder for the copy, in PEFT’s layout'),
      defaultUri: vscode.Uri.file(path.join(path.dirname(folder), `${path.basename(folder)}-export`)),
    });
    if (target) await this.#store.exportAdapter(folder, target.fsPath);
  }

  async #remove(folder: string): Promise<void> {
    const remove = l10n.t('Delete');
    const question = l10n.t('Delete the adapter “{0}”? This cannot be undone.', path.basename(folder));
    if ((await vscode.window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
    if (folder === folderOf(this.#settings.general.adapter)) await useAdapter(undefined);
    await this.#store.removeAdapter({ adaptersFolder: path.dirname(folder), name: path.basename(folder) });
  }

  async #import(): Promise<void> {
    const [source] =
      (await vscode.window.showOpenDialog({
        title: l10n.t('The folder of an adapter, in PEFT’s layout'),
        canSelectFolders: true,
        canSelectFiles: false,
      })) ?? [];
    if (!source) return;
    const modelFolder = this.#demandModelFolder();
    const target = newAdapterFolder(path.basename(source.fsPath));
    const place = { adaptersFolder: path.dirname(target), name: path.basename(target) };
    await this.#store.addAdapter({ source: source.fsPath, ...place, modelFolder });
  }
}

/** '' when none is in use, or it is not there */
function folderOf(adapter: string): string {
  try {
    return adapter === '' ? '' : findAdapterFolder(adapter);
  } catch {
    return '';
  }
}
