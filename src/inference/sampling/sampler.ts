import type { GenerationOptions } from '../../protocol/generationOptions.ts';

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
  let total = 0;
  const weights = new Float64Array(logits.length);
  for (let i = 0; i < logits.length; i++) {
    weights[i] = Math.exp((logits[i]! - greatest) / temperature);
    total += weights[i]!;
  }
  let kept: Candidate[] = [];
  const negligible = minP > 0 ? minP : 1e-12; // relative to the likeliest, whose weight is 1
  for (let id = 0; id < weights.length; id++) {
    if (weights[id]! >= negligible) kept.push({ id, probability: weights[id]! / total });
  }
  kept.sort((a, b) => b.probability - a.probability || a.id - b.id);
  if (topK > 0) kept = kept.slice(0, topK);
  if (topP < 1) kept = nucleus(kept, topP);
  return kept;
}

/** Holtzman et al. 2020: the shortest run of likeliest tokens whose share of what is left reaches topP. */
function nucleus(sorted: readonly Candidate[], topP: number): Candidate[] {
  const total = sorted.reduce((sum, candidate) => sum + candidate.probability, 0);
  let sum = 0;
  const end = sorted.findIndex((candidate) => {
    sum += candidate.probability;
    return sum >= topP * total;
  });
  return sorted.slice(0, end < 0 ? sorted.length : end + 1);
}

/** @param uniform in [0, 1) */
function draw(kept: readonly Candidate[], uniform: number): number {
  let rest = uniform * kept.reduce((sum, candidate) => sum + candidate.probability, 0);
  for (const { id, probability } of kept) {
    rest -= probability;
    if (rest < 0) return id;
  }
  return kept.at(-1)!.id;
}
