import * as vscode from 'vscode';
import type { EngineState } from '../client/engineState.ts';
import type { InferenceClient } from '../client/inferenceClient.ts';
import { loadWithAdapter } from '../client/loadWithAdapter.ts';
import { findAdapterFolder } from '../client/modelFolders.ts';
import type { Processes } from '../client/processes.ts';
import { type InklingError, toInklingError } from '../protocol/errors.ts';
import type { LoadedAdapter, TextGenerator } from '../protocol/inference.ts';
import type { Reason } from '../protocol/reasons.ts';
import {
  CompletionProvider,
  caretRequest,
  documentSelector,
  isWritten,
} from '../providers/completion/completionProvider.ts';
import { LastEdits } from '../providers/completion/lastEdits.ts';
import { ReadAhead } from '../providers/completion/readAhead.ts';
import { SuggestionWatch } from '../providers/completion/suggestionWatch.ts';
import type { Completer } from '../writing/completion/completer.ts';
import type { Decision } from '../writing/completion/decision.ts';
import type { Verdict } from '../writing/completion/textChange.ts';
import type { Cut } from './commands/acceptPart.ts';
import { type EngineSettings, loadRequestOf, type Settings } from './settings/settings.ts';
import { WorkspaceWords } from './workspaceWords.ts';

interface CompletionsOptions {
  readonly processes: Processes;
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
  /** what a person switched off */
  readonly silence: (document: vscode.TextDocument) => Reason | undefined;
  /** the model is known not to know the language of a document's text */
  readonly isForeign: (document: vscode.TextDocument) => boolean;
  /** what suggests in place of the model on this machine; undefined: nothing does */
  readonly server: () => TextGenerator | undefined;
  /** an adapter that is switched on cannot be used; the model runs without it */
  readonly onAdapterRefused: (name: string, reason: InklingError) => void;
}

/** Wait this long before look-ahead: the user is probably reading. */
const readingMs = 200;

const acceptedCommand = 'inkling.internal.accepted';

/**
 * Everything that lives while Inkling is switched on: the process with its model, the completer and the provider.
 * Disposing of it ends the process, so that switched off means that no memory is held either.
 */
export class Completions implements vscode.Disposable {
  readonly watch = new SuggestionWatch();
  readonly #client: InferenceClient;
  /** with all readers of markup, which it brings along; undefined until the first caret that is to be answered */
  #completer: Completer | undefined;
  #loadingCompleter: Promise<Completer> | undefined;
  #nextSentence: Cut | undefined;
  readonly #provider: CompletionProvider;
  readonly #options: CompletionsOptions;
  readonly #engineChanges = new vscode.EventEmitter<EngineState>();
  readonly #parts: vscode.Disposable;
  /** of the provider with the editor */
  #registration: vscode.Disposable;
  /** a model that cannot even be looked for; hides the client's own state */
  #problem: EngineState | undefined;
  #lookAhead: NodeJS.Timeout | undefined;
  /** the process or its model, since the model was ready last */
  #hasFailed = false;

