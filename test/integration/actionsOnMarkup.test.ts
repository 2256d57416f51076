import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, DocumentInFront, run } from './documentInFront.ts';
import { eventually } from './eventually.ts';
import { personInSuite } from './personInSuite.ts';

describe('actions on a page with more than prose', () => {
  personInSuite();
  afterEach(closeAll);

  it('make points of the paragraphs and leave code, table, heading and task boxes', async () => {
    const others = '```sh\nmake all. Go.\n```\n\n| a. B | c |\n| --- | --- |\n| 1 | 2 |\n\n- [ ] Ask. Wait.\n';
    const text = `# Start. Here\n\nFetch the tool. Run it.\n\n${others}`;
    const document = await DocumentInFront.open(text, [text.trimEnd()], 'page.md');
    await run('action.bullets');
    await document.proposal();
    await run('acceptProposal');
    await document.holds(`# Start. Here\n\n- Fetch the tool.\n- Run it.\n\n${others}`);
    await document.undo();
    await document.holds(text);
  });

  it('shorten the words of reStructuredText, not its literal blocks and directives', async () => {
    const others = '.. code-block:: sh\n\n   in order to see it\n\n>>> in_order = "to see it"\n';
    const text = `Start\n=====\n\nWe went there in order to see it.\n\n${others}`;
    const document = await DocumentInFront.open(text, [text.trimEnd()], 'page.rst');
    await vscode.languages.setTextDocumentLanguage(document.document, 'restructuredtext');
    await document.front();
    document.select(text.trimEnd());
    await run('action.shorten');
    await document.proposal();
    await run('acceptProposal');
    await document.holds(`Start\n=====\n\nWe went there to see it.\n\n${others}`);
  });

  it('change the comments of a program, not its strings', async () => {
    const text = '// We recieve the letters.\nconst teh = "recieve"; // They dont come.\n';
    const document = await DocumentInFront.open(text, [text.trimEnd()], 'letters.js');
    await run('action.fix');
    await document.proposal();
    await run('acceptProposal');
    await document.holds('// We receive the letters.\nconst teh = "recieve"; // They don\'t come.\n');
  });

  it('mend a long text in a thread of its own, while the editor answers', async function () {
    this.timeout(180_000);
    const lines = Array.from(
      { length: 1_000 },
      (_, i) => `The keeper lit the lamp and said nothing about the ${i} ships.`,
    );
    const text = `${lines.join('\n\n')}\n\nWe definately recieved your letter.\n`;
    assert(text.length > 50_000);
    const document = await DocumentInFront.open(text, [text.trimEnd()], 'long.md');
    let isRunning = true;
    const running = run('action.fix').then(() => {
      isRunning = false;
    });
    let answers = 0;
    const isOver = eventually(async () => {
      await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.document.uri);
      if (isRunning) answers++;
      assert((await document.lenses()).length > 0);
    }, 120_000);
    await Promise.all([running, isOver]);
    await document.proposal();
    await run('acceptProposal');
    await document.holds(text.replace('definately recieved', 'definitely received'));
    assert(answers > 0);
  });
});
