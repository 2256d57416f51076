// A person's way through the product: the VSIX installed in a real VS Code, in a real browser, with the bundled model.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, largeProse, openEditor } from '../support/editorSession.ts';
import { docsImage, pictureOfFailure } from '../support/pictures.ts';

/** So plain that the model is sure of what follows, and of more than one word. */
const opening = 'Once upon a ';
const title = '# The lighthouse keeper\n\n';
/** Long enough to be sure that nothing comes, on a busy machine too. */
const silenceMs = 2500;

const files = {
  'accept.md': title,
  'blank.md': title,
  'two-words.md': title,
  'type-through.md': title,
  'front-matter.md': '',
  'fence.md': `${title}\`\`\`\n`,
  'off.md': title,
  'undone.md': title,
};

let session: EditorSession;
let editor: EditorPage;

beforeAll(async () => {
  session = await openEditor(files, largeProse);
  editor = session.editor;
  await editor.statusBarItem('inkling.inkling').waitFor();
  await editor.quickOpen('accept.md');
  await editor.ready();
  await typeUntilAwake(opening);
});

afterEach(({ task }) => pictureOfFailure(editor, task));

afterAll(() => session?.close());

/** The first editor of a window is still starting its contributions: the last character is typed again until one helps. */
async function typeUntilAwake(text: string) {
  await editor.press('Control+End');
  await editor.type(text);
  for (let attempts = 0; attempts < 5 && !(await editor.waitForGhostText(3000)); attempts++) {
    await editor.press('Backspace');
    await editor.type(text.at(-1)!);
  }
}

test('a suggestion is accepted word by word, then whole, and the file holds exactly what was seen', async () => {
  await editor.saved('accept.md');
  const shown = await seenGhostText();
  await editor.press('Control+ArrowRight');
  const word = (await editor.saved('accept.md')).toString().slice((files['accept.md'] + opening).length);
  expect(word).toMatch(/^\s*\S+ ?$/u);
  expect(shown.startsWith(word)).toBe(true);
  const rest = await seenGhostText();
  expect(rest.startsWith(shown.slice(word.length))).toBe(true);
  await editor.press('Tab');
  const text = (await editor.saved('accept.md')).toString();
  expect(text.trimEnd()).toBe((files['accept.md'] + opening + word + rest).trimEnd());
});

test('what is taken ends with a blank, which a mark, a blank or Enter takes back at a typing hand’s pace', async () => {
  await typeIn('blank.md', '');
  for (const next of ['. ', ' and ', ', and\n\n']) {
    await editor.type(opening);
    await seenGhostText();
    await editor.press('Tab');
    await editor.type(next);
  }
  await editor.type(opening);
  await seenGhostText();
  await editor.press('Tab', 'Enter', 'Enter');
  const text = (await editor.saved('blank.md')).toString();
  expect(text).toMatch(/\p{L}\. Once .*\p{L} and Once .*\p{L}, and\n\nOnce .*\p{L}\n\n$/su);
  expect(text).not.toMatch(/ {2}| \n| \./u);
});

test('two words accepted by key and typing on leave one blank', async () => {
  await typeIn('two-words.md', opening);
  await seenGhostText();
  await editor.press('Control+ArrowRight');
  await seenGhostText();
  await editor.press('Control+ArrowRight');
  await editor.type(' and');
  const text = (await editor.saved('two-words.md')).toString();
  expect(text).toMatch(/\S and$/u);
  expect(text.slice(title.length)).not.toMatch(/ {2}/u);
});

test('a suggestion stays on screen while it is typed', async () => {
  await typeIn('type-through.md', opening);
  const shown = await seenGhostText();
  const typed = shown.slice(0, 6);
  const frames = await editor.ghostTextsWhileTyping(typed);
  expect(frames).toEqual([shown, ...[...typed].map((_, index) => shown.slice(index + 1))]);
});

test('front matter gets no suggestion', async () => {
  await typeIn('front-matter.md', `---\ntitle: ${opening}`);
  expect(await editor.waitForGhostText(silenceMs)).toBeUndefined();
  await retype(title + opening);
  await seenGhostText();
});

