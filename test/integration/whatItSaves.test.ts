import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, run, writeFile } from './documentInFront.ts';
import { eventually } from './eventually.ts';
import { PersonAtScreen } from './personAtScreen.ts';

const tale = `# The lighthouse keeper

Once upon a time there was a lighthouse keeper who lived alone with his daughter and could not read.
`;

const reports = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputWebview ? [input.viewType] : []));

describe('what it would save', () => {
  const { withProgress } = vscode.window;
  const files: string[] = [];
  let person: PersonAtScreen;

  /** Of all that tests left in the workspace, only these are read. */
  const write = (name: string, text: string) => files.push(writeFile(`what-it-saves/${name}`, text));
  const include = (patterns: readonly string[] | undefined) =>
    vscode.workspace
      .getConfiguration('inkling')
      .update('training.include', patterns, vscode.ConfigurationTarget.Global);

  before(async () => {
    await vscode.extensions.getExtension('inkling.inkling')!.activate();
    person = new PersonAtScreen();
    person.arrive();
    await include(['what-it-saves/*']);
  });
  afterEach(async () => {
    Object.assign(vscode.window, { withProgress });
    for (const file of files.splice(0)) rmSync(file);
    person.forget();
    await closeAll();
  });
  after(async () => {
    person.leave();
    await include(undefined);
  });

  it('is said on a page, once some of the texts have been typed again', async () => {
    write('tale.md', tale);
    write('other.md', tale.replace('keeper', 'ship'));
    await run('whatItSaves');
    assert.deepEqual(person.messages, []);
    await eventually(() => assert.deepEqual(reports(), ['mainThreadWebview-inkling.whatItSaves']));
  });

  it('cannot be said where there is no prose', async () => {
    await run('whatItSaves');
    assert.match(person.messages.join(), /no prose in this workspace/);
    assert.deepEqual(reports(), []);
  });

  it('is not said when the person stops it: nothing is told then, and nothing opens', async () => {
    write('tale.md', tale.repeat(3));
    const told: string[] = [];
    const stopping: typeof vscode.window.withProgress = (_, task) => {
      const source = new vscode.CancellationTokenSource();
      const report = ({ message, increment }: { message?: string; increment?: number }) => {
        if (message) told.push(message);
        if (increment) source.cancel(); // it has begun to type
      };
      return task({ report }, source.token);
    };
    Object.assign(vscode.window, { withProgress: stopping });
    await run('whatItSaves');
    assert.deepEqual(told, ['this takes some minutes']);
    assert.deepEqual(person.messages, []);
    assert.deepEqual(reports(), []);
  });
});
