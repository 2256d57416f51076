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
  readonly probability: number;
}

/** What the cuts leave, most likely first; probabilities are those before the cuts. */
function candidates(logits: Float32Array, { temperature, topK, topP, minP }: GenerationOptions): Candidate[] {
  const greatest = logits[argMax(logits)]!;
  const weights = new Float64Array(logits.length);
  const negligible = minP > 0 ? minP : 1e-12; // relative to the likeliest, whose weight is 1
  let total = 0;
  let keptWeight = 0;
  for (let i = 0; i < logits.length; i++) {
    const weight = expOfMinus((greatest - logits[i]!) / temperature);
    weights[i] = weight;
    total += weight;
    if (weight >= negligible) keptWeight += weight;
  }
  let kept: Candidate[] = [];
  let share = 0;
  const isEnough = () => (topK > 0 ? kept.length >= topK : topP < 1 && share > topP * keptWeight * (1 + 1e-9));
  for (const band of bands(weights, negligible)) {
    for (const id of band) {
      share += weights[id]!;
      kept.push({ id, probability: weights[id]! / total });
    }
    if (isEnough()) break;
  }
  if (topK > 0) kept = kept.slice(0, topK);
  if (topP < 1) kept = nucleus(kept, topP * (topK > 0 ? sumOf(kept) : keptWeight / total));
  return kept;
}

const bandRatio = 1 / 16;

/** Token ids, most likely first, sorted band by band: a vocabulary has 50,000 tokens, and a few dozen decide. */
function* bands(weights: Float64Array, negligible: number): Generator<number[]> {
  let above = Number.POSITIVE_INFINITY;
  for (let floor = bandRatio; above > negligible; floor *= bandRatio) {
    const from = Math.max(floor, negligible);
    const ids: number[] = [];
    for (let id = 0; id < weights.length; id++) if (weights[id]! >= from && weights[id]! < above) ids.push(id);
    yield ids.sort((a, b) => weights[b]! - weights[a]! || a - b);
    above = from;
  }
}

/** Holtzman et al. 2020: the shortest run of likeliest tokens that has the wanted probability. */
function nucleus(sorted: readonly Candidate[], wanted: number): Candidate[] {
  let sum = 0;
  const end = sorted.findIndex((candidate) => {
    sum += candidate.probability;
    return sum >= wanted;
  });
  return sorted.slice(0, end < 0 ? sorted.length : end + 1);
}

const sumOf = (candidates: readonly Candidate[]) => candidates.reduce((sum, { probability }) => sum + probability, 0);

/** @param uniform in [0, 1) */
function draw(kept: readonly Candidate[], uniform: number): number {
  let rest = uniform * sumOf(kept);
  for (const { id, probability } of kept) {
    rest -= probability;
    if (rest < 0) return id;
  }
  return kept.at(-1)!.id;
}
