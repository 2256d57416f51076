import { type CancellationToken, Emitter, type Event, type RequestType } from 'vscode-jsonrpc/node.js';
import type { DeviceReport, DeviceSetting } from '../protocol/engineOptions.ts';
import { InklingError, sentence, toInklingError } from '../protocol/errors.ts';
import {
  detokenizeRequest,
  devicesRequest,
  type ErrorData,
  type GeneratedToken,
  type GenerateOutcome,
  type GenerateRequest,
  generateRequest,
  type LoadedModel,
  type LoadProgress,
  type LoadRequest,
  loadProgressNotification,
  loadRequest,
  type MemoryReport,
  memoryRequest,
  movedNotification,
  noUsage,
  type OwnWordsAnswer,
  type OwnWordsRequest,
  ownWordsRequest,
  partialNotification,
  type ScoreAnswer,
  type ScoreEachAnswer,
  type ScoreEachRequest,
  type ScoreRequest,
  scoreEachRequest,
  scoreRequest,
  type TextGenerator,
  tokenizeRequest,
  unloadedNotification,
} from '../protocol/inference.ts';
import { ChildProcess, type RestartPolicy, settlesBeforeCancel } from './childProcess.ts';
import type { EngineState } from './engineState.ts';
import { parametersOf } from './modelFolders.ts';
import { changes, withTexts } from './ownTexts.ts';

export interface InferenceClientOptions {
  /** absolute path of the inference bundle */
  readonly modulePath: string;
  readonly log: (line: string) => void;
  readonly restartPolicy?: RestartPolicy;
  /** how long a process with a loaded model may be silent before it counts as hanging */
  readonly patienceMs?: number;
  /** of own words; beyond it the texts that have not changed for longest are forgotten */
  readonly maxOwnTokens?: number;
}

/**
 * With its own threshold, which grows with what is freed, glibc keeps the arrays that loading needs for a moment: 35 MB.
 * Elsewhere the variable says nothing.
 */
const environment = { MALLOC_MMAP_THRESHOLD_: '131072' };
/** Sixteen megabytes in the process, twice what a workspace begins with. */
const maxOwnTokens = 1 << 21;
/** Loading is one long native call for large models on slow disks. */
const loadPatienceMs = 180_000;

/** Told the text so far, and the tokens that have become part of it since the last time. */
type OnPartial = (text: string, tokens: readonly GeneratedToken[]) => void;

/**
 * Speaks to the inference process. The model named by `use` is loaded by the first request that needs it, and again
 * after the process died. A model that cannot be loaded is not tried again until `use` names another or `restart`.
 */
export class InferenceClient implements TextGenerator {
  readonly #process: ChildProcess;
  readonly #patienceMs: number;
  readonly #maxOwnTokens: number;
  readonly #stateChanges = new Emitter<EngineState>();
  /** receivers of partial texts, by request id */
  readonly #partials = new Map<number, OnPartial>();
  #lastId = 0;
  #state: EngineState = { kind: 'stopped' };
  #wanted: LoadRequest | undefined;
  /** settings of `device` under which the process died on a device: until `restart` they mean the CPU */
  readonly #crashedSettings = new Set<DeviceSetting>();
  /** settled or running load of `#wanted` in the running process */
  #loaded: Promise<LoadedModel> | undefined;
  /** what came of it, and of moves since */
  #model: LoadedModel | undefined;
  /** counts loads, so that the end of an older one does not overwrite the state of a newer one */
  #loads = 0;
  #disposed = false;
  #ownWords: OwnWordsRequest | undefined;
  /** what came of `#ownWords` in the running process */
  #counted: Promise<OwnWordsAnswer> | undefined;

