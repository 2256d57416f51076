import type { CancellationToken } from 'vscode-jsonrpc';
import { doubtOf, FirstWord } from '../protocol/firstWord.ts';
import { calibrationIn } from '../protocol/gateCalibration.ts';
import type {
  FinishReason,
  GenerateAnswer,
  GeneratedSequence,
  GeneratedToken,
  GenerateRequest,
} from '../protocol/inference.ts';
import { seededRandom } from '../protocol/seededRandom.ts';
import { StoppingCriteria } from '../protocol/stoppingCriteria.ts';
import { DraftedRuns } from './draftedRuns.ts';
import type { GenerationParts } from './generationParts.ts';
import { type Healed, heal } from './healing.ts';
import type { AssembledPrompt } from './prompt.ts';
import { type LogitsProcessor, logitsProcessors, logPartition } from './sampling/logitsProcessors.ts';
import { createSampler, type Sampler } from './sampling/sampler.ts';
import { endOfWord } from './sampling/wordEnd.ts';
import { scoreSuffix } from './suffixScore.ts';
import { Detokenizer, ThoughtFilter } from './thoughtFilter.ts';
import { UsageClock } from './usageClock.ts';

/** Kept free beside prompt and new tokens: for the tokens of healed bytes and of the suffix that is scored. */
export const spareTokens = 16;
export const prefillChunkTokens = 64; // a cancel is noticed between chunks

/** Prefill, then one token after the other: llama2.c's `generate`, with everything that a writer's tool needs. */
export async function generate(
  request: GenerateRequest,
  prompt: AssembledPrompt,
  parts: GenerationParts,
  token: CancellationToken,
): Promise<GenerateAnswer> {
  const clock = new UsageClock(prompt.tokenIds.length);
  if (request.freshCache) parts.cache.rewindTo(0);
  parts.cache.expect(prompt.tokenIds.length + request.options.maxNewTokens + spareTokens);
  const promptLogits = await prefill(prompt.tokenIds, parts, token, clock);
  if (!promptLogits) return { kind: 'cancelled', usage: clock.usage() };
  parts.words?.blend(promptLogits, prompt.tokenIds);
  const healed = await heal(prompt.forced, promptLogits, prompt.tokenIds, parts, token);
  if (!healed) return { kind: 'cancelled', usage: clock.usage() };
  const start = [...prompt.tokenIds, ...healed.stem];
  const sequences: GeneratedSequence[] = [];
  let firstWordProbability = 0; // of the likeliest sequence below the gate
  for (let n = 0; n < request.options.numReturnSequences; n++) {
    parts.cache.moveTo(start); // scoring a suffix takes the stem away
    const loop = new DecodeLoop(request, { prompt, healed }, parts, seededRandom(request.options.seed + n));
    const ended = await loop.run(healed.logits.slice(), token, clock);
    if (ended === 'cancelled') return { kind: 'cancelled', usage: clock.usage() };
    if (ended === 'gate') firstWordProbability = Math.max(firstWordProbability, loop.firstWord.probability);
    else sequences.push(await loop.sequence(ended, token));
  }
  if (sequences.length > 0) return { kind: 'text', sequences, usage: clock.usage() };
  return { kind: 'none', reason: 'lowConfidence', firstWordProbability, usage: clock.usage() };
}

/** Runs what the cache does not hold yet; returns the logits after the last prompt token, undefined when cancelled. */
async function prefill(
  tokenIds: readonly number[],
  { decoder, cache, turn }: GenerationParts,
  token: CancellationToken,
  clock: UsageClock,
): Promise<Float32Array | undefined> {
  const known = cache.recall(tokenIds);
  const reused = known ? tokenIds.length : Math.min(cache.reuse(tokenIds), tokenIds.length - 1); // the last token runs again
  clock.reusedTokens = reused;
  if (known) clock.begin();
  else cache.rewindTo(reused);
  let logits = known;
  for (let start = reused; start < tokenIds.length; start += prefillChunkTokens) {
    await turn();
    if (token.isCancellationRequested) return undefined;
    clock.begin();
    const chunk = tokenIds.slice(start, start + prefillChunkTokens);
    const isLast = start + chunk.length === tokenIds.length;
    logits = await decoder.run(cache, chunk, isLast ? [chunk.length - 1] : []);
    if (isLast) cache.remember(logits);
  }
  clock.prefilled();
  return logits;
}

