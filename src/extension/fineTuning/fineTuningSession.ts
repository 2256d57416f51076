import { CancellationTokenSource, Emitter, type Event } from 'vscode-jsonrpc';
import { type FineTuneAudience, fineTune } from '../../client/fineTune.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { TrainingClient } from '../../client/trainingClient.ts';
import type { AdapterReport } from '../../protocol/adapters.ts';
import { type InklingError, toInklingError } from '../../protocol/errors.ts';
import type { FineTuningView } from '../../protocol/fineTuningPages.ts';
import type { DoneEvent, HeldOutTexts, TrainingEvent, TrainRequest } from '../../protocol/training.ts';
import { compareWriting } from '../../writing/simulator/adapterComparison.ts';
import { BlindTestRound } from './blindTest.ts';
import { FineTuningState } from './fineTuningState.ts';
import { type SamplePrompt, type SampleWriter, samplePrompts } from './sampleWriter.ts';

export interface FineTuningParts {
  readonly training: TrainingClient;
  readonly writer: SampleWriter;
  readonly store: Pick<StoreClient, 'saveReport' | 'removeRun'>;
  readonly log: { warn(line: string): void; error(line: string): void };
  /** what went wrong, in the person's language */
  readonly problemText: (error: InklingError) => string;
  /** holds `media` */
  readonly productFolder: string;
  /** a run has begun that is worth going on with after an interruption; undefined: there is none any more */
  readonly remember: (run: TrainRequest | undefined) => void;
  /** @param folder of the adapter to use in this workspace; undefined: none */
  readonly useAdapter: (folder: string | undefined) => Thenable<void>;
}

const sampleCount = 3;
const blindPairCount = 8;
/** At how many places of the texts the simulated writer types, if the time is enough for it. */
const typedCarets = 1000;

/**
 * One fine-tuning from reading the texts to the adapter's use: planning → ready → running ⇄ paused → proving → done. It first
 * does everything up to the first step, so that time and memory are measured, and rests there until a person starts it.
 */
export class FineTuningSession {
  readonly request: TrainRequest;
  readonly #parts: FineTuningParts;
  readonly #state: FineTuningState;
  readonly #changes = new Emitter<FineTuningView>();
  readonly #proof = new CancellationTokenSource();
  #prompts: readonly SamplePrompt[] = [];
  #heldOut: HeldOutTexts | undefined;
  #blindTest: BlindTestRound | undefined;
  #isDisposed = false;

  /** @param kept suggestions that the request uses, or does not */
  constructor(request: TrainRequest, parts: FineTuningParts, kept?: FineTuningView['kept']) {
    this.request = request;
    this.#parts = parts;
    this.#state = new FineTuningState(request.name, kept);
    parts.training.onEvent((event) => this.#onEvent(event));
    parts.training.onPreparation((preparation) => this.#change({ preparation }));
  }

  get view(): FineTuningView {
    return this.#state.view;
  }

  get onChange(): Event<FineTuningView> {
    return this.#changes.event;
  }

  /** Is there something to lose? */
  get isGoingOn(): boolean {
    return this.#state.isGoingOn;
  }

  /** Runs to its end; what goes wrong is in the view. Resolves when nothing computes any more. */
  async run(): Promise<void> {
    const { training, writer, store, productFolder } = this.#parts;
    const { request } = this;
    const proof = { token: this.#proof.token, isUnlimited: false };
    const plan = { request, load: writer.load, unrelatedIn: productFolder, maxCarets: typedCarets, proof };
    const parts = { training, store, compareWriting, withEngine: writer.lend };
    try {
      const outcome = await fineTune(plan, parts, this.#audience());
      if (outcome.kind === 'trained') return this.#end({});
      this.#parts.remember(undefined);
      await store.removeRun(request.outputFolder);
      this.#enter('discarded');
    } catch (error) {
      this.#fail(error);
    }
  }

  start(): Promise<void> {
    return this.#asking(async () => {
      this.#parts.remember(this.request);
      await this.#parts.training.resume();
      this.#onStarted();
    });
  }

  pause(): Promise<void> {
    return this.#asking(async () => {
      await this.#parts.training.pause();
      this.#enter('paused');
    });
  }

