// A workspace that is not trusted, in the editor's restricted mode: nothing is learnt from it, and the writer is told why.
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findVsix } from '../../scripts/findVsix.mjs';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, openEditor } from '../support/editorSession.ts';

const settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'inkling.learnFromUse': true,
};

let session: EditorSession;
let editor: EditorPage;
let adapters: string;

beforeAll(async () => {
  adapters = await mkdtemp(path.join(tmpdir(), 'inkling-adapters-'));
  process.env['INKLING_ADAPTERS'] = adapters; // the editor's processes inherit it
  const files = { 'notes.md': '# Notes\n', '.vscode/settings.json': '{ "inkling.training.minCharacters": 1 }' };
  session = await openEditor(process.env['INKLING_VSIX'] ?? findVsix(), files, settings);
  editor = session.editor;
  await editor.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
  await editor.statusBarItem('inkling.inkling').waitFor({ timeout: 60_000 });
}, 180_000);

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await editor.screenshot(`out/ui/${task.name.replaceAll(/\W+/g, '-')}.png`);
  await editor.command('Notifications: Clear All Notifications');
});

afterAll(async () => {
  delete process.env['INKLING_ADAPTERS'];
  await session?.close();
  await rm(adapters, { recursive: true, force: true });
});

test('fine-tuning is refused, with the reason and the way to trust it', async () => {
  await editor.command('Inkling: Fine-Tune on This Workspace');
  const refusal = editor.notification('Inkling learns only from workspaces that you trust');
  await refusal.waitFor();
  await refusal.getByRole('button', { name: 'Manage trust' }).waitFor();
  expect(await editor.page.locator('iframe.webview').count()).toBe(0);
  expect(readdirSync(adapters)).toEqual([]);
});

test('nothing is kept for learning, although it is switched on', async () => {
  await editor.command('Inkling: Show What Was Kept for Learning');
  await editor.notification('only in folders that you have opened and trust').waitFor();
});

test('the page of adapters says so, and its switches rest', async () => {
  await editor.command('Inkling: Show the Adapters');
  const page = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  await page.getByText('This workspace is not trusted').waitFor();
  for (const name of ['Fine-tune on this workspace', 'Add one from a folder']) {
    expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
  }
});