  constructor(options: CompletionsOptions) {
    this.#options = options;
    this.#client = options.processes.inference();
    const lastEdits = new LastEdits((event) => this.watch.isOfBlank(event));
    const readAheadAt = (document: vscode.TextDocument, position: vscode.Position) => {
      if (this.engine.kind !== 'ready' || !isWritten(document) || options.silence(document)) return;
      if (options.server()) return; // nothing is sent before somebody types
      const how = { trigger: 'automatic', lastEdit: lastEdits.of(document) } as const;
      const request = caretRequest(document, position, how);
      void this.#loadCompleter().then((completer) =>
        completer.readAhead(request, options.settings.completion(document)),
      );
    };
    const readAhead = new ReadAhead(readAheadAt, (document) => lastEdits.of(document) !== 'none');
    const workspaceWords = new WorkspaceWords(this.#client, options);
    this.#provider = new CompletionProvider({
      complete: async (request, settings, token) => {
        clearTimeout(this.#lookAhead);
        readAhead.cancel();
        const completer = this.#completer ?? (await this.#loadCompleter());
        return completer.complete(request, settings, token);
      },
      onShow: (shown, { request, settings }) => {
        clearTimeout(this.#lookAhead);
        if (!options.server())
          this.#lookAhead = setTimeout(() => this.#completer?.lookAhead(request, settings, shown), readingMs);
      },
      settings: (document) => options.settings.completion(document),
      silence: (document) =>
        options.silence(document) ?? (this.engine.kind === 'failed' ? 'modelUnavailable' : undefined),
      isForeign: options.isForeign,
      lastEdits,
      watch: this.watch,
      acceptedCommand,
    });
    this.#parts = vscode.Disposable.from(
      this.#engineChanges,
      this.#provider,
      this.watch,
      lastEdits,
      this.#client.onStateChange((state) => this.#onEngineChange(state)),
      this.#client.onStateChange((state) => {
        if (state.kind === 'starting' || state.kind === 'unloaded') this.#completer?.engineIsCold();
        if (state.kind === 'ready') {
          readAhead.soon();
          workspaceWords.use(state.model.modelFolder);
        }
      }),
      readAhead,
      workspaceWords,
      this.#provider.onDecision((decision) => options.log.debug('decision', JSON.stringify(decision))),
      this.watch.onVerdict((verdict) => this.#learn(verdict)),
      vscode.commands.registerCommand(acceptedCommand, (id: number) => this.watch.acceptedAll(id)),
    );
    this.#registration = this.#registered();
  }

  /** For whatever else needs the model. */
  get client(): InferenceClient {
    return this.#client;
  }

  get engine(): EngineState {
    return this.#problem ?? this.#client.state;
  }

  get onEngineChange(): vscode.Event<EngineState> {
    return this.#engineChanges.event;
  }

  get onDecision(): vscode.Event<Decision> {
    return this.#provider.onDecision;
  }

  get isWorking(): boolean {
    return this.#provider.isWorking;
  }

  get onWorkChange(): vscode.Event<void> {
    return this.#provider.onWorkChange;
  }

  /** Loads the model that the settings name, in the background; what comes of it is told by `engine`. */
  useConfiguredModel(): void {
    const settings = this.#options.settings.general;
    this.forgetAnswers();
    try {
      const request = loadRequestOf(this.#options.processes.findModel(settings.model), settings);
      const adapter = this.#adapterOf(settings);
      this.#problem = undefined;
      if (adapter) {
        void loadWithAdapter(this.#client, request, adapter).then((refusal) => {
          if (refusal) this.#options.onAdapterRefused(settings.adapter, refusal);
        });
      } else {
        this.#client.use(request);
        this.#client.load().catch(() => undefined); // the state tells what is wrong with a model
      }
      this.#engineChanges.fire(this.engine);
    } catch (error) {
      this.#problem = { kind: 'failed', error: toInklingError(error) };
      this.#onEngineChange(this.#problem);
    }
  }

  /** undefined when none is in use, or it is not there any more */
  #adapterOf({ adapter, adapterStrength }: EngineSettings): LoadedAdapter | undefined {
    if (adapter === '') return undefined;
    try {
      return { folder: findAdapterFolder(adapter), strength: adapterStrength };
    } catch (error) {
      this.#options.onAdapterRefused(adapter, toInklingError(error));
      return undefined;
    }
  }

  /**
   * Forgets answers that were made under other settings, the one on screen, too. The editor also keeps the last one, even
   * when it was empty, and does not ask again at that caret until something is typed; a provider that it has not asked yet
   * it does ask.
   */
  forgetAnswers(): void {
    this.#completer?.reset();
    this.watch.takeAway();
    this.#registration.dispose();
    this.#registration = this.#registered();
  }

  #registered(): vscode.Disposable {
    return vscode.languages.registerInlineCompletionItemProvider(documentSelector, this.#provider);
  }

  /** What accept-sentence takes; undefined until the first caret that is to be answered. */
  get nextSentence(): Cut | undefined {
    return this.#nextSentence;
  }

  readonly spaceAfterWord = (document: vscode.TextDocument): boolean =>
    this.#options.settings.completion(document).spaceAfterWord;

  /** Ends the process and starts it afresh, also after a failure that was final. */
  async restartEngine(): Promise<void> {
    await this.#client.restart();
    this.useConfiguredModel();
  }

  /** Loads the completer's code when it is needed first; nothing has been read by the model then. */
  #loadCompleter(): Promise<Completer> {
    this.#loadingCompleter ??= Promise.all([
      import('../writing/completion/completer.ts'),
      import('../writing/completion/nextSentence.ts'), // a key that takes a sentence waits for nothing
    ]).then(([{ Completer }, { nextSentence }]) => {
      this.#nextSentence = nextSentence;
      const generator: TextGenerator = {
        generate: (...asked) => (this.#options.server() ?? this.#client).generate(...asked),
      };
      this.#completer = new Completer(generator, performance);
      this.#completer.engineIsCold();
      return this.#completer;
    });
    return this.#loadingCompleter;
  }

  #onEngineChange(state: EngineState): void {
    const { log } = this.#options;
    if (state.kind === 'failed') {
      log.error(`${state.error.code}: ${state.error.message}`);
      this.#hasFailed = true;
    }
    if (state.kind === 'unloaded') log.info(`${state.model.name}: memory given back after a time without requests`);
    if (state.kind === 'ready') {
      const { name, device, loadMs, deviceNotes } = state.model;
      log.info(`${name}: ready on ${device} after ${Math.round(loadMs)} ms`, ...deviceNotes);
      if (this.#hasFailed) this.forgetAnswers(); // what was asked meanwhile was answered with nothing
      this.#hasFailed = false;
    }
    this.#engineChanges.fire(this.engine);
  }

  #learn(verdict: Verdict): void {
    if (verdict.kind === 'rejected') this.#completer?.rejected();
    if (verdict.kind === 'acceptedAll' || verdict.kind === 'acceptedPart') this.#completer?.accepted();
  }

  dispose(): void {
    clearTimeout(this.#lookAhead);
    this.watch.takeAway();
    this.#registration.dispose();
    this.#parts.dispose();
    void this.#client.dispose();
  }
}
