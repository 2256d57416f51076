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

/** A workspace that would like to name the model, silence prose, send text away, and turn suggestions off in one language. */
const ofWorkspace = {
  'inkling.training.minCharacters': 1,
  'inkling.model': 'a-model-of-theirs',
  'inkling.actions.model': 'another-of-theirs',
  'inkling.server.url': 'http://127.0.0.1:9/v1',
  'inkling.server.suggestions': true,
  'inkling.completion.zones': { prose: false },
  'inkling.languages': { plaintext: false },
};
const story = 'The keeper climbed the stairs and lit the lamp. It was getting dark, and the ships were on their way ho';

let session: EditorSession;
let editor: EditorPage;

beforeAll(async () => {
  const files = {
    'notes.md': '# Notes\n',
    'story.md': '',
    'story.txt': '',
    '.vscode/settings.json': JSON.stringify(ofWorkspace),
  };
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

test('what the workspace sets of models, servers and places does not count: the built-in model suggests', async () => {
  await editor.quickOpen('story.md');
  await editor.ready();
  await editor.type(story);
  expect(await editor.waitForGhostText(30_000)).toMatch(/^me\b/u);
});

test('a language that the workspace turns off is off', async () => {
  await editor.quickOpen('story.txt');
  await editor.statusBarItem('inkling.inkling').getByLabel('Turned off in Plain Text files').waitFor();
});

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
