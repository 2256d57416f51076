import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { adaptersFolder } from '../../client/modelFolders.ts';
import {
  type CorpusOptions,
  corpusOptionTable,
  defaultCorpusOptions,
  resolveCorpusOptions,
} from '../../protocol/corpus.ts';
import type { LoadRequest } from '../../protocol/inference.ts';
import { nearest, type Option, problemWith, resolveOptions } from '../../protocol/optionTable.ts';
import { type TrainingOptions, trainingOptionTable } from '../../protocol/trainingOptions.ts';
import {
  type CompletionSettings,
  defaultCompletionSettings,
  languageEnabled,
} from '../../writing/completion/completionSettings.ts';
import {
  type CompletionSettingName,
  type EngineSettingName,
  type Setting,
  type SettingName,
  type SettingValues,
  settingNames,
  settingsByName,
  settingTable,
  type TrainingSettingName,
} from './settingTable.ts';

/** What the inference process is started with. */
export type EngineSettings = Pick<SettingValues, EngineSettingName>;

/** What holds for the whole window. */
export type GeneralSettings = Omit<SettingValues, CompletionSettingName | TrainingSettingName | 'textLanguage'>;

/** What holds for the documents of one language and folder. */
interface DocumentSettings {
  readonly completion: CompletionSettings;
  /** as a person wrote it; '' = none */
  readonly textLanguage: string;
}

const engineSettingNames = settingNames.filter((name): name is EngineSettingName => settingsByName[name].loadsModel);
const isAboutCompletion = (name: SettingName): name is CompletionSettingName =>
  /^(?:completion|sampling)\./u.test(name);
const completionNames = settingNames.filter(isAboutCompletion);
const generalNames = settingNames.filter(
  (name): name is keyof GeneralSettings =>
    !isAboutCompletion(name) && !name.startsWith('training.') && name !== 'textLanguage',
);

/**
 * The settings as values: read once per change and scope, so that a keystroke reads none. A change makes new values;
 * whoever was given one goes on with it.
 */
