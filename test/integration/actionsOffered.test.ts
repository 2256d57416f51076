import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { actionCatalogue } from '../../src/writing/selection/actionCatalogue.ts';
import { answerBeside, DocumentInFront, previewTabs, run, writeFile } from './documentInFront.ts';
import { eventually } from './eventually.ts';
import { personInSuite } from './personInSuite.ts';

const keeper = [
  'The keeper climbed the stairs every evening before the sun went down.',
  'He filled the lamp with oil and cleaned the glass with a soft cloth.',
  'The ships in the bay waited for his light until the morning.',
];
const book = [
  '# The lighthouse',
  '',
  'A book about a lamp and the people around it.',
  '',
  '## The keeper',
  '',
  keeper.join(' '),
  '',
  '### His dog',
  '',
  'The dog slept on the stairs and barked at every gull that came too near to the door.',
  '',
  '## The sea',
  '',
  'The sea was never quiet, and nobody in the village could sleep without the sound of it.',
  '',
].join('\n');

describe('actions are offered', () => {
  const person = personInSuite();

  const inFront = () => vscode.window.activeTextEditor?.document.getText() ?? '';
  it('in a list: all but the commit message, and one’s own prompts', async () => {
    await DocumentInFront.open('We recieved it.\n');
    person.pick = (labels) => labels.find((label) => label === 'Fix spelling and grammar');
    await run('actions');
    const { labels } = person.choices[0]!;
    assert.equal(labels.length, Object.keys(actionCatalogue).length); // no commit message, but the prompts
    const own = labels.indexOf('Your own prompts');
    assert(labels.indexOf('Summarize') < own && labels.indexOf('Rewrite') > own); // what needs a larger model comes last
    await run('acceptProposal');
    assert.equal(inFront(), 'We received it.\n');
  });

  it('in the light bulb, where something is selected', async () => {
    const { document, editor } = await DocumentInFront.open('We recieved it.\n', ['We recieved it.']);
    const kind = 'refactor.rewrite.inkling';
    const offered = (range: vscode.Range) =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        kind,
      );
    const actions = await offered(editor.selection);
    assert(actions.length > 5);
    const fix = actions.find(({ title }) => title === 'Fix spelling and grammar')!;
    assert.equal(fix.edit, undefined);
    await vscode.commands.executeCommand(fix.command!.command, ...(fix.command!.arguments ?? []));
    await run('acceptProposal');
    assert.equal(inFront(), 'We received it.\n');
    assert.deepEqual(await offered(new vscode.Range(0, 0, 0, 0)), []);
    const code = await DocumentInFront.open('We recieved it.\n\n```js\nconst a = 1;\n```\n', ['const a = 1;']);
    const inCode = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      code.document.uri,
      code.editor.selection,
      kind,
    );
    assert.deepEqual(inCode, []);
  });

  it('by keys that nothing else has, and what is proposed is accepted and rejected so', async () => {
    const uri = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
    const all = (await vscode.workspace.openTextDocument(uri)).getText();
    const bindings = [...all.matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)].map(([, key, command]) => ({
      key,
      command,
    }));
    assert(bindings.length > 500);
    for (const [name, end] of [
      ['actions', 'g'],
      ['acceptProposal', 'y'],
      ['rejectProposal', 'backspace'],
    ]) {
      const [own] = bindings.filter(({ command }) => command === `inkling.${name}`);
      assert.match(own?.key ?? '', new RegExp(`^(ctrl|cmd)\\+k (ctrl|cmd)\\+${end}$`));
      assert.deepEqual(
        bindings.filter(({ key }) => key === own!.key),
        [own],
      );
    }
  });

  it('for a title: the chosen one is put above', async () => {
    const text = `${keeper.join(' ')}\n`;
    const document = await DocumentInFront.open(text, [keeper.join(' ')]);
    await run('action.title', { anyway: true });
    const { labels } = person.choices[0]!;
    assert(labels.length >= 2, labels.join());
    await document.holds(text); // nothing was picked
    assert.deepEqual(await document.lenses(), []);
    document.select(keeper.join(' '));
    person.pick = (offered) => offered.at(-1);
    await run('action.title', { anyway: true });
    const [chosen] = person.choices.slice(-1);
    await document.holds(`# ${chosen!.labels.at(-1)}\n\n${text}`);
    await document.undo();
    await document.holds(text);
  }).timeout(120_000);

  it('for a better word: the chosen one takes its place', async () => {
    const text = 'It was a big house, and a happy family lived in it.\n';
    const document = await DocumentInFront.open(text, ['big']);
    await run('action.betterWord', { anyway: true });
    const { labels } = person.choices[0]!;
    assert(labels.length >= 2 && !labels.includes('big'), labels.join());
    await document.holds(text);
    document.select('big');
    person.pick = (offered) => offered[1];
    await run('action.betterWord', { anyway: true });
    const [chosen] = person.choices.slice(-1);
    await document.holds(text.replace('big', chosen!.labels[1]!));
    await document.undo();
    await document.holds(text);
  }).timeout(120_000);

  it('for a question: the answer is shown beside, and can be put below', async () => {
    const text = `${keeper.join(' ')}\n`;
    const document = await DocumentInFront.open(text, [keeper.join(' ')]);
    await run('action.ask', { instruction: 'What did he clean with a cloth?' });
    const shown = await answerBeside();
    assert.match(
      shown,
      /^# What did he clean with a cloth\?\n(?:.*\n)*> He filled the lamp with oil and cleaned the glass/,
    );
    assert.match(shown, /\*Quoted from your text \(all 38 words read\)\*/);
    await run('acceptProposal'); // there is nothing to accept
    await document.holds(text);
    await document.front();
    await run('insertProposalBelow');
    assert.match(document.text, /until the morning\.\n\n(?:.*\n)*> He filled the lamp/);
    await document.undo();
    await document.holds(text);
    await eventually(() => assert.equal(previewTabs().length, 0));
  });

  it('not for a translation by a model that is too small, which is told', async () => {
    const document = await DocumentInFront.open('The sea is wide.\n', ['The sea is wide.']);
    await run('action.translate', { instruction: 'German' });
    assert.match(person.messages.join(), /too small for “Translate” \(13\d million parameters\)/);
    assert.deepEqual(person.offered, ['Choose a Model for Actions…']);
    await document.holds('The sea is wide.\n');
  });

  describe('for a summary', () => {
    it('of the section at the caret', async () => {
      const document = await DocumentInFront.open(book);
      document.caretAt('He filled the lamp');
      person.pick = (labels) => labels.find((label) => label.includes('This section') || label === 'One sentence');
      await run('action.summarize');
      assert.deepEqual(
        person.choices.map(({ title }) => title),
        ['What should be summarized?', 'Summarize'],
      );
      await document.proposal();
      assert.equal(document.text, book);
      await run('acceptProposal');
      const [beforeIt, afterIt] = book.split('\n\n## The sea');
      assert(document.text.startsWith(`${beforeIt}\n\n`), document.text);
      assert(document.text.endsWith(`\n\n## The sea${afterIt}`), document.text);
      const summary = document.text.slice(beforeIt!.length, document.text.indexOf('\n\n## The sea')).trim();
      assert(book.split('\n\n## The sea')[0]!.includes(summary) && summary.endsWith('.'), summary);
      await document.undo();
      await document.holds(book);
    });

    it('of the whole document, shown beside', async () => {
      const document = await DocumentInFront.open(book);
      await run('action.summarize', { scope: 'document', form: 'bullets' });
      const bullets = (await answerBeside()).split('\n').filter((line) => line.startsWith('- '));
      assert(bullets.length > 1);
      for (const bullet of bullets) assert(book.includes(bullet.slice(2)), bullet);
      await document.holds(book);
    });

    it('of several files, in a draft of its own that says of which nothing could be read', async () => {
      const [one, two] = ['one', 'two'].map((name) =>
        vscode.Uri.file(writeFile(`files/${name}.md`, `${keeper.join(' ').replace('keeper', name)}\n`)),
      );
      const files = [one!, vscode.Uri.joinPath(one!, '../gone.md'), two!];
      person.pick = (labels) => labels.find((label) => label === 'One sentence');
      await run('summarizeFiles', files[0], files);
      assert.match(
        inFront(),
        /^# Summaries\n\n## one\.md\n\n.+\.\n\n\*Quoted from .*all 38 words read\)\*\n\n## gone\.md\n\nA file could not be read .+\n\n## two\.md\n\n.+\.\n/,
      );
    });
  });
});
