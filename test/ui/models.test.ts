/// <reference lib="dom" />
// A person's way to a better model: the VSIX in a real VS Code, in a real browser, a hub on a loopback address, and a
// model that another program has left on the disk.
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isClaimed } from '../../src/model/files/claim.ts';
import { goldenPath } from '../golden/goldenFiles.ts';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, largeProse, openEditor } from '../support/editorSession.ts';
import { etagOf, ModelHub } from '../support/modelHub.ts';
import { docsImage, pictureOfFailure } from '../support/pictures.ts';

/** Another program, or another test, may have the processor. */
const patienceMs = 120_000;

const gguf = path.resolve(import.meta.dirname, '../../models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf');
const started = 'The lighthouse keeper climbed the stairs and lit the';

const german = 'Der Wärter stieg die Treppe hinauf und zündete das Licht an, denn der Abend kam früh. Dann stieg er';

let folder: string;
let hub: ModelHub;
let session: EditorSession;
let editor: EditorPage;
let page: FrameLocator;
/** ends the answer that stands still in the middle of the weights, or of the rest of them */
let gate: (() => void) | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkling-models-'));
  hub = await ModelHub.start({
    id: 'someone/writer-135m',
    files: { 'writer-Q4_1.gguf': await readFile(gguf), 'README.md': Buffer.from('# Writer\n') },
    faults: [
      {
        path: /gguf$/u,
        times: 2,
        answer: (response, content, request) => {
          const from = Number(/\d+/u.exec(request.headers.range ?? '')?.[0] ?? 0);
          const rest = content.subarray(from);
          response.writeHead(from > 0 ? 206 : 200, {
            'content-length': rest.length,
            etag: etagOf(content),
            ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
          });
          response.write(rest.subarray(0, Math.floor(rest.length / 2)));
          gate = () => response.destroy();
        },
      },
    ],
  });
  await mkdir(path.join(folder, 'models'));
  await mkdir(path.join(folder, 'llama'));
  await cp(gguf, path.join(folder, 'llama/found-135m.gguf'));
  const snapshot = path.join(folder, 'hub/models--someone--tiny-onnx/snapshots/0123abc');
  await cp(goldenPath('exported/plain'), snapshot, { recursive: true });
  session = await openEditor(
    { 'story.md': `# The lighthouse\n\n${started}`, 'brief.md': `# Der Leuchtturm\n\n${german}` },
    { ...largeProse, 'inkling.hub': hub.endpoint },
    {
      INKLING_MODELS: path.join(folder, 'models'),
      LLAMA_CACHE: path.join(folder, 'llama'),
      HF_HUB_CACHE: path.join(folder, 'hub'),
    },
  );
  editor = session.editor;
  await editor.ready(patienceMs);
}, 300_000);

afterEach(({ task }) => pictureOfFailure(editor, task));

