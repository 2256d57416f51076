import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';
import type { GeneratedSequence, GenerateOutcome, TextGenerator } from '../../protocol/inference.ts';
import { CaretReader } from '../../text/caretReader.ts';
import type { ZoneKind } from '../../text/zone.ts';
import { type Refusal, refusalOfCaret, refusalOfDocument, refusalToAsk } from './admission.ts';
import { type Caret, caretOf } from './caret.ts';
import { type CompletionPrompt, completionPrompt } from './completionPrompt.ts';
import type { CaretRequest, CompletionOutcome, Suggestion } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';
import { type DocumentHabits, documentHabits } from './documentHabits.ts';
import { type GateThresholds, gateThresholds } from './gate.ts';
import { postprocess, surroundings } from './postprocess/postprocess.ts';
import type { Drop } from './postprocess/rule.ts';
import type { LastWindow } from './promptWindow.ts';
import { RejectionBackOff } from './rejectionBackOff.ts';
import { RunningCompletion } from './runningCompletion.ts';
import { SuggestionCache } from './suggestionCache.ts';

/** A caret at which a suggestion is allowed, and what is known of it. */
interface CaretPlace {
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
  readonly #generator: TextGenerator;
  readonly #clock: { now(): number };
  readonly #cache = new SuggestionCache(cachedSuggestions);
  readonly #zones = new CaretReader();
  readonly #backOff: RejectionBackOff;
  #running: RunningCompletion | undefined;
  #newest: CaretRequest | undefined;
  #lastWindow: LastWindow = 'none';
  /** of `#lastWindow`, where it is one: the engine's cache holds the prompt of one document */
  #windowDocumentId = '';
  /** while the text before a caret is read that nobody asked about yet */
  #reading: CancellationTokenSource | undefined;

  constructor(generator: TextGenerator, clock: { now(): number }) {
    this.#generator = generator;
    this.#clock = clock;
    this.#backOff = new RejectionBackOff(clock);
  }

