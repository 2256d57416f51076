// A person's way through the actions on selected text: the VSIX in a real VS Code, in a real browser, with the bundled
// model. What is proposed here comes from fixed rules, so that the bytes can be compared.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, largeProse, openEditor } from '../support/editorSession.ts';
import { docsImage, pictureOfFailure } from '../support/pictures.ts';

const mistakes =
  '# The keeper’s log\n\nThe lamp was definately lit before the storm began, and the ships in the bay recieved its light until the morning.\n';
const corrected = mistakes.replace('definately', 'definitely').replace('recieved', 'received');
const list = '# Stores\n\n- Oil: forty litres\n- Rope: two coils\n- Bread: for nine days\n';

const spring = [
  'The lamp was lit early in every night of March, because the fog came up from the bay before the sun had set.',
  'Eleven ships came in late, and none of them was lost.',
  'The oil that the harbour master had sent in February lasted until the last week of April.',
  'Then the keeper rowed across for more of it, and his daughter kept the lamp alone for two nights.',
];

const files = {
  'log.md': mistakes,
  'reject.md': mistakes,
  'partly.md': mistakes,
  'stores.md': list,
  'menu.md': mistakes,
  'keys.md': mistakes,
  'locked.md': mistakes,
  'question.md': mistakes,
  'chapters.md': `# The keeper’s log\n\n## Spring\n\n${spring.join(' ')}\n\n## Autumn\n\nThe storm broke two windows. A boy carried the glass up the stairs.\n`,
};

let session: EditorSession;
let editor: EditorPage;

beforeAll(async () => {
  session = await openEditor(files, largeProse);
  editor = session.editor;
  await editor.statusBarItem('inkling.inkling').first().waitFor();
  await editor.quickOpen('log.md');
  await editor.ready();
});

afterEach(({ task }) => pictureOfFailure(editor, task));

afterAll(() => session?.close());

/** A verb above the passage. */
const lens = (text: string | RegExp) =>
  editor.page.locator('.contentWidgets .codelens-decoration a', { hasText: text });

/** The tab that shows the changes. */
const proposalTab = (title: string) => editor.page.locator('.tab', { hasText: title });

/** Opens a file, puts the caret into its third line and runs an action there. */
async function act(file: string, command: string) {
  await editor.quickOpen(file);
  await editor.press('Control+Home', 'ArrowDown', 'ArrowDown');
  await editor.command(`Inkling: ${command}`);
}

test('what would change is shown between the words, and nothing of it is in the file', async () => {
  await act('log.md', 'Fix Spelling and Grammar');
  await lens('Accept').first().waitFor();
  await editor.page.locator('.view-line', { hasText: 'definitely' }).first().waitFor();
  await editor.screenshot(docsImage('action-preview.png'));
  expect((await editor.savedAsItWas('log.md')).toString()).toBe(mistakes);
});

test('accepted by a click, the file holds the corrected text; undone, every byte is back', async () => {
  await lens('Accept').first().click();
  await lens('Accept').first().waitFor({ state: 'detached' });
  expect((await editor.saved('log.md')).toString()).toBe(corrected);
  await editor.page.locator('.editor-instance .view-lines').first().click();
  await editor.press('Control+z');
  expect((await editor.saved('log.md')).toString()).toBe(mistakes);
});

test('rejected, the file is as it was', async () => {
  await act('reject.md', 'Fix Spelling and Grammar');
  await lens('Reject').click();
  await lens('Reject').waitFor({ state: 'detached' });
  expect((await editor.savedAsItWas('reject.md')).toString()).toBe(mistakes);
});

test('accepted in part, the file holds the chosen change alone', async () => {
  await act('partly.md', 'Fix Spelling and Grammar');
  await lens('Choose…').click();
  const choices = editor.page.locator('.quick-input-list .monaco-list-row');
  await choices.first().waitFor();
  expect(await choices.count()).toBe(2);
  await choices.last().locator('input[type=checkbox], .monaco-checkbox').first().click();
  await editor.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
  await lens('Choose…').waitFor({ state: 'detached' });
  expect((await editor.saved('partly.md')).toString()).toBe(mistakes.replace('definately', 'definitely'));
});

test('what needs more room is shown before and after at full width, with labelled buttons', async () => {
  await act('stores.md', 'Turn List into Table');
  const tab = proposalTab('Turn into a table: stores.md');
  await tab.waitFor();
  await editor.page.locator('.view-line', { hasText: 'forty litres |' }).waitFor();
  await lens('Accept').first().waitFor();
  await editor.press('Control+b'); // the files are not what this is about
  await editor.page.waitForTimeout(300);
  await editor.screenshot(docsImage('action-comparison.png'));
  await editor.press('Control+b');
  await lens('Accept').first().click();
  await tab.waitFor({ state: 'detached' });
  const saved = (await editor.saved('stores.md')).toString();
  expect(saved).toMatch(/\| Rope +\| two coils +\|\n\| Bread \| for nine days \|\n/);
  expect(saved.startsWith('# Stores\n\n|')).toBe(true);
});

test('keys accept and reject what is proposed', async () => {
  await act('keys.md', 'Fix Spelling and Grammar');
  await lens('Accept').first().waitFor();
  await editor.press('Control+k', 'Control+Backspace');
  await lens('Accept').first().waitFor({ state: 'detached' });
  expect((await editor.savedAsItWas('keys.md')).toString()).toBe(mistakes);
  await act('keys.md', 'Fix Spelling and Grammar');
  await lens('Accept').first().waitFor();
  await editor.press('Control+k', 'Control+y');
  await lens('Accept').first().waitFor({ state: 'detached' });
  expect((await editor.saved('keys.md')).toString()).toBe(corrected);
});

