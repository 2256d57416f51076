import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { adaptersFolder, newAdapterFolder } from '../../client/modelFolders.ts';
import type { Processes } from '../../client/processes.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { FineTuningPageAction, FineTuningPhase, FineTuningView } from '../../protocol/fineTuningPages.ts';
import type { TrainRequest } from '../../protocol/training.ts';
import { errorMessage } from '../reasonTexts.ts';
import { corpusSettings, loadRequestOf, type Settings, trainingSettings, useAdapter } from '../settings/settings.ts';
import type { LearntExample } from '../usage/learntExamples.ts';
import { isReadable } from '../workspaceWords.ts';
import { AdaptersPanel } from './adaptersPanel.ts';
import { FineTuningPanel, FineTuningStatus } from './fineTuningPanel.ts';
import { FineTuningSession } from './fineTuningSession.ts';
import { InterruptedRun, KeptSuggestions, resumed } from './rememberedTraining.ts';
import { SampleWriter } from './sampleWriter.ts';

export interface TrainingParts {
  readonly context: vscode.ExtensionContext;
  readonly processes: Processes;
  readonly settings: Settings;
  readonly store: StoreClient;
  readonly log: vscode.LogOutputChannel;
  /** suggestions that were kept for learning */
  readonly keptExamples: () => Promise<readonly LearntExample[]>;
}

