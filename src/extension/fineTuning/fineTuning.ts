import * as vscode from 'vscode';
import type { StoreClient } from '../../client/storeClient.ts';
import type { TrainingClient } from '../../client/trainingClient.ts';
import { toInklingError } from '../../protocol/errors.ts';
import type { FineTuningView } from '../../protocol/fineTuningPage.ts';
import type { DoneEvent, HeldOutTexts, TrainingEvent, TrainRequest } from '../../protocol/training.ts';
import { errorText } from '../errorTexts.ts';
import { type SamplePrompt, type SampleWriter, samplePrompts } from './sampleWriter.ts';
import { ThinnedSteps } from './thinnedSteps.ts';
import { TrainedAdapter } from './trainedAdapter.ts';

export interface FineTuningParts {
  readonly training: TrainingClient;
  readonly writer: SampleWriter;
  readonly store: StoreClient;
  readonly log: vscode.LogOutputChannel;
  /** a run has begun that is worth going on with after an interruption; undefined: there is none any more */
  readonly remember: (run: TrainRequest | undefined) => void;
  /** @param folder of the adapter to use in this workspace; undefined: none */
  readonly useAdapter: (folder: string | undefined) => Thenable<void>;
}

/** How much of the texts that were kept apart the comparison at the end reads: some 12,000 tokens of English. */
const comparedCharacters = 50_000;
const sampleCount = 3;

/**
 * One fine-tuning, from reading the texts to the proof. It first does everything up to the first step, so that time and
 * memory are measured, and rests there until a person starts it.
 */
export class FineTuning implements vscode.Disposable {
  readonly #parts: FineTuningParts;
  readonly request: TrainRequest;
  readonly #changes = new vscode.EventEmitter<FineTuningView>();
  readonly #steps = new ThinnedSteps();
  #view: FineTuningView;
  #heldOut: HeldOutTexts | undefined;
  #prompts: readonly SamplePrompt[] = [];
  #adapter: TrainedAdapter | undefined;
  #isDisposed = false;

  /** @param kept suggestions that the request uses, or does not */
  constructor(request: TrainRequest, parts: FineTuningParts, kept?: FineTuningView['kept']) {
    this.request = request;
    this.#parts = parts;
    this.#view = {
      ...(kept && { kept }),
      phase: 'preparing',
      name: request.name,
      isBusy: false,
      steps: [],
      evaluations: [],
      samples: [],
      proofFraction: 0,
      isSwitchedOn: false,
      canResume: false,
    };
    parts.training.onEvent((event) => this.#onEvent(event));
  }

  get view(): FineTuningView {
    return this.#view;
  }

  get onChange(): vscode.Event<FineTuningView> {
    return this.#changes.event;
  }

  /** Is there something to lose? */
  get isGoingOn(): boolean {
    const { phase, typedFraction } = this.#view;
    return ['running', 'paused', 'proving'].includes(phase) || typedFraction !== undefined;
  }