/** One sequence: state of the decode loop and what it has produced. */
class DecodeLoop {
  readonly #request: GenerateRequest;
  readonly #start: { readonly prompt: AssembledPrompt; readonly healed: Healed };
  readonly #parts: GenerationParts;

  readonly firstWord: FirstWord;
  readonly #tokens: GeneratedToken[] = [];
  /** everything released so far, before stop strings are cut off */
  #text = '';
  #totalLogprob = 0;
  /** how much of it partial texts have told */
  #told = { tokens: 0, characters: 0 };
  readonly #tokenIds: number[];
  /** forced bytes that the first token must begin with */
  #rest: Uint8Array;
  readonly #detokenizer = new Detokenizer();
  /** an answer only: a text that is continued may well be about thoughts */
  readonly #thoughts: ThoughtFilter | undefined;
  readonly #stopping: StoppingCriteria;
  readonly #processors: LogitsProcessor[];
  readonly #sample: Sampler;

  constructor(
    request: GenerateRequest,
    start: { readonly prompt: AssembledPrompt; readonly healed: Healed },
    parts: GenerationParts,
    random: () => number,
  ) {
    this.#request = request;
    this.#start = start;
    this.#parts = parts;
    const { prompt, healed } = start;
    this.firstWord = new FirstWord(calibrationIn(parts.calibration, request.gate?.language));
    this.firstWord.weigh(healed.share);
    this.#tokenIds = [...prompt.tokenIds, ...healed.stem];
    this.#rest = healed.rest;
    this.#stopping = new StoppingCriteria(request, prompt.text);
    this.#thoughts = request.prompt.kind === 'chat' ? new ThoughtFilter() : undefined;
    this.#processors = logitsProcessors(request.options);
    this.#sample = createSampler(request.options, random);
  }

