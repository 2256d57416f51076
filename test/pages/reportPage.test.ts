// The report of `inkling simulate --report`, with the bundled model, alone in a browser: light, dark, and in a narrow
// window; and in Chinese, as the editor shows it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/editor/launchBrowser.mjs';
import { formatMessage } from '../../src/protocol/formatMessage.ts';
import { type ReportContents, reportPage } from '../../src/writing/simulator/reportPage.ts';
import { englishGroupNames, englishReportTexts } from '../../src/writing/simulator/reportTexts.ts';
import { ShownSuggestions } from '../../src/writing/simulator/shownSuggestions.ts';
import { simulate } from '../../src/writing/simulator/simulation.ts';
import { runCli } from '../support/cliProcess.ts';
import { faultsOf } from '../support/pageAlone.ts';
import { docsImage } from '../support/pictures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { pictureOfWhole } from '../support/wholePage.ts';
import { ScriptedGenerator } from '../unit/writing/support/scriptedGenerator.ts';

const root = resolve(import.meta.dirname, '../..');

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** What a browser that opens the page shows. */
async function opened(file: string, colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  await page.goto(pathToFileURL(file).href);
  return page;
}

const picture = (name: string) => join(root, `out/ui/report-${name}.png`);

async function isInNobodysWay(page: Page, name: string, width: number): Promise<void> {
  await pictureOfWhole(page, picture(name));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await page.locator('summary').click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
}

test('the report of the command line shows figures, the curve, bars and examples', async () => {
  const file = join(await temporaryFolder(), 'saved.html');
  const texts = ['letter.txt', 'story.md', 'readme.md', 'article.tex', 'minutes.md'].map((name) =>
    join('bench/typing/texts', name),
  );
  const typing = ['simulate', ...texts, '--max-carets', '400', '--seed', '2', '--threads', '1', '--report', file];
  expect(await runCli(typing)).toMatchObject({ exitCode: 0 });
  const page = await opened(file, 'light', 900);
  expect(await page.locator('.figure .value').allInnerTexts()).toEqual(
    Array(4).fill(expect.stringMatching(/^[\d.]+%$/)),
  );
  expect(await page.locator('svg[role=img] polyline').getAttribute('points')).toMatch(/\d+,\d+ \d+/);
  expect(await page.getByRole('row', { name: 'bench/typing/texts/story.md' }).locator('svg.bar').count()).toBe(1);
  expect(await page.locator('li ins').count()).toBeGreaterThan(0);
  await page.screenshot({ path: docsImage('what-it-saves.png') });
  await isInNobodysWay(page, 'light', 900);
  await page.close();
  for (const [scheme, width] of [
    ['dark', 900],
    ['dark', 700],
  ] as const) {
    const other = await opened(file, scheme, width);
    await isInNobodysWay(other, `${scheme}-${width}`, width);
    await other.close();
  }
});

/** A report whose figures are known, with long names and much to say. */
async function contents(): Promise<ReportContents> {
  const text = 'Once upon a time there was a king who had a mill.\n\nHe had a mill that ground nothing but salt.\n';
  const texts = Array.from({ length: 8 }, (_, i) => ({
    path: `${'a-folder-with-a-long-name/'.repeat(i % 4)}第${i}章.md`,
    languageId: 'markdown',
    text: `# ${i}\n\n${text}`,
  }));
  const generator = new ScriptedGenerator((prompt) => {
    if (prompt.endsWith('a time th')) return ['ere', ' was', ' the'];
    if (prompt.endsWith('had a m')) return [['ountain', 0.8]];
    return [[' nothing', 0.01]];
  });
  const shown = new ShownSuggestions(texts, 1);
  const onCaret = (caret: Parameters<ShownSuggestions['add']>[0]) => shown.add(caret);
  const report = await simulate(generator, texts, { policy: 'gated', seed: 1, stopwatch: { now: () => 0 }, onCaret });
  const conditions = {
    ...({ policy: 'gated', midLine: false, slips: 0, ownFiles: 12 } as const),
    ...{ showing: ['calm', 'normal'], adapter: { name: 'my-voice', isRefused: false }, hasServer: true },
  };
  return { report, shown, model: 'smollm2-135m-instruct', conditions };
}

describe.each([
  ['en', 'light', 1000],
  ['en', 'dark', 700],
  ['zh-cn', 'dark', 1000],
  ['zh-cn', 'light', 700],
] as const)('in the editor, in %s, %s, %i pixels wide', (tag, scheme, width) => {
  test('nothing is in the way of anybody, and nothing is cut off', async () => {
    const chinese: Record<string, string> = JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8'));
    const told = (english: string) => (tag === 'en' ? english : chinese[english]!);
    const html = reportPage(await contents(), {
      tag,
      say: (text, ...parts) => formatMessage(told(englishReportTexts[text]), parts),
      nameOf: (group) => told(englishGroupNames[group]),
    });
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    // the page forbids scripts, those of axe, too
    await page.setContent(html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/u, ''));
    expect(await faultsOf(page)).toEqual([]);
    await isInNobodysWay(page, `${tag}-${scheme}-${width}`, width);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });
});