  constructor(options: InferenceClientOptions) {
    const { modulePath, log } = options;
    this.#patienceMs = options.patienceMs ?? 30_000;
    this.#maxOwnTokens = options.maxOwnTokens ?? maxOwnTokens;
    this.#process = new ChildProcess({ name: 'inference', modulePath, log, environment }, options.restartPolicy);
    this.#process.onNotification(partialNotification, ({ id, text, tokens }) => this.#partials.get(id)?.(text, tokens));
    this.#process.onNotification(loadProgressNotification, (progress) => this.#onLoadProgress(progress));
    this.#process.onNotification(movedNotification, (model) => this.#onMoved(model));
    this.#process.onNotification(unloadedNotification, () => this.#onUnloaded());
    this.#process.onExit((reason) => this.#onExit(reason));
  }

  get state(): EngineState {
    return this.#state;
  }

  get onStateChange(): Event<EngineState> {
    return this.#stateChanges.event;
  }

  /** Of the model that `use` named: about as many as its configuration tells, exactly once it has been loaded. */
  knownParameters(): number | undefined {
    return this.#model?.parameters ?? (this.#wanted && parametersOf(this.#wanted.modelFolder));
  }

  /** Of the same model, once it has been loaded. */
  knownToFollowInstructions(): boolean | undefined {
    return this.#model?.hasChatTemplate;
  }

  /** Of the running process; undefined while none runs. */
  get processId(): number | undefined {
    return this.#process.processId;
  }

  /** Names the model of all further requests. Nothing is loaded yet. */
  use(request: LoadRequest): void {
    if (this.wants(request)) return;
    this.#wanted = request;
    this.#forgetLoad();
  }

  /** Is it what `use` named last? */
  wants(request: LoadRequest): boolean {
    return JSON.stringify(request) === JSON.stringify(this.#wanted);
  }

  /**
   * Texts whose words completions are to prefer while their model is in use. They are counted in the background, and again
   * after the process died.
   * @returns when they have been counted
   */
  useOwnWords(words: OwnWordsRequest): Promise<OwnWordsAnswer> {
    const before = this.#ownWords;
    this.#ownWords = words.replaces === 'all' ? words : withTexts(before, words, this.#maxOwnTokens);
    // A process that has not been told of the others is told of all.
    const tellsAll = words.replaces === 'all' || !this.#counted || before?.modelFolder !== words.modelFolder;
    this.#counted = this.#call(ownWordsRequest, tellsAll ? this.#ownWords : changes(before, this.#ownWords, words));
    return this.#counted;
  }

  /**
   * Loads the model named by `use`, unless it is loaded.
   * @throws InklingError `modelMissing`, `modelBroken`, … as protocol/errors.ts lists them; `superseded` when `use` named
   * another model meanwhile and that one is being loaded
   */
  load(): Promise<LoadedModel> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async generate(
    request: Omit<GenerateRequest, 'id' | 'stream'>,
    token: CancellationToken,
    onPartial?: OnPartial,
  ): Promise<GenerateOutcome> {
    const id = ++this.#lastId;
    if (onPartial) this.#partials.set(id, onPartial);
    try {
      if (!(await settlesBeforeCancel(this.load(), token))) return { kind: 'cancelled', usage: noUsage };
      return await this.#call(generateRequest, { ...request, id, stream: onPartial !== undefined }, token);
    } catch (error) {
      if (token.isCancellationRequested || isSuperseded(error)) return { kind: 'cancelled', usage: noUsage };
      return { kind: 'failed', error: toInklingError(error) };
    } finally {
      this.#partials.delete(id);
    }
  }

  score = (request: ScoreRequest): Promise<ScoreAnswer> => this.#callLoaded(scoreRequest, request);
  async scoreEach(request: ScoreEachRequest, token: CancellationToken): Promise<ScoreEachAnswer> {
    try {
      if (!(await settlesBeforeCancel(this.load(), token))) return { kind: 'cancelled' };
      return await this.#call(scoreEachRequest, request, token);
    } catch (error) {
      if (token.isCancellationRequested || isSuperseded(error)) return { kind: 'cancelled' };
      throw error;
    }
  }
  tokenize = (text: string): Promise<{ tokens: number[] }> => this.#callLoaded(tokenizeRequest, { text });
  detokenize = (tokens: number[]): Promise<{ text: string }> => this.#callLoaded(detokenizeRequest, { tokens });
  /** Probes what this machine can run on; with a folder, also what is best for that model. */
  devices = (modelFolder?: string): Promise<DeviceReport> =>
    this.#process.call(devicesRequest, modelFolder ? { modelFolder } : {}, { patienceMs: loadPatienceMs });
  memory = (): Promise<MemoryReport> => this.#process.call0(memoryRequest);

  /** Starts afresh, also after a failure that was final; the model is loaded again at once if one was in use. */
  async restart(): Promise<void> {
    this.#forgetLoad();
    this.#counted = undefined;
    this.#loads++;
    this.#crashedSettings.clear();
    await this.#process.restart();
    this.#setState({ kind: 'stopped' });
    this.#loadInBackground();
  }

  /** Ends the process within two seconds; requests that wait are answered as failed. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#process.dispose();
    this.#setState({ kind: 'stopped' });
    this.#stateChanges.dispose();
  }

  async #load(): Promise<LoadedModel> {
    const wanted = this.#wanted;
    if (!wanted) throw new InklingError('modelNotLoaded', sentence`No model has been chosen.`);
    const load = ++this.#loads;
    this.#setState({ kind: 'starting' });
    try {
      const device = this.#crashedSettings.has(wanted.device) ? 'cpu' : wanted.device;
      const model = await this.#process.call(loadRequest, { ...wanted, device }, { patienceMs: loadPatienceMs });
      if (load === this.#loads) this.#onModel(model);
      if (this.#ownWords && !this.#counted) this.useOwnWords(this.#ownWords).catch(() => undefined); // completions do without
      return model;
    } catch (error) {
      if (load === this.#loads) this.#setState({ kind: 'failed', error: toInklingError(error) });
      throw error;
    }
  }

  #loadInBackground(): void {
    // A failure is told by the state, and by the next request.
    if (this.#wanted && !this.#disposed) this.load().catch(() => undefined);
  }

  async #callLoaded<P, R>(type: RequestType<P, R, ErrorData>, parameters: P): Promise<R> {
    await this.load();
    return this.#call(type, parameters);
  }

  /** A process that gave the model's memory back loads it again before it answers, and is given the time for that. */
  #call<P, R>(type: RequestType<P, R, ErrorData>, parameters: P, token?: CancellationToken): Promise<R> {
    const patienceMs = this.#state.kind === 'ready' ? this.#patienceMs : loadPatienceMs;
    return this.#process.call(type, parameters, token ? { token, patienceMs } : { patienceMs });
  }

