// From “Fine-Tune on This Workspace” to an adapter that is switched on, in a real editor with the bundled model. The
// workspace is this repository's own prose; some short steps are enough to learn a little of it, more than by chance.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findVsix } from '../../scripts/findVsix.mjs';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, openEditor } from '../support/editorSession.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const images = path.join(root, 'docs/images');
const failures = path.join(root, 'out/ui');

/** Training is at a low priority: on a busy machine it takes as long as it takes. */
const patienceMs = 900_000;

const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'inkling.training.maxSteps': 32,
  'inkling.training.maxMinutes': 0,
  'inkling.training.sequenceLength': 96,
  'inkling.training.learningRate': 0.003,
  'inkling.training.warmupSteps': 2,
  'inkling.training.evaluationSteps': 8,
  'inkling.training.evaluationTokens': 256,
};

let session: EditorSession;
let editor: EditorPage;
let page: FrameLocator;
let adapters: string;

beforeAll(async () => {
  adapters = await mkdtemp(path.join(tmpdir(), 'inkling-adapters-'));
  process.env['INKLING_ADAPTERS'] = adapters; // the editor's processes inherit it
  session = await openEditor(process.env['INKLING_VSIX'] ?? findVsix(), ownProse(), settings);
  editor = session.editor;
  await editor.statusBarItem('inkling.inkling').getByLabel('Inkling: Ready').waitFor({ timeout: 120_000 });
}, 240_000);

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const picture = path.join(failures, `${task.name.replaceAll(/\W+/g, '-')}.png`);
  await editor.screenshot(picture);
  console.log(`What the editor showed: ${picture}`);
});

afterAll(async () => {
  delete process.env['INKLING_ADAPTERS'];
  await session?.close();
  await rm(adapters, { recursive: true, force: true });
});

test('before anything is learnt, the page says from what, and what it takes', { timeout: patienceMs }, async () => {
  await editor.command('Inkling: Fine-Tune on This Workspace');
  page = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor({ timeout: patienceMs });
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/files with [\d,]+ tokens/);
  expect(text).toMatch(/about \d/);
  expect(text).toMatch(/[\d,]+ MB/);
  await page.getByText('left out', { exact: false }).first().waitFor();
  await page.getByText('All files').first().click();
  expect(await page.getByRole('table', { name: 'All files' }).innerText()).toContain('README.md');
  await editor.screenshot(path.join(images, 'fine-tune-plan.png'));
});

test('it learns, pauses, goes on, and shows how it writes by now', { timeout: patienceMs }, async () => {
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Training loss', { exact: true }).waitFor({ timeout: patienceMs });
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused. Nothing computes.').waitFor({ timeout: patienceMs });
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await page
    .getByRole('heading', { name: /After step/ })
    .first()
    .waitFor({ timeout: patienceMs });
  await page.getByRole('img', { name: /Loss by step.*Validation loss/ }).waitFor();
  await editor.screenshot(path.join(images, 'fine-tune-running.png'));
  await page.getByRole('heading', { name: 'How it writes' }).scrollIntoViewIfNeeded();
  await page.locator('.sample').last().scrollIntoViewIfNeeded();
  await editor.screenshot(path.join(images, 'fine-tune-samples.png'));
});

test('the adapter that helps is switched on, with its proof', { timeout: patienceMs }, async () => {
  await page.getByText(/^Yes: on texts that it has not seen/).waitFor({ timeout: patienceMs });
  await page.getByText('It is in use in this workspace.').waitFor({ timeout: patienceMs });
  const workspaceSettings = await readFile(path.join(editor.workspace, '.vscode/settings.json'), 'utf8');
  const { 'inkling.adapter': name } = JSON.parse(workspaceSettings);
  const report = JSON.parse(await readFile(path.join(adapters, name, 'inkling-report.json'), 'utf8'));
  expect(report.heldOut.adapted.perplexity).toBeLessThan(report.heldOut.base.perplexity);
  expect(report.heldOut.isBetter).toBe(true);
  await editor.page.locator('.notification-toast', { hasText: 'has learnt from your texts' }).waitFor();
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await editor.screenshot(path.join(images, 'fine-tune-result.png'));
});

test('the writer judges without knowing which is which', { timeout: patienceMs }, async () => {
  await page.getByRole('button', { name: 'Compare without knowing which is which' }).click();
  const left = page.getByRole('button', { name: 'The left one' });
  await left.waitFor({ timeout: patienceMs });
  await left.scrollIntoViewIfNeeded();
  await editor.screenshot(path.join(images, 'fine-tune-blind-test.png'));
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

test('the page of adapters switches it off, and says where it comes from', { timeout: patienceMs }, async () => {
  await editor.command('Inkling: Show the Adapters');
  const list = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  await list.getByRole('heading', { name: 'Adapters', level: 1 }).waitFor();
  await list.getByText('Perplexity of texts that were kept apart').waitFor();
  await list.getByRole('slider').waitFor();
  await editor.screenshot(path.join(images, 'fine-tune-adapters.png'));
  await list.getByRole('button', { name: /^Switch off/ }).click();
  await list.getByRole('button', { name: /^Switch on/ }).waitFor();
  const workspaceSettings = await readFile(path.join(editor.workspace, '.vscode/settings.json'), 'utf8');
  expect(JSON.parse(workspaceSettings)['inkling.adapter']).toBe('');
});

/** The Markdown of the repository, and a file that is left out. */
function ownProse(): Record<string, string> {
  const folders = ['.', 'docs', 'docs/adr', 'bench', 'media/sample', 'media/walkthrough'];
  const names = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join(folder, name)),
  );
  const texts = Object.fromEntries(names.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
  return { ...texts, 'LICENSE.md': readFileSync(path.join(root, 'LICENSE'), 'utf8') };
}