  /** Runs to its end; what goes wrong is in the view. Resolves when nothing computes any more. */
  async run(): Promise<void> {
    const { training, remember } = this.#parts;
    try {
      const { modelFolder, paths, corpus, resume } = this.request;
      const heldOut = await training.heldOut({ modelFolder, paths, corpus, maxCharacters: comparedCharacters });
      if (!heldOut) return;
      this.#heldOut = heldOut;
      this.#prompts = samplePrompts(
        heldOut.texts.map(({ text }) => text),
        sampleCount,
      );
      const run = training.train(this.request);
      if (resume) this.#onStarted();
      else this.#showPlanWhenResting(run);
      const outcome = await run;
      await training.dispose(); // its memory is needed for the proof
      remember(undefined);
      await this.#parts.store.removeRun(this.request.outputFolder);
      if (outcome.kind === 'discarded') this.#change({ phase: 'discarded', isBusy: false });
      else await this.#prove(outcome.done);
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
      if (this.#view.phase === 'running') this.#change({ phase: 'paused' });
    });
  }

  resume(): Promise<void> {
    return this.#asking(async () => {
      await this.#parts.training.resume();
      if (this.#view.phase === 'paused') this.#change({ phase: 'running' });
    });
  }

  /** @param keep the best adapter so far, or nothing */
  async stop(keep: boolean): Promise<void> {
    this.#change({ isBusy: true }); // until the run has ended
    await this.#parts.training.stop(keep);
  }

  /** What can be done with the adapter; undefined before it is there. */
  get adapter(): TrainedAdapter | undefined {
    return this.#adapter;
  }

  /** Ends what nobody has started, and leaves nothing of it. */
  async abandon(): Promise<void> {
    this.#isDisposed = true;
    await this.#parts.training.dispose();
    await this.#parts.store.removeRun(this.request.outputFolder);
    this.dispose();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#adapter?.dispose();
    void this.#parts.training.dispose();
    void this.#parts.writer.dispose();
    this.#changes.dispose();
  }

  #onEvent(event: TrainingEvent): void {
    const { log } = this.#parts;
    switch (event.event) {
      case 'corpus':
        this.#change({ corpus: event });
        break;
      case 'plan':
        this.#change({ plan: event });
        break;
      case 'step':
        this.#steps.add(event);
        this.#change({ steps: this.#steps.steps });
        break;
      case 'evaluation': {
        const { step, validationLoss, adapter } = event;
        this.#change({ evaluations: [...this.#view.evaluations, { step, validationLoss }] });
        if (adapter) void this.#writeSamples(adapter, step);
        break;
      }
      case 'done':
        this.#change({ done: event });
        break;
      case 'rollback':
        log.warn(`fine-tuning, step ${event.step}: the loss was no number, back to the last checkpoint`);
        break;
      case 'checkpoint':
    }
  }

  /** The run rests before its first computation, with everything measured. */
  #showPlanWhenResting(run: Promise<unknown>): void {
    const rests = this.#parts.training.pause().then(() => {
      if (this.#view.phase === 'preparing' && this.#view.plan) this.#change({ phase: 'ready' });
    });
    Promise.race([rests, run]).catch(() => undefined); // told by the run itself
  }

  #onStarted(): void {
    this.#change({ phase: 'running' });
    void this.#writeSamples(undefined, 0);
  }

  /** Samples are an extra: a failure is logged, and the run goes on. */
  async #writeSamples(adapter: string | undefined, step: number): Promise<void> {
    const prompts = this.#prompts;
    try {
      const texts = await this.#parts.writer.write(prompts, adapter);
      const { samples } = this.#view;
      this.#change({
        samples: prompts.map(({ shown }, i) => ({
          ...(samples[i] ?? { prompt: shown }),
          ...(adapter ? { after: texts[i]!, step } : { before: texts[i]! }),
        })),
      });
    } catch (error) {
      this.#parts.log.warn(`fine-tuning, samples of step ${step}: ${toInklingError(error).message}`);
    }
  }

  async #prove(done: DoneEvent): Promise<void> {
    this.#change({ phase: 'proving', isBusy: false, done });
    this.#adapter = new TrainedAdapter({
      ...this.#parts,
      request: this.request,
      folder: done.adapter,
      heldOut: this.#heldOut!,
      onChange: (changes) => this.#change(changes),
    });
    await this.#adapter.prove();
    this.#change({ phase: 'done' });
    void this.#writeSamples(done.adapter, done.step);
    void this.#adapter.typeBothWays();
  }

  #fail(error: unknown): void {
    if (this.#isDisposed) return;
    const { code, message } = toInklingError(error);
    this.#parts.log.error(`fine-tuning: ${code}: ${message}`);
    const canResume = this.#steps.steps.length > 0 && this.#view.done === undefined;
    this.#change({ phase: 'failed', isBusy: false, problem: `${errorText(code)} ${message}`, canResume });
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

  #change(changes: Partial<FineTuningView>): void {
    if (this.#isDisposed) return;
    this.#view = { ...this.#view, ...changes };
    this.#changes.fire(this.#view);
  }
}
