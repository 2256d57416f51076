import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { bundledModelName } from '../../client/modelFolders.ts';
import type { Processes } from '../../client/processes.ts';
import { downloadOf, type StoreClient } from '../../client/storeClient.ts';
import { InklingError, toInklingError } from '../../protocol/errors.ts';
import {
  type InstalledModel,
  isForOneTask,
  type ModelsPageAction,
  type ModelsView,
} from '../../protocol/modelsPage.ts';
import type { ModelSummary, ModelUse, Recommendations } from '../../protocol/store.ts';
import { knowsLanguage } from '../../text/documentLanguage.ts';
import { choosable, chooseFolder, isNamed, liesHere, settingOf } from '../commands/chooseModel.ts';
import { languageTitle } from '../documentLanguages.ts';
import { ownWords, problemText } from '../reasonTexts.ts';
import { modelsElsewhere, type Settings, setActionModel, setModel } from '../settings/settings.ts';
import type { WhatItSaved } from '../whatItSaves.ts';
import { Lookups } from './lookups.ts';
import { MeasuredSavings } from './measuredSavings.ts';
import { MeasuredSpeeds } from './measuredSpeeds.ts';
import { HubAccess, Transfers } from './transfers.ts';

export interface ModelsParts {
  readonly context: vscode.ExtensionContext;
  readonly processes: Processes;
  readonly store: StoreClient;
  readonly settings: Settings;
  /** types some of the workspace's texts again, with a model that is not the usual one if its folder is given */
  readonly typeAgain: (modelFolder?: string) => Promise<WhatItSaved | undefined>;
}

/** What the page of models shows and does. It lives as long as the extension, so that closing the page stops nothing. */
export class Models implements vscode.Disposable {
  readonly transfers: Transfers;
  readonly #parts: ModelsParts;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly savings: MeasuredSavings;
  readonly #speeds: MeasuredSpeeds;
  readonly #checks = new Map<string, NonNullable<InstalledModel['check']>>();
  #installed: readonly ModelSummary[] | undefined;
  #recommended: Recommendations | undefined;
  readonly #hub: HubAccess;
  readonly #lookups: Lookups;
  /** a model is wanted for it */
  #language: string | undefined;