  #forgetLoad(): void {
    this.#loaded = undefined;
    this.#model = undefined;
  }

  #onModel(model: LoadedModel): void {
    this.#model = model;
    this.#setState({ kind: 'ready', model });
  }

  /** Without a load of ours the process reloads what it had given back, or moves it. */
  #onLoadProgress(progress: LoadProgress): void {
    if (progress.stage !== 'ready') this.#setState({ kind: 'loading', progress });
    else if (this.#model) this.#onModel(this.#model);
  }

  #onMoved(model: LoadedModel): void {
    if (this.#model) this.#onModel(model); // else another model has been asked for
  }

  #onUnloaded(): void {
    if (this.#model) this.#setState({ kind: 'unloaded', model: this.#model });
  }

  #onExit(reason: InklingError): void {
    this.#forgetLoad();
    this.#counted = undefined;
    if (this.#wanted && this.#mayBlameDevice(this.#wanted)) this.#crashedSettings.add(this.#wanted.device);
    this.#setState({ kind: 'failed', error: reason });
    this.#loadInBackground();
  }

  /** Was the process on a device, or on its way there? Then a driver may be the reason of its end. */
  #mayBlameDevice({ device }: LoadRequest): boolean {
    const state = this.#state;
    if (state.kind === 'ready') return state.model.device !== 'cpu';
    if (state.kind !== 'loading') return false;
    return state.progress.stage === 'move' || (device !== 'auto' && device !== 'cpu');
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#stateChanges.fire(state);
  }
}

const isSuperseded = (error: unknown) => error instanceof InklingError && error.code === 'superseded';