export class Settings implements vscode.Disposable {
  readonly #tell: (message: string) => void;
  readonly #told = new Set<string>();
  readonly #changes = new vscode.EventEmitter<{ readonly loadsModel: boolean }>();
  readonly #listener = vscode.Disposable.from(
    this.#changes,
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('inkling') && this.#forget()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => this.#forget()), // from now on the workspace's settings count
  );
  #general: GeneralSettings;
  /** by language and folder */
  readonly #ofDocuments = new Map<string, DocumentSettings>();

  /** @param tell gets one sentence for each value that cannot be used, once */
  constructor(tell: (message: string) => void) {
    this.#tell = (message) => {
      if (!this.#told.has(message)) tell(message);
      this.#told.add(message);
    };
    this.#general = this.#readGeneral();
  }

  /** Fired after a change, when the new values are there; `loadsModel`: another model, adapter or way to run them. */
  get onDidChange(): vscode.Event<{ readonly loadsModel: boolean }> {
    return this.#changes.event;
  }

  get general(): GeneralSettings {
    return this.#general;
  }

  isLanguageOn(languageId: string): boolean {
    return languageEnabled(this.#general, languageId);
  }

  /** With what was set for the document's language and folder. */
  completion(document: Pick<vscode.TextDocument, 'uri' | 'languageId'>): CompletionSettings {
    return this.#of(document).completion;
  }

  /** The language that a person says a document's text is in, as they wrote it; '' where they did not. */
  textLanguage(document: Pick<vscode.TextDocument, 'uri' | 'languageId'>): string {
    return this.#of(document).textLanguage;
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #of(document: Pick<vscode.TextDocument, 'uri' | 'languageId'>): DocumentSettings {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString() ?? '';
    const scope = `${document.languageId}\n${folder}`;
    const known = this.#ofDocuments.get(scope);
    if (known) return known;
    const configuration = vscode.workspace.getConfiguration('inkling', document);
    const { textLanguage, ...values } = readSettings(configuration, [...completionNames, 'textLanguage'], this.#tell);
    const settings = { completion: completionSettings(this.#general, values), textLanguage };
    this.#ofDocuments.set(scope, settings);
    return settings;
  }

  #forget(): void {
    const before = this.#general;
    this.#ofDocuments.clear();
    this.#general = this.#readGeneral();
    const loadsModel = engineSettingNames.some((name) => !isDeepStrictEqual(before[name], this.#general[name]));
    this.#changes.fire({ loadsModel });
  }

  #readGeneral(): GeneralSettings {
    return readSettings(vscode.workspace.getConfiguration('inkling'), generalNames, this.#tell);
  }
}

/** `completion.length` is its `length`, `sampling.topP` its `sampling.topP`. */
function completionSettings(
  { enabled, languages }: GeneralSettings,
  values: Pick<SettingValues, CompletionSettingName>,
): CompletionSettings {
  const group = (prefix: string) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
      ),
    );
  const sampling = { ...defaultCompletionSettings.sampling, ...group('sampling.') };
  // Drawn with temperature 0 all sequences would be the same.
  const numReturnSequences = sampling.temperature === 0 ? 1 : sampling.numReturnSequences;
  const of = { enabled, languages, ...group('completion.') } as Omit<CompletionSettings, 'sampling'>;
  return { ...of, sampling: { ...sampling, numReturnSequences } };
}

/** What the editor has under `inkling.`, in one scope. */
interface Configuration {
  get(name: string): unknown;
}

/**
 * The values of some settings. Whatever a person or a workspace has set, the result can be used: what is of the wrong type
 * or out of its range is told, and the default holds in its place.
 * @param tell gets one sentence for each value that cannot be used
 */
function readSettings<Name extends SettingName>(
  configuration: Configuration,
  names: readonly Name[],
  tell: (message: string) => void,
): Pick<SettingValues, Name> {
  const values = names.map((name) => [name, usableValue(name, configuration.get(name), tell)] as const);
  return Object.fromEntries(values) as Pick<SettingValues, Name>;
}

function usableValue(name: SettingName, value: unknown, tell: (message: string) => void): unknown {
  const { option, loadsModel }: Setting = settingsByName[name];
  if (value === undefined || value === null) return option.default;
  // The editor underlines a number that is out of range, and hands it on all the same.
  if (loadsModel && option.type === 'number' && typeof value === 'number') return nearest(option, value);
  const problem = problemWith(option, value);
  if (problem === undefined) return completed(option, value);
  tell(`inkling.${name} ${problem}`);
  return option.default;
}

function completed(option: Option, value: unknown): unknown {
  if (option.type === 'switches') return { ...option.default, ...(value as object) };
  if (option.type === 'text') return (value as string).trim() || option.default;
  return value;
}

/** Models that are used where they lie, by their folders. */
export const modelsElsewhere = (general: Pick<GeneralSettings, 'model' | 'actions.model'>): readonly string[] =>
  [general.model, general['actions.model']].filter((named) => path.isAbsolute(named));

/** What the engine is told to load, without an adapter. */
export function loadRequestOf(
  modelFolder: string,
  { device, threads, idleUnloadMinutes, contextTokens }: EngineSettings,
): LoadRequest {
  return {
    modelFolder,
    device,
    threads,
    precision: 'default',
    idleUnloadMs: idleUnloadMinutes * 60_000,
    maxContextTokens: contextTokens,
  };
}

/**
 * Switches an adapter on in this workspace, or, without one, off.
 * @param folder where it lies; written as its name where it is one of those on this machine
 */
export async function useAdapter(folder: string | undefined): Promise<void> {
  const isKnown = folder !== undefined && path.dirname(folder) === adaptersFolder();
  const value = isKnown ? path.basename(folder) : (folder ?? '');
  await vscode.workspace.getConfiguration('inkling').update('adapter', value, workspaceTarget());
}

export const setAdapterStrength = (value: number): Thenable<void> =>
  vscode.workspace.getConfiguration('inkling').update('adapterStrength', value, workspaceTarget());

/** The workspace's own settings; a window without a workspace has only the person's. */
const workspaceTarget = () =>
  vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;

export const switchOn = (on: boolean): Thenable<void> => update('enabled', () => on);

/** Adds to what the person has switched; the rest keeps following the defaults. */
export const switchLanguage = (languageId: string, on: boolean): Thenable<void> =>
  update<Readonly<Record<string, boolean>>>('languages', (own) => ({ ...own, [languageId]: on }));

export const setModel = (model: string): Thenable<void> => update('model', () => model);

export const setActionModel = (model: string): Thenable<void> => update('actions.model', () => model);

/**
 * Changes a setting in the workspace if it is set there, where it would otherwise hide the change, else for the person.
 * @param change from what is set in that place
 */
function update<T>(name: SettingName, change: (own: T | undefined) => T): Thenable<void> {
  const configuration = vscode.workspace.getConfiguration('inkling');
  const { globalValue, workspaceValue } = configuration.inspect<T>(name) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  return workspaceValue === undefined
    ? configuration.update(name, change(globalValue), Global)
    : configuration.update(name, change(workspaceValue), Workspace);
}

/** How fine-tuning computes. @throws InklingError `optionOutOfRange`, naming the setting and what it may be */
export const trainingSettings = (): TrainingOptions =>
  resolveOptions(trainingOptionTable, whatIsSet(), trainingSettingName);

/** Which text is learned from. @throws InklingError `optionOutOfRange`, naming the setting and what it may be */
export function corpusSettings(): CorpusOptions {
  const corpus = resolveOptions(corpusOptionTable, whatIsSet(), trainingSettingName);
  return resolveCorpusOptions({ ...corpus, exclude: [...defaultCorpusOptions.exclude, ...corpus.exclude] });
}

const trainingSettingName = (option: string): string => `inkling.training.${option}`;

/** Of the settings of fine-tuning, by the option's name; what is set to null is not set. */
function whatIsSet(): Readonly<Record<string, unknown>> {
  const configuration = vscode.workspace.getConfiguration('inkling');
  const given: Record<string, unknown> = {};
  for (const [name, { option }] of Object.entries(settingTable.training)) {
    if (name.startsWith('training.')) given[name.slice('training.'.length)] = configuration.get(name) ?? option.default;
  }
  return given;
}
