import { seededRandom } from './seededRandom.ts';
import { sumOf, type Tally } from './tally.ts';

/** The 95 % interval; null where the statistic is not defined, or one text cannot tell how texts differ. */
export type Interval = readonly [low: number, high: number] | null;

/** how often texts are drawn again */
export const draws = 1000;

/**
 * Percentile bootstrap over texts (Efron 1979): how each figure spreads when as many texts are drawn again with
 * replacement. Carets of one text depend on each other; texts do not.
 * @param figuresOf each figure by its name; null where it is not defined
 */
export function intervalsOf<Name extends string>(
  texts: readonly Tally[],
  figuresOf: (sum: Tally) => Readonly<Record<Name, number | null>>,
  seed: number,
): Record<Name, Interval> {
  const random = seededRandom(seed);
  const drawn = Array.from({ length: draws }, () =>
    figuresOf(sumOf(texts.map(() => texts[Math.floor(random() * texts.length)]!))),
  );
  const names = Object.keys(figuresOf(sumOf(texts))) as Name[];
  const entries = names.map((name) => [name, texts.length < 2 ? null : middle(drawn.map((one) => one[name]))] as const);
  return Object.fromEntries(entries) as Record<Name, Interval>;
}

/** The middle 95 % of the draws for which there is a value. */
export function middle(values: readonly (number | null)[]): Interval {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.025), at(0.975)];
}
