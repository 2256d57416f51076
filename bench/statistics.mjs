/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/**
 * @param {readonly number[]} values
 * @returns {{ median: number, minimum: number, maximum: number }}
 */
export const spread = (values) => ({
  median: median(values),
  minimum: Math.min(...values),
  maximum: Math.max(...values),
});

/**
 * Percentile bootstrap: how the statistic spreads when the units are drawn again with replacement.
 * @template T
 * @param {readonly T[]} units independent of each other, such as windows of text
 * @param {(units: readonly T[]) => number} statistic
 * @returns {{ value: number, low: number, high: number }} with the 95 % interval
 */
export function bootstrap(units, statistic, draws = 2000) {
  const random = seeded(7);
  const values = Array.from({ length: draws }, () =>
    statistic(Array.from(units, () => units[Math.floor(random() * units.length)])),
  ).sort((a, b) => a - b);
  const at = (share) => values[Math.round(share * (draws - 1))];
  return { value: statistic(units), low: at(0.025), high: at(0.975) };
}

/** mulberry32: the same intervals every time */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
