import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { run, workspaceFolder } from './documentInFront.ts';
import { PersonAtScreen } from './personAtScreen.ts';

interface GitApi {
  openRepository(root: vscode.Uri): Promise<Repository | null>;
}

interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
}

describe('a commit message', () => {
  let person: PersonAtScreen;
  let repository: Repository;
  let folder: string;
  const git = (...parameters: readonly string[]) => execFileSync('git', parameters, { cwd: folder, encoding: 'utf8' });
  /** As from the button of this repository. */
  const propose = () => run('commitMessage', { rootUri: repository.rootUri });

  before(async function () {
    await vscode.extensions.getExtension('inkling.inkling')!.activate();
    person = new PersonAtScreen();
    person.arrive();
    const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    if (!extension) return this.skip(); // an editor without its Git extension
    folder = path.join(workspaceFolder(), 'repository');
    mkdirSync(path.join(folder, 'docs'), { recursive: true });
    git('init', '--quiet');
    const api = (await extension.activate()).getAPI(1);
    repository = (await api.openRepository(vscode.Uri.file(folder)))!;
    assert(repository, 'the Git extension does not open the repository');
  });
  after(() => person.leave());
  afterEach(() => person.forget());

  it('needs something staged', async () => {
    writeFileSync(path.join(folder, 'docs/setup.md'), '# Setup\n\nUnpack it and run it.\n');
    await propose();
    assert.match(person.messages.join(), /Nothing is staged/);
    assert.equal(repository.inputBox.value, '');
  });

  it('comes from what is staged, into the box, and commits nothing', async () => {
    git('add', 'docs/setup.md');
    await propose();
    const message = repository.inputBox.value;
    assert.match(message, /^Add .*setup\.md/);
    assert(message.split('\n')[0]!.length <= 72);
    assert.match(git('status', '--porcelain'), /^A {2}docs\/setup\.md/);
    assert.throws(() => git('rev-parse', '--verify', '--quiet', 'HEAD'));
  });

  it('names a file with letters that Git writes as numbers', async () => {
    git('reset', '--quiet');
    repository.inputBox.value = '';
    writeFileSync(path.join(folder, 'docs/naïve.md'), '# Naïve\n\nIt is one.\n');
    git('add', 'docs/naïve.md');
    await sleep(500); // the box tells of its earlier text until then
    await propose();
    assert.match(repository.inputBox.value, /naïve\.md|Naïve/);
    assert.doesNotMatch(repository.inputBox.value, /\\\d/);
  });

  it('leaves what somebody wrote there', async () => {
    repository.inputBox.value = 'My own words';
    await sleep(500); // the box tells of its earlier text until then
    await propose(); // the question whether to replace it is dismissed
    assert.match(person.messages.join(), /already holds a message/);
    assert.equal(repository.inputBox.value, 'My own words');
  });
});
