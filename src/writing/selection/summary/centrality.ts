import { greatest } from '../../../text/greatest.ts';

/**
 * How central each sentence is to a text: LexRank (Erkan & Radev 2004) in its continuous form, the stationary
 * distribution of a walk between sentences whose TF-IDF vectors are alike.
 */
const damping = 0.85;
const iterations = 30;
const minSimilarity = 0.03;

/** TF-IDF vector of one sentence, normalized to length 1. */
export type SentenceVector = ReadonlyMap<string, number>;

/** @param sentences content stems of each sentence */
export function sentenceVectors(sentences: readonly (readonly string[])[]): SentenceVector[] {
  const documents = new Map<string, number>();
  for (const stems of sentences) for (const stem of new Set(stems)) documents.set(stem, (documents.get(stem) ?? 0) + 1);
  return sentences.map((stems) => {
    const vector = new Map<string, number>();
    for (const stem of stems) vector.set(stem, (vector.get(stem) ?? 0) + 1);
    let squares = 0;
    for (const [stem, count] of vector) {
      const weight = (1 + Math.log(count)) * Math.log(1 + sentences.length / documents.get(stem)!);
      vector.set(stem, weight);
      squares += weight * weight;
    }
    const norm = Math.sqrt(squares) || 1;
    for (const [stem, weight] of vector) vector.set(stem, weight / norm);
    return vector;
  });
}

/** 0 … 1 */
export function similarity(a: SentenceVector, b: SentenceVector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [stem, weight] of small) sum += weight * (large.get(stem) ?? 0);
  return sum;
}

/** One figure per sentence; the greatest is 1. Time and memory grow with the square of the number of sentences. */
export function centrality(vectors: readonly SentenceVector[]): number[] {
  const n = vectors.length;
  const edges = Array.from({ length: n }, () => [] as { readonly to: number; readonly weight: number }[]);
  const totals = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const weight = similarity(vectors[i]!, vectors[j]!);
      if (weight < minSimilarity) continue;
      edges[i]!.push({ to: j, weight });
      edges[j]!.push({ to: i, weight });
      totals[i]! += weight;
      totals[j]! += weight;
    }
  }
  let rank = new Float64Array(n).fill(1 / n);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const next = new Float64Array(n).fill((1 - damping) / n);
    for (let i = 0; i < n; i++)
      for (const { to, weight } of edges[i]!) next[to]! += (damping * rank[i]! * weight) / totals[i]!;
    rank = next;
  }
  const most = greatest(rank) || 1;
  return Array.from(rank, (value) => value / most);
}