  constructor(parts: ModelsParts) {
    this.#parts = parts;
    const changed = () => this.#changes.fire();
    this.savings = new MeasuredSavings(parts.context.workspaceState, parts.typeAgain, changed);
    this.#speeds = new MeasuredSpeeds(parts, changed);
    this.#hub = new HubAccess(parts.context.secrets);
    this.#lookups = new Lookups(parts, this.#hub, changed);
    this.transfers = new Transfers(parts.store, parts.context.globalState, () => this.#hub.access());
  }

  get onChange(): vscode.Event<void> {
    return this.#changes.event;
  }

  get view(): ModelsView {
    const { settings } = this.#parts;
    return {
      ...(this.#installed && { installed: this.#installed.map((model) => this.#installedModel(model)) }),
      ...(this.#recommended && { recommended: this.#recommended }),
      ...(this.#language !== undefined && { forLanguage: this.#modelsFor(this.#language) }),
      ...this.#lookups.view,
      transfers: this.transfers.all,
      hub: settings.general.hub,
      hasToken: this.#hub.hasToken,
      isReadOnly: !vscode.workspace.isTrusted,
    };
  }

  wantFor(language: string | undefined): void {
    this.#language = language;
    this.#changes.fire();
  }

  /** The title of the model that suits best, of those that know a language; reads the list once. */
  async modelFor(language: string): Promise<string | undefined> {
    const { store, processes } = this.#parts;
    const lists = { lists: processes.modelLists, modelsFolder: processes.modelFolders.user };
    this.#recommended ??= await store.recommend(lists).catch(() => undefined);
    const fitting = this.#recommended?.models.filter(({ fit }) => fit === 'good' || fit === 'slow') ?? [];
    return fitting.find((model) => model.for.includes('typing') && knowsLanguage(model.languages, language))?.title;
  }

  #modelsFor(language: string): NonNullable<ModelsView['forLanguage']> {
    const knowing = this.#recommended?.models.filter(({ languages }) => knowsLanguage(languages, language)) ?? [];
    const models = knowing.filter((model) => !isForOneTask(model)); // one that translates suggests nothing
    return { title: languageTitle(language), models: models.map(({ name }) => name) };
  }

  /** Reads what is installed and what is recommended afresh. */
  async refresh(): Promise<void> {
    const { store, processes } = this.#parts;
    await this.#hub.access();
    const elsewhere = modelsElsewhere(this.#parts.settings.general);
    const models = await store.list(Object.values(processes.modelFolders), elsewhere);
    this.#installed = choosable(models, processes.modelFolders, elsewhere);
    this.#changes.fire();
    this.#recommended = await store.recommend({
      lists: processes.modelLists,
      modelsFolder: processes.modelFolders.user,
    });
    this.#changes.fire();
  }

  /** @throws InklingError */
  async act(action: Exclude<ModelsPageAction, { kind: 'opened' }>): Promise<unknown> {
    if (!vscode.workspace.isTrusted && !['show', 'verify'].includes(action.kind)) {
      throw new InklingError('fileAccess', l10n.t('This workspace is not trusted'));
    }
    switch (action.kind) {
      case 'install':
        return this.#arrived(this.#install(action.name.trim()));
      case 'goOn':
        return this.#arrived(this.transfers.goOn(action.name));
      case 'stop':
        return this.transfers.stop(action.name);
      case 'discard':
        return this.transfers.discard(action.name);
      case 'use':
        return this.#use(action.folder, action.for);
      case 'verify':
        return this.#verify(action.folder);
      case 'measure':
        return this.#speeds.measure(action.folder);
      case 'whatItSaves':
        return this.savings.measure(action.folder);
      case 'move':
        return this.#move(action.folder);
      case 'remove':
        return this.#remove(action.folder);
      case 'show':
        return vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(action.folder));
      case 'find':
        return this.#lookups.find();
      case 'add':
        return this.#arrived(this.#add(action.path, action.name));
      case 'search':
        return this.#lookups.search(action.words);
      case 'showDevices':
        return this.#lookups.showDevices();
      case 'setToken':
        await this.#hub.askForToken();
        return this.#changes.fire();
    }
  }

  dispose(): void {
    this.transfers.dispose();
    this.#changes.dispose();
    this.#speeds.dispose();
  }

  #installedModel(model: ModelSummary): InstalledModel {
    const { name, modelFolder } = model;
    const { processes, settings } = this.#parts;
    const means = (setting: string) => isNamed(modelFolder, setting, processes.modelFolders);
    const forTyping = means(settings.general.model);
    const ofActions = settings.general['actions.model'];
    const forActions = ofActions === '' ? forTyping : means(ofActions);
    const speed = this.#speeds.of(modelFolder);
    const savings = this.savings.of(modelFolder);
    const check = this.#checks.get(modelFolder);
    const listed = this.#recommended?.models.find((one) => one.name === name);
    return {
      ...model,
      ...problemText(model),
      isBundled: path.dirname(modelFolder) === processes.modelFolders.bundled,
      isElsewhere: !liesHere(modelFolder, processes.modelFolders),
      usedFor: [...(forTyping ? (['typing'] as const) : []), ...(forActions ? (['actions'] as const) : [])],
      languages: listed?.languages ?? languagesOf(model) ?? model.languages,
      ...(speed && { speed }),
      ...(savings && { savings }),
      ...(check && { check }),
    };
  }

