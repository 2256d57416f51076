import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { DocumentInFront, previewTabs, run, writeFile } from './documentInFront.ts';
import { eventually } from './eventually.ts';
import { personInSuite } from './personInSuite.ts';

const typos = 'It is definately late. Nobody else was there, and we recieved nothing.';
const fixed = 'It is definitely late. Nobody else was there, and we received nothing.';
const list = '- Lamp: burns all night\n- Dog: sleeps on the stairs';
const prose = [
  'The keeper climbed the stairs every evening before the sun went down.',
  'He filled the lamp with oil and cleaned the glass with a soft cloth.',
  'The ships in the bay waited for his light until the morning.',
].join(' ');
const above = '# Notes\n\nThis stays as it is.\n\n';
const below = '\n\nThis stays, too.\n';

/** One way of accepting, from what is selected to the text once another key is pressed. */
interface Row {
  readonly action: string;
  readonly given?: object;
  readonly passage: string;
  /** what is selected of the passage; all of it when left out, the caret before it when '' */
  readonly selected?: string;
  readonly accept: (document: DocumentInFront) => Promise<unknown>;
  /** the passage with a | where the key is to stand, or what holds of it */
  readonly becomes: string | RegExp;
}

const command =
  (name: string, ...given: unknown[]) =>
  async () =>
    run(name, ...given);
const byTheLens = async (document: DocumentInFront) => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.document.uri,
    99,
  );
  const lens = lenses.find(({ command: verb }) => verb?.title.startsWith('$(check-all)'));
  return vscode.commands.executeCommand(lens!.command!.command);
};

const rows: Record<string, Row> = {
  'all changes, by their command': {
    action: 'fix',
    passage: typos,
    accept: command('acceptProposal'),
    becomes: `${fixed}|`,
  },
  'all changes, by the line above them': { action: 'fix', passage: typos, accept: byTheLens, becomes: `${fixed}|` },
  'a part of a paragraph': {
    action: 'fix',
    passage: typos,
    selected: 'It is definately late.',
    accept: command('acceptProposal'),
    becomes: typos.replace('definately late.', 'definitely late.|'),
  },
  'one change of two': {
    action: 'fix',
    passage: typos,
    accept: (document) => run('acceptChange', document.document.uri.toString(), 1) as Promise<unknown>,
    becomes: typos.replace('definately', 'definitely|'),
  },
  'changes of a paragraph in which nothing is selected: the caret stays': {
    action: 'fix',
    passage: typos,
    selected: '',
    accept: command('acceptProposal'),
    becomes: `|${fixed}`,
  },
  'a table, in a view of its own': {
    action: 'table',
    passage: list,
    accept: command('acceptProposal'),
    becomes: /^\| Lamp +\| burns all night +\|\n\| Dog +\| sleeps on the stairs +\|\|$/m,
  },
  'one change in a view of its own': {
    action: 'table',
    passage: list,
    accept: command('acceptChange'),
    becomes: /^\| Dog +\| sleeps on the stairs +\|\|$/m,
  },
  'bullets of two sentences': {
    action: 'bullets',
    passage: 'One is here. Two is there.',
    accept: command('acceptProposal'),
    becomes: '- One is here.\n- Two is there.|',
  },
  'a summary below its text': {
    action: 'summarize',
    given: { form: 'sentence' },
    passage: prose,
    accept: command('acceptProposal'),
    becomes: /^The keeper[^\n]*morning\.\n\n[^\n]+\.\|$/,
  },
  'a summary below its text, in which nothing was selected': {
    action: 'summarize',
    given: { form: 'sentence', scope: 'selection' },
    passage: prose,
    selected: '',
    accept: command('acceptProposal'),
    becomes: /^The keeper[^\n]*morning\.\n\n[^\n]+\.\|$/,
  },
  'changes put in below': {
    action: 'fix',
    passage: typos,
    accept: command('insertProposalBelow'),
    becomes: `${typos}\n\n${fixed}|`,
  },
};

