import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../../src/cli/input.ts';
import { languageById, languageOfFile, languages, proseLanguageIds } from '../../../src/text/languages.ts';
import { proseLanguageOf } from '../../../src/training/corpus/findFiles.ts';

describe('the table of languages', () => {
  test('names each language id once', () => {
    const ids = languages.flatMap(({ id, aliases }) => [id, ...aliases]);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('gives each extension and file name to one language', () => {
    const names = languages.flatMap(({ extensions, fileNames }) => [...extensions, ...fileNames]);
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('is what the manifest switches on and is activated by', () => {
    const { contributes, activationEvents } = JSON.parse(readFileSync('package.json', 'utf8'));
    const setting = contributes.configuration
      .flatMap(({ properties }: { properties: object }) => Object.entries(properties))
      .find(([name]: [string]) => name === 'inkling.languages')[1];
    expect(Object.keys(setting.default)).toEqual([...proseLanguageIds, '*']);
    const activating = activationEvents
      .map((event: string) => /^onLanguage:(.*)$/u.exec(event)?.[1])
      .filter((id: string | undefined) => id !== undefined);
    expect(activating.filter((id: string) => languageById(id)?.prose !== true)).toEqual([]);
  });

  test.each([
    ['notes.md', 'markdown'],
    ['NOTES.MD', 'markdown'],
    ['a/b.c/notes.mkdn', 'markdown'],
    ['C:\\texts\\notes.markdown', 'markdown'],
    ['page.mdx', 'mdx'],
    ['paper.qmd', 'quarto'],
    ['paper.Rmd', 'rmd'],
    ['paper.ltx', 'latex'],
    ['paper.Rnw', 'rsweave'],
    ['index.rst', 'restructuredtext'],
    ['guide.adoc', 'asciidoc'],
    ['guide.asc', 'asciidoc'],
    ['guide.ad', 'asciidoc'],
    ['guide.adoc.txt', 'asciidoc'],
    ['v1.2.adoc.txt', 'asciidoc'],
    ['v1.2.txt', 'plaintext'],
    ['essay.typ', 'typst'],
    ['diary.org', 'org'],
    ['page.xhtml', 'html'],
    ['.git/COMMIT_EDITMSG', 'git-commit'],
    ['.git/MERGE_MSG', 'git-commit'],
    ['main.py', 'python'],
    ['Makefile', 'makefile'],
    ['.md', undefined],
    ['README', undefined],
    ['photo.jpg', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['a.constructor', undefined],
  ])('%s is in %s', (path, id) => expect(languageOfFile(path)?.id).toBe(id));

  test.each([
    ['', 'markdown'],
    ['README', 'plaintext'],
    ['notes.mkd', 'markdown'],
    ['guide.ad', 'asciidoc'],
    ['photo.jpg', 'jpg'],
    ['main.rs', 'rust'],
  ])('the command line reads %j as %s', (path, id) => expect(languageOf(path)).toBe(id));

  test.each([
    ['notes.mkd', 'markdown'],
    ['main.rs', undefined],
    ['photo.jpg', undefined],
  ])('the corpus reads %j as %s', (path, id) => expect(proseLanguageOf(path)).toBe(id));
});
