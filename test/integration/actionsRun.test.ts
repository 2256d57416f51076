import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { writeTinyModel } from '../support/tinyModel.ts';
import { answerBeside, DocumentInFront, previewTabs, run, workspaceFolder } from './documentInFront.ts';
import { engineProcesses } from './engineProcesses.ts';
import { eventually } from './eventually.ts';
import { personInSuite } from './personInSuite.ts';

const paragraphs = [
  'The keeper climbed the stairs every evening before the sun went down. He carried a can of oil and a soft cloth.',
  'The painter came to the village in spring. She rented a small room above the bakery and worked there all day.',
  'The teacher opened the windows of the old school. The children came in from the garden and sat down quietly.',
  'The river was high after the rain. The ferry stayed on the other side until the water had gone down again.',
];
const text = `${paragraphs.join('\n\n')}\n`;
/** Until the model has written something, on a slow machine that does other things as well. */
const patienceMs = 60_000;

describe('while an action runs', () => {
  const person = personInSuite();
  /** So many that it still runs, however late it is seen that some are done. */
  const many = ['old', 'young', 'tall', 'quiet'].flatMap((which) =>
    paragraphs.map((paragraph) => paragraph.replace('The', `The ${which}`)),
  );
  const long = `${many.join('\n\n')}\n`;

  /** Starts writing a sentence for each paragraph; resolves once at least `done` of them are done. */
  async function expanding(done: number): Promise<{ document: DocumentInFront; ended: Thenable<unknown> }> {
    const document = await DocumentInFront.open(long, [long]);
    const ended = run('action.expand', { anyway: true });
    await eventually(async () => {
      const [state = ''] = await document.lenses();
      const count = Number(/loading~spin.* (\d+)\/16/.exec(state)?.[1] ?? -1);
      assert(count >= done, `${state} after ${patienceMs} ms`);
    }, patienceMs);
    assert.equal(document.text, long);
    return { document, ended };
  }

  it('stopping keeps what there is', async () => {
    const { document, ended } = await expanding(2);
    await run('acceptProposal'); // not yet: nothing may happen
    assert.equal(document.text, long);
    await run('stopAction');
    await ended;
    await run('acceptProposal');
    const now = document.text.split('\n\n');
    assert.equal(now.length, many.length);
    assert(document.text.length > long.length);
    for (const [index, paragraph] of many.entries()) assert(now[index]!.startsWith(paragraph), now[index]);
    assert.equal(now.at(-1), `${many.at(-1)}\n`);
    await document.undo();
    await document.holds(long);
  }).timeout(2 * patienceMs);

  it('stopping in the middle of a sentence keeps its words', async () => {
    const document = await DocumentInFront.open(text, [paragraphs[0]!]);
    const ended = run('action.continue', { anyway: true });
    await eventually(() => assert.equal(previewTabs().length, 1), patienceMs); // shown once there is a word
    await run('stopAction');
    await ended;
    assert.match((await document.lenses())[1] ?? '', /Written by the model; check it/);
    await run('acceptProposal');
    assert(document.text.startsWith(paragraphs[0]!) && document.text.length > text.length, document.text);
    await document.undo();
    await document.holds(text);
  }).timeout(2 * patienceMs);

  it('cancelling leaves nothing', async () => {
    const { document, ended } = await expanding(1);
    await run('rejectProposal');
    await ended;
    assert.deepEqual(await document.lenses(), []);
    await run('acceptProposal');
    await document.holds(long);
    assert.deepEqual(person.messages, []);
  }).timeout(2 * patienceMs);

  it('the document may be edited above', async () => {
    const { document, ended } = await expanding(1);
    await document.insert(0, 'Preface.\n\n');
    await run('stopAction');
    await ended;
    await run('acceptProposal');
    assert(document.text.startsWith(`Preface.\n\n${many[0]}`), document.text);
    assert(document.text.length > long.length + 'Preface.\n\n'.length);
    assert(document.text.endsWith(`${many.at(-1)}\n`));
  }).timeout(2 * patienceMs);

  it('the document may be closed', async () => {
    const { ended } = await expanding(1);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await ended;
    assert.deepEqual(person.messages, []);
    await run('acceptProposal');
  }).timeout(2 * patienceMs);

  it('the death of its process is told, and the next action finds a new one', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { document, ended } = await expanding(1);
    const killed = engineProcesses(process.pid);
    for (const id of killed) process.kill(id, 'SIGSTOP');
    await setTimeout(200); // it is asked for something by now, and cannot answer
    for (const id of killed) process.kill(id, 'SIGKILL');
    await ended;
    assert.match(person.messages.join(), /The inference process/);
    await document.holds(long);
    person.forget();
    await document.front();
    document.select(many[0]!);
    await run('action.expand', { anyway: true });
    await document.proposal();
    const running = engineProcesses(process.pid);
    assert(running.length > 0 && running.every((id) => !killed.includes(id)));
    await run('rejectProposal');
    await document.holds(long);
  }).timeout(3 * patienceMs);
});