describe('the next key after accepting', () => {
  const person = personInSuite();
  const type = (text: string) => vscode.commands.executeCommand('type', { text });

  for (const [name, row] of Object.entries(rows)) {
    it(`is written behind the new text: ${name}`, async () => {
      const original = above + row.passage + below;
      const document = await DocumentInFront.open(original);
      if (row.selected === '') document.caretAt(row.passage);
      else document.select(row.selected ?? row.passage);
      const { selection } = document.editor;
      await run(`action.${row.action}`, row.given);
      await document.proposal();
      await row.accept(document);
      await eventually(() => assert.equal(vscode.window.activeTextEditor?.document, document.document));
      const accepted = document.text;
      await type('¦');
      const { text } = document;
      assert.equal(text.replace('¦', ''), accepted, 'what was accepted is gone');
      assert.notEqual(accepted, original);
      const passage = text.slice(above.length, text.length - below.length).replace('¦', '|');
      if (typeof row.becomes === 'string') assert.equal(passage, row.becomes);
      else assert.match(passage, row.becomes);
      await document.undo();
      await document.undo();
      assert.equal(document.text, original);
      const { selection: after } = vscode.window.activeTextEditor!;
      assert(after.isEqual(selection), `${JSON.stringify(after)} is selected after the undo`);
    });
  }

  it('is written behind each of several passages', async () => {
    const passages = ['We recieved it.', 'They definately saw it.'];
    const document = await DocumentInFront.open(`${passages.join('\n\nThis stays.\n\n')}\n`, passages);
    await run('action.fix');
    await run('acceptProposal');
    await type('¦');
    assert.equal(document.text, 'We received it.¦\n\nThis stays.\n\nThey definitely saw it.¦\n');
  });

  it('is written behind those that were chosen', async () => {
    const document = await DocumentInFront.open(`${typos}\n`, [typos]);
    await run('action.fix');
    person.pick = (labels) => labels.find((label) => label.includes('definitely'));
    await run('chooseChanges');
    await type('¦');
    assert.equal(document.text, `${typos.replace('definately', 'definitely¦')}\n`);
  });

  it('is written behind a title that was chosen from a list', async () => {
    const document = await DocumentInFront.open(`${prose}\n`, [prose]);
    let title = '';
    person.pick = ([first = '']) => {
      title = first;
      return first;
    };
    await run('action.title', { anyway: true });
    assert(document.text.includes(title) && title !== '', `no title: ${person.messages.join()}`);
    await type('¦');
    assert(document.text.includes(`${title}¦\n`), document.text);
    assert(document.text.endsWith(`${prose}\n`), document.text);
  });

  it('replaces what somebody selected elsewhere meanwhile', async () => {
    const document = await DocumentInFront.open(`${typos}\n\nThis goes.\n`, [typos]);
    await run('action.fix');
    document.select('This goes.');
    await run('acceptProposal');
    await type('¦');
    assert.equal(document.text, `${fixed}\n\n¦\n`);
  });

  it('goes to the editor in which the action was run, where two show the document', async () => {
    const document = await DocumentInFront.open(`${list}\n\nThis stays.\n`);
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const second = await eventually(() => {
      const { activeTextEditor } = vscode.window;
      assert.equal(activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
      return activeTextEditor!;
    });
    second.selection = new vscode.Selection(0, 0, 1, list.length - list.indexOf('\n') - 1);
    await run('action.table');
    await eventually(() => assert.equal(previewTabs().length, 1));
    await run('acceptProposal');
    await eventually(() => assert.equal(previewTabs().length, 0));
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
    await type('¦');
    assert.match(document.text, /^\|.*\n\|[-| ]+\|\n\| Lamp .*\|\n\| Dog .*\|¦\n\nThis stays\.\n$/);
  });

  it('goes to the comparison in which the action was run, and no other tab is opened', async () => {
    const [left, right] = [writeFile('compared/left.md', 'Lamp\n'), writeFile('compared/right.md', `${list}\n`)];
    await vscode.commands.executeCommand('vscode.diff', vscode.Uri.file(left), vscode.Uri.file(right), 'Compared');
    const editor = await eventually(() => {
      const { activeTextEditor } = vscode.window;
      assert.equal(activeTextEditor?.document.uri.fsPath, right);
      return activeTextEditor!;
    });
    editor.selection = new vscode.Selection(0, 0, 1, list.length - list.indexOf('\n') - 1);
    await run('action.table');
    await eventually(() => assert.equal(previewTabs().length, 1));
    await run('acceptProposal');
    await eventually(() => assert.equal(previewTabs().length, 0));
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    assert.deepEqual(tabs, ['Compared']);
    await type('¦');
    assert.match(editor.document.getText(), /^\|.*\n\|[-| ]+\|\n\| Lamp .*\|\n\| Dog .*\|¦\n$/);
  });
});
