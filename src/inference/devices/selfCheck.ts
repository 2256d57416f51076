import type { ModelFolder } from '../../model/modelFolder.ts';
import { openTokenizer } from '../../model/openTokenizer.ts';
import type { RunnableDecoder } from '../decoder.ts';
import { logSumExp } from '../sampling/logitsProcessors.ts';

/** More than 32: fused attention on WebGPU was seen to be wrong from there on, and right below. */
const prefillTokens = 40;
const decodeSteps = 4;

/** Any prose will do, as long as it is natural: on nonsense the quantized formats scatter more. */
const checkText = `The harbour was quiet when the first boat came home. Two men carried their nets up the wet steps, and a
third, who had said nothing all night, sat down on the wall and looked at the water. He had decided to leave before the
winter, though nobody knew it yet.`;

/**
 * Greatest divergence, in nats, at which a device still counts as right. With the bundled model's 4-bit weights two
 * right ways of computing (fused and standard operators, one token or many per run, 32-bit activations) differ by 0.004
 * on average and 0.03 at most; a wrong rotary base gives 0.35, a missing mask 5.
 */
export const greatestDivergence = 0.1;

/** The tokens that a device is checked with, as the model's own tokenizer cuts them. */
export function checkTokens(folder: ModelFolder): number[] {
  return openTokenizer(folder).encodeFromBeginning(checkText);
}

/** Logits after each token: one prefill, then steps of one token with the cache, as in writing. */
export async function runCheck(decoder: RunnableDecoder, tokenIds: readonly number[]): Promise<Float32Array[]> {
  const prompt = tokenIds.slice(0, prefillTokens);
  const cache = decoder.newCache(prefillTokens + decodeSteps);
  const prefill = await decoder.run(
    cache,
    prompt,
    prompt.map((_, row) => row),
  );
  const width = decoder.config.vocabularySize;
  const rows = prompt.map((_, row) => prefill.subarray(row * width, (row + 1) * width));
  for (const id of tokenIds.slice(prefillTokens, prefillTokens + decodeSteps)) {
    rows.push(await decoder.run(cache, [id], [0]));
  }
  return rows;
}

/** Lets a device compile its programs before somebody waits for them. */
export async function warmUp(decoder: RunnableDecoder): Promise<void> {
  const { vocabularySize } = decoder.config;
  const tokenIds = Array.from({ length: prefillTokens + decodeSteps }, (_, i) => i % vocabularySize);
  await runCheck(decoder, tokenIds);
}

/** The largest divergence of any row of logits from the same row of the reference, in nats. */
export function worstDivergence(reference: readonly Float32Array[], candidate: readonly Float32Array[]): number {
  return Math.max(...reference.map((logits, row) => divergence(logits, candidate[row]!)));
}

/** Kullback–Leibler divergence between the next-token distributions, in nats; Infinity when a number is not finite. */
function divergence(reference: Float32Array, candidate: Float32Array): number {
  const referenceNorm = logSumExp(reference);
  const candidateNorm = logSumExp(candidate);
  let sum = 0;
  for (let id = 0; id < reference.length; id++) {
    const logprob = reference[id]! - referenceNorm;
    sum += Math.exp(logprob) * (logprob - (candidate[id]! - candidateNorm));
  }
  return Number.isFinite(sum) ? Math.max(0, sum) : Number.POSITIVE_INFINITY;
}
