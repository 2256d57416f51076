/** After how many seconds it is looked whether an accepted text still stands. */
export const horizons = [30, 120, 600] as const;
export type Horizon = (typeof horizons)[number];

/** What became of suggestions, as counts: no text, no place, no time of the day. */
export interface UsageCounts {
  /** all of it at once */
  readonly accepted: number;
  /** a word, a sentence or a line of it; each of them counts */
  readonly acceptedParts: number;
  /** something else was written in its place */
  readonly rejected: number;
  /** UTF-16 units that came from accepting */
  readonly characters: number;
  /** accepted texts that still stood after so many seconds, and those that did not */
  readonly survival: Readonly<Record<Horizon, { readonly kept: number; readonly gone: number }>>;
}

/** By day, `2026-03-01`, in the person's time zone. */
export type UsageByDay = Readonly<Record<string, UsageCounts>>;

/** A change of the counts; what is left out is zero. */
export type UsageDelta = Partial<Omit<UsageCounts, 'survival'>> & {
  readonly survival?: Partial<UsageCounts['survival']>;
};

const keptDays = 400;

export const noUsage: UsageCounts = {
  accepted: 0,
  acceptedParts: 0,
  rejected: 0,
  characters: 0,
  survival: { 30: { kept: 0, gone: 0 }, 120: { kept: 0, gone: 0 }, 600: { kept: 0, gone: 0 } },
};

export function plus(counts: UsageCounts, delta: UsageDelta): UsageCounts {
  const at = (horizon: Horizon) => {
    const [a, b] = [counts.survival[horizon], delta.survival?.[horizon]];
    return { kept: a.kept + (b?.kept ?? 0), gone: a.gone + (b?.gone ?? 0) };
  };
  return {
    accepted: counts.accepted + (delta.accepted ?? 0),
    acceptedParts: counts.acceptedParts + (delta.acceptedParts ?? 0),
    rejected: counts.rejected + (delta.rejected ?? 0),
    characters: counts.characters + (delta.characters ?? 0),
    survival: { 30: at(30), 120: at(120), 600: at(600) },
  };
}

/** Adds to the days; the oldest go when there are more than 400. */
export function plusDays(days: UsageByDay, added: UsageByDay): UsageByDay {
  const sum: Record<string, UsageCounts> = { ...days };
  for (const [day, counts] of Object.entries(added)) sum[day] = plus(sum[day] ?? noUsage, counts);
  return Object.fromEntries(
    Object.entries(sum)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(-keptDays),
  );
}

/** @param from first day that counts */
export const sumSince = (days: UsageByDay, from: string): UsageCounts =>
  Object.entries(days)
    .filter(([day]) => day >= from)
    .reduce((sum, [, counts]) => plus(sum, counts), noUsage);

/** @param daysAgo 0 = today */
export function dayName(now: Date, daysAgo = 0): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
