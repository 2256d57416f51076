// A fine-tuning whose window is closed: the process ends with it, and the next window offers to go on from the last
// checkpoint. With a tiny model, so that checkpoints come within seconds.
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, openEditor } from '../support/editorSession.ts';
import { pictureOfFailure } from '../support/pictures.ts';
import { sampleWorkspace } from '../support/sampleWorkspace.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

const patienceMs = 180_000;

let session: EditorSession;
let editor: EditorPage;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'inkling-interrupted-'));
  const model = await writeTinyModel(path.join(folder, 'tiny'));
  const settings = {
    'inkling.training.epochs': 1000,
    'inkling.training.maxMinutes': 0,
    'inkling.training.sequenceLength': 64,
    'inkling.training.evaluationSteps': 1_000_000,
  };
  const files = { ...sampleWorkspace(), '.vscode/settings.json': JSON.stringify({ 'inkling.model': model }) };
  session = await openEditor(files, settings);
  editor = session.editor;
  await editor.statusBarItem('inkling.inkling').waitFor();
}, patienceMs);

afterEach(({ task }) => pictureOfFailure(editor, task));

afterAll(async () => {
  await session?.close();
  await rm(folder, { recursive: true, force: true });
});

const page = () => editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');

/** The number of the last step that the page shows. */
async function stepShown(): Promise<number> {
  const shown = await page()
    .locator('dt', { hasText: /^Step$/ })
    .locator('xpath=../dd')
    .innerText();
  return Number(shown.split('/')[0]!.replaceAll(/\D/g, ''));
}

async function firstStepShown(): Promise<number> {
  await expect.poll(stepShown, { timeout: patienceMs }).toBeGreaterThan(0);
  return stepShown();
}

test('closing the window ends it, and the next one goes on from the checkpoint', { timeout: patienceMs }, async () => {
  await editor.command('Inkling: Fine-Tune on This Workspace…');
  await page().getByRole('button', { name: 'Start', exact: true }).click({ timeout: patienceMs });
  await expect.poll(stepShown, { timeout: patienceMs }).toBeGreaterThan(400); // a checkpoint comes every 50 steps

  await editor.page.reload();
  const offer = editor.notification('The fine-tuning “writing” was interrupted');
  await offer.waitFor({ timeout: patienceMs });
  expect(existsSync(path.join(session.adapters, 'writing.run', 'checkpoint.safetensors'))).toBe(true);
  await offer.getByRole('button', { name: 'Go On' }).click();
  await page().getByText('Learning. You can go on writing').waitFor({ timeout: patienceMs });
  expect(await firstStepShown()).toBeGreaterThanOrEqual(400);
});

test('stop and discard leaves nothing of it', { timeout: patienceMs }, async () => {
  await page().getByRole('button', { name: 'Stop and Discard' }).click();
  await page().getByText('Discarded. Nothing was kept.').waitFor({ timeout: patienceMs });
  expect(readdirSync(session.adapters)).toEqual([]);
});