test('a code fence gets no suggestion', async () => {
  await typeIn('fence.md', opening);
  expect(await editor.waitForGhostText(silenceMs)).toBeUndefined();
  await retype(title + opening);
  await seenGhostText();
});

test('paused or switched off, the suggestion on screen goes; no other comes, and the file holds only what was typed', async () => {
  await typeIn('off.md', opening);
  for (const off of ['Pause/Resume', 'Toggle']) {
    await seenGhostText();
    await editor.command(`Inkling: ${off} Suggestions`);
    await expect.poll(() => editor.ghostText(), { message: off }).toBe('');
    if (off === 'Toggle') break;
    await editor.command(`Inkling: ${off} Suggestions`);
    await retype(title + opening);
  }
  await retype(title + opening);
  expect(await editor.waitForGhostText(silenceMs)).toBeUndefined();
  expect((await editor.saved('off.md')).toString()).toBe(files['off.md'] + opening);
  await editor.command('Inkling: Toggle Suggestions');
  await editor.ready();
  await retype(title + opening);
  await seenGhostText();
});

test('the sample opens with a suggestion, says what takes it, and Tab does', async () => {
  await editor.command('File: Save All Files');
  await editor.page.locator('.tab.dirty').first().waitFor({ state: 'detached' }); // the editor would ask about the others
  await editor.command('View: Close All Editors');
  await editor.press('Control+b'); // the files are not what this is about
  await editor.command('Inkling: Try It on a Sample Text');
  const shown = await seenGhostText();
  await expect
    .poll(() => editor.hints(), { message: 'the hint below the text' })
    .toContainEqual(expect.stringContaining('press Tab to take it'));
  await editor.screenshot(docsImage('first-minute.png'));
  await editor.press('Control+b');
  await editor.press('Tab');
  await expect
    .poll(() => editor.visibleText(), { message: 'the text that was taken' })
    .toContain(`took a deep ${shown}`);
  await expect.poll(() => editor.hints(), { message: 'the hint goes when the text changes' }).toEqual([]);
  await editor.command('View: Revert and Close Editor');
});

test('the statistics tell what became of all that, and forget it when asked to', async () => {
  await typeIn('undone.md', opening);
  await seenGhostText();
  await editor.press('Tab');
  await editor.press('Control+z');
  await editor.command('Inkling: Suggestion Statistics');
  const page = editor.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  const rows = page.getByRole('table', { name: 'What became of suggestions' }).getByRole('row');
  const countOf = (outcome: string) => rows.filter({ hasText: outcome }).getByRole('cell').nth(1).innerText();
  expect(await countOf('Accepted as a whole')).toMatch(/^[1-9]/u);
  expect(await countOf('Accepted in part')).toMatch(/^[1-9]/u);
  expect(await countOf('Accepted and undone')).toMatch(/^[1-9]/u);
  const question = editor.page.locator('.monaco-dialog-box');
  for (const answer of ['Cancel', 'Delete']) {
    expect(await countOf('Shown')).toMatch(/^[1-9]/u);
    await page.getByRole('button', { name: 'Forget Everything…' }).click();
    await question.getByRole('button', { name: answer }).click();
    await question.waitFor({ state: 'detached' });
  }
  await page.getByText('Nothing has been counted yet.').waitFor();
  await editor.command('View: Close Editor');
});

/** Goes to the end of a file of the workspace and types there. */
async function typeIn(file: string, text: string) {
  await editor.quickOpen(file);
  await editor.press('Control+End');
  await editor.type(text);
}

/** Replaces all of the file at hand: the same words in another place, to show that the place made the difference. */
async function retype(text: string) {
  await editor.press('Control+a', 'Delete');
  await editor.type(text);
}

/** The suggestion on screen. @throws when there is none within a minute */
async function seenGhostText(): Promise<string> {
  const text = await editor.waitForGhostText(60_000);
  expect(text, 'no ghost text within 60 s').toBeDefined();
  return text!;
}
