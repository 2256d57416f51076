import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../bundle.mjs';
import { lettersOfLines } from './lettersOfLines.mjs';
import { readSource } from './sources.mjs';

const judges = {
  markdown: () => lettersOf('markdown'),
  html: () => lettersOf('html'),
  typst: async () => {
    const { typstKinds } = await import('./typstKinds.mjs');
    return (_, text) => typstKinds(text);
  },
  org: async (files) => {
    const { orgLetters } = await import('./orgLetters.mjs');
    const letters = await orgLetters(files.map(readSource));
    return (file, text) => lettersOfLines(text, letters[files.indexOf(file)]);
  },
  restructuredtext: (files, python) => {
    const script = fileURLToPath(new URL('docutils_kinds.py', import.meta.url));
    const { stdout } = spawnSync(python, [script], {
      input: files.join('\n'),
      maxBuffer: 2 ** 30,
      encoding: 'utf8',
    });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const kinds = new Map(lines.map((line) => [line.file, line.kinds]));
    return (file) => kinds.get(file);
  },
  asciidoc: async () => {
    const { asciidoctorKinds } = await import('./asciidoctorKinds.mjs');
    return (_, text) => asciidoctorKinds(text);
  },
  latex: async () => {
    const { latexKinds } = await import('./latexKinds.mjs');
    return (_, text) => latexKinds(text);
  },
};

/**
 * What the language's reference implementation takes the lines of a file for: one letter each, by its path and text;
 * undefined where it gave up.
 * @param {string} languageId
 * @param {readonly string[]} files
 * @param {string} python one that has docutils
 */
export async function judgeOf(languageId, files, python) {
  const judge = judges[languageId];
  if (judge === undefined) throw new Error(`No reference implementation is known for ${languageId}.`);
  return await judge(files, python);
}

async function lettersOf(languageId) {
  const { judges: references } = await bundle('text/judges', `export { judges } from './bench/text/judges.ts';`);
  const { theirs } = references[languageId];
  return (_, text) =>
    theirs(text)
      .map((kind) =>
        kind === ''
          ? languageId === 'html'
            ? 'X'
            : '.'
          : /prose|listItem|quote/u.test(kind)
            ? 'W'
            : kind.startsWith('heading')
              ? 'H'
              : 'X',
      )
      .join('');
}
