import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { processorTicks } from '../support/processorTicks.ts';
import { writeFile } from './documentInFront.ts';
import { engineProcesses } from './engineProcesses.ts';
import { eventually } from './eventually.ts';

/** So plain that the model is sure of what follows, and of more than one word. */
const plain = 'Once upon a ';
const story = `# The lighthouse keeper\n\n${plain}`;

describe('completion', () => {
  before(async () => {
    await vscode.extensions.getExtension('inkling.inkling')?.activate();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('goes on suggesting after each accept', async () => {
    const document = await opened(story);
    for (let line = 0; line < 4; line++) {
      const before = document.getText();
      await suggestionAccepted(document);
      assert(document.getText().length > before.length);
      await typed(`\n\n${plain}`);
    }
  });

  it('ends before the marks that stand right of the caret', async () => {
    const document = await opened(`# The lighthouse keeper\n\n(It began like this: once upon a ).`);
    const editor = vscode.window.activeTextEditor!;
    const caret = editor.selection.end.translate(0, -2);
    editor.selection = new vscode.Selection(caret, caret);
    const text = document.getText();
    await suggestionAccepted(document);
    assert(document.getText().startsWith(text.slice(0, -2)) && document.getText().endsWith(').'));
    assert.match(document.getText().slice(text.length - 2, -2), /^[\p{L}\s,’'-]+$/u);
  });

  for (const [open, close, language] of [
    ['(', ')', 'markdown'],
    ['[', ']', 'plaintext'],
    ['{', '}', 'latex'],
    ['"', '"', 'restructuredtext'],
  ] as const) {
    it(`goes on within ${open}${close}, which the editor closed as soon as it was typed, in ${language}`, async () => {
      const document = await opened('The keeper sat down and told the story again ', language);
      for (const key of `${open}once upon a`) await typed(key);
      const text = document.getText();
      assert(text.endsWith(`a${close}`), text);
      await suggestionAccepted(document);
      assert(
        document.getText().startsWith(text.slice(0, -1)) && document.getText().endsWith(close),
        document.getText(),
      );
      assert.equal(document.getText().split(close).length, text.split(close).length, document.getText());
    });
  }

  it('takes a word with the blank before it at each of several carets', async () => {
    const lines = [plain, `The story began like this: ${plain.toLowerCase()}`];
    const document = await opened(`# The lighthouse keeper\n\n${lines.join('\n\n')}\n`);
    const ends = [2, 4].map((line) => document.lineAt(line).range.end);
    vscode.window.activeTextEditor!.selections = ends.map((end) => new vscode.Selection(end, end));
    const added = () => [2, 4].map((line, index) => document.lineAt(line).text.slice(lines[index]!.length));
    await suggestionAccepted(document, 'inkling.acceptWord');
    const [one] = added();
    assert.match(one!, /^\S+$/);
    await suggestionAccepted(document, 'inkling.acceptWord');
    const [two, other] = added();
    assert.match(two!.slice(one!.length), /^ \S+$/);
    assert.equal(other, two);
  });

  it('takes no key that the editor gives to something else', async () => {
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    const bindings: { key: string; command: string; when?: string }[] = JSON.parse(
      defaults.getText().replace(/^\s*\/\/.*$/gm, ''),
    );
    // Accepting a word is the one thing that the editor has a key for, and Inkling does on that key when it is ours.
    const [own] = bindings.filter(({ command }) => command === 'editor.action.inlineSuggest.acceptNextWord');
    const [word] = bindings.filter(({ command }) => command === 'inkling.acceptWord');
    assert.equal(word?.key, own?.key);
    for (const clause of own?.when?.split(' && ') ?? []) assert(word?.when?.includes(clause), clause);
    const ours = bindings
      .filter((binding) => binding.command.startsWith('inkling.') && binding !== word)
      .map(({ key }) => key);
    assert(ours.length > 0 && bindings.length > 500, 'the list of keys is not what it should be');
    const clashes = bindings.filter(({ key, command }) => ours.includes(key) && !command.startsWith('inkling.'));
    const whileWriting = clashes.filter(({ when = '' }) => !/\blistFocus\b/.test(when)); // ours need a text's focus
    assert.deepEqual(whileWriting, []);
  });

  const oddTexts: Record<string, string> = {
    'a NUL byte': `\0${story}`,
    'half of a surrogate pair': `half \ud83c of it. ${plain}`,
    'a family joined by ZWJ': `A family: 👨‍👩‍👧‍👦. ${plain}`,
    'carriage returns': story.replaceAll('\n', '\r\n'),
    'a byte order mark': `\ufeff${story}`,
    'a text from right to left': `שלום עולם مرحبا. ${plain}`,
    'a line of 100,000 characters': `${'word '.repeat(20_000)}${plain}`,
    'five million characters': `${'A line of words.\n'.repeat(300_000)}\n${plain}`,
  };
  for (const [name, content] of Object.entries(oddTexts)) {
    it(`changes nothing left of the caret in a document with ${name}`, async () => {
      const document = await opened(content);
      const text = document.getText(); // the editor may take a byte order mark away
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await sleep(1000);
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      const suggested = document.getText().slice(text.length);
      assert(document.getText().startsWith(text));
      assert(suggested.isWellFormed());
      assert(!/[^\r]\n/.test(suggested) || document.eol === vscode.EndOfLine.LF, 'another line end');
    });
  }

  it('uses a default where a setting is out of its range', async () => {
    await setting('completion.minFirstWordProbability', 7);
    await setting('sampling.temperature', 'warm');
    await suggestionAccepted(await opened(story));
    await setting('completion.minFirstWordProbability', undefined);
    await setting('sampling.temperature', undefined);
  });

  it('reads a document that comes to the front before a key is pressed, and no program', async function () {
    if (process.platform !== 'linux') return this.skip(); // reads /proc
    await suggestionAccepted(await opened(story)); // the model is there
    const lines = Array.from(
      { length: 60 },
      (_, i) => `On day ${i} the keeper climbed all of the ${9 * i} steps again.`,
    );
    const [engine] = engineProcesses(process.pid);
    const before = processorTicks(engine!);
    await opened(lines.join('\n'), 'typescript');
    await sleep(3000);
    const shown = processorTicks(engine!);
    await opened(lines.join('\n'));
    const enough = Math.max(30, 5 * (shown - before)); // reading takes half a second of processor time, at least
    await eventually(() => {
      const ofProse = processorTicks(engine!) - shown;
      assert(ofProse > enough, `${ofProse} ticks for prose, ${shown - before} for a program`);
    });
  });

  it('knows the words of the workspace, and forgets them when it is told to', async () => {
    const chronicle = [
      'In the spring a merchant came to the Zobrindel Gate of Quintessa, with three carts and no papers.',
      'Nobody who came to the Zobrindel Gate after dark was let in; the watch was told to look the other way.',
      'My grandfather came to the Zobrindel Gate as a boy. He remembered the smell of tar.',
      'When at last we came to the Zobrindel Gate, it was raining, and the drums had stopped.',
      'The letter says that an army came to the Zobrindel Gate of Quintessa in the year of the long frost.',
      'Two of the prisoners escaped. One came to the Zobrindel Gate, the other was never seen again.',
      'A painter, poor and unknown, came to the Zobrindel Gate to sell a picture of his sister.',
      'They say the river itself came to the Zobrindel Gate once and knocked.',
    ];
    writeFile('words/chronicle.md', `${chronicle.join('\n\n')}\n`);
    const suggested = async () => {
      const document = await opened('# Quintessa\n\nLate at night a rider from the hills came to the Zobr');
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await sleep(1000);
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return document.getText();
    };
    await setting('ownWords', false);
    assert.doesNotMatch(await suggested(), /Zobrindel/);
    await setting('ownWords', undefined);
    await eventually(async () => assert.match(await suggested(), /Zobrindel Gate/), 60_000);
    await setting('ownWords', false);
    await eventually(async () => assert.doesNotMatch(await suggested(), /Zobrindel/));
    await setting('ownWords', undefined);
  });

  it('comes back when the process was killed', async function () {
    if (process.platform !== 'linux') return this.skip(); // reads /proc
    const [killed] = engineProcesses(process.pid);
    assert(killed);
    process.kill(killed, 'SIGKILL');
    await suggestionAccepted(await opened(story));
    assert(!engineProcesses(process.pid).includes(killed));
  });

  it('comes back at the same caret when the process dies while it is asked', async function () {
    if (process.platform !== 'linux') return this.skip(); // reads /proc
    await suggestionAccepted(await opened(story)); // the model is there
    const document = await opened(story);
    const [killed] = engineProcesses(process.pid);
    process.kill(killed!, 'SIGSTOP');
    const asked = vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await sleep(500);
    process.kill(killed!, 'SIGKILL');
    await asked;
    await suggestionAccepted(document);
  });

  describe('with a model that cannot be used', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inkling-broken-'));
    before(() => writeFileSync(path.join(folder, 'config.json'), '{ "model_type": "mamba" '));
    after(() => rmSync(folder, { recursive: true }));

    for (const [name, model] of Object.entries({ 'that is missing': '/no/such/folder', 'that is broken': folder })) {
      it(`${name}: suggests nothing, and goes on when another is chosen`, async () => {
        await setting('model', model);
        const document = await opened(story);
        await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
        await sleep(2000);
        await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
        assert.equal(document.getText(), story);
        await setting('model', undefined);
        await suggestionAccepted(document); // at the same caret: the editor must not go by the empty answer from before
      });
    }
  });
});

const setting = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('inkling').update(name, value, vscode.ConfigurationTarget.Global);

/** An untitled document in the active editor, the caret at its end. */
async function opened(content: string, language = 'markdown'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  return document;
}

const typed = (text: string) => vscode.commands.executeCommand('type', { text });

/**
 * Asks for a suggestion and accepts it as soon as it is there. Asks again where none comes, as while the model is being
 * loaded, and waits longer each time: asking takes away what is on its way to the screen.
 */
async function suggestionAccepted(
  document: vscode.TextDocument,
  accept = 'editor.action.inlineSuggest.commit',
): Promise<void> {
  const before = document.getText();
  for (let looks = 2; looks <= 128; looks *= 2) {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    for (let look = 0; look < looks; look++) {
      await sleep(100);
      await vscode.commands.executeCommand(accept);
      if (document.getText() !== before) return;
    }
  }
  assert.fail('nothing was suggested, although it was asked for seven times and waited for longer each time');
}
