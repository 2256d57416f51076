import type { CancellationToken } from 'vscode-jsonrpc';
import type { GenerationParts } from './generationParts.ts';
import type { AssembledPrompt } from './prompt.ts';
import { logPartition } from './sampling/logitsProcessors.ts';

const scoredTokens = 6; // of the suffix; the first few tell whether it still fits

/**
 * Does what stands right of the caret still follow? Mean log-probability of its first tokens after prompt + text and
 * after the prompt alone; works for every decoder, without fill-in-the-middle tokens. Leaves the cache at the prompt.
 */
export async function scoreSuffix(
  suffix: string,
  tokenIds: readonly number[],
  prompt: AssembledPrompt,
  parts: GenerationParts,
  token: CancellationToken,
): Promise<{ after: number; without: number } | undefined> {
  const suffixIds = parts.tokenizer.encodeFurther(suffix).slice(0, scoredTokens);
  if (suffixIds.length === 0) return undefined;
  const after = await meanLogprob(tokenIds, suffixIds, parts, token);
  const without = await meanLogprob(
    [...prompt.tokenIds, ...parts.tokenizer.encodeFurther(prompt.forced)],
    suffixIds,
    parts,
    token,
  );
  parts.cache.rewindTo(prompt.tokenIds.length);
  return after === undefined || without === undefined ? undefined : { after, without };
}

/** Mean log-probability of `continuation` after `context`; undefined when cancelled. */
async function meanLogprob(
  context: readonly number[],
  continuation: readonly number[],
  { cache, decoder, turn }: GenerationParts,
  token: CancellationToken,
): Promise<number | undefined> {
  await turn();
  if (token.isCancellationRequested) return undefined;
  const reused = Math.min(cache.reuse(context), context.length - 1);
  cache.rewindTo(reused);
  const run = [...context.slice(reused), ...continuation.slice(0, -1)];
  const firstRow = context.length - 1 - reused;
  const rows = continuation.map((_, i) => firstRow + i);
  const logits = await decoder.run(cache, run, rows); // (continuation, vocabulary)
  const vocabulary = logits.length / rows.length;
  let sum = 0;
  continuation.forEach((id, i) => {
    const row = logits.subarray(i * vocabulary, (i + 1) * vocabulary);
    sum += row[id]! - logPartition(row);
  });
  return sum / continuation.length;
}
