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
  const { withProgress, createWebviewPanel } = vscode.window;
  const files: string[] = [];
  let person: PersonAtScreen;

  /** Of all that tests left in the workspace, only these are read. */
  const write = (name: string, text: string) => files.push(writeFile(`what-it-saves/${name}`, text));
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('inkling').update(name, value, vscode.ConfigurationTarget.Global);
  const include = (patterns: readonly string[] | undefined) => set('training.include', patterns);

  before(async () => {
    await vscode.extensions.getExtension('inkling.inkling')!.activate();
    person = new PersonAtScreen();
    person.arrive();
    await include(['what-it-saves/*']);
  });
  afterEach(async () => {
    Object.assign(vscode.window, { withProgress, createWebviewPanel });
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

  it('is said of the settings and the adapter that are in force', async () => {
    write('tale.md', tale);
    const panels: vscode.WebviewPanel[] = [];
    const watched: typeof createWebviewPanel = (...of) => {
      panels.push(createWebviewPanel(...of));
      return panels.at(-1)!;
    };
    Object.assign(vscode.window, { createWebviewPanel: watched });
    await set('completion.showing', 'calm');
    await set('adapter', 'no-such-adapter');
    await set('languages', { latex: false });
    write('not-typed.tex', tale);
    await run('whatItSaves');
    for (const name of ['completion.showing', 'adapter', 'languages']) await set(name, undefined);
    const { html } = panels[0]!.webview;
    assert.match(html, /How often they are shown: calm\./);
    assert.match(html, /The adapter “no-such-adapter” could not be used/);
    assert.match(html, /of one file were typed/);
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
