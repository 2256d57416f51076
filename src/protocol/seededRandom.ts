/**
 * Uniform numbers in [0, 1) that a seed stands for, in every process: of a generation, a run of training, a simulation
 * (mulberry32, period 2³²).
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A seed for one purpose and place, such as (run's seed, 'dropout', step): random numbers depend on where they are used,
 * not on what was drawn before, so a run that is resumed goes on exactly as it would have.
 */
export function derivedSeed(seed: number, ...path: readonly (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed; // FNV-1a
  for (const character of path.join('/')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
