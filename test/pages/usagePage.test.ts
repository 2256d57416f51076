// The page of statistics alone in a browser: in three themes, two languages and a narrow window, by keyboard, and for
// people who have it read to them.
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/editor/launchBrowser.mjs';
import { seededRandom } from '../../src/protocol/seededRandom.ts';
import type { UsageView } from '../../src/protocol/usagePage.ts';
import {
  plusDays,
  type UsageByDay,
  type UsageCounts,
  usageOf,
  usageReport,
} from '../../src/writing/usage/usageCounts.ts';
import { appearances, faultsOf, openPageAlone, sentBy } from '../support/pageAlone.ts';
import { docsImage } from '../support/pictures.ts';
import { pictureOfWhole } from '../support/wholePage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const now = new Date(2026, 2, 20, 12);

/** Ten weeks of a writer who takes more as time goes on. */
function weeksOfWriting(): UsageByDay {
  const random = seededRandom(3);
  const places = ['midWord', 'midWord', 'midWord', 'wordEnd', 'afterSpace', 'sentenceStart', 'unspaced'] as const;
  let days: UsageByDay = {};
  for (let back = 0; back < 70; back++) {
    const day = new Date(2026, 2, 20 - back).toLocaleDateString('sv');
    for (const [i, place] of places.entries()) {
      const some = (most: number) => Math.max(0, Math.floor(random() * (most + 1 - back / 18)));
      const [takenWhole, takenPart] = [some(5), some(2)];
      const takes = takenWhole + 2 * takenPart;
      const outcomes = {
        takenWhole,
        takenPart,
        typedSame: some(6),
        passedOver: some(3),
        left: some(1),
        unread: some(3),
      };
      const kept = { kept30: takes, kept120: Math.max(0, takes - 1), gone120: Math.min(1, takes) };
      const counts: UsageCounts = { ...outcomes, ...kept, takes, characters: 7 * takes };
      days = plusDays(days, usageOf({ day, place, languageId: i % 3 === 0 ? 'LaTeX' : 'Markdown' }, counts));
    }
  }
  return days;
}

const viewOf = (days: UsageByDay): UsageView => {
  const { languages, ...report } = usageReport(days, now);
  return { ...report, languages: languages.map(({ languageId, figures }) => ({ name: languageId, figures })) };
};

const full: UsageView = {
  ...viewOf(weeksOfWriting()),
  learnt: { taken: 61, corrected: 17, isLearning: true },
};
const quiet: UsageView = viewOf({});
const faulty: UsageView = {
  ...quiet,
  learnt: { taken: 0, corrected: 0, isLearning: false },
  problem: 'EACCES: permission denied',
  setAside: '/home/somebody/.config/Code/User/globalStorage/inkling.inkling/usage.json.damaged',
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each(appearances)('in %s, %s, %i pixels wide', (theme, language, width) => {
  test('nothing is in the way of anybody, and nothing is cut off', async () => {
    const page = await openPageAlone(browser, 'usage', { view: full, theme, language, width });
    await pictureOfWhole(page, path.join(root, `out/ui/usage-${theme}-${language}-${width}.png`));
    expect(await faultsOf(page)).toEqual([]);
    await page.locator('summary').click();
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });

  test.each([
    ['before anything was counted', quiet],
    ['when the counts are damaged or cannot be read', faulty],
  ])('also %s', async (_, view) => {
    const page = await openPageAlone(browser, 'usage', { view, theme, language, width });
    const isEmpty = page.getByText(/Nothing has been counted yet|还没有任何计数/u);
    expect(await isEmpty.count()).toBe(view === quiet ? 1 : 0); // what cannot be read may be there
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });
});

test('it says what the counts say', async () => {
  const page = await openPageAlone(browser, 'usage', { view: full });
  await pictureOfWhole(page, docsImage('statistics.png'));
  const { week } = full.spans;
  const rows = page.getByRole('table', { name: 'What became of suggestions' }).getByRole('row');
  const cellOf = (name: string) => rows.filter({ hasText: name }).getByRole('cell').nth(1).innerText();
  expect(await cellOf('Shown')).toBe(week.shown.toLocaleString('en'));
  expect(await cellOf('Accepted as a whole')).toMatch(new RegExp(`^${week.outcomes.takenWhole} \\(\\d+%\\)$`, 'u'));
  expect(await cellOf('Keystrokes saved')).toBe(week.keysSaved.toLocaleString('en'));
  const bars = await page.locator('svg rect.taken').count();
  expect(bars).toBe(full.weeks.filter(({ figures }) => figures.outcomes.takenWhole > 0).length);
  expect(await page.getByRole('table', { name: 'By place' }).getByRole('row').count()).toBe(6);
  expect(await page.getByRole('table', { name: 'By language' }).innerText()).toMatch(/Markdown.*LaTeX/su);
  await page.close();
});

test('by keyboard alone everything can be reached and pressed, and the focus stays', async () => {
  const page = await openPageAlone(browser, 'usage', { view: full });
  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'Week by week' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement!.id);
  for (const id of ['', 'showLearnt', 'forget']) {
    await page.keyboard.press('Tab');
    expect(await focused()).toBe(id);
    if (id !== '') await page.keyboard.press('Enter');
  }
  expect(await sentBy(page)).toEqual([{ kind: 'showLearnt' }, { kind: 'forget' }]);
  const update = (view: UsageView) =>
    page.evaluate((message) => globalThis.postMessage(message, '*'), { view, texts: {} });
  await update({ ...full, learnt: { taken: 62, corrected: 17, isLearning: true } });
  await page.getByText('62 passages').waitFor();
  expect(await focused()).toBe('forget');
  expect(await page.getByRole('table', { name: 'Week by week' }).isVisible()).toBe(true);
  await update(quiet);
  await page.getByText('Nothing has been counted yet.').waitFor();
  expect(await focused()).toBe('forget');
  await page.close();
});
