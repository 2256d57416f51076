import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CorpusOptions, resolveCorpusOptions } from '../../../src/protocol/corpus.ts';
import { findFiles } from '../../../src/training/corpus/findFiles.ts';
import { type Files, folderWith } from './corpusFolder.ts';

const find = (roots: readonly string[], options: Partial<CorpusOptions> = {}) =>
  findFiles(roots, resolveCorpusOptions(options));

async function check(files: Files, options: Partial<CorpusOptions>, expected: Record<string, string>) {
  const { files: found, excluded } = await find([await folderWith(files)], options);
  const seen = [
    ...found.map(({ path, languageId }) => [path, languageId]),
    ...excluded.map(({ path, reason }) => [path, `not: ${reason}`]),
  ];
  expect(Object.fromEntries(seen)).toEqual(expected);
}

describe('which files are found', () => {
  test('those with a prose extension, with their language', async () => {
    const names = 'a.md b.txt c.tex d.adoc e.rst f.typ g.HTML h.org i.mdx sub/deep/j.md k.ts l.pdf README md .md'.split(
      ' ',
    );
    await check(
      Object.fromEntries(names.map((name) => [name, 'x'])),
      {},
      {
        'a.md': 'markdown',
        'b.txt': 'plaintext',
        'c.tex': 'latex',
        'd.adoc': 'asciidoc',
        'e.rst': 'restructuredtext',
        'f.typ': 'typst',
        'g.HTML': 'html',
        'h.org': 'org',
        'i.mdx': 'mdx',
        'sub/deep/j.md': 'markdown',
      },
    );
  });

  test('not in hidden folders, not in those of packages', async () => {
    const files = {
      '.git/a.md': '',
      '.obsidian/a.md': '',
      'node_modules/p/README.md': '',
      'x/vendor/b.md': '',
      'c.md': '',
    };
    await check(files, {}, { 'node_modules/': 'not: excluded', 'x/vendor/': 'not: excluded', 'c.md': 'markdown' });
  });

  test('include and exclude globs', async () => {
    const files = { 'a.md': '', 'notes/b.md': '', 'notes/c.txt': '', 'notes/old/d.md': '', 'scene.fountain': '' };
    await check(
      files,
      { include: ['notes/**'], exclude: ['**/old'] },
      {
        'notes/b.md': 'markdown',
        'notes/c.txt': 'plaintext',
        'notes/old/': 'not: excluded',
      },
    );
    await check(
      files,
      { include: ['*.fountain', '*.txt'] },
      { 'scene.fountain': 'plaintext', 'notes/c.txt': 'plaintext' },
    );
    await check(files, { exclude: ['notes/**', 'a.md'] }, { 'notes/': 'not: excluded', 'a.md': 'not: excluded' });
  });
});

describe('.gitignore', () => {
  const files = {
    '.gitignore': 'drafts/\n*.txt\n!keep.txt\n/top.md\n',
    'drafts/a.md': '',
    'b.txt': '',
    'keep.txt': '',
    'top.md': '',
    'sub/top.md': '',
    'sub/.gitignore': 'private.md\n!again.txt\n',
    'sub/private.md': '',
    'sub/again.txt': '',
    'private.md': '',
  };

  test('is obeyed, the nearest first', async () => {
    await check(
      files,
      {},
      {
        'drafts/': 'not: gitignore',
        'b.txt': 'not: gitignore',
        'keep.txt': 'plaintext',
        'top.md': 'not: gitignore',
        'sub/top.md': 'markdown',
        'sub/private.md': 'not: gitignore',
        'sub/again.txt': 'plaintext',
        'private.md': 'markdown',
      },
    );
  });

  test('unless switched off', async () => {
    const { files: found, excluded } = await find([await folderWith(files)], { useGitignore: false });
    expect(found).toHaveLength(8);
    expect(excluded).toEqual([]);
  });

  test('of the folders above, up to the repository and no further', async () => {
    const folder = await folderWith({
      '.gitignore': '*.md\n',
      'repo/.git/info/exclude': 'local.md\n',
      'repo/.gitignore': '/docs/built\n',
      'repo/docs/a.md': '',
      'repo/docs/local.md': '',
      'repo/docs/built/b.md': '',
    });
    const { files: found, excluded } = await find([join(folder, 'repo/docs')]);
    expect(found.map(({ path }) => path)).toEqual(['a.md']);
    expect(excluded).toEqual(
      expect.arrayContaining([
        { path: 'local.md', reason: 'gitignore' },
        { path: 'built/', reason: 'gitignore' },
      ]),
    );
  });
});

describe('a folder that is itself ignored', () => {
  test('is read all the same when it is asked for by name', async () => {
    const folder = await folderWith({ '.git/HEAD': '', '.gitignore': '*\n', 'notes/a.md': '' });
    expect((await find([join(folder, 'notes')])).files.map(({ path }) => path)).toEqual(['a.md']);
    expect((await find([folder])).files).toEqual([]);
  });
});

