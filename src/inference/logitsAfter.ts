import type { CancellationToken } from 'vscode-jsonrpc';
import type { GenerationParts } from './generationParts.ts';

/** Logits after `tokenIds`, own words blended in; the cache forgets what it has beyond them. Undefined when cancelled. */
export async function logitsAfter(
  tokenIds: readonly number[],
  { cache, decoder, turn, words }: GenerationParts,
  token: CancellationToken,
): Promise<Float32Array | undefined> {
  let logits = cache.recall(tokenIds);
  if (!logits) {
    const start = Math.min(cache.reuse(tokenIds), tokenIds.length - 1);
    cache.rewindTo(start);
    await turn();
    if (token.isCancellationRequested) return undefined;
    const run = tokenIds.slice(start);
    logits = await decoder.run(cache, run, [run.length - 1]);
    cache.remember(logits);
  }
  words?.blend(logits, tokenIds);
  return logits;
}