  /** A model of the list by its name, or any other as OWNER/NAME. */
  #install(name: string): Promise<string | undefined> {
    const { processes, settings } = this.#parts;
    const place = { folder: processes.modelFolders.user, endpoint: settings.general.hub.replace(/\/$/u, '') };
    const listed = this.#recommended?.models.find((model) => model.name === name);
    if (listed) {
      return this.transfers.download(listed.title, { ...downloadOf(listed, { ...place, resume: true }), name });
    }
    const own = name.split('/')[1]?.toLowerCase();
    if (!own) throw new InklingError('optionOutOfRange', l10n.t('Name a model of the hub as OWNER/NAME.'));
    return this.transfers.download(name, { ...place, id: name, revision: 'main', name: own });
  }

  #add(source: string, name: string): Promise<string | undefined> {
    const folder = this.#parts.processes.modelFolders.user;
    const plain = name.toLowerCase().replace(/[^\w.-]+/gu, '-');
    return this.transfers.add({ source, target: path.join(folder, plain) }, plain);
  }

  /** Lets a person choose the folder of a model and adds it. @returns whether one was added */
  async addFolder(): Promise<boolean> {
    const source = await chooseFolder(l10n.t('In which folder is the model?'), l10n.t('Add'));
    if (source === undefined) return false;
    return this.#arrived(this.#add(source, path.basename(source)));
  }

  /** What is new is shown, and measured. @returns whether it is there */
  async #arrived(transfer: Promise<string | undefined>): Promise<boolean> {
    const folder = await transfer;
    if (folder !== undefined) await this.savings.forget(folder);
    await this.refresh();
    const model = this.#installed?.find(({ modelFolder }) => modelFolder === folder);
    if (model && !model.pipeline) await this.#speeds.measure(model.modelFolder);
    return folder !== undefined;
  }

  /** By its name where that means this folder, so that the setting can be read. */
  async #use(folder: string, use: ModelUse): Promise<void> {
    const { store, processes } = this.#parts;
    await store.show(folder); // what is gone meanwhile changes nothing
    const model = settingOf(folder, processes.modelFolders);
    await (use === 'typing' ? setModel(model) : setActionModel(model));
    if (!liesHere(folder, processes.modelFolders)) await this.refresh();
  }

  async #verify(folder: string): Promise<void> {
    this.#setCheck(folder, 'checking');
    try {
      const { ok, files } = await this.#parts.store.verify(folder);
      const broken = files.filter((file) => !file.ok).map((file) => `${file.name} ${problemText(file).problem ?? ''}`);
      this.#setCheck(folder, ok ? 'right' : { problem: broken.join(', ') });
    } catch (error) {
      this.#setCheck(folder, { problem: ownWords(toInklingError(error)) });
    }
  }

  #setCheck(folder: string, check: NonNullable<InstalledModel['check']>): void {
    this.#checks.set(folder, check);
    this.#changes.fire();
  }

  /** To a folder that a person chooses; its name, and what it is used for, stay. */
  async #move(folder: string): Promise<void> {
    const name = path.basename(folder);
    const chosen = await chooseFolder(l10n.t('Where should {0} lie?', name), l10n.t('Move Here'));
    if (chosen === undefined) return;
    const modelsFolder = this.#parts.processes.modelFolders.user;
    await this.transfers.move({ modelsFolder, name, folder: chosen });
    await this.refresh();
  }

  async #remove(folder: string): Promise<void> {
    const { processes, store, settings } = this.#parts;
    const name = path.basename(folder);
    const remove = l10n.t('Delete');
    const question = l10n.t('Delete the model “{0}” from this disk? To have it again it must be fetched again.', name);
    if ((await vscode.window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
    const means = (setting: string) => isNamed(folder, setting, processes.modelFolders);
    if (means(settings.general.model)) await setModel(bundledModelName);
    if (means(settings.general['actions.model'])) await setActionModel('');
    await store.remove({ modelsFolder: processes.modelFolders.user, name });
    await this.refresh();
  }
}

const languagesOf = ({ pipeline }: ModelSummary): readonly string[] | undefined =>
  pipeline?.languages && [...new Set(Object.values(pipeline.languages))];
