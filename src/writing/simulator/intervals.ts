import type { PairedFigure } from '../../protocol/adapters.ts';
import { seededRandom } from '../../protocol/seededRandom.ts';
import { sumOf, type Tally } from './tally.ts';

/** The 95 % interval; null where the statistic is not defined, or one text cannot tell how texts differ. */
export type Interval = readonly [low: number, high: number] | null;

/** how often texts are drawn again */
const draws = 1000;

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
function middle(values: readonly (number | null)[]): Interval {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.025), at(0.975)];
}

/**
 * Figures of the same stretches written twice. What makes a stretch easy or hard does so on both sides, so the interval
 * of the difference draws both sides of a stretch together (paired bootstrap, Efron 1979).
 * @param base one tally per stretch
 * @param adapted of the same stretches in the same order
 * @param figuresOf each figure by its name; null where it is not defined
 */
export function pairedFigures<Name extends string | number>(
  { base, adapted }: { readonly base: readonly Tally[]; readonly adapted: readonly Tally[] },
  figuresOf: (sum: Tally) => Readonly<Record<Name, number | null>>,
  seed: number,
): Record<Name, PairedFigure> {
  const random = seededRandom(seed);
  const [before, after] = [figuresOf(sumOf(base)), figuresOf(sumOf(adapted))];
  const drawn = Array.from({ length: draws }, () => {
    const chosen = base.map(() => Math.floor(random() * base.length));
    const [one, other] = [base, adapted].map((side) => figuresOf(sumOf(chosen.map((i) => side[i]!))));
    return { base: one!, adapted: other! };
  });
  const entries = (Object.keys(before) as Name[]).map((name): [Name, PairedFigure] => {
    const differences = drawn.map((figures) => minus(figures.adapted[name], figures.base[name]));
    const difference = minus(after[name], before[name]);
    const interval = base.length < 2 ? null : middle(differences);
    return [name, { base: before[name], adapted: after[name], difference, interval }];
  });
  return Object.fromEntries(entries) as Record<Name, PairedFigure>;
}

const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