  /** @param logits (vocabulary) after prompt and stem; the loop's own from now on */
  async run(
    logits: Float32Array,
    token: CancellationToken,
    clock: UsageClock,
  ): Promise<FinishReason | 'gate' | 'cancelled'> {
    const runs = new DraftedRuns(this.#tokenIds, logits, this.#parts);
    try {
      return await this.#decode(logits, runs, token, clock);
    } finally {
      runs.settle();
    }
  }

  async #decode(
    first: Float32Array,
    runs: DraftedRuns,
    token: CancellationToken,
    clock: UsageClock,
  ): Promise<FinishReason | 'gate' | 'cancelled'> {
    const { turn, words } = this.#parts;
    const maxTokens = this.#request.options.maxNewTokens;
    for (let logits = first; ; ) {
      const { id, logprob } = this.#choose(logits);
      const ended = this.#accept(id, logprob);
      clock.token();
      if (ended) return ended;
      if (this.#tokens.length >= maxTokens) return 'length';
      await turn(); // also within a draft: a cancel is noticed after one token
      if (token.isCancellationRequested) return 'cancelled';
      logits = await runs.after(id, maxTokens - this.#tokens.length);
      words?.blend(logits, this.#tokenIds);
    }
  }

  #choose(logits: Float32Array): { id: number; logprob: number } {
    const { tokenizer, decoder } = this.#parts;
    if (this.#rest.length > 0) {
      for (let id = 0; id < logits.length; id++)
        if (!tokenizer.covers(id, this.#rest)) logits[id] = Number.NEGATIVE_INFINITY;
    }
    if (this.#request.ignoreEndOfText) {
      for (const id of tokenizer.idsWithoutText) logits[id] = Number.NEGATIVE_INFINITY;
    }
    const raw = this.#processors.length > 0 ? logits.slice() : logits;
    const partition = logPartition(raw);
    for (const process of this.#processors) process(logits, this.#tokenIds);
    const { gate, options } = this.#request;
    if (gate && options.temperature === 0 && this.firstWord.isOpen) {
      const total = logits === raw ? partition : logPartition(logits);
      this.firstWord.weigh(endOfWord(logits, total, tokenizer) ?? 1);
    }
    const id = this.#sample(logits);
    if (raw[id] === Number.NEGATIVE_INFINITY)
      throw new Error(`no token of ${decoder.config.vocabularySize} can follow`);
    return { id, logprob: raw[id]! - partition };
  }

  /** Takes a token in; returns why the text ends here, if it does. */
  #accept(id: number, logprob: number): FinishReason | 'gate' | undefined {
    this.#tokenIds.push(id);
    if (this.#parts.decoder.config.eosTokenIds.includes(id)) return 'endOfText';
    const bytes = this.#parts.tokenizer.tokenBytes(id);
    const fresh = bytes.subarray(this.#rest.length);
    this.#rest = new Uint8Array();
    const text = this.#detokenizer.push(fresh);
    return this.#release(id, logprob, this.#thoughts ? this.#thoughts.push(text) : text);
  }

  #release(id: number, logprob: number, released: string): FinishReason | 'gate' | undefined {
    this.#tokens.push({ id, text: released, logprob });
    this.#text += released;
    this.firstWord.add(released, Math.exp(logprob));
    this.#totalLogprob += logprob;
    const stop = released === '' ? undefined : this.#stopping.find(this.#text);
    if (stop) {
      this.#cutTo(stop.length);
      return stop.reason;
    }
    const doubt = doubtOf(this.#request.gate, this.firstWord, { logprob, totalLogprob: this.#totalLogprob });
    if (doubt) return doubt;
    if (this.#request.stream && released !== '') {
      const settled = this.#stopping.settledLength(this.#text);
      this.#parts.onPartial(this.#text.slice(0, settled), this.#settledTokens(settled));
    }
    return undefined;
  }

  /** The tokens that have become part of the first `settled` characters since it was asked last. */
  #settledTokens(settled: number): readonly GeneratedToken[] {
    const first = this.#told.tokens;
    for (let at = first; at < this.#tokens.length; at++) {
      const end = this.#told.characters + this.#tokens[at]!.text.length;
      if (end > settled) break;
      this.#told = { tokens: at + 1, characters: end };
    }
    return this.#tokens.slice(first, this.#told.tokens);
  }

  /** Keeps `length` characters, and the tokens that they need. */
  #cutTo(length: number): void {
    let end = 0;
    let kept = 0;
    while (kept < this.#tokens.length && (end < length || this.#tokens[kept]!.text === ''))
      end += this.#tokens[kept++]!.text.length;
    this.#tokens.length = kept;
    this.#tokenIds.length = this.#start.prompt.tokenIds.length + this.#start.healed.stem.length + kept;
    const last = this.#tokens.at(-1);
    if (last && end > length)
      this.#tokens[kept - 1] = { ...last, text: last.text.slice(0, last.text.length - (end - length)) };
    this.#text = this.#text.slice(0, length);
  }

  async sequence(finishReason: FinishReason, token: CancellationToken): Promise<GeneratedSequence> {
    const { scoreSuffix: suffix } = this.#request;
    const wasCut = finishReason === 'stop' || finishReason === 'stopPattern';
    if (!wasCut) this.#text += this.#thoughts?.end() ?? '';
    const scores = suffix
      ? await scoreSuffix(suffix, this.#tokenIds, this.#start.prompt, this.#parts, token)
      : undefined;
    return {
      text: this.#text,
      tokens: this.#tokens,
      logprob: this.#tokens.reduce((sum, { logprob }) => sum + logprob, 0),
      firstWordProbability: this.firstWord.probability,
      healedLogprob: this.#start.healed.logprob,
      finishReason,
      ...(scores ? { suffix: scores } : {}),
    };
  }
}
