import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { DocumentInFront, previewTabs, run } from './documentInFront.ts';
import { eventually } from './eventually.ts';
import { personInSuite } from './personInSuite.ts';

const letter =
  '# Notes\r\n\r\nWe definately recieved your letter.\r\n\r\nIn order to answer it, we need time, see [the map](map.png).\r\n';
const typos = 'We definately recieved your letter.';
const fixed = letter.replace(typos, 'We definitely received your letter.');
const list = '- Lamp: burns all night\n- Dog: sleeps on the stairs\n- Sea: is never quiet';

describe('a proposal', () => {
  const person = personInSuite();

  it('can be made once more after it was undone', async () => {
    const document = await DocumentInFront.open(letter, [typos]);
    await run('action.fix');
    await run('acceptProposal');
    await document.undo();
    await document.holds(letter);
    await vscode.commands.executeCommand('redo');
    await document.holds(fixed);
  });

  it('follows its place while the document is edited above it', async () => {
    const document = await DocumentInFront.open(letter, [typos]);
    await run('action.fix');
    await document.insert(0, 'Preface.\n\n');
    await run('acceptProposal');
    await document.holds(`Preface.\r\n\r\n${fixed}`);
  });

  it('says that it cannot be made once its text was edited, and can again when that is undone', async () => {
    const document = await DocumentInFront.open(letter, [typos]);
    await run('action.fix');
    await document.insert(document.text.indexOf('letter'), 'kind ');
    const edited = document.text;
    await run('acceptProposal');
    assert.equal(document.text, edited);
    assert.match(person.messages.join(), /the text has changed meanwhile/);
    assert.match((await document.lenses()).join(), /the text has changed meanwhile/);
    await document.undo();
    await run('acceptProposal');
    await document.holds(fixed);
  });

  it('is accepted in the parts that were chosen, and the others are rejected', async () => {
    const text = 'It is definately late. Nobody else was there at all, and we recieved nothing.\n';
    const document = await DocumentInFront.open(text, [text.trim()]);
    await run('action.fix');
    person.pick = (labels) => labels.find((label) => label.includes('received'));
    await run('chooseChanges');
    await document.holds(text.replace('recieved', 'received'));
    assert.deepEqual(await document.lenses(), []);
    await document.undo();
    await document.holds(text);
  });

  it('loses one change when that is rejected', async () => {
    const text = 'It is definately late. Nobody else was there at all, and we recieved nothing.\n';
    const document = await DocumentInFront.open(text, [text.trim()]);
    await run('action.fix');
    document.caretAt('definately');
    await run('rejectChange');
    await document.holds(text);
    await run('acceptProposal');
    await document.holds(text.replace('recieved', 'received'));
  });

  it('for several selections is one step of undo', async () => {
    const text = 'We recieved it.\n\nThis stays.\n\nThey definately saw it.\n';
    const document = await DocumentInFront.open(text, ['We recieved it.', 'They definately saw it.']);
    await run('action.fix');
    await run('acceptProposal');
    await document.holds('We received it.\n\nThis stays.\n\nThey definitely saw it.\n');
    await document.undo();
    await document.holds(text);
  });

  it('works on the paragraph at the caret where nothing is selected, and says so', async () => {
    const document = await DocumentInFront.open(letter);
    document.caretAt('recieved');
    await run('action.fix');
    await run('acceptProposal');
    await document.holds(fixed);
    assert.match(person.statusLines.join(), /this paragraph, as nothing is selected/);
  });

  it('says what it is made of', async () => {
    await DocumentInFront.open(letter, ['In order to answer it, we need time, see [the map](map.png).']);
    await run('action.shorten');
    await run('showProposalDetails');
    assert.match(person.messages.join(), /by fixed rules \(all \d+ words read\)\n1 of 1 protected parts kept/);
  });

  describe('in a view of its own', () => {
    const shown = () =>
      eventually(async () => {
        const [tab] = previewTabs();
        assert(tab?.input instanceof vscode.TabInputText, 'no view');
        return { tab, after: await vscode.workspace.openTextDocument(tab.input.uri) };
      });

    it('shows what goes above what comes, and accepting makes exactly that of it', async () => {
      const document = await DocumentInFront.open(`# Stores\n\n${list}\n`, [list]);
      await run('action.table');
      const { after } = await shown();
      const [, table = ''] = /^# Stores\n\n- Lamp[\s\S]*quiet\n(\|[\s\S]*\|)\n$/.exec(after.getText()) ?? [];
      assert.match(table, /\| Lamp +\| burns all night +\|/);
      assert.equal(document.document.isDirty, false);
      await run('acceptProposal');
      await document.holds(`# Stores\n\n${table}\n`);
      await eventually(() => assert.equal(previewTabs().length, 0));
    });

    it('takes the passage at its caret', async () => {
      const paragraphs = ['One is here. Two is there.', 'Three is here. Four is there.'];
      const text = `${paragraphs.join('\n\nThis stays.\n\n')}\n`;
      const document = await DocumentInFront.open(text, paragraphs);
      await run('action.bullets');
      const { after } = await shown();
      const editor = await eventually(() => {
        const { activeTextEditor } = vscode.window;
        assert.equal(activeTextEditor?.document.uri.toString(), after.uri.toString());
        return activeTextEditor!;
      });
      const start = after.positionAt(after.getText().indexOf('- Three'));
      editor.selection = new vscode.Selection(start, start);
      await run('acceptChange');
      await document.holds(text.replace('Three is here. Four', '- Three is here.\n- Four'));
    });

    it('is rejected when it is closed', async () => {
      const document = await DocumentInFront.open(`${list}\n`, [list]);
      await run('action.table');
      const { tab } = await shown();
      await vscode.window.tabGroups.close(tab);
      await eventually(async () => assert.deepEqual(await document.lenses(), []));
      await run('acceptProposal');
      await document.holds(`${list}\n`);
    });

    it('says on top what kind of result it is, beside its verbs', async () => {
      await DocumentInFront.open(`${list}\n`, [list]);
      await run('action.table');
      const { after } = await shown();
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        after.uri,
      );
      const titles = lenses.map(({ command }) => command?.title);
      assert.deepEqual(titles.slice(0, 4), [
        'Turn into a table: 1 change',
        'Changed by fixed rules',
        '$(check-all) Accept',
        '$(close) Reject',
      ]);
      assert(lenses.every(({ range }) => range.start.line === 0));
    });
  });

  it('is refused by a document that was locked in its editor, with a note', async () => {
    const document = await DocumentInFront.open(letter, [typos]);
    await run('action.fix');
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    await run('acceptProposal');
    assert.equal(document.text, letter);
    assert.match(person.messages.join(), /This document is locked: nothing was changed/);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
    await run('acceptProposal');
    await document.holds(fixed);
  });
});
