import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';
import type { TextGenerator } from '../../protocol/inference.ts';
import { CaretReader } from '../../text/caretReader.ts';
import type { ZoneKind } from '../../text/zone.ts';
import { type Refusal, refusalOfCaret, refusalOfDocument, refusalToAsk } from './admission.ts';
import { type Caret, caretOf } from './caret.ts';
import { completionOutcome } from './completionOutcome.ts';
import { type CompletionPrompt, completionPrompt } from './completionPrompt.ts';
import type { CaretRequest, CompletionOutcome, Suggestion } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';
import { type GateThresholds, gateThresholds } from './gate.ts';
import { type DocumentHabits, documentHabits } from './habits/documentHabits.ts';
import { postprocess, surroundings } from './postprocess/postprocess.ts';
import type { WindowStart } from './promptWindow.ts';
import { RejectionBackOff } from './rejectionBackOff.ts';
import { RunningCompletion } from './runningCompletion.ts';
import { SuggestionCache } from './suggestionCache.ts';

/** What is known of a caret once somebody looked. */
interface Sight {
  readonly caret: Caret;
  readonly zone: ZoneKind;
  readonly settings: CompletionSettings;
  readonly thresholds: GateThresholds;
}

const cachedSuggestions = 64;
/** How long a generation outlives its request, waiting for the next keystroke: above the editor's debounce of 50 ms. */
const graceMs = 150;

/**
 * What a writer is shown at a caret. One keystroke goes this way: allowed here? → does a cached or running answer
 * already continue what was typed? → prompt → generate → post-process → cache. The newest request wins.
 */
export class Completer {
  private readonly cache = new SuggestionCache(cachedSuggestions);
  private readonly zones = new CaretReader();
  private readonly backOff: RejectionBackOff;
  private running: RunningCompletion | undefined;
  private newest: CaretRequest | undefined;
  /** the engine's cache holds the prompt of one document, or nothing */
  private lastPrompt: ({ readonly documentId: string } & WindowStart) | 'nothingRead' | undefined;
  /** while the text before a caret is read that nobody asked about yet */
  private reading: CancellationTokenSource | undefined;

  constructor(
    private readonly generator: TextGenerator,
    private readonly clock: { now(): number },
  ) {
    this.backOff = new RejectionBackOff(clock);
  }

  /** Never throws for a failing model: that is an outcome. A request whose token is cancelled answers at once. */
  async complete(
    request: CaretRequest,
    settings: CompletionSettings,
    token: CancellationToken,
  ): Promise<CompletionOutcome> {
    const startedAt = this.clock.now();
    this.newest = request;
    this.stopReading();
    if (this.running?.mayServe(request) === false) this.running.cancel();
    const sight = this.look(request, settings);
    const outcome = 'reason' in sight ? refused(sight) : await this.answer(request, sight, token);
    const isNew = outcome.kind === 'text' && outcome.source !== 'cache';
    return isNew ? { ...outcome, showDelayMs: this.backOff.showDelayMs(this.clock.now() - startedAt) } : outcome;
  }

  /**
   * To be called while a suggestion is read: computes what follows an accept of all of it, so that it is there at once.
   * Any request for another caret gives that up; nothing is computed while something else runs, or where text follows.
   * @param request the one that `shown` answers; when a newer one has come, nothing happens
   */
  lookAhead(request: CaretRequest, settings: CompletionSettings, shown: Suggestion): void {
    const isBusy = this.running?.isOver === false;
    if (!settings.lookAhead || isBusy || this.newest !== request) return;
    const accepted = { ...request, prefix: request.prefix + shown.text, trigger: 'automatic' } as const;
    const sight = this.look(accepted, settings);
    if ('reason' in sight || sight.caret.follows !== 'nothing') return;
    if (refusalToAsk(accepted, sight) !== undefined || this.cache.find(accepted) !== undefined) return;
    this.running = this.start(accepted, sight);
  }

  /**
   * To be called when a document comes before a writer who has not begun to type: the model reads what they would go on
   * from, so that the first suggestion does not wait for it. Any request for a suggestion ends that.
   */
  readAhead(request: CaretRequest, settings: CompletionSettings): void {
    const isBusy = this.running?.isOver === false;
    if (!settings.lookAhead || isBusy) return;
    const sight = this.look(request, settings);
    if ('reason' in sight) return;
    if (this.lastPrompt === 'nothingRead') this.lastPrompt = undefined; // nobody waits: as much as always
    const prompt = this.promptAt(request, { ...sight, habits: habitsOf(request) });
    this.remember(request, prompt);
    const { scoreSuffix, ...asked } = prompt.request;
    this.stopReading();
    this.reading = new CancellationTokenSource();
    const options = { ...asked.options, maxNewTokens: 1, numReturnSequences: 1 };
    this.generator.generate({ ...asked, options }, this.reading.token).catch(() => undefined); // the next request tells
  }

