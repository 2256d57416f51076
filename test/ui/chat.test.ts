// The editor's chat with its AI features on and nobody signed in: the participant answers, and the model is listed.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, openEditor } from '../support/editorSession.ts';
import { docsImage, pictureOfFailure } from '../support/pictures.ts';

const sentences = [
  'The lighthouse stood on the last rock before the open sea, and the keeper had lived in it for thirty-one years.',
  'He knew every step of the stairs and every stone of the wall.',
  'He knew the gulls by their voices, and the ships by the sound of their engines in the fog.',
  'Every evening, an hour before sunset, he climbed to the top with a can of oil and a clean cloth.',
  'He polished the glass, trimmed the wick, and lit the lamp.',
];

let session: EditorSession;
let editor: EditorPage;

beforeAll(async () => {
  const files = { 'keeper.md': `# The lighthouse keeper\n\n${sentences.join(' ')}\n` };
  session = await openEditor(files, {
    'chat.disableAIFeatures': false,
    'editor.wordWrap': 'on',
    'editor.minimap.enabled': false,
  });
  editor = session.editor;
  await editor.statusBarItem('inkling.inkling').first().waitFor();
  await editor.quickOpen('keeper.md');
  await editor.ready();
});

afterEach(({ task }) => pictureOfFailure(editor, task));

afterAll(() => session?.close());

const toolbar = () => editor.page.locator('.chat-input-toolbars').first();

test('the model is in the editor’s own list', async () => {
  await editor.press('Control+Alt+i');
  await toolbar().waitFor();
  await toolbar().getByText('smollm2').first().waitFor();
});

test('@inkling summarises the document in front with its own sentences, and says so', async () => {
  await editor.type('@inkling /summarize ');
  await toolbar().getByRole('button', { name: /^Send/ }).click(); // Enter may go to the list of commands, if that comes late
  const answer = editor.page.locator('.interactive-response').last();
  await answer.getByText('Quoted from your text').waitFor();
  const text = (await answer.innerText()).replaceAll(/\s+/g, ' ');
  expect(sentences.filter((sentence) => text.includes(sentence)).length).toBeGreaterThan(0);
  await toolbar().getByText('smollm2').first().click();
  await editor.page.getByText('Manage Models').waitFor();
  await editor.page.waitForTimeout(500); // the list fades in
  await editor.screenshot(docsImage('chat.png'));
});
