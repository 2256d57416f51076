import type { CancellationToken } from 'vscode-jsonrpc/node.js';
import { InklingError, sentence } from '../protocol/errors.ts';
import { doubtOf, FirstWord } from '../protocol/firstWord.ts';
import {
  type FinishReason,
  type GeneratedSequence,
  type GeneratedToken,
  type GenerateOutcome,
  type GenerateRequest,
  noUsage,
  type Prompt,
  type TextGenerator,
  type Usage,
} from '../protocol/inference.ts';
import { StoppingCriteria } from '../protocol/stoppingCriteria.ts';
import type { Piece, ServerToken } from './serverAnswer.ts';
import type { ServerEngine } from './serverEngine.ts';

type Request = Omit<GenerateRequest, 'id' | 'stream'>;

/** Tokens for what is said again of the word at the caret. */
const healedTokens = 6;
/** After a failure nothing is asked for so long: a server that is down is not asked at every key. */
const restMs = 10_000;

/**
 * Suggestions by the model of a server, under the same gate as those of this machine, which is computed here from the
 * probabilities that come with the text. A server cannot be made to go on within a word: the word at the caret is left
 * out of the prompt, and where the model does not say it again, letter by letter, nothing is suggested. Where text
 * follows on the line nothing is either, for whether a suggestion leaves it likely cannot be asked.
 */
export class ServerSuggestions implements TextGenerator {
  readonly #engine: ServerEngine;
  readonly #clock: { now(): number };
  #restsUntil = Number.NEGATIVE_INFINITY;
  #lastError: InklingError | undefined;

  constructor(engine: ServerEngine, clock: { now(): number } = performance) {
    this.#engine = engine;
    this.#clock = clock;
  }

  async generate(
    request: Request,
    token: CancellationToken,
    onPartial?: (text: string) => void,
  ): Promise<GenerateOutcome> {
    const startedAt = this.#clock.now();
    const usage = (newTokens = 0): Usage => ({ ...noUsage, newTokens, decodeMs: this.#clock.now() - startedAt });
    if (token.isCancellationRequested) return { kind: 'cancelled', usage: usage() };
    if (request.scoreSuffix !== undefined || request.prompt.kind !== 'continue') return unsure(0, usage());
    if (request.prompt.text === '') return unsure(0, usage()); // servers refuse to go on from nothing
    if (this.#lastError && startedAt < this.#restsUntil) return { kind: 'failed', error: this.#lastError };
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      const answer = await this.#answer(request, request.prompt, { stop, onPartial });
      if (token.isCancellationRequested) return { kind: 'cancelled', usage: usage() };
      this.#lastError = undefined;
      return answer.kind === 'none'
        ? unsure(answer.firstWordProbability, usage(answer.read))
        : { kind: 'text', sequences: [answer.sequence], usage: usage(answer.read) };
    } catch (error) {
      if (token.isCancellationRequested) return { kind: 'cancelled', usage: usage() };
      this.#lastError = this.#engine.failure(error);
      this.#restsUntil = this.#clock.now() + restMs;
      return { kind: 'failed', error: this.#lastError };
    } finally {
      listening.dispose();
    }
  }

  async #answer(
    request: Request,
    { text, heal }: Extract<Prompt, { kind: 'continue' }>,
    { stop, onPartial }: { stop: AbortController; onPartial: ((text: string) => void) | undefined },
  ): Promise<Answer> {
    const { options } = request;
    const stem = heal ? stemOf(text) : '';
    const writing = new GatedText(request, stem, text);
    const asked = {
      prompt: { kind: 'continue', text: text.slice(0, text.length - stem.length), heal: false },
      options: { ...options, maxNewTokens: options.maxNewTokens + (stem === '' ? 0 : healedTokens) },
    } as const;
    let finish: string | undefined;
    for await (const piece of this.#engine.pieces(asked, stop, { logprobs: 1 })) {
      finish = piece.finish ?? finish;
      for (const token of this.#tokensOf(piece)) {
        const ended = writing.add(token);
        if (ended) return writing.answer(ended);
      }
      if (writing.settled !== '') onPartial?.(writing.settled);
    }
    return writing.answer(finish === 'length' ? 'length' : 'endOfText');
  }

  /** @throws InklingError `network` where the server gives no probabilities: what it is unsure of would be shown, too */
  #tokensOf({ text, tokens }: Piece): readonly ServerToken[] {
    if (text === '') return [];
    if (tokens === undefined || tokens.length === 0) {
      const { host } = this.#engine.address;
      throw new InklingError('network', sentence`${host} gives no probabilities, so it cannot suggest while you type.`);
    }
    if (tokens.map((one) => one.text).join('') === text) return tokens;
    return [{ text, logprob: tokens.reduce((sum, { logprob }) => sum + logprob, 0) }]; // parts of one character
  }
}

type Answer =
  | { readonly kind: 'none'; readonly firstWordProbability: number; readonly read: number }
  | { readonly kind: 'text'; readonly sequence: GeneratedSequence; readonly read: number };

/** What has been written behind the word at the caret, and whether the model is still sure of it. */
class GatedText {
  readonly #request: Request;
  readonly #stem: string;
  readonly #stopping: StoppingCriteria;
  readonly #tokens: GeneratedToken[] = [];
  readonly #firstWord = new FirstWord();
  /** of the stem, as far as it has been said again */
  #said = '';
  #read = 0;
  text = '';