  /** The model's memory was given back or is not there yet: the next answer has everything to read, and reads less. */
  engineIsCold(): void {
    this.lastPrompt = 'nothingRead';
  }

  /** The writer took a suggestion or a part of it. */
  accepted(): void {
    this.backOff.accepted();
  }

  /** The writer saw a suggestion and typed something else or dismissed it. */
  rejected(): void {
    this.backOff.rejected();
  }

  /** Forgets cached and running answers: after a change of model, adapter or settings. */
  reset(): void {
    this.stopReading();
    this.running?.cancel();
    this.running = undefined;
    this.lastPrompt = undefined;
    this.cache.clear();
  }

  private stopReading(): void {
    this.reading?.cancel();
    this.reading = undefined;
  }

  private look(request: CaretRequest, settings: CompletionSettings): Sight | Refusal {
    const refusal = refusalOfDocument(request, settings);
    if (refusal !== undefined) return refusal;
    if (this.backOff.snoozed && request.trigger === 'automatic') return { reason: 'snoozed' };
    const caret = caretOf(request);
    const zone = this.zones.zoneAt(request, request.prefix, caret);
    const thresholds = gateThresholds(settings, request.trigger);
    return refusalOfCaret(request, { caret, zone, settings }) ?? { caret, zone, settings, thresholds };
  }

  private async answer(request: CaretRequest, sight: Sight, token: CancellationToken): Promise<CompletionOutcome> {
    if (token.isCancellationRequested) return { kind: 'cancelled' };
    const known = this.cache.find(request);
    if (known?.kind === 'text') return { kind: 'text', suggestions: known.suggestions, source: 'cache' };
    if (known?.kind === 'none' && request.trigger === 'automatic') return refused(known);
    if (this.running?.mayServe(request)) {
      const served = await this.running.serve(request, token);
      if (served !== undefined) return served;
      if (this.newest !== request) return { kind: 'cancelled' }; // while it waited a newer keystroke came
    }
    const refusal = refusalToAsk(request, sight);
    if (refusal !== undefined) return refused(refusal);
    this.running?.cancel();
    this.running = this.start(request, sight);
    return (await this.running.serve(request, token)) ?? { kind: 'cancelled' };
  }

  private promptAt(request: CaretRequest, sight: Sight & { readonly habits: DocumentHabits }): CompletionPrompt {
    const { lastPrompt } = this;
    const headingsAt = (offset: number) =>
      this.zones.headingsAt(request, request.prefix, offset).map(({ line }) => line);
    const isOfOther = typeof lastPrompt === 'object' && lastPrompt.documentId !== request.documentId;
    return completionPrompt(request, { ...sight, headingsAt, lastWindow: isOfOther ? undefined : lastPrompt });
  }

  private remember({ documentId }: CaretRequest, { window: { start, opening } }: CompletionPrompt): void {
    this.lastPrompt = { documentId, start, opening };
  }

  private start(request: CaretRequest, sight: Sight): RunningCompletion {
    const generation = async (token: CancellationToken, onPartial: (text: string) => void) => {
      const { prefix, suffix, languageId } = request;
      const habits = habitsOf(request);
      const prompt = this.promptAt(request, { ...sight, habits });
      const wasCold = this.lastPrompt === 'nothingRead';
      if (!wasCold) this.remember(request, prompt);
      const generated = await this.generator.generate(prompt.request, token, onPartial);
      // who types on while the model is being loaded still waits for a first answer
      if (wasCold && generated.kind !== 'cancelled') this.remember(request, prompt);
      const context = { ...sight, ...surroundings(prefix, suffix), habits, languageId, length: sight.settings.length };
      const outcome = completionOutcome(generated, (sequence) => postprocess(sequence, context));
      this.cache.add(request, outcome);
      return outcome;
    };
    return new RunningCompletion(request, generation, this.clock, graceMs);
  }
}

const habitsOf = ({ prefix, suffix }: CaretRequest) => documentHabits(prefix, suffix);

const refused = ({ reason, detail }: Refusal): CompletionOutcome => ({
  kind: 'none',
  reason,
  ...(detail !== undefined && { detail }),
});