/** Fine-tuning in this window: at most one at a time, its page, and what is left of an interrupted one. */
export class Training implements vscode.Disposable {
  readonly #parts: TrainingParts;
  readonly #interrupted: InterruptedRun;
  readonly #kept: KeptSuggestions;
  readonly #status = new FineTuningStatus();
  #current: FineTuningSession | undefined;
  /** of the texts that a person chose in place of the workspace's */
  #chosen: readonly string[] | undefined;
  #panel: FineTuningPanel | undefined;
  #adapters: AdaptersPanel | undefined;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
    this.#interrupted = new InterruptedRun(parts.context.workspaceState, parts.store);
    this.#kept = new KeptSuggestions(parts.keptExamples, parts.context.workspaceState);
  }

  /** Shows the fine-tuning that there is, goes on with an interrupted one, or prepares a new one. */
  async fineTune(): Promise<void> {
    if (this.#current && this.#current.view.phase !== 'discarded') {
      this.#show(this.#current);
      return;
    }
    const untrusted = l10n.t(
      'Inkling learns only from workspaces that you trust: their files and settings decide what is read.',
    );
    if (!(await isReadable(untrusted))) return;
    const interrupted = await this.#interrupted.request();
    if (interrupted) return this.#offer(interrupted);
    await this.#parts.store.removeDeadRuns(adaptersFolder());
    this.#chosen = undefined;
    await this.#begin(this.#newRequest());
  }

  /** To be called once, when the window has opened. */
  async offerInterrupted(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const request = await this.#interrupted.request();
    if (request) await this.#offer(request);
  }

  showAdapters(): void {
    if (this.#adapters) {
      this.#adapters.reveal();
      return;
    }
    const { context, ...parts } = this.#parts;
    this.#adapters = new AdaptersPanel({ extensionUri: context.extensionUri, ...parts });
    this.#adapters.onClose(() => {
      this.#adapters?.dispose();
      this.#adapters = undefined;
    });
  }

  dispose(): void {
    this.#adapters?.dispose();
    this.#panel?.dispose();
    this.#current?.dispose();
    this.#status.dispose();
  }

  async #offer(request: TrainRequest): Promise<void> {
    const goOn = l10n.t('Go On');
    const discard = l10n.t('Discard');
    const question = l10n.t(
      'The fine-tuning “{0}” was interrupted. It can go on from its last checkpoint.',
      request.name,
    );
    const answer = await vscode.window.showInformationMessage(question, goOn, discard);
    if (this.#current?.isGoingOn) return; // the question is stale: it was answered elsewhere
    if (answer === goOn) await this.#begin(request);
    if (answer === discard) await this.#interrupted.discard(request);
  }

  /** @throws InklingError when a setting is out of its range, or the model is not there */
  #newRequest(): TrainRequest {
    const folders = this.#chosen ?? vscode.workspace.workspaceFolders!.map(({ uri }) => uri.fsPath);
    const name = this.#chosen ? undefined : vscode.workspace.name;
    const outputFolder = newAdapterFolder(name ?? path.basename(folders[0]!));
    return { ...this.#set(), paths: folders, outputFolder, name: path.basename(outputFolder), resume: false };
  }

  /** @throws InklingError as `#newRequest` does */
  #set(): Pick<TrainRequest, 'modelFolder' | 'corpus' | 'options'> {
    const { processes, settings } = this.#parts;
    const modelFolder = processes.findModel(settings.general.model);
    return { modelFolder, corpus: corpusSettings(), options: trainingSettings() };
  }

  /**
   * Prepares anew what nobody has started yet where the settings are others by now: what the page tells is what will be done.
   * @returns whether it did
   */
  async #followSettings(session: FineTuningSession): Promise<boolean> {
    const { phase } = session.view;
    if (this.#current !== session || (phase !== 'planning' && phase !== 'ready') || session.request.resume)
      return false;
    const { modelFolder, corpus, options } = session.request;
    if (isDeepStrictEqual({ modelFolder, corpus, options }, this.#set())) return false;
    await this.#prepareAnew(session);
    return true;
  }

  async #prepareAnew(session: FineTuningSession): Promise<void> {
    this.#current = undefined; // what else is asked of it comes too late
    await session.abandon();
    await this.#begin(this.#newRequest());
  }

  async #begin(given: TrainRequest): Promise<void> {
    const { furtherTexts, kept } = await this.#kept.texts();
    const request = furtherTexts ? { ...given, furtherTexts } : given;
    this.#panel?.dispose();
    this.#current?.dispose();
    const { context, processes, settings, log, store } = this.#parts;
    const parts = {
      training: processes.training(),
      writer: new SampleWriter(processes.inference(), loadRequestOf(request.modelFolder, settings.general)),
      store,
      log,
      productFolder: context.extensionPath,
      remember: (run: TrainRequest | undefined) => this.#interrupted.remember(run),
      useAdapter,
      problemText: errorMessage,
    };
    const session = new FineTuningSession(request, parts, kept);
    this.#current = session;
    session.onChange((view) => this.#status.show(view));
    const firstEnd = new Promise<void>((resolve) => {
      session.onChange(({ phase }) => isEnd(phase) && resolve());
    });
    this.#show(session);
    void session.run();
    void firstEnd.then(() => this.#tellEnd(session));
  }

  #show(session: FineTuningSession): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const panel = new FineTuningPanel(this.#parts.context.extensionUri, session, (action) => {
      void this.#guarded(action.kind, () => this.#act(session, action));
    });
    this.#panel = panel;
    panel.onClose(() => this.#onPanelClosed(session));
    panel.onFront(() => void this.#guarded('settings', () => this.#followSettings(session)));
  }

  /** What a page asks for is no command: what goes wrong is logged and told here. */
  async #guarded(what: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#parts.log.error(`fine-tuning: ${what}: ${String(error)}`);
      await vscode.window.showErrorMessage(errorMessage(error));
    }
  }

  async #act(session: FineTuningSession, action: Exclude<FineTuningPageAction, { kind: 'opened' }>): Promise<void> {
    switch (action.kind) {
      case 'start':
        if (!(await this.#followSettings(session)) && this.#current === session) await session.start();
        break;
      case 'pause':
        await session.pause();
        break;
      case 'resume':
        await session.resume();
        break;
      case 'stop':
        await session.stop(action.keep);
        break;
      case 'stopProof':
        session.stopProof();
        break;
      case 'chooseFolder':
        await this.#learnFromAnother(session);
        break;
      case 'tryAgain':
        if (!action.resume) await this.#interrupted.discard(session.request);
        await this.#begin(action.resume ? resumed(session.request) : this.#newRequest());
        break;
      case 'switchAdapter':
        await session.switchAdapter(action.on);
        break;
      case 'startBlindTest':
        await session.startBlindTest();
        break;
      case 'prefer':
        await session.prefer(action.side);
        break;
      case 'useKept':
        await this.#kept.use(action.on);
        await this.#prepareAnew(session);
        break;
      case 'showKept':
        await vscode.commands.executeCommand('inkling.learnt');
        break;
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'inkling.training');
        break;
      case 'openAdapters':
        this.showAdapters();
    }
  }

  /** Where the workspace has too little text. */
  async #learnFromAnother(session: FineTuningSession): Promise<void> {
    const [folder] =
      (await vscode.window.showOpenDialog({
        title: l10n.t('A folder with your texts'),
        canSelectFolders: true,
        canSelectFiles: false,
      })) ?? [];
    if (!folder || this.#current !== session) return;
    this.#chosen = [folder.fsPath];
    await this.#begin(this.#newRequest());
  }

  /** What nobody has started yet is forgotten with its page; what runs goes on. */
  #onPanelClosed(session: FineTuningSession): void {
    this.#panel?.dispose();
    this.#panel = undefined;
    if (this.#current !== session || session.isGoingOn) return;
    this.#current = undefined;
    const { phase } = session.view;
    if (phase === 'planning' || phase === 'ready') void session.abandon();
    else session.dispose();
  }

  /** The only notification. */
  async #tellEnd(session: FineTuningSession): Promise<void> {
    if (this.#current !== session) return;
    const { phase, isTooLittle } = session.view;
    if (phase === 'discarded' || (isTooLittle && this.#panel)) return; // the page says it
    const show = l10n.t('Show');
    const answer = await vscode.window.showInformationMessage(endText(session.view), show);
    if (answer === show && this.#current === session) this.#show(session);
  }
}

const isEnd = (phase: FineTuningPhase) => phase === 'done' || phase === 'failed' || phase === 'discarded';

function endText({ phase, name, problem, report, isSwitchedOn }: FineTuningView): string {
  if (phase === 'failed') return l10n.t('The fine-tuning “{0}” failed. {1}', name, problem ?? '');
  if (!report) return l10n.t('The fine-tuning “{0}” has ended. Whether it helps is not known.', name);
  const { base, adapted } = report.heldOut;
  const [before, after] = [base.perplexity.toFixed(1), adapted.perplexity.toFixed(1)];
  return isSwitchedOn
    ? l10n.t(
        'Inkling has learned from your texts: perplexity {0} → {1}. The adapter “{2}” is turned on.',
        before,
        after,
        name,
      )
    : l10n.t('The fine-tuning “{0}” has ended. It does not help on new texts, so it stays turned off.', name);
}
