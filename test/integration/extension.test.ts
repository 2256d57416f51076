import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { engineProcesses } from './engineProcesses.ts';
import { eventually } from './eventually.ts';

/** So plain that the model is sure of what follows, and of more than one word. */
const opening = '# The lighthouse keeper\n\nOnce upon a ';

describe('the extension', () => {
  let extension: vscode.Extension<unknown>;

  before(async () => {
    const found = vscode.extensions.getExtension('inkling.inkling');
    assert(found, 'the extension is not there');
    extension = found;
    await extension.activate();
  });

  it('is active', () => assert(extension.isActive));

  it('registers every command of its package.json', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const declared: { command: string }[] = extension.packageJSON.contributes.commands;
    assert(declared.length > 0);
    assert.deepEqual(
      declared.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('completes an untitled Markdown document', async () => {
    const document = await typed(opening);
    const text = await accepted(document, 'editor.action.inlineSuggest.commit', 20_000);
    assert.match(text.slice(opening.length), /^\S+ \S/, 'no suggestion of at least two words');
  });

  it('accepts one word of a suggestion', async () => {
    const document = await typed(opening);
    const text = await accepted(document, 'inkling.acceptWord', 20_000);
    assert.match(text.slice(opening.length), /^\S+ ?$/, 'not one word');
  });

  it('holds to the last of ten changes of settings that come while it suggests', async function () {
    if (process.platform !== 'linux') return this.skip(); // reads /proc
    const document = await typed(opening);
    const threads = (count: number | undefined) =>
      vscode.workspace.getConfiguration('inkling').update('threads', count, vscode.ConfigurationTarget.Global);
    try {
      const asked = vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      for (let change = 0; change < 10; change++) await threads(1 + (change % 2));
      await asked;
      const text = await accepted(document, 'editor.action.inlineSuggest.commit', 30_000);
      assert.match(text.slice(opening.length), /^\S+/, 'no suggestion');
      await eventually(() => assert.equal(engineProcesses(process.pid).length, 1));
    } finally {
      await threads(undefined);
    }
  });

  describe('switched off', () => {
    const switchTo = (on: boolean | undefined) =>
      vscode.workspace.getConfiguration('inkling').update('enabled', on, vscode.ConfigurationTarget.Global);

    before(() => switchTo(false));
    after(() => switchTo(undefined));

    it('leaves the document alone', async () => {
      const document = await typed(opening);
      assert.equal(await accepted(document, 'editor.action.inlineSuggest.commit', 2000), opening);
    });

    it('leaves no process behind', async function () {
      if (process.platform !== 'linux') return this.skip(); // reads /proc
      await eventually(() => assert.deepEqual(engineProcesses(process.pid), []));
    });

    it('starts the engine again when it is switched on', async function () {
      if (process.platform !== 'linux') return this.skip();
      await switchTo(true);
      await eventually(() => assert.equal(engineProcesses(process.pid).length, 1));
    });
  });
});

/** An untitled Markdown document in the active editor, the caret at its end. */
async function typed(text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.positionAt(text.length);
  editor.selection = new vscode.Selection(end, end);
  return document;
}

/**
 * Asks for a suggestion and runs `command` until it has changed the document.
 * @returns the document's text, changed or not
 */
async function accepted(document: vscode.TextDocument, command: string, timeoutMs: number): Promise<string> {
  const before = document.getText();
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline && document.getText() === before; ) {
    await sleep(100);
    await vscode.commands.executeCommand(command);
  }
  return document.getText();
}
