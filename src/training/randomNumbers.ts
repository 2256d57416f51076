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