  constructor(request: Request, stem: string, prompt: string) {
    this.#request = request;
    this.#stem = stem;
    this.#stopping = new StoppingCriteria(request, prompt);
  }

  /** Takes a token in; returns why the text ends here, if it does. A token that begins in the stem counts as a whole. */
  add({ text, logprob }: ServerToken): FinishReason | 'gate' | undefined {
    this.#read++;
    const released = this.#behindStem(text);
    if (released === undefined) return 'gate';
    if (released === '') return undefined;
    this.text += released;
    this.#tokens.push({ id: 0, text: released, logprob });
    this.#firstWord.add(released, Math.exp(logprob));
    const stop = this.#stopping.find(this.text, this.text.length - released.length);
    if (stop) this.#cutTo(stop.length);
    return stop?.reason ?? doubtOf(this.#request.gate, this.#firstWord, { logprob, totalLogprob: this.#total });
  }

  /** Without what may be the beginning of a stop string. */
  get settled(): string {
    return this.text.slice(0, this.#stopping.settledLength(this.text));
  }

  answer(ended: FinishReason | 'gate'): Answer {
    const { probability } = this.#firstWord;
    const isUnsure =
      ended === 'gate' || this.text === '' || probability < (this.#request.gate?.minFirstWordProbability ?? 0);
    if (isUnsure) return { kind: 'none', firstWordProbability: this.text === '' ? 0 : probability, read: this.#read };
    const sequence = {
      text: this.text,
      tokens: this.#tokens,
      logprob: this.#total,
      firstWordProbability: probability,
      healedLogprob: 0,
      finishReason: ended,
    };
    return { kind: 'text', sequence, read: this.#read };
  }

  get #total(): number {
    return this.#tokens.reduce((sum, { logprob }) => sum + logprob, 0);
  }

  /** undefined as soon as something else is said than what stands at the caret. */
  #behindStem(text: string): string | undefined {
    if (this.#said.length >= this.#stem.length) return text;
    this.#said += text;
    if (this.#said.length < this.#stem.length) return this.#stem.startsWith(this.#said) ? '' : undefined;
    return this.#said.startsWith(this.#stem) ? this.#said.slice(this.#stem.length) : undefined;
  }

  #cutTo(length: number): void {
    while (this.text.length > length) {
      const last = this.#tokens.pop()!;
      const kept = last.text.slice(0, Math.max(0, last.text.length - (this.text.length - length)));
      this.text = this.text.slice(0, this.text.length - last.text.length) + kept;
      if (kept !== '') this.#tokens.push({ ...last, text: kept });
    }
  }
}

/** The part of a word that stands before the caret, with the blanks before it; a character of Chinese is a word of its own. */
function stemOf(text: string): string {
  const stem =
    /[^\S\n]{0,8}(?:[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{M}'’-]{1,40})?$/u.exec(text)?.[0] ?? '';
  return stem.length === text.length ? '' : stem;
}

const unsure = (firstWordProbability: number, usage: Usage): GenerateOutcome => ({
  kind: 'none',
  reason: 'lowConfidence',
  firstWordProbability,
  usage,
});
