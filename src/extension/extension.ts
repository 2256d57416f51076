import path from 'node:path';
import * as vscode from 'vscode';
import { modelFolders } from '../client/modelFolders.ts';
import { StoreClient } from '../client/storeClient.ts';
import type { Reason } from '../protocol/reasons.ts';
import { Actions } from './actions/actions.ts';
import { adapterRefusals } from './adapterRefused.ts';
import { registerChat } from './chat.ts';
import { acceptSentence, acceptWord } from './commands/acceptPart.ts';
import { chooseModel } from './commands/chooseModel.ts';
import { guarded } from './commands/guarded.ts';
import { openSample } from './commands/openSample.ts';
import { showMenu } from './commands/showMenu.ts';
import { suggestNow } from './commands/suggestNow.ts';
import { toggle, toggleLanguage } from './commands/toggle.ts';
import { whyNothing } from './commands/whyNothing.ts';
import { Completions } from './completions.ts';
import { DecisionLog } from './decisionLog.ts';
import { Training } from './fineTuning/training.ts';
import { ModelCheck } from './modelCheck.ts';
import { Pause } from './pause.ts';
import { isLanguageOn } from './settings.ts';
import { statusOf } from './status.ts';
import { StatusBar } from './statusBar.ts';
import { WhileSwitchedOn } from './whileSwitchedOn.ts';

const engineKeys = ['model', 'device', 'threads', 'idleUnloadMinutes', 'contextTokens', 'adapter', 'adapterStrength'];
const pauseMinutes = 30;

const openSettings = (extensionId: string) =>
  vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);

/**
 * Builds all parts. What is made here lives as long as the extension is active; `Completions`, and the process that it
 * starts, live while Inkling is switched on. Nothing heavy is loaded in this process.
 */
export function activate(context: vscode.ExtensionContext): void {
  const distFolder = path.join(context.extensionPath, 'dist');
  const folders = modelFolders(distFolder);
  const log = vscode.window.createOutputChannel('Inkling', { log: true });
  const store = new StoreClient({ modulePath: path.join(distFolder, 'store.js'), log: (line) => log.info(line) });
  const modelCheck = new ModelCheck(store, log);
  const pause = new Pause();
  const decisions = new DecisionLog();
  const statusBar = new StatusBar();
  const modelChanges = new vscode.EventEmitter<void>();
  let working = false;

  const silence = ({ languageId }: vscode.TextDocument): Reason | undefined => {
    if (!isLanguageOn(languageId)) return 'off';
    return pause.until === undefined ? undefined : 'paused';
  };
  const onAdapterRefused = adapterRefusals(log);
  const startCompletions = () => {
    const completions = new Completions({ distFolder, modelFolders: folders, log, silence, onAdapterRefused });
    completions.onEngineChange((state) => {
      modelCheck.onEngineState(state);
      if (state.kind === 'ready' || state.kind === 'failed') modelChanges.fire();
      updateStatus();
    });
    completions.onDecision((decision) => decisions.add(decision));
    completions.onWork((isWorking) => {
      working = isWorking;
      updateStatus();
    });
    setImmediate(() => completions.useConfiguredModel());
    return completions;
  };
  const completions = new WhileSwitchedOn(startCompletions);
  const updateStatus = () =>
    statusBar.show(
      statusOf({
        engine: completions.value?.engine,
        pausedUntil: pause.until,
        working,
        document: vscode.window.activeTextEditor?.document,
      }),
    );

  const training = new Training({ context, distFolder, modelFolders: folders, store, log });
  const actions = new Actions({
    engine: () => completions.value?.client,
    memento: context.workspaceState,
    userPrompts: vscode.Uri.joinPath(context.globalStorageUri, 'prompts'),
  });

  const commands: Readonly<Record<string, (...parameters: never[]) => unknown>> = {
    'inkling.toggle': toggle,
    'inkling.toggleLanguage': toggleLanguage,
    'inkling.pause': () => (pause.until === undefined ? pause.start(pauseMinutes) : pause.end()),
    'inkling.trigger': () => suggestNow(decisions),
    'inkling.acceptWord': () => acceptWord(completions.value?.watch),
    'inkling.acceptSentence': () => acceptSentence(completions.value?.watch),
    'inkling.whyNothing': () => whyNothing(decisions.newestFirst),
    'inkling.chooseModel': () => chooseModel(store, folders),
    'inkling.restartEngine': () => completions.value?.restartEngine(),
    'inkling.showLog': () => log.show(),
    'inkling.openSettings': () => openSettings(context.extension.id),
    'inkling.openSample': () => openSample(context.extensionUri),
    'inkling.showMenu': () => showMenu(pause.until !== undefined),
    ...actions.commands,
    ...training.commands,
  };
  for (const [id, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(id, guarded(run, log)));
  }
  context.subscriptions.push(
    log,
    { dispose: () => void store.dispose() },
    modelCheck,
    pause,
    statusBar,
    completions,
    actions,
    modelChanges,
    registerChat(() => completions.value?.client, modelChanges.event),
    training,
    completions.onChange(() => {
      modelChanges.fire();
      updateStatus();
    }),
    pause.onChange(updateStatus),
    vscode.window.onDidChangeActiveTextEditor(updateStatus),
    vscode.extensions.onDidChange(updateStatus),
    vscode.workspace.onDidOpenTextDocument(updateStatus), // also when a document's language was changed
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('inkling')) return;
      updateStatus();
      const isEngineChanged = engineKeys.some((key) => event.affectsConfiguration(`inkling.${key}`));
      if (isEngineChanged) completions.value?.useConfiguredModel();
      else completions.value?.forgetAnswers();
    }),
  );
  updateStatus();
  void training.offerInterrupted();
}
