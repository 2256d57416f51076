import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitMessageOf } from '../../../../src/writing/selection/rules/commitSubject.ts';
import { fileChanges } from '../../../../src/writing/selection/rules/gitDiff.ts';

interface Recorded {
  readonly name: string;
  readonly diff: string;
  readonly files: readonly {
    readonly path: string;
    readonly oldPath?: string;
    readonly added?: number;
    readonly removed?: number;
    readonly binary?: boolean;
  }[];
}

/** What Git wrote, with its own names and counts; record.mjs beside it made them. */
const recorded = readFileSync(join(import.meta.dirname, '../../../fixtures/gitDiffs/recorded.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

const escaped = (name: string) => name.replace('\t', '\\t').replace('\n', '\\n');

test.each(recorded)('what Git writes: $name', ({ diff, files }) => {
  const read = fileChanges(diff)!;
  const seen = read.map(({ path, oldPath, added, removed, what }) => ({
    path,
    ...(oldPath !== undefined && { oldPath }),
    ...(what === 'binary' ? { binary: true } : what === 'submodule' ? {} : { added, removed }),
  }));
  expect(seen).toEqual(
    files.map((file) => ({
      ...file,
      path: escaped(file.path),
    })),
  );
  const message = commitMessageOf(diff)!;
  expect(message.split('\n')[0]!.length).toBeLessThanOrEqual(72);
  for (const { path } of files) expect(message).toContain(escaped(path).split('/').at(-1));
  expect(message).not.toContain('+0 −0');
});

describe('every line of a diff may end in CR LF', () => {
  test.each(recorded)('$name', ({ diff }) => {
    expect(fileChanges(diff.replace(/\r?\n/gu, '\r\n'))).toEqual(fileChanges(diff));
  });
});

const hunk = '@@ -1 +1 @@\n-o\n+n\n';

test.each([
  [
    'docs/setup.md',
    `diff --git a/docs/setup.md b/docs/setup.md\n@@ -1 +1 @@ # Setup\n-o\n+n\n`,
    'Reword “Setup” in setup.md',
  ],
  ['a file without index line', `diff --git a/x b/x\n${hunk}`, 'Update x'],
  ['a mode alone', 'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n', 'Update mode of run.sh'],
  ['a rename alone', 'diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n', 'Rename x to y'],
  [
    'a move',
    'diff --git a/d/x.md b/e/x.md\nsimilarity index 100%\nrename from d/x.md\nrename to e/x.md\n',
    'Move d/x.md to e/x.md',
  ],
  ['no prefix and a folder a', `diff --git a/x a/x\n--- a/x\n+++ a/x\n${hunk}`, 'Update a/x'],
  ['cut off within a hunk', 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n-b\n', 'Update x'],
  [
    'two files without a repository',
    `diff --git a/one.txt b/other.txt\n--- a/one.txt\n+++ b/other.txt\n${hunk}`,
    'Reword other.txt',
  ],
  ['a plain unified diff', `--- a/x.md\t2026-01-01\n+++ b/x.md\t2026-01-02\n${hunk}`, 'Reword x.md'],
  ['a plain diff of a new file', '--- /dev/null\n+++ b/x.md\n@@ -0,0 +1 @@\n+n\n', 'Add x.md'],
  ['talk before it', `From 12ab Mon\nSubject: x\n\ndiff --git a/x b/x\n${hunk}`, 'Update x'],
  ['an unmerged path', `* Unmerged path a.md\ndiff --git a/x b/x\n${hunk}`, 'Update x'],
  ['a new submodule', 'Submodule lib/x 0000000...1234567 (new submodule)\n', 'Add lib/x'],
  ['a changed submodule', 'Submodule lib/x contains modified content\n', 'Update lib/x'],
] as const)('subject for %s', (_, diff, subject) => {
  expect(commitMessageOf(diff)).toBe(subject);
});

test.each([
  ['no diff', 'no diff'],
  ['prose', 'This text tells of a diff.\n\n--- a rule ---\n'],
  ['a header without a name', `diff --git \n${hunk}`],
  ['a broken quote', `diff --git "a/x b/x\n${hunk}`],
  ['one name', `diff --git x\n${hunk}`],
  ['nothing', ''],
])('no message for %s', (_, text) => {
  expect(commitMessageOf(text)).toBeUndefined();
});

test('subjects keep to 72 columns and lists to twenty files', () => {
  const of = (path: string) => `diff --git a/${path} b/${path}\n${hunk}`;
  const long = `${'x'.repeat(59)}${'😀'.repeat(30)}.md`;
  const [subject, , body] = commitMessageOf(of(long))!.split('\n');
  expect(subject!.length).toBeLessThanOrEqual(72);
  expect(subject).not.toMatch(/\p{Surrogate}/u);
  expect(body).toContain(long);
  const many = commitMessageOf(Array.from({ length: 300 }, (_, i) => of(`d/${i}.md`)).join(''))!;
  expect(many.split('\n')[0]).toBe('Reword 300 files in d');
  expect(many.split('\n')).toHaveLength(23);
});
