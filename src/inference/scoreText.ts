import type { CancellationToken } from 'vscode-jsonrpc';
import type { ScoreAnswer, ScoreRequest } from '../protocol/inference.ts';
import type { GenerationParts } from './generationParts.ts';
import { logPartition } from './sampling/logitsProcessors.ts';

export type ScoringParts = Omit<GenerationParts, 'onPartial'>;

const chunkTokens = 64; // logits of a chunk: 64 · vocabulary floats

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
export async function readTokens(
  ids: readonly number[],
  end: number,
  { decoder, cache, turn }: ScoringParts,
  token: CancellationToken,
  onLogits: (row: Float32Array, at: number) => void,
): Promise<boolean> {
  while (cache.length < end) {
    await turn();
    if (token.isCancellationRequested) return false;
    const at = cache.length;
    const isLast = end - at <= chunkTokens + 1; // a run of one token takes another kernel, with slightly other numbers
    const run = ids.slice(at, isLast ? end : at + chunkTokens);
    const rows = run.map((_, i) => i);
    const logits = await decoder.run(cache, run, rows); // (run, vocabulary)
    const vocabulary = logits.length / run.length;
    for (const i of rows) onLogits(logits.subarray(i * vocabulary, (i + 1) * vocabulary), at + i);
  }
  return true;
}
