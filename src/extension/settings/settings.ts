import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import {
  type CompletionSettings,
  defaultCompletionSettings,
  languageEnabled,
} from '../../writing/completion/completionSettings.ts';
import { readSettings } from './readSettings.ts';
import {
  type CompletionSettingName,
  type EngineSettingName,
  type SettingName,
  type SettingValues,
  settingNames,
  settingsByName,
  type TrainingSettingName,
} from './settingTable.ts';

/** What the inference process is started with. */
export type EngineSettings = Pick<SettingValues, EngineSettingName>;

/** What holds for the whole window. */
export type GeneralSettings = Omit<SettingValues, CompletionSettingName | TrainingSettingName>;

export const engineSettingNames = settingNames.filter(
  (name): name is EngineSettingName => settingsByName[name].loadsModel,
);
const isAboutCompletion = (name: SettingName): name is CompletionSettingName =>
  /^(?:completion|sampling)\./u.test(name);
const completionNames = settingNames.filter(isAboutCompletion);
const generalNames = settingNames.filter(
  (name): name is keyof GeneralSettings => !isAboutCompletion(name) && !name.startsWith('training.'),
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
  readonly #completion = new Map<string, CompletionSettings>();

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
  completion(document: vscode.TextDocument): CompletionSettings {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString() ?? '';
    const scope = `${document.languageId}\n${folder}`;
    const known = this.#completion.get(scope);
    if (known) return known;
    const values = readSettings(vscode.workspace.getConfiguration('inkling', document), completionNames, this.#tell);
    const settings = completionSettings(this.#general, values);
    this.#completion.set(scope, settings);
    return settings;
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #forget(): void {
    const before = this.#general;
    this.#completion.clear();
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