  /** Never throws for a failing model: that is an outcome. A request whose token is cancelled answers at once. */
  async complete(
    request: CaretRequest,
    settings: CompletionSettings,
    token: CancellationToken,
  ): Promise<CompletionOutcome> {
    const startedAt = this.#clock.now();
    this.#newest = request;
    this.#stopReading();
    if (this.#running?.couldAnswer(request) === false) this.#running.cancel();
    const place = this.#placeOf(request, settings);
    if ('reason' in place) return refused(place);
    const outcome = await this.#findOrGenerate(request, place, token);
    if (outcome.kind !== 'text') return outcome;
    const found = { ...outcome, zone: place.zone };
    const isNew = outcome.source !== 'cache';
    return isNew ? { ...found, showDelayMs: this.#backOff.showDelayMs(this.#clock.now() - startedAt) } : found;
  }

  /**
   * To be called while a suggestion is read: computes what follows an accept of all of it, so that it is there at once.
   * Any request for another caret gives that up; nothing is computed while something else runs, or where text follows.
   * @param request the one that `shown` answers; when a newer one has come, nothing happens
   */
  lookAhead(request: CaretRequest, settings: CompletionSettings, shown: Suggestion): void {
    const isBusy = this.#running?.isOver === false;
    if (!settings.lookAhead || isBusy || this.#newest !== request) return;
    const accepted = {
      ...request,
      prefix: request.prefix + shown.text,
      trigger: 'automatic',
      handRuns: false,
    } as const;
    const place = this.#placeOf(accepted, settings);
    if ('reason' in place || place.caret.follows !== 'nothing') return;
    if (refusalToAsk(accepted, place) !== undefined || this.#cache.find(accepted) !== undefined) return;
    this.#running = this.#startGeneration(accepted, place);
  }

  /**
   * To be called when a document comes before a writer who has not begun to type: the model reads what they would go on
   * from, so that the first suggestion does not wait for it. Any request for a suggestion ends that.
   */
  readAhead(request: CaretRequest, settings: CompletionSettings): void {
    const isBusy = this.#running?.isOver === false;
    if (!settings.lookAhead || isBusy) return;
    const place = this.#placeOf(request, settings);
    if ('reason' in place) return;
    if (this.#lastWindow === 'cold') this.#lastWindow = 'none'; // nobody waits: as much as always
    const prompt = this.#buildPrompt(request, { ...place, habits: habitsOf(request) });
    this.#rememberWindow(request, prompt);
    const { scoreSuffix, ...asked } = prompt.request;
    this.#stopReading();
    this.#reading = new CancellationTokenSource();
    const options = { ...asked.options, maxNewTokens: 1, numReturnSequences: 1 };
    this.#generator.generate({ ...asked, options }, this.#reading.token).catch(() => undefined); // the next request tells
  }

  /** The model's memory was given back or is not there yet: the next answer has everything to read, and reads less. */
  engineIsCold(): void {
    this.#lastWindow = 'cold';
  }

  /** The writer took a suggestion or a part of it. */
  accepted(): void {
    this.#backOff.accepted();
  }

  /** The writer saw a suggestion and typed something else or dismissed it. */
  rejected(): void {
    this.#backOff.rejected();
  }

  /** Forgets cached and running answers: after a change of model, adapter or settings. */
  reset(): void {
    this.#stopReading();
    this.#running?.cancel();
    this.#running = undefined;
    this.#lastWindow = 'none';
    this.#cache.clear();
  }

  #stopReading(): void {
    this.#reading?.cancel();
    this.#reading = undefined;
  }

  #placeOf(request: CaretRequest, settings: CompletionSettings): CaretPlace | Refusal {
    const refusal = refusalOfDocument(request, settings);
    if (refusal !== undefined) return refusal;
    if (this.#backOff.snoozed && request.trigger === 'automatic') return { reason: 'snoozed' };
    const caret = caretOf(request);
    const zone = this.#zones.zoneAt(request, request.prefix, caret);
    const thresholds = gateThresholds(settings, request, zone);
    return refusalOfCaret(request, { caret, zone, settings }) ?? { caret, zone, settings, thresholds };
  }

  async #findOrGenerate(
    request: CaretRequest,
    place: CaretPlace,
    token: CancellationToken,
  ): Promise<CompletionOutcome> {
    if (token.isCancellationRequested) return { kind: 'cancelled' };
    const known = this.#cache.find(request);
    if (known?.kind === 'text') return { kind: 'text', suggestions: known.suggestions, source: 'cache' };
    if (known?.kind === 'none' && request.trigger === 'automatic') return refused(known);
    if (this.#running?.couldAnswer(request)) {
      const served = await this.#running.outcomeFor(request, token);
      if (served !== undefined) return served;
      if (this.#newest !== request) return { kind: 'cancelled' }; // while it waited a newer keystroke came
    }
    const refusal = refusalToAsk(request, place);
    if (refusal !== undefined) return refused(refusal);
    this.#running?.cancel();
    this.#running = this.#startGeneration(request, place);
    return (await this.#running.outcomeFor(request, token)) ?? { kind: 'cancelled' };
  }

  #buildPrompt(request: CaretRequest, place: CaretPlace & { readonly habits: DocumentHabits }): CompletionPrompt {
    const headingsAt = (offset: number) =>
      this.#zones.headingsAt(request, request.prefix, offset).map(({ line }) => line);
    const isOfOther = typeof this.#lastWindow === 'object' && this.#windowDocumentId !== request.documentId;
    return completionPrompt(request, { ...place, headingsAt, lastWindow: isOfOther ? 'none' : this.#lastWindow });
  }

  #rememberWindow({ documentId }: CaretRequest, { window: { start, opening } }: CompletionPrompt): void {
    this.#lastWindow = { start, opening };
    this.#windowDocumentId = documentId;
  }

  #startGeneration(request: CaretRequest, place: CaretPlace): RunningCompletion {
    const generation = async (token: CancellationToken, onPartial: (text: string) => void) => {
      const { prefix, suffix, languageId } = request;
      const habits = habitsOf(request);
      const prompt = this.#buildPrompt(request, { ...place, habits });
      const wasCold = this.#lastWindow === 'cold';
      if (!wasCold) this.#rememberWindow(request, prompt);
      const generated = await this.#generator.generate(prompt.request, token, onPartial);
      // who types on while the model is being loaded still waits for a first answer
      if (wasCold && generated.kind !== 'cancelled') this.#rememberWindow(request, prompt);
      const context = { ...place, ...surroundings(prefix, suffix), habits, languageId, length: place.settings.length };
      const outcome = completionOutcome(generated, (sequence) => postprocess(sequence, context));
      this.#cache.add(request, outcome);
      return outcome;
    };
    return new RunningCompletion(request, generation, this.#clock, graceMs);
  }
}

const habitsOf = ({ prefix, suffix }: CaretRequest) => documentHabits(prefix, suffix);

const refused = ({ reason, detail }: Refusal): CompletionOutcome => ({
  kind: 'none',
  reason,
  ...(detail !== undefined && { detail }),
});

/**
 * What the model's answer is to a writer: the sequences that survive post-processing, each text once, or the reason
 * why the first one did not.
 */
function completionOutcome(
  generated: GenerateOutcome,
  postprocessed: (sequence: GeneratedSequence) => Suggestion | Drop,
): CompletionOutcome {
  if (generated.kind === 'failed') return generated;
  const { usage } = generated;
  if (generated.kind === 'cancelled') return { kind: 'cancelled', usage };
  if (generated.kind === 'none') {
    const detail = `probability ${generated.firstWordProbability.toFixed(2)}`;
    return { kind: 'none', reason: generated.reason, detail, usage };
  }
  const results = generated.sequences.map(postprocessed);
  const suggestions = results.filter((result): result is Suggestion => !('drop' in result));
  const distinct = suggestions.filter(({ text }, i) => suggestions.findIndex((other) => other.text === text) === i);
  if (distinct.length > 0) return { kind: 'text', suggestions: distinct, source: 'model', usage };
  const first = results.find((result): result is Drop => 'drop' in result);
  const detail = first?.detail;
  return { kind: 'none', reason: first?.drop ?? 'empty', ...(detail !== undefined && { detail }), usage };
}
