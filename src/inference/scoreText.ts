import type { CancellationToken } from 'vscode-jsonrpc';
import { mostLogits } from '../model/readOnce.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { ScoreAnswer, ScoreEachAnswer, ScoreEachRequest, ScoreRequest } from '../protocol/inference.ts';
import type { GenerationParts } from './generationParts.ts';
import { logPartition } from './sampling/logitsProcessors.ts';

type ScoringParts = Omit<GenerationParts, 'onPartial'>;

/** Tokens of a run that is scored; each has a row of logits, and with a large vocabulary there are fewer. */
const chunkTokens = (vocabularySize: number) => Math.max(16, Math.min(64, Math.floor(mostLogits / vocabularySize)));
/** The last run of a text may be one longer. */
export const mostScoredRows = (vocabularySize: number): number => chunkTokens(vocabularySize) + 1;

/**
 * Log-probability of a text in windows that do not overlap. A window begins with what the model wants before all that
 * it reads; without that its first token has no context and is not scored. Stops early, with what it has, when cancelled.
 */
export async function scoreText(
  request: ScoreRequest,
  parts: ScoringParts,
  token: CancellationToken,
): Promise<ScoreAnswer> {
  const { beginning } = parts.tokenizer;
  const ids = parts.tokenizer.encode(request.text);
  const logprobs: (number | null)[] = [];
  const step = Math.max(1, request.windowTokens - beginning.length);
  for (let start = 0; start < ids.length && !token.isCancellationRequested; start += step) {
    const window = [...beginning, ...ids.slice(start, start + step)];
    parts.cache.rewindTo(0);
    parts.cache.expect(window.length);
    if (beginning.length === 0) logprobs.push(null);
    await readTokens(window, window.length - 1, parts, token, (row, at) => {
      if (at + 1 >= beginning.length) logprobs.push(row[window[at + 1]!]! - logPartition(row));
    });
  }
  const scored = logprobs.filter((value) => value !== null);
  const logprob = scored.reduce((sum, value) => sum + value, 0);
  return { tokens: scored.length, logprob, ...(request.withTokens ? { ids, logprobs } : {}) };
}

/**
 * Reads `ids` up to `end` behind what the cache holds of them, and hands out the logits (vocabulary) after each.
 * @returns false when cancelled
 */
async function readTokens(
  ids: readonly number[],
  end: number,
  { decoder, cache, turn }: ScoringParts,
  token: CancellationToken,
  onLogits: (row: Float32Array, at: number) => void,
): Promise<boolean> {
  const chunk = chunkTokens(decoder.config.vocabularySize);
  while (cache.length < end) {
    await turn();
    if (token.isCancellationRequested) return false;
    const at = cache.length;
    const isLast = end - at <= chunk + 1; // a run of one token takes another kernel, with slightly other numbers
    const run = ids.slice(at, isLast ? end : at + chunk);
    const rows = run.map((_, i) => i);
    const logits = await decoder.run(cache, run, rows); // (run, vocabulary)
    const vocabulary = logits.length / run.length;
    for (const i of rows) onLogits(logits.subarray(i * vocabulary, (i + 1) * vocabulary), at + i);
  }
  return true;
}

/**
 * Log-probability of each of several texts; the first token of each has no context and is not scored. What all of them
 * begin with is read once, and the cache is rewound to there for each: with sentences that differ in one word only what
 * follows it is read again. A text's value is that of scoring it alone, but for rounding on quantized weights.
 * @throws InklingError `inputTooLarge` for a text that exceeds `maxTokens`
 */
export async function scoreEach(
  { texts }: ScoreEachRequest,
  maxTokens: number,
  parts: ScoringParts,
  token: CancellationToken,
): Promise<ScoreEachAnswer> {
  const all = texts.map((text) => parts.tokenizer.encodeFromBeginning(text));
  const longest = Math.max(0, ...all.map(({ length }) => length));
  if (longest > maxTokens)
    throw new InklingError('inputTooLarge', sentence`A text has ${longest} tokens; ${maxTokens} fit.`);
  const shared = sharedLength(all);
  const common: number[] = []; // log-probabilities of the tokens 1 … shared − 1
  let branch: Float32Array | undefined; // logits after the last shared token
  let tokensRead = 0;
  const [first = []] = all;
  parts.cache.rewindTo(0);
  parts.cache.expect(longest); // all alike, so that what they share is read once
  const isRead = await readTokens(first, shared, parts, token, (row, at) => {
    tokensRead++;
    if (at === shared - 1) branch = row.slice();
    else common.push(row[first[at + 1]!]! - logPartition(row));
  });
  if (!isRead) return { kind: 'cancelled' };
  const logprobs: number[] = [];
  for (const ids of all) {
    const own = [...common];
    if (branch && ids.length > shared) own.push(branch[ids[shared]!]! - logPartition(branch));
    const end = ids.length - 1;
    // never a run of one token: on quantized weights it takes another kernel, with slightly other numbers
    parts.cache.rewindTo(end - shared === 1 ? shared - 1 : shared);
    const wasRead = await readTokens(ids, end, parts, token, (row, at) => {
      tokensRead++;
      if (at >= shared) own.push(row[ids[at + 1]!]! - logPartition(row));
    });
    if (!wasRead) return { kind: 'cancelled' };
    logprobs.push(own.reduce((sum, value) => sum + value, 0));
  }
  return { kind: 'scores', logprobs, tokensRead };
}

/** Length of the longest common beginning. */
function sharedLength([first = [], ...others]: readonly (readonly number[])[]): number {
  let shared = first.length;
  for (const ids of others) {
    const limit = Math.min(shared, ids.length);
    shared = 0;
    while (shared < limit && ids[shared] === first[shared]) shared++;
  }
  return shared;
}