test('a chord opens the list of actions, and a section can be summarised from there', async () => {
  await editor.quickOpen('chapters.md');
  await editor.press('Control+Home', 'ArrowDown', 'ArrowDown', 'Control+k', 'Control+g');
  const list = editor.page.locator('.quick-input-widget');
  await list.getByText('What should be done with the text?').waitFor();
  await editor.page.waitForTimeout(300); // the list fades in
  await editor.screenshot(docsImage('action-list.png'));
  await editor.type('Summarize');
  await editor.press('Enter');
  await list.getByText('What should be summarized?').waitFor();
  await list.locator('.monaco-list-row', { hasText: 'This section' }).getByText('Spring').waitFor();
  await editor.press('Enter');
  await list.locator('.monaco-list-row', { hasText: 'One sentence' }).click();
  await proposalTab('Summarize: chapters.md').waitFor();
  await editor
    .statusBarItem('inkling.inkling')
    .getByText(/all \d\d words read/)
    .waitFor();
  await lens('Accept').first().waitFor();
  await editor.press('Control+b'); // the files are not what this is about
  await editor.page.waitForTimeout(300);
  await editor.screenshot(docsImage('action-summary.png'));
  await editor.press('Control+b');
  await lens('Accept').first().click();
  await proposalTab('Summarize: chapters.md').waitFor({ state: 'detached' });
  const saved = (await editor.saved('chapters.md')).toString();
  const [, summary] = saved.split(`${spring.join(' ')}\n\n`);
  expect(summary).toMatch(/\n\n## Autumn\n\nThe storm/);
  expect(spring).toContain(summary!.split('\n\n', 1)[0]);
});

test('a question is answered beside the text, which stays as it is', async () => {
  await editor.quickOpen('question.md');
  await editor.press('Control+Home', 'ArrowDown', 'ArrowDown', 'Control+k', 'Control+g');
  const box = editor.page.locator('.quick-input-widget');
  await box.getByText('What should be done with the text?').waitFor();
  await editor.type('Ask about');
  await editor.press('Enter');
  await box.getByPlaceholder('What do you want to know?').waitFor();
  await editor.type('When was the lamp lit?');
  await editor.press('Enter');
  const answer = editor.page.locator('.view-line', { hasText: 'Quoted from your text' });
  await answer.first().waitFor();
  await editor.press('Control+b'); // the files are not what this is about
  await lens('Insert Below').first().waitFor();
  await editor.page.waitForTimeout(500); // the verbs above the answer come last
  await editor.screenshot(docsImage('action-answer.png'));
  await editor.press('Control+b');
  expect((await editor.savedAsItWas('question.md')).toString()).toBe(mistakes);
  await editor.command('Inkling: Reject Proposal');
  await answer.first().waitFor({ state: 'detached' });
});

test('the actions that the model is up to are in the context menu, and a list of all', async () => {
  await editor.quickOpen('menu.md');
  await editor.press('Control+Home', 'ArrowDown', 'ArrowDown', 'Shift+End');
  await editor.page
    .locator('.view-line', { hasText: 'The lamp was' })
    .first()
    .click({ button: 'right', position: { x: 60, y: 12 } });
  const menu = editor.page.locator('.context-view .monaco-menu');
  await menu.getByText('Inkling', { exact: true }).hover();
  await menu.getByText('Shorten', { exact: true }).waitFor();
  await menu.getByText('Edit Text with Inkling…', { exact: true }).waitFor();
  expect(await menu.getByText('Rewrite', { exact: true }).count()).toBe(0); // the bundled model is not up to it
  await editor.screenshot(docsImage('action-menu.png'));
  await editor.press('Escape', 'Escape');
});

test('a message for what is staged goes into the commit box by the button above it, and nothing is committed', async () => {
  const git = (...parameters: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Keeper', '-c', 'user.email=keeper@example.org', ...parameters], {
      cwd: editor.workspace,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  git('add', 'stores.md');
  git('commit', '--quiet', '--message', 'Say what there is in store');
  const grown = '# Stores\n\n- Oil: forty litres\n- Rope: two coils\n- Bread: for nine days\n- Wicks: a box\n';
  await writeFile(
    path.join(editor.workspace, 'stores.md'),
    `${grown}\n## Who brings it\n\nThe boat comes on Mondays.\n`,
  );
  git('add', 'stores.md');
  await editor.quickOpen('stores.md');
  await editor.press('Control+Shift+G');
  await editor.page.locator('.scm-view .monaco-list-row', { hasText: 'Staged Changes' }).waitFor();
  await editor.page.locator('.pane-header', { hasText: 'Changes' }).first().hover(); // its buttons are shown then
  await editor.page.locator('.pane-header .action-label[aria-label="Write Commit Message for Staged Changes"]').click();
  const box = editor.page.locator('.scm-view .scm-editor .view-lines');
  await box.getByText('Add “Who brings it”').first().waitFor();
  await editor.page.mouse.move(640, 700);
  await editor.notification('Commit message').waitFor({ state: 'detached' });
  await editor.page.waitForTimeout(300); // the button's name fades out
  await editor.screenshot(docsImage('action-commit.png'));
  expect(git('rev-list', '--count', 'HEAD').trim()).toBe('1');
});

// The last one: its note stays on screen, and would be in the pictures of the others.
test('a document that was locked in the editor stays as it is, and says so', async () => {
  await act('locked.md', 'Fix Spelling and Grammar');
  await lens('Accept').first().waitFor();
  await editor.command('File: Set Active Editor Read-only in Session');
  await lens('Accept').first().click();
  await editor.notification('This document is locked').waitFor();
  await editor.onDisk('locked.md', mistakes);
  expect(await editor.visibleText()).toContain('definately');
  await lens('Reject').first().click();
});
