import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { InferenceClient } from '../client/inferenceClient.ts';
import { bundledModelName } from '../client/modelFolders.ts';
import type { Processes } from '../client/processes.ts';
import type { TrainingClient } from '../client/trainingClient.ts';
import { ownWordsCorpus } from '../protocol/corpus.ts';
import { toInklingError } from '../protocol/errors.ts';
import type { OwnText, OwnWordsRequest } from '../protocol/inference.ts';
import type { ProseTokens } from '../protocol/training.ts';
import { isWritten } from '../providers/completion/completionProvider.ts';
import { languageOfFile } from '../text/languages.ts';
import { corpusSettings, type Settings } from './settings/settings.ts';

/** After a save it may be a moment until the next file is saved, too; who saves all the time is read now and again. */
const quietMs = 2_000;
const restMs = 20_000;
/** Where patterns say which files there are, all are read again: a pattern for one file would take the place of them. */
const restMsOfAll = 600_000;

interface WorkspaceWordsOptions {
  readonly processes: Processes;
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
}

/**
 * Has the model prefer the words of the workspace's own prose: the files that fine-tuning would read are read, in a
 * process that ends with it, when the model is ready; later on those that are saved, created, renamed or deleted, and no
 * others. Only where the workspace is trusted.
 */
export class WorkspaceWords implements vscode.Disposable {
  readonly #client: InferenceClient;
  readonly #options: WorkspaceWordsOptions;
  readonly #parts: vscode.Disposable;
  #reader: TrainingClient | undefined;
  /** of the model in use; undefined before there is one */
  #modelFolder: string | undefined;
  /** files that have changed since they were read */
  readonly #changed = new Map<string, vscode.Uri>();
  #lastReadAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(client: InferenceClient, options: WorkspaceWordsOptions) {
    this.#client = client;
    this.#options = options;
    this.#parts = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument((document) => isWritten(document) && this.#readSoon([document.uri])),
      vscode.workspace.onDidCreateFiles(({ files }) => this.#readSoon(files)),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.#readSoon(files)),
      vscode.workspace.onDidRenameFiles(({ files }) =>
        this.#readSoon(files.flatMap((file) => [file.oldUri, file.newUri])),
      ),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#read()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#read()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('inkling.ownWords')) void this.#read();
      }),
    );
  }

  /** To be called when a model is ready. */
  use(modelFolder: string): void {
    if (modelFolder === this.#modelFolder) return;
    this.#modelFolder = modelFolder;
    void this.#read();
  }

  #readSoon(files: readonly vscode.Uri[]): void {
    const local = files.filter(({ scheme }) => scheme === 'file');
    const prose = local.filter((file) => languageOfFile(file.path)?.prose === true || isFolder(file));
    for (const file of prose) this.#changed.set(file.toString(), file);
    if (this.#timer !== undefined || this.#changed.size === 0) return;
    const patterns = vscode.workspace.getConfiguration('inkling').get<readonly string[]>('training.include');
    const hasPatterns = (patterns?.length ?? 0) > 0;
    const restsUntil = this.#lastReadAt + (hasPatterns ? restMsOfAll : restMs);
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        const changed = [...this.#changed.values()];
        void this.#read(hasPatterns || changed.some(isFolder) ? undefined : changed);
      },
      Math.max(quietMs, restsUntil - performance.now()),
    );
  }

  /** @param files without them, all that there are */
  async #read(files?: readonly vscode.Uri[]): Promise<void> {
    const modelFolder = this.#modelFolder;
    if (modelFolder === undefined) return;
    if (files && this.#reader) return this.#readSoon(files); // once what is being read has been read
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#changed.clear();
    this.#lastReadAt = performance.now();
    void this.#reader?.dispose(); // what it reads is no longer what is wanted
    this.#reader = undefined;
    const { log } = this.#options;
    try {
      const words = await this.#words(modelFolder, files);
      if (!words) return;
      const { tokens } = await this.#client.useOwnWords(words);
      log.info(`own words: ${tokens} tokens${files ? ` after ${files.length} changed files` : ''}`);
    } catch (error) {
      log.info(`own words were not read: ${toInklingError(error).message}`);
    }
  }

  /** undefined when a later reading has taken the place of this one, or nothing is to be read */
  async #words(modelFolder: string, files: readonly vscode.Uri[] | undefined): Promise<OwnWordsRequest | undefined> {
    const replaces = files ? 'some' : 'all';
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    if (!this.#options.settings.general.ownWords || !vscode.workspace.isTrusted || folders.length === 0)
      return files ? undefined : { modelFolder, texts: [], replaces };
    const reader = this.#options.processes.training();
    this.#reader = reader;
    try {
      const gone = (files ?? []).map((file) => ({ name: file.toString(), tokens: [] }));
      const texts = new Map<string, OwnText>(gone.map((text) => [text.name, text]));
      for (const { uri } of folders) {
        const only = files?.map((file) => relativePath(uri, file)).filter((path) => path !== undefined);
        if (only?.length === 0) continue;
        for (const { path: below, tokens } of await ownProse(reader, uri, modelFolder, only)) {
          const name = vscode.Uri.joinPath(uri, below).toString();
          texts.set(name, { name, tokens });
        }
      }
      return this.#reader === reader ? { modelFolder, texts: [...texts.values()], replaces } : undefined;
    } catch (error) {
      if (this.#reader === reader) throw error;
      return undefined;
    } finally {
      await reader.dispose();
      if (this.#reader === reader) this.#reader = undefined;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#parts.dispose();
    void this.#reader?.dispose();
    this.#reader = undefined;
  }
}

/** What has no extension is taken for a folder: which files it held nobody says any more. */
const isFolder = ({ path: of }: vscode.Uri): boolean =>
  path.posix.extname(of) === '' && languageOfFile(of) === undefined;

/** Below a folder, with `/` between the parts; undefined: elsewhere. */
function relativePath(folder: vscode.Uri, file: vscode.Uri): string | undefined {
  const relative = path.relative(folder.fsPath, file.fsPath).replaceAll(path.sep, '/');
  return relative === '' || relative === '..' || relative.startsWith('../') || path.isAbsolute(relative)
    ? undefined
    : relative;
}

/**
 * The prose of a folder that own words are read from.
 * @param only these files of it, with paths below the folder
 */
export async function ownProse(
  reader: TrainingClient,
  folder: vscode.Uri,
  modelFolder: string,
  only?: readonly string[],
): Promise<ProseTokens['texts']> {
  const corpus = { ...corpusSettings(), ...ownWordsCorpus, ...(only && { include: only.map(asGlob) }) };
  return (await reader.prose({ paths: [folder.fsPath], modelFolder, corpus }))?.texts ?? [];
}

/**
 * Whether a file is one that own words are read from: prose in a folder of a trusted workspace, neither excluded nor
 * ignored by Git nor a link, and not of the kind that holds secrets. A process of its own says so, and ends.
 */
export async function isOwnText(uri: vscode.Uri, processes: Processes): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!vscode.workspace.isTrusted || uri.scheme !== 'file' || !folder) return false;
  const path = relativePath(folder, uri);
  if (path === undefined) return false;
  const model = processes.findModel(bundledModelName); // any: what is asked is which files there are
  const reader = processes.training();
  try {
    return (await ownProse(reader, folder, model, [path])).length > 0;
  } finally {
    await reader.dispose();
  }
}

/** A pattern that matches this path alone. */
export const asGlob = (file: string): string => `./${file.replaceAll(/[\\*?[\]{}()!+@|]/gu, '\\$&')}`;

/**
 * Can all folders of the workspace be read here? Says why not, if so.
 * @param untrusted what is said where the workspace is not trusted
 */
export async function isReadable(untrusted: string): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    const trust = l10n.t('Manage Trust');
    if ((await vscode.window.showWarningMessage(untrusted, trust)) === trust) {
      await vscode.commands.executeCommand('workbench.trust.manage');
    }
    return false;
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 0 && folders.every(({ uri }) => uri.scheme === 'file')) return true;
  const open = l10n.t('Open Folder…');
  const needed = l10n.t('Open the folder with your texts first. It must be on this machine.');
  const answer = await vscode.window.showWarningMessage(needed, open);
  if (answer === open) await vscode.commands.executeCommand('vscode.openFolder');
  return false;
}