afterAll(async () => {
  await session?.close();
  await hub?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs in the page. */
async function hasFadedIn(shown: Element): Promise<void> {
  const about = document.getAnimations().filter(({ effect }) => (effect as KeyframeEffect).target?.contains(shown));
  await Promise.all(about.map(({ finished }) => finished));
}

/** Runs in the page. */
function isInSight(shown: Element): boolean {
  const { right, top, bottom } = shown.getBoundingClientRect();
  return shown.contains(document.elementFromPoint(right - 2, (top + bottom) / 2));
}

/** Does a living process have the folder of a download? */
async function isFetched(): Promise<boolean> {
  const downloads = path.join(folder, 'models/.downloads');
  return (await readdir(downloads)).some((name) => isClaimed(path.join(downloads, name, 'lock')));
}

const card = (name: string) => page.getByRole('region', { name, exact: true });
const press = (label: string, name: string) => page.getByRole('button', { name: `${label}: ${name}`, exact: true });

test('one command shows what is installed and what suits this machine; nothing has been asked of the hub', async () => {
  await editor.command('Inkling: Get a Better Model…');
  page = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  await card('smollm2-135m-instruct').getByText('built-in').waitFor({ timeout: patienceMs });
  await page.getByText(/GB of memory, \d+ cores/).waitFor({ timeout: patienceMs });
  await editor.screenshot(docsImage('models-page.png'));
  expect(hub.requests).toEqual([]);
});

test('a document in a language that the model does not know says so, and leads to models that do', async () => {
  await editor.quickOpen('brief.md');
  await editor.press('Control+End');
  const status = editor.page.locator('.part.statusbar');
  await status.getByText('smollm2-135m-instruct does not know German').waitFor({ timeout: patienceMs });
  await editor.type(' die Tr');
  await editor.statusBarItem('status.languageStatus').hover();
  const hover = editor.page.locator('.hover-language-status', { hasText: 'The model does not know German' });
  await hover.waitFor({ timeout: patienceMs });
  await hover.evaluate(hasFadedIn);
  await editor.screenshot(docsImage('language-unknown.png'));
  const lead = hover.getByRole('button', { name: 'Get a Better Model…' });
  expect(await lead.evaluate(isInSight)).toBe(true);
  await lead.click();
  await page.getByText('Those that know German come first.').waitFor({ timeout: patienceMs });
  expect(hub.requests).toEqual([]);
});

test('a download shows how far it is, also in the status bar, and goes on when the page is closed', async () => {
  await page.getByLabel('Its name, or words of it').fill('someone/writer-135m');
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await card('someone/writer-135m')
    .getByText(/^Fetching: [1-9]/)
    .waitFor({ timeout: patienceMs });
  await editor.screenshot(docsImage('models-download.png'));
  await editor.command('View: Close Editor');
  await editor.statusBarItem('inkling.inkling.inkling.models').click();
  await card('someone/writer-135m')
    .getByText(/^Fetching/)
    .waitFor({ timeout: patienceMs });
});

test('a window that is closed stops it and loses nothing; the next one offers to go on', async () => {
  await editor.page.reload();
  await editor.ready(patienceMs);
  await editor.command('Inkling: Get a Better Model…');
  page = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  await card('someone/writer-135m').getByText('Stopped. What was fetched is kept.').waitFor({ timeout: patienceMs });
  await expect.poll(isFetched, { timeout: patienceMs }).toBe(false); // the process of the window that is gone has ended
  await press('Resume', 'someone/writer-135m').click();
  await card('someone/writer-135m')
    .getByText(/^Fetching: [1-9]/)
    .waitFor({ timeout: patienceMs });
});

test('stopped and gone on with, it fetches what is missing, is prepared and measured', async () => {
  await press('Stop', 'someone/writer-135m').click();
  await card('someone/writer-135m').getByText('Stopped. What was fetched is kept.').waitFor({ timeout: patienceMs });
  gate?.();
  await press('Resume', 'someone/writer-135m').click();
  await card('writer-135m')
    .getByText(/^reads [\d,.]+, writes/)
    .waitFor({ timeout: patienceMs });
  expect(hub.requests.filter((line) => /gguf bytes=[1-9]/u.test(line))).toHaveLength(2);
  expect(await readdir(path.join(folder, 'models/.downloads'))).toEqual([]);
});

test('used for suggestions, it suggests: no restart, no settings file', async () => {
  await press('Use for Suggestions', 'writer-135m').click();
  await card('writer-135m').locator('.badge', { hasText: 'suggestions' }).waitFor({ timeout: patienceMs });
  await editor.screenshot(docsImage('models-installed.png'));
  await editor.quickOpen('story.md');
  await editor.ready(patienceMs);
  await editor.press('Control+End');
  await editor.type(' la');
  expect(await editor.waitForGhostText(patienceMs)).toBeTruthy();
});

test('its files are compared with their checksums', async () => {
  await editor.command('Inkling: Get a Better Model…');
  await press('Check Files', 'writer-135m').click();
  await card('writer-135m').getByText('checked, intact').waitFor({ timeout: patienceMs });
});

test('whether it is worth it is seen on one’s own texts: what each model would save stands on its card', async () => {
  const report = editor.page.getByRole('tab', { name: 'What It Would Save' });
  const inSight = editor.page.locator('iframe.webview:visible');
  for (const name of ['smollm2-135m-instruct', 'writer-135m']) {
    await press('What Would It Save Me?', name).click();
    await report.waitFor({ timeout: patienceMs });
    await expect.poll(() => inSight.count(), { timeout: patienceMs }).toBe(2); // the page stays beside it
    await report.click({ button: 'middle' }); // it closes
    await report.waitFor({ state: 'detached' });
    await card(name).getByText('net of wrong ones').waitFor({ timeout: patienceMs });
  }
  await card('smollm2-135m-instruct').getByText('net of wrong ones').waitFor();
});

test('a model that another program has on this disk is found and added', async () => {
  await page.getByRole('button', { name: 'Look on This Disk' }).click();
  await press('Add', 'found-135m').waitFor({ timeout: patienceMs });
  await press('Add', 'found-135m').scrollIntoViewIfNeeded();
  await editor.screenshot(docsImage('models-found.png'));
  await press('Add', 'found-135m').click();
  await card('found-135m')
    .getByText(/^reads [\d,.]+, writes/)
    .waitFor({ timeout: patienceMs });
});

test('a model in ONNX is used where another program keeps it, which alone may move and delete it', async () => {
  await press('Use for Actions', 'tiny-onnx').click();
  await card('tiny-onnx').getByText('of another program').waitFor({ timeout: patienceMs });
  await card('tiny-onnx').getByText('actions', { exact: true }).waitFor();
  expect(await press('Delete…', 'tiny-onnx').count()).toBe(0);
  await press('Use for Actions', 'smollm2-135m-instruct').click();
  await card('smollm2-135m-instruct').getByText('actions', { exact: true }).waitFor({ timeout: patienceMs });
});

test('moved to another folder, it keeps its name; the folder is chosen in the editor', async () => {
  const other = path.join(folder, 'large disk');
  await mkdir(other);
  await press('Move…', 'found-135m').click();
  const dialog = editor.page.locator('.quick-input-widget');
  await dialog.getByText('Where should found-135m lie?').waitFor({ timeout: patienceMs });
  const input = dialog.locator('input').first();
  await expect.poll(() => input.inputValue()).toMatch(/\/writing\/$/); // it begins in the workspace
  await dialog.locator('.monaco-list-row', { hasText: '..' }).first().waitFor();
  await input.fill(`${other}/`);
  await expect.poll(() => input.inputValue()).toBe(`${other}/`);
  await dialog.getByRole('button', { name: 'Move Here' }).click();
  await expect.poll(() => readlink(path.join(folder, 'models/found-135m')).catch(() => '')).toBe(`${other}/found-135m`);
  await press('Check Files', 'found-135m').click();
  await card('found-135m').getByText('checked, intact').waitFor({ timeout: patienceMs });
});

test('what runs where, and why not elsewhere', async () => {
  await page.getByRole('button', { name: 'Check Devices' }).click();
  await page.getByText('The model that types runs on: cpu').waitFor({ timeout: patienceMs });
  expect(await page.getByRole('table', { name: 'Where models run' }).innerText()).toMatch(/cpu/);
});

test('deleted only after a question, the model in use is replaced by the built-in one', async () => {
  await press('Delete…', 'writer-135m').click();
  const question = editor.page.locator('.monaco-dialog-box');
  await question.getByText('Delete the model “writer-135m” from this disk?').waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await readdir(path.join(folder, 'models'))).toContain('writer-135m');
  await press('Delete…', 'writer-135m').click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await card('writer-135m').waitFor({ state: 'detached', timeout: patienceMs });
  expect(await readdir(path.join(folder, 'models'))).not.toContain('writer-135m');
  await card('smollm2-135m-instruct').locator('.badge', { hasText: 'suggestions' }).waitFor({ timeout: patienceMs });
});
