import {
  type Horizon,
  horizons,
  type Outcome,
  outcomes,
  type SuggestionPlace,
  suggestionPlaces,
  type UsageFigures,
  type UsageSpan,
} from '../../protocol/usagePage.ts';

/** `takes`: keys that took something. `characters`: Unicode characters that they took. */
export type CountName = Outcome | 'takes' | 'characters' | `${'kept' | 'gone'}${Horizon}`;

/** What became of suggestions: no text, no place in a document, no time of the day. What is left out is zero. */
export type UsageCounts = Readonly<Partial<Record<CountName, number>>>;

/** What counts are about. */
export interface CountedWhere {
  /** `2026-03-01`, in the person's time zone */
  readonly day: string;
  /** as the editor names it */
  readonly languageId: string;
  /** left out where it does not matter any more */
  readonly place?: SuggestionPlace;
}

export interface UsageDay {
  readonly all: UsageCounts;
  readonly languages: Readonly<Record<string, UsageCounts>>;
  readonly places: Readonly<Record<string, UsageCounts>>;
}

/** By day, `2026-03-01`; what is older than the last hundred days by month, `2026-02`. */
export type UsageByDay = Readonly<Record<string, UsageDay>>;

/** Not days that have passed, but days with counts: one that a wrong clock has made takes the place of one. */
const keptDays = 100;
const keptMonths = 120;
const monthChars = '2026-02'.length;
/** of a day; counts of further ones go to `otherLanguages` */
const mostLanguages = 12;
export const otherLanguages = '…';

const countNames: ReadonlySet<string> = new Set<CountName>([
  ...outcomes,
  'takes',
  'characters',
  ...horizons.flatMap((horizon) => [`kept${horizon}`, `gone${horizon}`] as const),
]);

