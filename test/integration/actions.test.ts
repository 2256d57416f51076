import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';

/** Has what fixed rules find, so that it does not depend on the model what is proposed. */
const wordy =
  '# Notes\r\n\r\nWe definately recieved your letter.\r\n\r\nIn order to answer it, we need time, see [the map](map.png).\r\n';
const typos = 'We definately recieved your letter.';
const fixedTypos = 'We definitely received your letter.';
const wordyLine = 'In order to answer it, we need time, see [the map](map.png).';

describe('actions on selected text', () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;

  before(() => vscode.extensions.getExtension('inkling.inkling')!.activate());

  afterEach(async () => {
    await vscode.commands.executeCommand('inkling.rejectProposal');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** A draft with the caret in, or the selection on, the one place where `text` stands. */
  async function open(content: string, ...selected: readonly string[]) {
    document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    editor = await vscode.window.showTextDocument(document);
    editor.selections = selected.map((text) => {
      const start = document.getText().indexOf(text);
      assert(start >= 0, `no “${text}”`);
      return new vscode.Selection(document.positionAt(start), document.positionAt(start + text.length));
    });
  }

  const run = (command: string, ...parameters: unknown[]) =>
    vscode.commands.executeCommand(`inkling.${command}`, ...parameters);
  const text = () => document.getText();

  /** The row of verbs above the passage, as text. */
  async function lenses(): Promise<string[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      99,
    );
    return found.map(({ command }) => command?.title ?? '');
  }

  it('proposes without touching the document', async () => {
    await open(wordy, typos);
    await run('action.fix');
    assert.equal(text(), wordy);
    assert.match((await lenses()).join(' | '), /Fix spelling and grammar: 1 change \| .*Accept.*Reject/);
  });

  it('accepts everything as one step of undo, and keeps carriage returns', async () => {
    await open(wordy, typos);
    await run('action.fix');
    await run('acceptProposal');
    assert.equal(text(), wordy.replace(typos, fixedTypos));
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), wordy);
    await vscode.commands.executeCommand('redo');
    assert.equal(text(), wordy.replace(typos, fixedTypos));
  });

  it('leaves every byte as it was when the proposal is rejected', async () => {
    await open(wordy, typos);
    await run('action.fix');
    await run('rejectProposal');
    assert.equal(text(), wordy);
    assert.deepEqual(await lenses(), []);
    await run('acceptProposal');
    assert.equal(text(), wordy);
  });

  it('acts on the paragraph at the caret when nothing is selected', async () => {
    await open(wordy, typos);
    editor.selection = new vscode.Selection(editor.selection.end, editor.selection.end);
    await run('action.fix');
    await run('acceptProposal');
    assert.equal(text(), wordy.replace(typos, fixedTypos));
  });

  it('accepts one change and leaves the others proposed', async () => {
    await open('It is definately late. Nobody else was there at all, and we recieved nothing.\n', 'definately');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await run('action.fix');
    await run('acceptChange');
    assert.equal(text(), 'It is definitely late. Nobody else was there at all, and we recieved nothing.\n');
    await run('acceptProposal');
    assert.equal(text(), 'It is definitely late. Nobody else was there at all, and we received nothing.\n');
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), 'It is definately late. Nobody else was there at all, and we recieved nothing.\n');
  });

  it('follows its place while the document is edited above it', async () => {
    await open(wordy, typos);
    await run('action.fix');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Preface.\n\n'));
    await run('acceptProposal');
    assert.equal(text(), `Preface.\r\n\r\n${wordy.replace(typos, fixedTypos)}`);
  });

  it('does not apply to a text that was edited meanwhile', async () => {
    await open(wordy, typos);
    await run('action.fix');
    await editor.edit((edit) => edit.insert(document.positionAt(text().indexOf('letter')), 'kind '));
    const edited = text();
    void run('acceptProposal'); // waits for somebody to close its message
    await sleep(500);
    assert.equal(text(), edited);
    assert.match((await lenses()).join(), /the text has changed meanwhile/);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('works on several selections, and accepts them as one step', async () => {
    const twice = 'We recieved it.\n\nThey definately saw it.\n';
    await open(twice, 'We recieved it.', 'They definately saw it.');
    await run('action.fix');
    await run('acceptProposal');
    assert.equal(text(), 'We received it.\n\nThey definitely saw it.\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), twice);
  });

  it('keeps the link when it shortens', async () => {
    await open(wordy, wordyLine);
    await run('action.shorten');
    await run('acceptProposal');
    assert(text().includes('[the map](map.png)'));
    assert(text().length < wordy.length);
  });

  it('inserts below instead', async () => {
    await open(wordy, typos);
    await run('action.fix');
    await run('insertProposalBelow');
    assert.equal(text(), wordy.replace(typos, `${typos}\r\n\r\n${fixedTypos}`));
  });

  it('shows what does not fit between the words in a comparison, and closes it again', async () => {
    const list = '- Lamp: burns all night\n- Dog: sleeps on the stairs\n- Sea: is never quiet';
    await open(`${list}\n`, list);
    await run('action.table');
    const comparisons = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) =>
        tabs.filter(
          ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'inkling-preview',
        ),
      );
    for (let waits = 0; comparisons().length === 0 && waits < 50; waits++) await sleep(100);
    assert.equal(comparisons().length, 1);
    assert.equal(text(), `${list}\n`);
    await run('acceptProposal');
    assert.match(text(), /^\|.*\|\n\|[-| :]+\|\n\| Lamp +\| burns all night +\|/);
    for (let waits = 0; comparisons().length > 0 && waits < 50; waits++) await sleep(100);
    assert.deepEqual(comparisons(), []);
  });

  it('leaves a document alone where there is nothing to act on', async () => {
    await open('\n\n\n');
    void run('action.fix');
    await sleep(300);
    assert.equal(text(), '\n\n\n');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('does nothing in a read-only document, and says so', async () => {
    const provider = { provideTextDocumentContent: () => wordy };
    const registration = vscode.workspace.registerTextDocumentContentProvider('read-only', provider);
    document = await vscode.workspace.openTextDocument(vscode.Uri.parse('read-only:/letter.md'));
    editor = await vscode.window.showTextDocument(document);
    void run('action.fix');
    await sleep(300);
    assert.deepEqual(await lenses(), []);
    assert.equal(text(), wordy);
    await vscode.commands.executeCommand('notifications.clearAll');
    registration.dispose();
  });

  it('works in the Markdown cell of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, typos, 'markdown');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    document = notebook.cellAt(0).document;
    for (let waits = 0; vscode.window.activeTextEditor?.document !== document && waits < 50; waits++) await sleep(100);
    await run('action.fix');
    await run('acceptProposal');
    assert.equal(text(), fixedTypos);
  });
});
