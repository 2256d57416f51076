import type { CancellationToken } from 'vscode-jsonrpc';
import type { ScoreAnswer, ScoreRequest } from '../protocol/inference.ts';
import type { GenerationParts } from './generationParts.ts';
import { logSumExp } from './sampling/logitsProcessors.ts';

export type ScoringParts = Omit<GenerationParts, 'onPartial'>;

const chunkTokens = 64; // logits of a chunk: 64 · vocabulary floats

/**
 * Log-probability of a text in windows that do not overlap; the first token of a window has no context and is not
 * scored. Stops early, with what it has, when cancelled.
 */
export async function scoreText(
  request: ScoreRequest,
  parts: ScoringParts,
  token: CancellationToken,
): Promise<ScoreAnswer> {
  const ids = parts.tokenizer.encode(request.text);
  const logprobs: (number | null)[] = [];
  for (let start = 0; start < ids.length && !token.isCancellationRequested; start += request.windowTokens) {
    const window = ids.slice(start, start + request.windowTokens);
    parts.cache.rewindTo(0);
    logprobs.push(null);
    await readTokens(window, window.length - 1, parts, token, (row, at) => {
      logprobs.push(row[window[at + 1]!]! - logSumExp(row));
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