export function plus(counts: UsageCounts, added: UsageCounts): UsageCounts {
  const sum: Partial<Record<CountName, number>> = { ...counts };
  for (const [name, count] of Object.entries(added) as [CountName, number][]) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

export const minus = (counts: UsageCounts, taken: UsageCounts): UsageCounts =>
  plus(counts, Object.fromEntries(Object.entries(taken).map(([name, count]) => [name, -count])));

/** Counts at one place. */
export const usageOf = ({ day, languageId, place }: CountedWhere, counts: UsageCounts): UsageByDay => ({
  [day]: { all: counts, languages: { [languageId]: counts }, places: place ? { [place]: counts } : {} },
});

/** Adds to the days; the oldest go into their months when there are more than a hundred, and in the end the oldest months. */
export function plusDays(days: UsageByDay, added: UsageByDay): UsageByDay {
  const sum: Record<string, UsageDay> = { ...days };
  for (const [day, usage] of Object.entries(added)) sum[day] = plusDay(sum[day], usage);
  const names = Object.keys(sum).sort();
  const isMonth = (name: string) => name.length === monthChars;
  for (const day of names.filter((name) => !isMonth(name)).slice(0, -keptDays)) {
    const month = day.slice(0, monthChars);
    sum[month] = plusDay(sum[month], sum[day]!);
    delete sum[day];
  }
  const oldest = Object.keys(sum).filter(isMonth).sort().slice(0, -keptMonths);
  return Object.fromEntries(Object.entries(sum).filter(([name]) => !oldest.includes(name)));
}

const nothing: UsageDay = { all: {}, languages: {}, places: {} };

const plusDay = (day: UsageDay = nothing, added: UsageDay): UsageDay => ({
  all: plus(day.all, added.all),
  languages: plusGroups(day.languages, added.languages),
  places: plusGroups(day.places, added.places),
});

type Groups = UsageDay['languages'];

function plusGroups(groups: Groups, added: Groups): Groups {
  const sum = new Map(Object.entries(groups));
  for (const [name, counts] of Object.entries(added)) {
    const isFull = !sum.has(name) && sum.size >= mostLanguages;
    const key = isFull ? otherLanguages : name;
    sum.set(key, plus(sum.get(key) ?? {}, counts));
  }
  return Object.fromEntries(sum);
}

/**
 * Counts as they were written to a file, by this version or an earlier one.
 * @returns what can be read, and whether that is all of it
 */
export function readUsage(text: string): { readonly days: UsageByDay; readonly isDamaged: boolean } {
  const stored = parsed(text);
  if (stored === undefined) return { days: {}, isDamaged: true };
  const read = Object.entries(stored).map(
    ([day, usage]) => [day, /^\d{4}-\d\d(?:-\d\d)?$/.test(day) ? dayOf(usage) : undefined] as const,
  );
  const whole = read.filter((entry): entry is readonly [string, UsageDay] => entry[1] !== undefined);
  return { days: plusDays({}, Object.fromEntries(whole)), isDamaged: whole.length < read.length };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const recordOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

function dayOf(value: unknown): UsageDay | undefined {
  const day = recordOf(value);
  if (!day) return undefined;
  if ('survival' in day) return dayOfFirstVersion(day);
  const [all, languages, places] = [countsOf(day['all']), groupsOf(day['languages']), groupsOf(day['places'])];
  return all && languages && places && { all, languages, places };
}

function groupsOf(value: unknown): Groups | undefined {
  const groups = recordOf(value);
  const read = Object.entries(groups ?? {}).map(([name, counts]) => [name, countsOf(counts)] as const);
  return groups && read.every(([, counts]) => counts) ? (Object.fromEntries(read) as Groups) : undefined;
}

function countsOf(value: unknown): UsageCounts | undefined {
  const counts = recordOf(value);
  const isRight = ([name, count]: [string, unknown]) => countNames.has(name) && Number.isSafeInteger(count);
  return counts && Object.entries(counts).every(isRight) ? counts : undefined;
}

/** It knew neither languages nor places, and counted less: `accepted`, `acceptedParts`, `rejected`, `characters`. */
function dayOfFirstVersion(day: Record<string, unknown>): UsageDay | undefined {
  const number = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : 0);
  const [takenWhole, takenPart] = [number(day['accepted']), number(day['acceptedParts'])];
  const survival = recordOf(day['survival']);
  const kept = horizons.map((horizon) => {
    const at = recordOf(survival?.[horizon]);
    return { [`kept${horizon}`]: number(at?.['kept']), [`gone${horizon}`]: number(at?.['gone']) };
  });
  const counts = { passedOver: number(day['rejected']), characters: number(day['characters']) };
  const all: UsageCounts = Object.assign({ takenWhole, takenPart, takes: takenWhole + takenPart, ...counts }, ...kept);
  return { all, languages: {}, places: {} };
}

/** Counts that a correction has made less than nothing, on another day than what it corrects, are nothing. */
export function figuresOf(counts: UsageCounts): UsageFigures {
  const at = (name: CountName) => Math.max(0, counts[name] ?? 0);
  const byOutcome = Object.fromEntries(outcomes.map((outcome) => [outcome, at(outcome)]));
  const kept = horizons.map((horizon) => {
    const [still, gone] = [at(`kept${horizon}`), at(`gone${horizon}`)];
    return [horizon, { kept: still, of: still + gone }] as const;
  });
  return {
    shown: outcomes.reduce((sum, outcome) => sum + at(outcome), 0),
    outcomes: byOutcome as UsageFigures['outcomes'],
    keysSaved: at('characters') - at('takes') - at('passedOver'),
    kept: Object.fromEntries(kept) as unknown as UsageFigures['kept'],
  };
}

/** @param from @param to first and last day that count */
const between = (days: UsageByDay, from: string, to: string): UsageDay =>
  Object.entries(days)
    .filter(([day]) => day >= from && day <= to)
    .reduce((sum, [, usage]) => plusDay(sum, usage), nothing);

const shownWeeks = 12;

interface UsageReport {
  readonly spans: Readonly<Record<UsageSpan, UsageFigures>>;
  readonly weeks: readonly { readonly start: string; readonly figures: UsageFigures }[];
  readonly languages: readonly { readonly languageId: string; readonly figures: UsageFigures }[];
  readonly places: readonly { readonly place: SuggestionPlace; readonly figures: UsageFigures }[];
}

/** What a person is shown of the counts. Days that have not come yet, of a clock that was wrong, count in `all` alone. */
export function usageReport(days: UsageByDay, now: Date): UsageReport {
  const all = between(days, '', '9');
  const last = (count: number, ended = 0) =>
    figuresOf(between(days, dayName(now, ended + count - 1), dayName(now, ended)).all);
  const languages = Object.entries(all.languages).map(([languageId, counts]) => ({
    languageId,
    figures: figuresOf(counts),
  }));
  return {
    spans: { week: last(7), month: last(30), all: figuresOf(all.all) },
    weeks: Array.from({ length: shownWeeks }, (_, i) => {
      const ended = 7 * (shownWeeks - 1 - i);
      return { start: dayName(now, ended + 6), figures: last(7, ended) };
    }),
    languages: languages.sort((one, other) => other.figures.shown - one.figures.shown),
    places: suggestionPlaces.map((place) => ({ place, figures: figuresOf(all.places[place] ?? {}) })),
  };
}

/** @param daysAgo 0 = today */
export function dayName(now: Date, daysAgo = 0): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
