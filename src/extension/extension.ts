import path from 'node:path';
import * as vscode from 'vscode';
import { bundledModelName } from '../client/modelFolders.ts';
import { Processes } from '../client/processes.ts';
import type { Reason } from '../protocol/reasons.ts';
import { DecisionLog } from '../writing/completion/decision.ts';
import { ActionModel, actionLoadRequest } from './actions/actionModel.ts';
import { PartAcceptance } from './commands/acceptPart.ts';
import { registerCommands } from './commands/commandTable.ts';
import { Completions } from './completions.ts';
import type { DeferredFeatures } from './features.ts';
import { adapterRefusals, ModelCheck } from './modelCheck.ts';
import { Settings } from './settings/settings.ts';
import { modelsPageSeen, StatusBar, statusOf } from './statusBar.ts';
import { Pause, WhileSwitchedOn } from './whileSwitchedOn.ts';
import { isOwnText } from './workspaceWords.ts';

/**
 * Builds all parts. What is made here lives as long as the extension is active; `Completions`, and the process that it
 * starts, live while Inkling is switched on. Nothing heavy is loaded in this process.
 * @returns settles when all that can be asked for is there; suggestions come before
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const distFolder = path.join(context.extensionPath, 'dist');
  const log = vscode.window.createOutputChannel('Inkling', { log: true });
  const settings = new Settings((message) => log.warn(message));
  const processes = new Processes(distFolder, (line) => log.info(line));
  const folders = processes.modelFolders;
  const store = processes.store();
  const modelCheck = new ModelCheck(store, log);
  const pause = new Pause();
  const decisions = new DecisionLog();
  const statusBar = new StatusBar();
  const modelChanges = new vscode.EventEmitter<void>();

  const silence = ({ languageId }: vscode.TextDocument): Reason | undefined => {
    if (!settings.isLanguageOn(languageId)) return 'off';
    return pause.until === undefined ? undefined : 'paused';
  };
  let late: Pick<DeferredFeatures, 'server' | 'languages'> | undefined;
  const onAdapterRefused = adapterRefusals(log);
  const startCompletions = () => {
    const completions = new Completions({
      processes,
      log,
      settings,
      silence,
      isForeign: (document) => late?.languages.isForeign(document) ?? false,
      server: () => late?.server.suggestions(),
      onAdapterRefused,
    });
    completions.onEngineChange((state) => {
      modelCheck.onEngineState(state);
      void deferred.then(({ languages }) => languages.onEngineState(state));
      if (state.kind === 'ready' || state.kind === 'failed') modelChanges.fire();
      updateStatus();
    });
    completions.onDecision((decision) => decisions.add(decision));
    completions.onWorkChange(() => updateStatus());
    setImmediate(() => {
      completions.useConfiguredModel();
      void deferred.then(({ usage }) => usage.follow(completions.watch)); // long before a model is there to suggest
    });
    return completions;
  };
  const completions = new WhileSwitchedOn(settings, startCompletions);
  const updateStatus = () =>
    statusBar.show(
      statusOf({
        engine: completions.value?.engine,
        pausedUntil: pause.until,
        isWorking: completions.value?.isWorking ?? false,
        document: vscode.window.activeTextEditor?.document,
        settings,
        offersModels:
          settings.general.model === bundledModelName && !context.globalState.get<boolean>(modelsPageSeen, false),
      }),
    );

  const actionModel = new ActionModel({
    typing: () => completions.value?.client,
    wanted: () => actionLoadRequest(folders, settings.general),
    start: () => processes.inference(),
  });

  const deferred = deferredFeatures();
  void deferred.then((features) => {
    late = features;
  });
  registerCommands(context.subscriptions, {
    extension: context.extension,
    log,
    settings,
    store,
    modelFolders: folders,
    pause,
    decisions,
    completions,
    partAcceptance: new PartAcceptance(() => completions.value),
    deferred,
  });
  context.subscriptions.push(
    log,
    settings,
    { dispose: () => void store.dispose() },
    modelCheck,
    pause,
    statusBar,
    completions,
    actionModel,
    modelChanges,
    completions.onChange(() => {
      modelChanges.fire();
      updateStatus();
    }),
    pause.onChange(() => {
      updateStatus();
      completions.value?.forgetAnswers();
    }),
    vscode.window.onDidChangeActiveTextEditor(updateStatus),
    vscode.extensions.onDidChange(updateStatus),
    vscode.workspace.onDidOpenTextDocument(updateStatus), // also when a document's language was changed
    settings.onDidChange(({ loadsModel }) => {
      updateStatus();
      actionModel.follow();
      if (loadsModel) completions.value?.useConfiguredModel();
      else completions.value?.forgetAnswers();
    }),
  );
  updateStatus();

  context.subscriptions.push(await deferred);

  async function deferredFeatures() {
    await new Promise(setImmediate); // the editor has others to start, too
    const { DeferredFeatures } = await import('./features.ts');
    return new DeferredFeatures({
      context,
      distFolder,
      processes,
      settings,
      store,
      log,
      mayType: (document) => settings.general.enabled && silence(document) === undefined,
      typing: () => completions.value?.client,
      acting: () => actionModel.engine(),
      mayRead: (file) => isOwnText(file, processes),
      onDidChangeModel: modelChanges.event,
    });
  }
}
