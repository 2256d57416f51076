import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

const { User } = vscode.LanguageModelChatMessage;

describe('the model in the editor’s chat', () => {
  let model: vscode.LanguageModelChat;

  before(async () => {
    await vscode.extensions.getExtension('inkling.inkling')!.activate();
    for (let waits = 0; waits < 100; waits++) {
      const [found] = await vscode.lm.selectChatModels({ vendor: 'inkling' });
      if (found) {
        model = found;
        return;
      }
      await sleep(200);
    }
    assert.fail('no model of the vendor “inkling” within 20 s');
  });

  it('says what it is', () => {
    assert.equal(model.vendor, 'inkling');
    assert.match(model.id, /smollm2/i);
    assert(model.maxInputTokens > 0);
  });

  it('counts tokens exactly, of texts and of messages', async () => {
    // counted with the tokenizer of the same model in transformers
    assert.equal(await model.countTokens('The quick brown fox jumps over the lazy dog.'), 10);
    assert.equal(await model.countTokens(User('The quick brown fox jumps over the lazy dog.')), 10);
    assert.equal(await model.countTokens(''), 0);
  });

  it('streams an answer', async () => {
    const request = await model.sendRequest([User('Name one colour.')], {
      modelOptions: { maxNewTokens: 12, temperature: 0 },
    });
    const pieces: string[] = [];
    for await (const piece of request.text) pieces.push(piece);
    assert(pieces.join('').trim().length > 0);
    assert(pieces.length > 1, 'all of it came at once');
  });

  it('stops when it is cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    const options = { modelOptions: { maxNewTokens: 400, temperature: 0 } };
    const request = await model.sendRequest([User('Tell a very long story.')], options, source.token);
    let length = 0;
    try {
      for await (const piece of request.text) {
        length += piece.length;
        source.cancel();
      }
    } catch (error) {
      assert(error instanceof vscode.CancellationError, String(error));
    }
    assert(length < 400, `${length} characters`);
  });

  it('answers requests that come at once one after the other, each with its own text', async () => {
    const ask = async (letter: string) => {
      const question = User(`Write the letter ${letter}.`);
      const request = await model.sendRequest([question], { modelOptions: { maxNewTokens: 8, temperature: 0 } });
      let text = '';
      for await (const piece of request.text) text += piece;
      return text;
    };
    const letters = ['A', 'K', 'Z'];
    const together = await Promise.all(letters.map(ask));
    for (const [index, letter] of letters.entries()) assert.equal(together[index], await ask(letter), letter);
  });

  it('keeps the last message of a conversation that is too long', async () => {
    const old = User('Chapter one. '.repeat(2000));
    const request = await model.sendRequest([old, User('Say yes.')], {
      modelOptions: { maxNewTokens: 4, temperature: 0 },
    });
    let text = '';
    for await (const piece of request.text) text += piece;
    assert(text.length > 0);
  });
});

describe('the tools', () => {
  const invoke = async (name: string, input: object) => {
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  };

  it('score a passage: what is common is more predictable', async () => {
    const perplexity = async (text: string) => JSON.parse(await invoke('inkling_scorePassage', { text })).perplexity;
    const common = await perplexity('The sun rises in the east and sets in the west.');
    const odd = await perplexity('West the rises sun in and sets the east in the.');
    assert(common < odd, `${common} against ${odd}`);
  });

  it('summarise a file with its own sentences', async () => {
    const text = Array.from(
      { length: 12 },
      (_, day) => `On day ${day} the keeper climbed the stairs and lit the lamp.`,
    );
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    writeFileSync(path.join(folder.fsPath, 'log.md'), text.join(' '));
    const summary = await invoke('inkling_summarizeFile', { path: 'log.md', form: 'sentence' });
    assert.match(summary, /On day \d+ the keeper climbed the stairs and lit the lamp\./);
    assert.match(summary, /of \d+ words read\)$/);
  });

  it('read only what own words are read from: nothing hidden, ignored, excluded, secret or linked', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    const text = 'The keeper climbed the stairs and lit the lamp. The ships came in one after the other. '.repeat(10);
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'inkling-elsewhere-'));
    writeFileSync(path.join(elsewhere, 'diary.md'), text);
    mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
    mkdirSync(path.join(folder, '.hidden'), { recursive: true });
    writeFileSync(path.join(folder, '.gitignore'), 'ignored.md\n');
    const kept = ['.env', 'node_modules/note.md', '.hidden/note.md', 'ignored.md', 'secrets.md'];
    for (const file of kept) writeFileSync(path.join(folder, file), text);
    writeFileSync(path.join(folder, 'secrets.md'), 'password: hunter2-hunter2-hunter2\n');
    symlinkSync(path.join(elsewhere, 'diary.md'), path.join(folder, 'link.md'));
    symlinkSync(elsewhere, path.join(folder, 'linked'));
    try {
      for (const file of [...kept, 'link.md', 'linked/diary.md', 'missing.md']) {
        await assert.rejects(invoke('inkling_summarizeFile', { path: file }), /may not be read by a chat/, file);
      }
    } finally {
      for (const file of [...kept, '.gitignore', 'link.md', 'linked']) rmSync(path.join(folder, file));
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('read nothing outside of the workspace', async () => {
    await assert.rejects(
      invoke('inkling_summarizeFile', { path: '../../package.json' }),
      /not a file of the workspace/,
    );
    await assert.rejects(invoke('inkling_summarizeFile', { path: '/etc/hostname' }), /not a file of the workspace/);
  });
});