describe('another try', () => {
  personInSuite();

  it('is written with another seed', async () => {
    const document = await DocumentInFront.open(text, [paragraphs[0]!]);
    await run('action.continue', { anyway: true });
    await document.proposal();
    await run('acceptProposal');
    const first = document.text;
    await document.undo();
    document.select(paragraphs[0]!);
    await run('action.continue', { anyway: true });
    await run('retryAction');
    await document.proposal();
    assert.equal(document.text, text);
    await run('acceptProposal');
    assert(document.text.startsWith(paragraphs[0]!));
    assert.notEqual(document.text, first);
  }).timeout(2 * patienceMs);

  it('can be given another instruction', async () => {
    await DocumentInFront.open(text, [text]);
    await run('action.ask', { instruction: 'Who carried a can of oil?' });
    assert.match(await answerBeside(), /^# Who carried a can of oil\?\n(?:.*\n)*> .*a can of oil and a soft/);
    await run('changeInstruction', { instruction: 'Where did the ferry stay?' });
    await eventually(async () =>
      assert.match(await answerBeside(), /^# Where did the ferry stay\?\n(?:.*\n)*> The ferry stayed on/),
    );
  });
});

describe('a model for actions alone', () => {
  const person = personInSuite();
  const use = (model: string | undefined) =>
    vscode.workspace.getConfiguration('inkling').update('actions.model', model, vscode.ConfigurationTarget.Global);

  after(() => use(undefined));

  it('has a process of its own, for as long as it is wanted', async function () {
    if (process.platform !== 'linux') return this.skip();
    const folder = path.join(workspaceFolder(), 'models', 'tiny');
    await writeTinyModel(folder);
    const before = engineProcesses(process.pid).length;
    await use(folder);
    assert.equal(engineProcesses(process.pid).length, before); // nothing has been asked of it yet
    const document = await DocumentInFront.open(text, [paragraphs[0]!]);
    await run('action.translate', { instruction: 'German' });
    assert.match(person.messages.join(), /too small for “Translate” \(0 million parameters\)/);
    assert.deepEqual(person.offered, ['Choose a Model for Actions…']);
    assert.equal(engineProcesses(process.pid).length, before); // its folder tells how large it is
    await run('action.continue', { anyway: true });
    assert.equal(engineProcesses(process.pid).length, before + 1);
    await run('rejectProposal');
    await document.holds(text);
    await use(undefined);
    await eventually(() => assert.equal(engineProcesses(process.pid).length, before));
  });

  it('that cannot follow instructions says so', async () => {
    const folder = path.join(workspaceFolder(), 'models', 'plain');
    await writeTinyModel(folder);
    const configuration = path.join(folder, 'tokenizer_config.json');
    const { chat_template: _, ...others } = JSON.parse(readFileSync(configuration, 'utf8'));
    writeFileSync(configuration, JSON.stringify(others));
    await use(folder);
    const document = await DocumentInFront.open(text, [paragraphs[0]!]);
    await run('action.custom', { instruction: 'Say it in other words.', anyway: true });
    assert.match(person.messages.join(), /has no chat template/);
    assert.deepEqual(person.offered, ['Choose a Model for Actions…']);
    await document.holds(text);
  });

  it('that is not there is named', async () => {
    await use('no-such-model');
    const document = await DocumentInFront.open(text, [paragraphs[0]!]);
    await run('action.expand', { anyway: true });
    assert.match(person.messages.join(), /There is no model named no-such-model/);
    await document.holds(text);
  });

  it('is chosen among those that are there', async () => {
    await run('chooseActionModel');
    const [list] = person.choices;
    assert.match(list!.labels[0]!, /Same model as for suggestions/);
    assert(list!.labels.some((label) => label.includes('smollm2-135m-instruct')));
  });
});
