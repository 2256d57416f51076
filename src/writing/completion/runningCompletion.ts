import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';
import { toInklingError } from '../../protocol/errors.ts';
import type { CaretRequest, CompletionOutcome } from './completionRequest.ts';
import { restsOf } from './suggestionCache.ts';

/** Runs one generation and answers when it is done; `onPartial` gets the text decoded so far, raw. */
export type Generation = (token: CancellationToken, onPartial: (text: string) => void) => Promise<CompletionOutcome>;

/**
 * A generation on its way, and the carets that wait for it. The editor gives a request up at every keystroke and asks
 * anew a moment later; if the keystroke was what the model is just saying, the same generation serves the new request.
 * So it outlives its request for `graceMs`. The next partial text after that ends it: no timer is needed.
 */
export class RunningCompletion {
  readonly #request: CaretRequest;
  readonly #clock: { now(): number };
  readonly #graceMs: number;
  readonly #source = new CancellationTokenSource();
  readonly #outcome: Promise<CompletionOutcome>;
  readonly #onChange = new Set<() => void>();
  #partial = '';
  #waiting = 0;
  /** milliseconds of the clock; undefined while a caret waits */
  #abandonedAt: number | undefined;
  #finished = false;

  constructor(request: CaretRequest, generation: Generation, clock: { now(): number }, graceMs: number) {
    this.#request = request;
    this.#clock = clock;
    this.#graceMs = graceMs;
    this.#outcome = generation(this.#source.token, (text) => this.#onPartialText(text))
      .catch((error: unknown): CompletionOutcome => ({ kind: 'failed', error: toInklingError(error) }))
      .finally(() => {
        this.#finished = true;
      });
  }

  get isOver(): boolean {
    return this.#finished || this.#source.token.isCancellationRequested;
  }

  /** False once it is certain that the text on its way does not continue what is typed at this caret. */
  couldAnswer(request: CaretRequest): boolean {
    if (this.isOver) return false;
    const typed = typedSince(this.#request, request);
    return typed !== undefined && (typed.startsWith(this.#partial) || this.#partial.startsWith(typed));
  }

  /** Every caret that waits is answered as cancelled. */
  cancel(): void {
    this.#source.cancel();
    this.#notify();
  }

  /**
   * @returns the outcome for this caret, or undefined as soon as it is clear that this generation has none for it
   */
  async outcomeFor(request: CaretRequest, token: CancellationToken): Promise<CompletionOutcome | undefined> {
    this.#waiting++;
    this.#abandonedAt = undefined;
    const turn = this.#whenUseless(request, token);
    try {
      const outcome = await Promise.race([this.#outcome, turn.happened]);
      if (token.isCancellationRequested) return { kind: 'cancelled' };
      return outcome === undefined ? undefined : outcomeAfter(outcome, typedSince(this.#request, request) ?? '');
    } finally {
      turn.dispose();
      this.#waiting--;
      if (this.#waiting === 0) this.#abandonedAt = this.#clock.now();
    }
  }

  /** Happens when the caller gives up, the generation is cancelled, or its text turns away from what is typed. */
  #whenUseless(request: CaretRequest, token: CancellationToken) {
    const { promise, resolve } = deferred<CompletionOutcome | undefined>();
    const check = () => {
      if (token.isCancellationRequested || this.#source.token.isCancellationRequested) resolve({ kind: 'cancelled' });
      else if (!this.#finished && !this.couldAnswer(request)) resolve(undefined);
    };
    const listener = token.onCancellationRequested(check);
    this.#onChange.add(check);
    check();
    const dispose = () => {
      listener.dispose();
      this.#onChange.delete(check);
    };
    return { happened: promise, dispose };
  }

  #onPartialText(text: string): void {
    this.#partial = text;
    if (this.#abandonedAt !== undefined && this.#clock.now() - this.#abandonedAt > this.#graceMs) this.#source.cancel();
    this.#notify();
  }

  #notify(): void {
    for (const check of [...this.#onChange]) check();
  }
}

/** Characters around a caret that are compared; what is further away is the same or makes no difference. */
const comparedChars = 2_000;

/** What was typed at the caret between two requests; undefined when anything else changed, or more is asked now. */
function typedSince(earlier: CaretRequest, later: CaretRequest): string | undefined {
  if (later.trigger === 'explicit' && earlier.trigger === 'automatic') return undefined;
  const { length } = earlier.prefix;
  const sameSuffix =
    earlier.suffix.length === later.suffix.length &&
    earlier.suffix.slice(0, comparedChars) === later.suffix.slice(0, comparedChars);
  const from = Math.max(0, length - comparedChars);
  const samePrefix = earlier.prefix.slice(from) === later.prefix.slice(from, length);
  return earlier.documentId === later.documentId && sameSuffix && samePrefix ? later.prefix.slice(length) : undefined;
}

/** The outcome as it looks after typing. That nothing was sure enough says little once more of the word is known. */
function outcomeAfter(outcome: CompletionOutcome, typed: string): CompletionOutcome | undefined {
  if (typed === '' || outcome.kind === 'cancelled' || outcome.kind === 'failed') return outcome;
  if (outcome.kind === 'none') return undefined;
  const suggestions = restsOf(outcome.suggestions, typed);
  return suggestions.length === 0 ? undefined : { ...outcome, suggestions, source: 'running' };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