describe('what could go wrong on a disk', () => {
  test('symbolic links are not followed: loops, and files outside the workspace', async () => {
    const outside = await folderWith({ 'secret.md': 'not yours' });
    const folder = await folderWith({ 'a/b.md': 'mine' });
    await symlink(folder, join(folder, 'a/loop'));
    await symlink(outside, join(folder, 'outside'));
    await symlink(join(outside, 'secret.md'), join(folder, 'a/link.md'));
    await symlink(join(folder, 'nowhere'), join(folder, 'broken.md'));
    const { files, excluded } = await find([folder]);
    expect(files.map(({ path }) => path)).toEqual(['a/b.md']);
    expect(excluded.map(({ path, reason }) => `${path} ${reason}`).sort()).toEqual([
      'a/link.md symbolicLink',
      'a/loop symbolicLink',
      'broken.md symbolicLink',
      'outside symbolicLink',
    ]);
  });

  test('a root may be a link, a single file, or lie in another root', async () => {
    const folder = await folderWith({ 'a.md': '', 'sub/b.md': '' });
    const link = join(await folderWith({}), 'link');
    await symlink(folder, link);
    const paths = async (roots: string[]) =>
      (await find(roots)).files.map(({ path }) => path.replace(/^inkling[^/]*\//, ''));
    expect(await paths([link])).toEqual(['a.md', 'sub/b.md']);
    expect(await paths([join(folder, 'a.md')])).toEqual(['a.md']);
    expect(await paths([join(folder, 'sub'), folder])).toEqual(['a.md', 'sub/b.md']);
  });

  test('two roots of the same name', async () => {
    const folder = await folderWith({ 'x/notes/a.md': '', 'y/notes/a.md': '' });
    const { files } = await find([join(folder, 'x/notes'), join(folder, 'y/notes')]);
    expect(files.map(({ path }) => path)).toEqual(['notes (2)/a.md', 'notes/a.md']);
  });

  test('200 MB', async () => {
    const folder = await folderWith({ 'small.md': 'x' });
    await writeFile(join(folder, 'huge.txt'), '');
    await truncate(join(folder, 'huge.txt'), 200e6);
    const { files, excluded } = await find([folder]);
    expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([['small.md', 1]]);
    expect(excluded).toEqual([{ path: 'huge.txt', reason: 'tooLarge' }]);
  });

  test('a folder that is named like a file', async () => {
    const folder = await folderWith({ 'chapter.md/text.md': '' });
    await mkdir(join(folder, 'empty.txt'));
    expect((await find([folder])).files.map(({ path }) => path)).toEqual(['chapter.md/text.md']);
  });

  test('a root that does not exist', async () => {
    await expect(find([join(await folderWith({}), 'gone')])).rejects.toMatchObject({
      code: 'fileAccess',
      message: expect.stringContaining('gone'),
    });
  });
});

describe('what would never end', () => {
  const link = (target: string) => (root: string) => symlink(target, join(root, '.gitignore'));
  const pipe = (root: string) => {
    execFileSync('mkfifo', [join(root, '.gitignore')]);
  };

  test.skipIf(process.platform === 'win32').each([
    ['a pipe', pipe],
    ['a link to a device without an end', link('/dev/zero')],
    ['a link to itself', link('.gitignore')],
    ['a folder', (root: string) => mkdir(join(root, '.gitignore'))],
  ])('.gitignore is %s: it is as if there were none', async (_, make) => {
    const root = await folderWith({ 'a.md': 'x' });
    await make(root);
    expect((await find([root])).files.map(({ path }) => path)).toEqual(['a.md']);
  });

  test('a .gitignore of megabytes is no list of rules', async () => {
    const root = await folderWith({ 'a.md': 'x', '.gitignore': 'a.md\n' });
    await truncate(join(root, '.gitignore'), 2_000_000);
    expect((await find([root])).files.map(({ path }) => path)).toEqual(['a.md']);
  });

  const slow = ['*a*a*a*b', '**/*a*a*a*b', 'x/*a*?*b*c*d', '**/a/**/b/**/c/**/d', '+(a)+(b)+(c)+(d)'];
  test.each(slow)('the pattern %s is refused in words', async (glob) => {
    const root = await folderWith({ 'a.md': 'x' });
    await expect(find([root], { include: [glob] })).rejects.toThrow(/has more than 3 stars/u);
    await expect(find([root], { exclude: [glob] })).rejects.toThrow(/has more than 3 stars/u);
  });

  test.each(['*.md', '**/*.md', 'a*b*c*.md', '**/x/**/y/**', 'docs/*/*/*/*/*.md'])(
    'the pattern %s is not',
    async (glob) => {
      const root = await folderWith({ 'a.md': 'x' });
      await expect(find([root], { exclude: [glob] })).resolves.toBeDefined();
    },
  );
});
