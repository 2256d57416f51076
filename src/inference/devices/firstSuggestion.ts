import type { RunnableDecoder } from '../decoder.ts';

const contextTokens = 500;
const suggestionTokens = 8;
const chunkTokens = 64; // as prompts are prefilled

/** Computes a first suggestion at a fresh caret; `tokenIds` is repeated until the context is long enough. */
async function runFirstSuggestion(decoder: RunnableDecoder, tokenIds: readonly number[]): Promise<void> {
  const length = Math.min(contextTokens, decoder.config.contextTokens - suggestionTokens);
  const context = Array.from({ length }, (_, i) => tokenIds[i % tokenIds.length]!);
  const cache = decoder.newCache(length + suggestionTokens);
  for (let start = 0; start < length; start += chunkTokens) {
    await decoder.run(cache, context.slice(start, start + chunkTokens), [0]);
  }
  for (let step = 0; step < suggestionTokens; step++) await decoder.run(cache, [tokenIds[step]!], [0]);
}

/** How long that takes once everything is warm: the better of two, after a device has compiled its programs. */
export async function firstSuggestionMs(decoder: RunnableDecoder, tokenIds: readonly number[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 2; round++) {
    const started = performance.now();
    await runFirstSuggestion(decoder, tokenIds);
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}
