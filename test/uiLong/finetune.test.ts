// From “Fine-Tune on This Workspace” to an adapter that is switched on, on the sample workspace, as it is opened by
// `npm start`: with the bundled model, and with no setting that the workspace does not have itself.
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, openEditor } from '../support/editorSession.ts';
import { docsImage, pictureOfFailure } from '../support/pictures.ts';
import { sampleWorkspace } from '../support/sampleWorkspace.ts';

/** Training is at a low priority: on a busy machine it takes as long as it takes. */
const patienceMs = 900_000;

const settings = { 'workbench.colorTheme': 'Default Light Modern' };

let session: EditorSession;
let editor: EditorPage;
let page: FrameLocator;

beforeAll(async () => {
  session = await openEditor(sampleWorkspace(), settings);
  editor = session.editor;
  await editor.ready(120_000);
});

afterEach(({ task }) => pictureOfFailure(editor, task));

afterAll(() => session?.close());

test('before anything is learnt, the page says from what, and what it takes', { timeout: patienceMs }, async () => {
  await editor.command('Inkling: Fine-Tune on This Workspace…');
  page = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor({ timeout: patienceMs });
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/files with [\d,]+ tokens/);
  expect(text).toMatch(/about \d/);
  expect(text).toMatch(/[\d,]+ MB/);
  await page.getByText('characters of code and front matter left out', { exact: false }).waitFor();
  await page.getByText('All files').first().click();
  expect(await page.getByRole('table', { name: 'All files' }).innerText()).toContain('story-3-the-tower.md');
  await editor.screenshot(docsImage('fine-tune-plan.png'));
});

test('it learns, pauses, goes on, and shows how it writes by now', { timeout: patienceMs }, async () => {
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Training loss', { exact: true }).waitFor({ timeout: patienceMs });
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused. Nothing computes.').waitFor({ timeout: patienceMs });
  await page.getByRole('button', { name: 'Go On', exact: true }).click();
  await page
    .getByRole('heading', { name: /After step/ })
    .first()
    .waitFor({ timeout: patienceMs });
  await page.getByRole('img', { name: /Loss by step.*Validation loss/ }).waitFor();
  await editor.screenshot(docsImage('fine-tune-running.png'));
  await page.getByRole('heading', { name: 'How it writes' }).scrollIntoViewIfNeeded();
  await page.locator('.sample').last().scrollIntoViewIfNeeded();
  await editor.screenshot(docsImage('fine-tune-samples.png'));
});

test('the adapter that helps is switched on, with its proof', { timeout: patienceMs }, async () => {
  await page.getByText(/^Yes: it predicts your unseen texts clearly better/).waitFor({ timeout: patienceMs });
  await page.getByText('It is in use in this workspace.').waitFor({ timeout: patienceMs });
  const workspaceSettings = await readFile(path.join(editor.workspace, '.vscode/settings.json'), 'utf8');
  const { 'inkling.adapter': name } = JSON.parse(workspaceSettings);
  const report = JSON.parse(await readFile(path.join(session.adapters, name, 'inkling-report.json'), 'utf8'));
  expect(report.heldOut.adapted.perplexity).toBeLessThan(report.heldOut.base.perplexity);
  expect(report.heldOut.isBetter).toBe(true);
  await editor.page.locator('.notification-toast', { hasText: 'has learned from your texts' }).waitFor();
  await page.getByRole('row', { name: /^Perplexity of texts by others/ }).waitFor();
  // A busy machine may need all of the comparison's time for the texts: then no typing is measured.
  const furtherFigures = /is being measured|Keystrokes saved|of the texts were compared/u;
  await page.locator('p:visible, tr', { hasText: furtherFigures }).first().waitFor({ timeout: patienceMs });
  await editor.command('Notifications: Clear All Notifications');
  await scrollToTop(page);
  await editor.screenshot(docsImage('fine-tune-result.png'));
});

test('the writer judges without knowing which is which', { timeout: patienceMs }, async () => {
  await page.getByRole('button', { name: 'Compare Without Knowing Which Is Which' }).click();
  const left = page.getByRole('button', { name: 'The left one' });
  await left.waitFor({ timeout: patienceMs });
  await left.scrollIntoViewIfNeeded();
  await editor.screenshot(docsImage('fine-tune-blind-test.png'));
  const question = page.getByText(/\d+ of \d+: which goes on better/);
  const count = Number((await question.innerText()).match(/of (\d+)/)![1]);
  for (let asked = 1; asked <= count; asked++) {
    await page.getByText(`${asked} of ${count}: which goes on better?`).waitFor();
    await left.click();
  }
  await page.getByText('You preferred the adapter').waitFor();
  const figures = await page.locator('dl', { hasText: 'You preferred the adapter' }).locator('dd').allInnerTexts();
  expect(figures.map(Number).reduce((sum, figure) => sum + figure)).toBe(count);
});

test('two adapters are compared side by side, and both write', { timeout: patienceMs }, async () => {
  await secondAdapter();
  await editor.command('Inkling: Show Adapters');
  const list = adaptersPage();
  await list.getByRole('heading', { name: 'Adapters', level: 1 }).waitFor();
  for (const box of await list.getByRole('checkbox', { name: /Compare side by side/ }).all()) await box.check();
  const row = (name: string) => list.getByRole('table', { name: 'Side by side' }).getByRole('row', { name });
  await row('Perplexity of your texts').waitFor();
  expect(await row('loraRank').getByRole('cell').allInnerTexts()).toEqual(['loraRank', '16', '4']);
  await list.getByRole('button', { name: 'Let Both Write' }).click();
  const writing = list.getByText('Both are writing…');
  await writing.waitFor();
  await writing.waitFor({ state: 'detached', timeout: patienceMs });
  const texts = await list.locator('.continuation').allInnerTexts();
  expect(texts.map((text) => text.trim()).filter((text) => text !== '' && text !== '…')).toHaveLength(4 * 3);
  await list.getByRole('heading', { name: 'Side by side' }).evaluate((heading) => heading.scrollIntoView());
  await editor.screenshot(docsImage('fine-tune-compare.png'));
});

test('the page of adapters switches it off, and says where it comes from', { timeout: patienceMs }, async () => {
  const list = adaptersPage();
  await list.getByText('Perplexity of texts that were kept apart').first().waitFor();
  await list.getByRole('slider').waitFor();
  await scrollToTop(list);
  await editor.screenshot(docsImage('fine-tune-adapters.png'));
  await list.getByRole('button', { name: /^Turn Off/ }).click();
  await list.getByRole('button', { name: /^Turn Off/ }).waitFor({ state: 'detached' });
  const workspaceSettings = await readFile(path.join(editor.workspace, '.vscode/settings.json'), 'utf8');
  expect(JSON.parse(workspaceSettings)['inkling.adapter']).toBe('');
});

const adaptersPage = () => editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
const scrollToTop = (of: FrameLocator) => of.locator('body').evaluate(() => window.scrollTo(0, 0));

/** A copy of the one that was trained, which says of itself that it is another one. */
async function secondAdapter(): Promise<void> {
  const folder = path.join(session.adapters, 'another');
  await cp(path.join(session.adapters, 'writing'), folder, { recursive: true });
  const file = path.join(folder, 'inkling-adapter.json');
  const provenance = JSON.parse(await readFile(file, 'utf8'));
  const options = { ...provenance.options, loraRank: 4 };
  await writeFile(
    file,
    JSON.stringify({ ...provenance, name: 'another', options, createdAt: '2026-01-01T00:00:00.000Z' }),
  );
}
