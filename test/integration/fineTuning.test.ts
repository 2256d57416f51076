import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, DocumentInFront, run } from './documentInFront.ts';
import { eventually } from './eventually.ts';
import { PersonAtScreen } from './personAtScreen.ts';

/** So plain that the model is sure of what follows. */
const opening = '# The lighthouse keeper\n\nOnce upon a ';

const setting = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('inkling').update(name, value, vscode.ConfigurationTarget.Global);
const webviews = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputWebview ? [input.viewType] : []));

describe('fine-tuning', () => {
  let adapters: string;
  let person: PersonAtScreen;

  before(async () => {
    await vscode.extensions.getExtension('inkling.inkling')!.activate();
    adapters = path.join(mkdtempSync(path.join(tmpdir(), 'inkling-adapters-')), 'adapters');
    process.env['INKLING_ADAPTERS'] = adapters;
    person = new PersonAtScreen();
    person.arrive();
  });
  afterEach(async () => {
    person.forget();
    await closeAll();
  });
  after(() => {
    person.leave();
    delete process.env['INKLING_ADAPTERS'];
    rmSync(path.dirname(adapters), { recursive: true, force: true });
  });

  it('with too little text opens a page that says so, without another message, and leaves nothing', async () => {
    await DocumentInFront.open(opening);
    await setting('training.minCharacters', 123_456_789);
    try {
      await run('fineTune');
      await eventually(() => assert.match(webviews().join(), /inkling\.fineTuning/));
    } finally {
      await setting('training.minCharacters', undefined);
    }
    assert.deepEqual(person.messages, []);
    assert.equal(existsSync(adapters), false);
  });

  it('has a page of the adapters, which is there once', async () => {
    await run('adapters');
    await run('adapters');
    await eventually(() => assert.deepEqual(webviews(), ['mainThreadWebview-inkling.adapters']));
  });
});

describe('what becomes of suggestions', () => {
  let person: PersonAtScreen;

  before(async () => {
    await vscode.extensions.getExtension('inkling.inkling')!.activate();
    person = new PersonAtScreen();
    person.arrive();
  });
  afterEach(closeAll);
  after(async () => {
    person.leave();
    await setting('learnFromUse', undefined);
  });

  it('is shown on a page, which is there once', async () => {
    await acceptOne();
    await run('usage');
    await run('usage');
    await eventually(() => assert.deepEqual(webviews(), ['mainThreadWebview-inkling.usage']));
  });

  it('is not kept as an example unless learning from use is switched on', async () => {
    await acceptOne();
    assert.equal(await listOfExamples(), undefined);
  });

  it('is kept as an example when it is, and opens as a text that can be edited', async () => {
    await setting('learnFromUse', true);
    const accepted = await acceptOne();
    const list = await listOfExamples();
    assert(list, `no list; ${person.messages.join()}`);
    const example = JSON.parse(list);
    assert.equal(example.kind, 'accepted');
    assert.equal(example.before + example.written, opening + accepted);
  });

  it('is forgotten when a person says so, and not before', async () => {
    await run('forgetLearnt'); // dismissed
    assert.notEqual(await listOfExamples(), undefined);
    Object.assign(vscode.window, { showWarningMessage: async () => 'Delete' });
    await run('forgetLearnt');
    await closeAll();
    assert.equal(await listOfExamples(), undefined);
  });
});

/** Takes one suggestion in a file of the workspace. @returns its text */
async function acceptOne(): Promise<string> {
  const front = await DocumentInFront.open(opening);
  const end = front.document.positionAt(opening.length);
  front.editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  for (const deadline = Date.now() + 30_000; front.text === opening; await sleep(100)) {
    assert(Date.now() < deadline, 'no suggestion');
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
  }
  await front.document.save(); // closing it unsaved would take the suggestion back
  return front.text.slice(opening.length);
}

/** What is kept, as it opens for editing: the first entry of the list is chosen. undefined: there is no entry. */
async function listOfExamples(): Promise<string | undefined> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await run('learnt');
  for (const deadline = Date.now() + 5000; Date.now() < deadline; await sleep(200)) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    const list = vscode.window.activeTextEditor?.document;
    if (list?.fileName.endsWith('.jsonl')) return list.getText().trimEnd();
  }
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  return undefined;
}
