import type { GenerationOptions } from '../../protocol/generationOptions.ts';
import { expOfMinus } from './exponential.ts';

/** Chooses a token id from logits (vocabulary). */
export type Sampler = (logits: Float32Array) => number;

/** Greedy at temperature 0; otherwise temperature, then top-k, top-p and min-p, then a draw. */
export function createSampler(options: GenerationOptions, random: () => number): Sampler {
  if (options.temperature === 0) return argMax;
  return (logits) => draw(candidates(logits, options), random());
}

function argMax(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

interface Candidate {
  readonly id: number;
  /** relative to the likeliest, whose weight is 1 */
  readonly weight: number;
}

/** What the cuts leave, most likely first. */
function candidates(logits: Float32Array, { temperature, topK, topP, minP }: GenerationOptions): Candidate[] {
  const greatest = logits[argMax(logits)]!;
  const weightOf = (logit: number) => expOfMinus((greatest - logit) / temperature);
  const negligible = minP > 0 ? minP : 1e-12;
  const lowest = greatest + temperature * Math.log(negligible) * (1 + 1e-6); // what lies below weighs less than that
  const isNucleusOfAll = topK === 0 && topP < 1; // weights are summed only where it hangs on all of them
  const wanted = isNucleusOfAll ? topP * sumOfWeights(logits, lowest, weightOf) : Number.POSITIVE_INFINITY;
  let kept: Candidate[] = [];
  let share = 0;
  for (const band of bands(logits, { greatest, lowest, height: temperature * bandHeight })) {
    for (const id of band) {
      const weight = weightOf(logits[id]!);
      if (weight < negligible) continue;
      share += weight;
      kept.push({ id, weight });
    }
    if (topK > 0 ? kept.length >= topK : share > wanted * (1 + 1e-9)) break;
  }
  if (topK > 0) kept = kept.slice(0, topK);
  return topP < 1 ? nucleus(kept, isNucleusOfAll ? wanted : topP * sumOf(kept)) : kept;
}

function sumOfWeights(logits: Float32Array, lowest: number, weightOf: (logit: number) => number): number {
  let sum = 0;
  for (let id = 0; id < logits.length; id++) if (logits[id]! >= lowest) sum += weightOf(logits[id]!);
  return sum;
}

const bandHeight = Math.log(16); // in temperatures

/** Token ids, most likely first, sorted band by band: a vocabulary has 50,000 tokens, and a few dozen decide. */
function* bands(
  logits: Float32Array,
  { greatest, lowest, height }: { readonly greatest: number; readonly lowest: number; readonly height: number },
): Generator<number[]> {
  let above = Number.POSITIVE_INFINITY;
  for (let n = 1; above > lowest; n++) {
    const from = Math.max(greatest - n * height, lowest);
    const ids: number[] = [];
    for (let id = 0; id < logits.length; id++) if (logits[id]! >= from && logits[id]! < above) ids.push(id);
    yield ids.sort((a, b) => logits[b]! - logits[a]! || a - b);
    above = from;
  }
}

/** Holtzman et al. 2020: the shortest run of likeliest tokens that has the wanted weight. */
function nucleus(sorted: readonly Candidate[], wanted: number): Candidate[] {
  let sum = 0;
  const end = sorted.findIndex((candidate) => {
    sum += candidate.weight;
    return sum >= wanted;
  });
  return sorted.slice(0, end < 0 ? sorted.length : end + 1);
}

const sumOf = (candidates: readonly Candidate[]) => candidates.reduce((sum, { weight }) => sum + weight, 0);

/** @param uniform in [0, 1) */
function draw(kept: readonly Candidate[], uniform: number): number {
  let rest = uniform * sumOf(kept);
  for (const { id, weight } of kept) {
    rest -= weight;
    if (rest < 0) return id;
  }
  return kept.at(-1)!.id;
}
