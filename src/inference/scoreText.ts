import type { CancellationToken } from 'vscode-jsonrpc';
import type { ScoreAnswer, ScoreRequest } from '../protocol/inference.ts';
import type { GenerationParts } from './generationParts.ts';
import { logSumExp } from './sampling/logitsProcessors.ts';

const chunkTokens = 64; // logits of a chunk: 64 · vocabulary floats

/**
 * Log-probability of a text in windows that do not overlap; the first token of a window has no context and is not
 * scored. Stops early, with what it has, when cancelled.
 */
export async function scoreText(
  request: ScoreRequest,
  { tokenizer, decoder, cache, turn }: Omit<GenerationParts, 'onPartial'>,
  token: CancellationToken,
): Promise<ScoreAnswer> {
  const ids = tokenizer.encode(request.text);
  const logprobs: (number | null)[] = [];
  for (let start = 0; start < ids.length && !token.isCancellationRequested; start += request.windowTokens) {
    const window = ids.slice(start, start + request.windowTokens);
    cache.rewindTo(0);
    logprobs.push(null);
    for (let at = 0; at < window.length - 1; at += chunkTokens) {
      await turn();
      if (token.isCancellationRequested) break;
      const run = window.slice(at, Math.min(at + chunkTokens, window.length - 1));
      const rows = run.map((_, i) => i);
      const logits = await decoder.run(cache, run, rows);
      const vocabulary = logits.length / run.length;
      for (const i of rows) {
        const row = logits.subarray(i * vocabulary, (i + 1) * vocabulary);
        logprobs.push(row[window[at + i + 1]!]! - logSumExp(row));
      }
    }
  }
  const scored = logprobs.filter((value) => value !== null);
  const logprob = scored.reduce((sum, value) => sum + value, 0);
  return { tokens: scored.length, logprob, ...(request.withTokens ? { ids, logprobs } : {}) };
}
