import { describe, expect, test } from 'vitest';
import {
  dayName,
  figuresOf,
  otherLanguages,
  plusDays,
  usageOf,
  usageReport,
} from '../../../../src/writing/usage/usageCounts.ts';

const now = new Date(2026, 2, 20, 12);
const at = (day: string, counts: Parameters<typeof usageOf>[1], languageId = 'markdown') =>
  usageOf({ day, languageId, place: 'midWord' }, counts);

describe('a report', () => {
  const days = [
    at('2026-03-20', { takenWhole: 2, takes: 3, characters: 23, passedOver: 4 }),
    at('2026-03-14', { typedSame: 5 }),
    at('2026-03-13', { left: 1, unread: 2 }, 'latex'),
    at('2025-01-01', { takenPart: 1, takes: 1, characters: 4, kept30: 1, gone30: 3 }, 'latex'),
    at('2031-01-01', { takenBack: 6 }),
  ].reduce(plusDays, {});
  const report = usageReport(days, now);

  test('adds up days; those that have not come yet count in all time alone', () => {
    const { week, month, all } = report.spans;
    expect([week.shown, month.shown, all.shown]).toEqual([11, 14, 21]);
    expect([week.keysSaved, all.keysSaved]).toEqual([23 - 3 - 4, 27 - 4 - 4]);
    expect(all.kept[30]).toEqual({ kept: 1, of: 4 });
  });

  test('has twelve weeks, of which the last ends today', () => {
    expect(report.weeks).toHaveLength(12);
    expect(report.weeks.at(-1)).toEqual({ start: '2026-03-14', figures: report.spans.week });
    expect(report.weeks.at(-2)!.figures.shown).toBe(3);
  });

  test('has the languages that are used most first, and all places', () => {
    expect(report.languages.map(({ languageId, figures }) => [languageId, figures.shown])).toEqual([
      ['markdown', 17],
      ['latex', 4],
    ]);
    expect(report.places.map(({ place, figures }) => [place, figures.shown])).toEqual([
      ['midWord', 21],
      ['wordEnd', 0],
      ['afterSpace', 0],
      ['sentenceStart', 0],
      ['unspaced', 0],
    ]);
  });
});

describe('old days', () => {
  const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
  const days = (count: number) => Array.from({ length: count }, (_, i) => at(day(i), { left: 1 })).reduce(plusDays, {});

  test('become months, and nothing is lost', () => {
    const many = days(450);
    expect(Object.keys(many).filter((name) => name.length === 10)).toHaveLength(100);
    expect(many['2025-01']!.all).toEqual({ left: 31 });
    expect(many['2025-01']!.languages).toEqual({ markdown: { left: 31 } });
    expect(usageReport(many, now).spans.all.shown).toBe(450);
  });

  test('that are counted once more go into their month', () => {
    expect(plusDays(days(450), at('2025-01-07', { left: 2 }))['2025-01']!.all).toEqual({ left: 33 });
  });

  test('of more than ten years go', () => {
    const many = days(366 * 12);
    expect(Object.keys(many)).toHaveLength(220);
    expect(many['2025-01']).toBeUndefined();
  });

  test('leave a week that is shown alone', () => {
    const report = usageReport(days(440), new Date(2026, 2, 16));
    expect(report.weeks.map(({ figures }) => figures.shown)).toEqual(Array.from({ length: 12 }, () => 7));
  });
});

test('of more than twelve languages a day the others are counted together', () => {
  const many = Array.from({ length: 20 }, (_, i) => at('2026-03-20', { left: 1 }, `language${i}`)).reduce(plusDays, {});
  const { languages, all } = many['2026-03-20']!;
  expect(Object.keys(languages)).toHaveLength(13);
  expect(languages[otherLanguages]).toEqual({ left: 8 });
  expect(all).toEqual({ left: 20 });
});

test('the clock may go back: counts go to the day that it tells', () => {
  const days = [at('2026-03-20', { left: 1 }), at('2026-03-02', { left: 2 }), at('2026-03-20', { left: 4 })].reduce(
    plusDays,
    {},
  );
  expect([days['2026-03-02']!.all, days['2026-03-20']!.all]).toEqual([{ left: 2 }, { left: 5 }]);
});

test('a correction of what is not there any more makes nothing less than nothing', () => {
  const { shown, outcomes, keysSaved } = figuresOf({ takenWhole: -1, takenBack: 1, takes: -1, characters: -9 });
  expect({ shown, whole: outcomes.takenWhole, keysSaved }).toEqual({ shown: 1, whole: 0, keysSaved: 0 });
});

test.each([
  [0, '2026-03-20'],
  [19, '2026-03-01'],
  [20, '2026-02-28'],
  [365, '2025-03-20'],
])('%i days ago was %s', (daysAgo, name) => expect(dayName(now, daysAgo)).toBe(name));
