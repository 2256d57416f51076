import path from 'node:path';
import * as vscode from 'vscode';
import type { InferenceClient } from '../client/inferenceClient.ts';
import { bundledModelName, findModelFolder, type ModelFolders } from '../client/modelFolders.ts';
import type { Processes } from '../client/processes.ts';
import { TrainingClient } from '../client/trainingClient.ts';
import { ownWordsCorpus } from '../protocol/corpus.ts';
import { toInklingError } from '../protocol/errors.ts';
import type { OwnWordsRequest } from '../protocol/inference.ts';
import { isWritten } from '../providers/completion/completionProvider.ts';
import { type Settings, trainingSettings } from './settings/settings.ts';

/** Who saves every minute has not written many new words. */
const restMs = 10 * 60_000;

interface WorkspaceWordsOptions {
  readonly processes: Processes;
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
}

/**
 * Has the model prefer the words of the workspace's own prose: the files that fine-tuning would read are read, in a
 * process that ends with it, when the model is ready and then now and again when something is saved. Only where the
 * workspace is trusted.
 */
export class WorkspaceWords implements vscode.Disposable {
  readonly #client: InferenceClient;
  readonly #options: WorkspaceWordsOptions;
  readonly #parts: vscode.Disposable;
  #lastReadAt = Number.NEGATIVE_INFINITY;
  #reader: TrainingClient | undefined;
  /** of the model in use; undefined before there is one */
  #modelFolder: string | undefined;

  constructor(client: InferenceClient, options: WorkspaceWordsOptions) {
    this.#client = client;
    this.#options = options;
    this.#parts = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument((document) => isWritten(document) && this.#refresh()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#read()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#read()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('inkling.ownWords')) void this.#read();
      }),
    );
  }

  /** To be called when a model is ready. */
  use(modelFolder: string): void {
    const isKnown = modelFolder === this.#modelFolder;
    this.#modelFolder = modelFolder;
    if (isKnown) this.#refresh();
    else void this.#read();
  }

  /** Reads what there is, unless it was read a short while ago. */
  #refresh(): void {
    if (performance.now() - this.#lastReadAt >= restMs) void this.#read();
  }

  async #read(): Promise<void> {
    const modelFolder = this.#modelFolder;
    if (modelFolder === undefined) return;
    this.#lastReadAt = performance.now();
    void this.#reader?.dispose(); // what it reads is no longer what is wanted
    this.#reader = undefined;
    const { log } = this.#options;
    try {
      const words = await this.#words(modelFolder);
      if (!words) return;
      const { tokens } = await this.#client.useOwnWords(words);
      log.info(`own words: ${tokens} tokens of ${words.texts.length} texts`);
    } catch (error) {
      log.info(`own words: none, because: ${toInklingError(error).message}`);
    }
  }

  /** undefined when a later reading has taken the place of this one */
  async #words(modelFolder: string): Promise<OwnWordsRequest | undefined> {
    const paths = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => uri.fsPath);
    if (!this.#options.settings.general.ownWords || !vscode.workspace.isTrusted || paths.length === 0)
      return { modelFolder, texts: [] };
    const reader = this.#options.processes.training();
    this.#reader = reader;
    try {
      const prose = await reader.prose({
        paths,
        modelFolder,
        corpus: { ...trainingSettings().corpus, ...ownWordsCorpus },
      });
      const texts = (prose?.texts ?? []).map(({ tokens }) => tokens);
      return this.#reader === reader ? { modelFolder, texts } : undefined;
    } catch (error) {
      if (this.#reader === reader) throw error;
      return undefined;
    } finally {
      await reader.dispose();
    }
  }

  dispose(): void {
    this.#parts.dispose();
    void this.#reader?.dispose();
    this.#reader = undefined;
  }
}

interface OwnTextsOptions {
  readonly distFolder: string;
  readonly modelFolders: ModelFolders;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Whether a file is one that own words are read from: prose in a folder of a trusted workspace, neither excluded nor
 * ignored by Git nor a link, and not of the kind that holds secrets. A process of its own says so, and ends.
 */
export async function isOwnText(uri: vscode.Uri, options: OwnTextsOptions): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!vscode.workspace.isTrusted || uri.scheme !== 'file' || !folder) return false;
  const relative = path.relative(folder.fsPath, uri.fsPath).replaceAll(path.sep, '/');
  const { distFolder, modelFolders, log } = options;
  const modulePath = path.join(distFolder, 'training.js');
  const reader = new TrainingClient({ modulePath, log: (line) => log.info(line) });
  try {
    const found = await reader.prose({
      paths: [folder.fsPath],
      modelFolder: findModelFolder(bundledModelName, modelFolders), // any: what is asked is which files there are
      corpus: { ...trainingSettings().corpus, ...ownWordsCorpus, include: [asGlob(relative)] },
    });
    return (found?.texts.length ?? 0) > 0;
  } finally {
    await reader.dispose();
  }
}

/** A pattern that matches this path alone. */
export const asGlob = (file: string): string => `./${file.replaceAll(/[\\*?[\]{}()!+@|]/gu, '\\$&')}`;
