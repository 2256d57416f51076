import type { GenerationOptions } from '../../protocol/generationOptions.ts';
import { expOfMinus } from './exponential.ts';

/** Changes the logits (vocabulary) in place, given the tokens so far (prompt and new ones). */
export type LogitsProcessor = (logits: Float32Array, tokenIds: readonly number[]) => void;

/** In the order of the field (Hugging Face): penalties first; temperature and cuts belong to the sampler. */
export function logitsProcessors(options: GenerationOptions): LogitsProcessor[] {
  const processors: LogitsProcessor[] = [];
  if (options.repetitionPenalty !== 1) processors.push(repetitionPenalty(options.repetitionPenalty));
  if (options.noRepeatNgramSize > 0) processors.push(noRepeatNgram(options.noRepeatNgramSize));
  return processors;
}

/** Keskar et al. 2019: a seen token's logit is divided by the penalty if positive, multiplied if negative. */
function repetitionPenalty(penalty: number): LogitsProcessor {
  return (logits, tokenIds) => {
    for (const id of new Set(tokenIds)) logits[id]! *= logits[id]! < 0 ? penalty : 1 / penalty;
  };
}

/** Paulus et al. 2017: a token that would repeat an n-gram cannot be chosen. */
function noRepeatNgram(size: number): LogitsProcessor {
  return (logits, tokenIds) => {
    const stem = tokenIds.length - (size - 1);
    if (stem < 0) return;
    for (let start = 0; start + size - 1 < tokenIds.length; start++) {
      let same = true;
      for (let i = 0; same && i < size - 1; i++) same = tokenIds[start + i] === tokenIds[stem + i];
      if (same) logits[tokenIds[start + size - 1]!] = Number.NEGATIVE_INFINITY;
    }
  };
}

/** The model, its adapter or its device is broken: a logit is not a number, or infinite. */
export class BrokenLogits extends Error {
  constructor() {
    super('It computes values that are not finite numbers.');
  }
}

/**
 * `logSumExp` of logits that a model computed; some may have been masked with −∞.
 * @throws BrokenLogits
 */
export function logPartition(logits: Float32Array): number {
  const sum = logSumExp(logits);
  if (Number.isFinite(sum)) return sum;
  if (sum === Number.NEGATIVE_INFINITY && !logits.some(Number.isNaN)) return sum; // all are masked
  throw new BrokenLogits();
}

/** log Σ exp over the vocabulary, numerically safe */
export function logSumExp(logits: Float32Array): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) if (logits[i]! > greatest) greatest = logits[i]!;
  if (greatest === Number.NEGATIVE_INFINITY) return greatest;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += expOfMinus(greatest - logits[i]!);
  return greatest + Math.log(sum);
}
