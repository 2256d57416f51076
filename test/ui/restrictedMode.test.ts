// A workspace that is not trusted, in the editor's restricted mode: nothing is learnt from it, and the writer is told why.
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, openEditor } from '../support/editorSession.ts';
import { pictureOfFailure } from '../support/pictures.ts';

const settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'inkling.learnFromUse': true,
};

let session: EditorSession;
let editor: EditorPage;

beforeAll(async () => {
  const files = { 'notes.md': '# Notes\n', '.vscode/settings.json': '{ "inkling.training.minCharacters": 1 }' };
  session = await openEditor(files, settings);
  editor = session.editor;
  await editor.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await editor.statusBarItem('inkling.inkling').waitFor();
});

afterEach(async ({ task }) => {
  await pictureOfFailure(editor, task);
  await editor.command('Notifications: Clear All Notifications');
});

afterAll(() => session?.close());

test('fine-tuning is refused, with the reason and the way to trust it', async () => {
  await editor.command('Inkling: Fine-Tune on This Workspace…');
  const refusal = editor.notification('Inkling learns only from workspaces that you trust');
  await refusal.waitFor();
  await refusal.getByRole('button', { name: 'Manage Trust' }).waitFor();
  expect(await editor.page.locator('iframe.webview').count()).toBe(0);
  expect(readdirSync(session.adapters)).toEqual([]);
});

test('no text is typed again to see what would be saved', async () => {
  await editor.command('Inkling: What Would It Save Me?');
  await editor.notification('reads the files of a workspace only where you trust it').waitFor();
  expect(await editor.page.locator('iframe.webview').count()).toBe(0);
});

test('nothing is kept for learning, although it is switched on', async () => {
  await editor.command('Inkling: Show Examples Kept for Learning');
  await editor.notification('only in folders that you have opened and trust').waitFor();
});

test('the page of adapters says so, and its switches rest', async () => {
  await editor.command('Inkling: Show Adapters');
  const page = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  await page.getByText('This workspace is not trusted').waitFor();
  for (const name of ['Fine-Tune on This Workspace…', 'Add One from a Folder…']) {
    expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
  }
});