  resume(): Promise<void> {
    return this.#asking(async () => {
      await this.#parts.training.resume();
      this.#enter('running');
    });
  }

  /** @param keep the best adapter so far, or nothing */
  async stop(keep: boolean): Promise<void> {
    if (this.view.phase === 'planning') return this.#cancelPlanning();
    this.#change({ isBusy: true }); // until the run has ended
    await this.#parts.training.stop(keep);
  }

  /** Ends the comparison; what is known by then stays. */
  stopProof(): void {
    this.#proof.cancel();
  }

  /** Ends what nobody has started, and leaves nothing of it. */
  async abandon(): Promise<void> {
    this.#isDisposed = true;
    await this.#parts.training.dispose();
    await this.#parts.store.removeRun(this.request.outputFolder);
    this.dispose();
  }

  async switchAdapter(on: boolean): Promise<void> {
    const folder = this.view.done?.adapter;
    if (folder === undefined) return;
    await this.#parts.useAdapter(on ? folder : undefined);
    this.#change({ isSwitchedOn: on });
  }

  /** A person waits: what is still being measured ends with what is known. */
  async startBlindTest(): Promise<void> {
    const { done, report } = this.view;
    if (!done || !report || !this.#heldOut) return;
    this.#change({ blindTest: { kind: 'preparing' } });
    this.stopProof();
    const prompts = samplePrompts(textsOf(this.#heldOut), blindPairCount);
    this.#blindTest = await BlindTestRound.prepare(this.#parts.writer, { prompts, adapter: done.adapter });
    this.#change({ blindTest: this.#blindTest.view });
  }

  /** The result of the last choice is put beside the proof. */
  async prefer(side: 'left' | 'right' | 'neither'): Promise<void> {
    if (!this.#blindTest) return;
    this.#blindTest.choose(side);
    this.#change({ blindTest: this.#blindTest.view });
    const { done, report } = this.view;
    const { result } = this.#blindTest;
    if (!result || !done || !report) return;
    this.#change({ report: { ...report, blindTest: result } });
    await this.#parts.store.saveReport(done.adapter, { ...report, blindTest: result });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#proof.cancel();
    void this.#parts.training.dispose();
    void this.#parts.writer.dispose();
    this.#changes.dispose();
  }

  #audience(): FineTuneAudience {
    return {
      onHeldOut: (heldOut) => {
        this.#heldOut = heldOut;
        this.#prompts = samplePrompts(textsOf(heldOut), sampleCount);
      },
      onTraining: () => {
        if (this.request.resume) this.#onStarted();
        else void this.#restBeforeTheFirstStep();
      },
      onTrained: (done) => this.#onTrained(done),
      onProofProgress: (proof) => this.#change({ proof }),
      onReport: (report) => this.#onReport(report),
    };
  }

  #onEvent(event: TrainingEvent): void {
    this.#state.note(event);
    this.#change({});
    if (event.event === 'evaluation' && event.adapter) void this.#writeSamples(event.adapter, event.step);
    if (event.event === 'rollback') {
      this.#parts.log.warn(`fine-tuning, step ${event.step}: the loss was no number, back to the last checkpoint`);
    }
  }

  /** Everything has been measured then. A run that fails before says so itself. */
  async #restBeforeTheFirstStep(): Promise<void> {
    try {
      await this.#parts.training.pause();
      if (this.view.plan) this.#enter('ready');
    } catch {}
  }

  #onStarted(): void {
    this.#enter('running');
    void this.#writeSamples(undefined, 0);
  }

  #onTrained(done: DoneEvent): void {
    this.#parts.remember(undefined);
    this.#parts.store.removeRun(this.request.outputFolder).catch((error) => this.#warn('removing the run', error));
    this.#enter('proving', { done });
  }

  /** The first report decides about the adapter; a later one knows more. */
  async #onReport(report: AdapterReport): Promise<void> {
    const { blindTest } = this.view.report ?? {};
    this.#change({ report: { ...report, ...(blindTest && { blindTest }) } });
    if (this.view.phase !== 'proving') return;
    if (report.heldOut.isBetter) await this.switchAdapter(true);
    this.#enter('done');
  }

  #end(changes: Partial<FineTuningView>): void {
    const { done } = this.view;
    this.#enter('done');
    this.#change({ ...changes, proof: undefined });
    if (done) void this.#writeSamples(done.adapter, done.step);
  }

  async #cancelPlanning(): Promise<void> {
    this.#enter('discarded');
    await this.#parts.training.dispose();
    await this.#parts.store.removeRun(this.request.outputFolder);
  }

  /** Samples are an extra: a failure is logged, and the run goes on. */
  async #writeSamples(adapter: string | undefined, step: number): Promise<void> {
    const prompts = this.#prompts;
    try {
      const texts = await this.#parts.writer.write(prompts, adapter);
      const { samples } = this.view;
      this.#change({
        samples: prompts.map(({ shown }, i) => ({
          ...(samples[i] ?? { prompt: shown }),
          ...(adapter ? { after: texts[i]!, step } : { before: texts[i]! }),
        })),
      });
    } catch (error) {
      this.#warn(`samples of step ${step}`, error);
    }
  }

  /** What was trained is there, whatever its proof came to. */
  #fail(error: unknown): void {
    if (this.#isDisposed || this.view.phase === 'discarded') return;
    const { log, problemText } = this.#parts;
    const failure = toInklingError(error);
    const { code, message } = failure;
    log.error(`fine-tuning: ${code}: ${message}`);
    const problem = problemText(failure);
    const { phase, steps } = this.view;
    if (phase === 'proving' || phase === 'done') this.#end({ problem });
    else this.#enter('failed', { problem, canResume: steps.length > 0, isTooLittle: code === 'tooLittleText' });
  }

  /** A request to the process, during which its buttons rest. */
  async #asking(ask: () => Promise<void>): Promise<void> {
    this.#change({ isBusy: true });
    try {
      await ask();
    } finally {
      this.#change({ isBusy: false });
    }
  }

  #enter(phase: FineTuningView['phase'], changes?: Partial<FineTuningView>): boolean {
    const isTaken = this.#state.enter(phase, changes);
    this.#change({});
    return isTaken;
  }

  #change(changes: Partial<FineTuningView>): void {
    if (this.#isDisposed) return;
    this.#state.change(changes);
    this.#changes.fire(this.view);
  }

  #warn(what: string, error: unknown): void {
    this.#parts.log.warn(`fine-tuning, ${what}: ${toInklingError(error).message}`);
  }
}

const textsOf = ({ texts }: HeldOutTexts) => texts.map(({ text }) => text);
