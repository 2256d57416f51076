// Actions by other models than the decoder of this machine: one made for a single task, and one on a server. The VSIX in a
// real VS Code, in a real browser.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EditorPage } from '../support/editorPage.ts';
import { type EditorSession, largeProse, openEditor } from '../support/editorSession.ts';
import { event, events } from '../support/fakeServer.ts';
import { docsImage, pictureOfFailure } from '../support/pictures.ts';
import { writePipelineModel } from '../support/pipelineModel.ts';

/** Another program, or another test, may have the processor. */
const patienceMs = 120_000;

const sentence = 'The lamp was lit before the storm began.';
const rewritten = 'Before the storm began, the lamp was lit.';
const mood = '# Weather\n\nThe cat sat on the mat. Rain fell on the hill all night.\n';
const cat = '# The mat\n\nThe cat sat on the mat.\n';

let folder: string;
let server: Server;
/** what the server was asked, in order: method, path, and whether the sentence stood in it */
const asked: string[] = [];
let host: string;
let session: EditorSession;
let editor: EditorPage;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkling-elsewhere-'));
  await writePipelineModel('bert-mask', path.join(folder, 'models/tiny-bert'));
  await writePipelineModel('bert-sentiment', path.join(folder, 'models/tiny-mood'));
  server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    asked.push(`${request.method} ${request.url} ${body.includes(sentence) ? 'with' : 'without'} the sentence`);
    if (request.url !== '/v1/chat/completions') return response.writeHead(404).end();
    const choice = { index: 0, delta: { content: rewritten }, finish_reason: 'stop' };
    events(response, event({ model: 'large', choices: [choice] }), 'data: [DONE]\n\n');
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  host = `0.0.0.0:${(server.address() as AddressInfo).port}`; // this machine, by an address that is not a loopback one
  session = await openEditor(
    { 'mat.md': cat, 'mood.md': mood, 'lamp.md': `# The lamp\n\n${sentence}\n` },
    {
      ...largeProse,
      'inkling.server.url': `http://${host}/v1`,
      'inkling.server.model': 'large',
      'inkling.server.allowedHosts': [host],
    },
    { INKLING_MODELS: path.join(folder, 'models') },
  );
  editor = session.editor;
  await editor.ready(patienceMs);
}, 300_000);

afterEach(({ task }) => pictureOfFailure(editor, task));

afterAll(async () => {
  await session?.close();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

test('the tone of a selection is told by a model that classifies texts, sentence by sentence; no text changes', async () => {
  await editor.quickOpen('mood.md');
  await editor.press('Control+Home', 'ArrowDown', 'ArrowDown', 'Shift+End');
  await editor.command('Inkling: Show Tone of Selection');
  const list = editor.page.locator('.quick-input-widget');
  await list.getByText('Tone, as tiny-mood sees it').waitFor({ timeout: patienceMs });
  await list
    .locator('.monaco-list-row', { hasText: 'The cat sat on the mat.' })
    .getByText(/neutral 60%/)
    .waitFor();
  await list
    .locator('.monaco-list-row', { hasText: 'Rain fell on the hill all night.' })
    .getByText(/negative/)
    .waitFor();
  await editor.screenshot(docsImage('tone.png'));
  await editor.press('ArrowDown', 'Enter');
  await list.waitFor({ state: 'hidden' });
  await editor.page.locator('.part.statusbar').getByText('(32 selected)').waitFor();
  expect((await editor.savedAsItWas('mood.md')).toString()).toBe(mood);
});

const mark = () => editor.statusBarItem('inkling.inkling.inklingServer');

test('an installed model made for gaps finds words for the selected one, from the palette; the chosen one is put in', async () => {
  await editor.quickOpen('mat.md');
  await editor.press('Control+Home', 'ArrowDown', 'ArrowDown', 'Control+ArrowRight', 'Control+Shift+ArrowRight');
  await editor.command('Inkling: Find a Better Word');
  const list = editor.page.locator('.quick-input-widget');
  await list
    .getByText('Choose one to put it in')
    .or(list.getByPlaceholder('Choose one to put it in'))
    .waitFor({ timeout: patienceMs });
  const rows = list.locator('.monaco-list-row');
  await rows.first().waitFor();
  const first = (await rows.first().innerText()).trim();
  await editor.page.waitForTimeout(300); // the list fades in
  await editor.screenshot(docsImage('pipeline-words.png'));
  await editor.press('Enter');
  await list.waitFor({ state: 'hidden' });
  expect((await editor.saved('mat.md')).toString()).toBe(cat.replace('cat', first));
  expect(asked.filter((line) => line.endsWith('with the sentence'))).toEqual([]);
});

test('where a server is named, a mark says where the text goes, before anything is sent and after', async () => {
  await mark().getByText(host).waitFor({ timeout: patienceMs });
  expect(await mark().getByRole('button').getAttribute('aria-label')).toContain(
    `Your text leaves this machine: actions send it to ${host}.`,
  );
  expect(asked.filter((line) => line.endsWith('with the sentence'))).toEqual([]);
});

test('an action is done by the model of the server, and accepted; the mark stays', async () => {
  await editor.quickOpen('lamp.md');
  await editor.press('Control+Home', 'ArrowDown', 'ArrowDown');
  await editor.command('Inkling: Rewrite');
  const lens = editor.page.locator('.contentWidgets .codelens-decoration a', { hasText: 'Accept' });
  await lens.first().waitFor({ timeout: patienceMs });
  await mark().getByText(host).waitFor();
  await editor.screenshot(docsImage('server-action.png'));
  expect(asked).toContain('POST /v1/chat/completions with the sentence');
  await lens.first().click();
  await lens.first().waitFor({ state: 'detached' });
  expect((await editor.saved('lamp.md')).toString()).toContain(rewritten);
  await mark().getByText(host).waitFor();
});
