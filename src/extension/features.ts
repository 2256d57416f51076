import path from 'node:path';
import * as vscode from 'vscode';
import type { ModelFolders } from '../client/modelFolders.ts';
import { InstalledPipelines } from '../client/pipelinesClient.ts';
import type { StoreClient } from '../client/storeClient.ts';
import { type ChatEngine, ChatModelProvider } from '../providers/chat/chatModelProvider.ts';
import { registerChatParticipant } from '../providers/chat/chatParticipant.ts';
import { type ChatToolsOptions, registerChatTools } from '../providers/chat/chatTools.ts';
import type { DecisionLog } from '../writing/completion/decision.ts';
import { ActionServer } from './actions/actionServer.ts';
import { Actions } from './actions/actions.ts';
import { commandOf } from './actions/chooseAction.ts';
import { LongActions } from './actions/longActions.ts';
import { refusalMessage } from './actions/noteTexts.ts';
import type { PartAcceptance } from './commands/acceptPart.ts';
import type { Completions } from './completions.ts';
import { DocumentLanguages } from './documentLanguages.ts';
import { Training, type TrainingParts } from './fineTuning/training.ts';
import { ModelsPage } from './models/modelsPanel.ts';
import { Tone } from './models/tone.ts';
import { errorMessage } from './reasonTexts.ts';
import type { Settings } from './settings/settings.ts';
import { Usage } from './usage/usage.ts';
import { showWhatItSaves } from './whatItSaves.ts';
import type { Pause, WhileSwitchedOn } from './whileSwitchedOn.ts';

/** What commands work on. */
export interface Features {
  readonly extension: vscode.Extension<unknown>;
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
  readonly store: StoreClient;
  readonly modelFolders: ModelFolders;
  readonly pause: Pause;
  readonly decisions: DecisionLog;
  readonly completions: WhileSwitchedOn<Completions>;
  readonly partAcceptance: PartAcceptance;
  /** actions, chat and fine-tuning; settles once their code has been read */
  readonly deferred: Promise<DeferredFeatures>;
}

interface DeferredFeaturesOptions extends ChatOptions, Omit<TrainingParts, 'keptExamples'> {
  readonly distFolder: string;
  /** nobody has switched suggestions off or paused them in a document */
  readonly mayType: (document: vscode.TextDocument) => boolean;
}

/**
 * All that suggestions can do without: actions, chat and fine-tuning. Two thirds of the code are for them, and reading
 * it would keep the editor's host busy in the moment when everything starts; so it is read in a turn of its own.
 */
export class DeferredFeatures implements vscode.Disposable {
  readonly actions: Actions;
  /** what becomes of suggestions */
  readonly usage: Usage;
  /** what does them in place of the model on this machine */
  readonly server: ActionServer;
  readonly training: Training;
  readonly models: ModelsPage;
  readonly tone: Tone;
  readonly languages: DocumentLanguages;
  readonly #parts: vscode.Disposable;

  constructor(options: DeferredFeaturesOptions) {
    const { context, distFolder, processes, settings, store, log } = options;
    const pipelines = new InstalledPipelines(processes.pipelines(), store, processes.modelFolders);
    this.server = new ActionServer(settings, context.secrets);
    const engine = () => {
      const own = options.acting();
      return own && (this.server.engine() ?? own);
    };
    const languageSet = (document: vscode.TextDocument) => settings.textLanguage(document);
    this.actions = new Actions({
      engine,
      pipelines,
      longActions: new LongActions({ file: path.join(distFolder, 'longActions.js') }),
      memento: context.workspaceState,
      isLanguageOn: (languageId) => settings.isLanguageOn(languageId),
      languageSet,
      languageFound: (document) => this.languages.languageOf(document),
      userPrompts: vscode.Uri.joinPath(context.globalStorageUri, 'prompts'),
    });
    this.usage = new Usage(context, log, () => settings.general.learnFromUse);
    this.training = new Training({
      context,
      processes,
      settings,
      store,
      log,
      keptExamples: () => this.usage.examples(),
    });
    const hasServer = () => this.server.suggestions() !== undefined;
    const typeAgain = (modelFolder?: string) => showWhatItSaves({ processes, settings, hasServer }, modelFolder);
    this.models = new ModelsPage({ context, processes, settings, store, typeAgain });
    this.languages = new DocumentLanguages({
      isOn: (document) => options.mayType(document) && !this.server.suggestions(),
      languageSet,
      modelFor: (language) => this.models.modelFor(language),
      onTold: () => this.actions.followMenu(),
    });
    this.tone = new Tone({ pipelines, addFolder: () => this.models.addFolder() });
    const followMenu = () => this.actions.followMenu();
    this.#parts = vscode.Disposable.from(
      this.actions,
      this.server,
      this.usage,
      this.training,
      this.models,
      this.languages,
      registerChat(options),
      options.onDidChangeModel(followMenu),
      settings.onDidChange(followMenu),
      { dispose: () => void pipelines.dispose() },
    );
    void followMenu();
    void this.training.offerInterrupted();
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

interface ChatOptions extends ChatToolsOptions {
  /** what completes while one types: it is loaded anyhow, so it is the one that the editor's list shows */
  readonly typing: ChatEngine;
  /** what actions run on; asking for it may start a process */
  readonly acting: ChatEngine;
  readonly onDidChangeModel: vscode.Event<void>;
}

/** What Inkling is in the editor's chat: a model, a participant and two tools. */
const registerChat = ({ typing, acting, mayRead, onDidChangeModel }: ChatOptions): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.lm.registerLanguageModelChatProvider(
      ChatModelProvider.vendor,
      new ChatModelProvider(typing, onDidChangeModel),
    ),
    registerChatParticipant({ engine: acting, refusalText: refusalMessage, errorMessage, commandOf }),
    registerChatTools({ typing, acting, mayRead }),
  );
