import type { PairedFigure } from '../../protocol/adapters.ts';
import { draws, middle } from './intervals.ts';
import { seededRandom } from './seededRandom.ts';
import { sumOf, type Tally } from './tally.ts';

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
