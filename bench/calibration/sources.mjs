// Prose of many authors for calibrating and judging completions. It comes out of Debian packages and out of this
// project's own dependencies at run time and is never kept in the repository. No author is in two of the three parts.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { debianPackage } from '../debianPackage.mjs';
import { fillOnce } from '../fillOnce.mjs';
import { outFolder, root } from '../product.mjs';
import { textOfHtml } from './textOfHtml.mjs';

const handbook = (chapter) => `usr/share/doc/debian-handbook/html/en-US/${chapter}.html`;
const git = (page) => `usr/share/doc/git-doc/${page}.txt`;
const vim = (chapter) => `usr/share/doc/vim/html/usr_${chapter}.html`;
const reference = (page) => `usr/share/developers-reference/_sources/${page}.rst.txt`;

/** Each source once: where its texts lie in a Debian 12 package or in node_modules, and the extension they get. */
export const sources = {
  calibration: [
    {
      package: 'debian-handbook',
      by: 'Raphaël Hertzog, Roland Mas',
      licence: 'GPL-2+ or CC-BY-SA-3.0',
      files: ['foreword', 'sect.backup', 'sect.quality-of-service', 'sect.why-debian'].map(handbook),
      extension: 'md',
    },
    {
      package: 'git-doc',
      by: 'Linus Torvalds and the Git authors',
      licence: 'GPL-2',
      files: ['gittutorial', 'gitcore-tutorial', 'howto/maintain-git'].map(git),
      extension: 'adoc',
    },
    {
      package: 'jargon-text',
      by: 'Eric S. Raymond and others',
      licence: 'public domain',
      files: ['usr/share/doc/jargon-text/jargon.txt.gz'],
      extension: 'txt',
    },
    { module: 'glob', by: 'Isaac Z. Schlueter', licence: 'BlueOak-1.0.0', files: ['README.md'] },
    { module: 'minimatch', by: 'Isaac Z. Schlueter', licence: 'BlueOak-1.0.0', files: ['README.md'] },
    { module: 'p-map', by: 'Sindre Sorhus', licence: 'MIT', files: ['readme.md'] },
  ],
  validation: [
    {
      package: 'debian-policy',
      by: 'Ian Jackson, Christian Schwarz and many Debian contributors',
      licence: 'GPL-2+',
      files: ['usr/share/doc/debian-policy/policy.txt.gz'],
      extension: 'txt',
    },
    { module: 'commander', by: 'TJ Holowaychuk, John Gee', licence: 'MIT', files: ['Readme.md'] },
    { module: 'yauzl', by: 'Josh Wolfe', licence: 'MIT', files: ['README.md'] },
    { module: 'debug', by: 'TJ Holowaychuk, Josh Junon', licence: 'MIT', files: ['README.md'] },
  ],
  evaluation: [
    {
      package: 'developers-reference',
      by: 'Adam Di Carlo, Lucas Nussbaum and the Debian developers',
      licence: 'GPL-2+',
      files: ['beyond-pkging', 'best-pkging-practices', 'developer-duties'].map(reference),
      extension: 'rst',
    },
    {
      package: 'vim-doc',
      by: 'Bram Moolenaar',
      licence: 'Open Publication License 1.0',
      files: ['20', '32', '44'].map(vim),
      extension: 'txt',
    },
    {
      package: 'debian-history',
      by: 'Bdale Garbee and the Debian Documentation Team',
      licence: 'GPL-2+',
      files: ['intro', 'detailed'].map((page) => `usr/share/doc/debian-history/docs/${page}.en.html`),
      extension: 'md',
    },
    { module: 'cockatiel', by: 'Connor Peet', licence: 'MIT', files: ['readme.md'] },
    { module: 'qs', by: 'Jordan Harband, Nathan LaFreniere', licence: 'BSD-3-Clause', files: ['README.md'] },
    { module: 'expect-type', by: 'Misha Kaletsky', licence: 'Apache-2.0', files: ['README.md'] },
    { module: 'undici', by: 'Matteo Collina and others', licence: 'MIT', files: ['README.md'] },
    { module: 'streamx', by: 'Mathias Buus', licence: 'MIT', files: ['README.md'] },
  ],
};

/** So that no source outweighs the others. */
const maxChars = 12_000;
const packages = path.join(outFolder, 'calibration', 'packages');
const textsFolder = path.join(outFolder, 'calibration', 'texts');

/**
 * Writes the texts of one part, once.
 * @param {keyof typeof sources} part
 * @returns {Promise<string>} the folder
 */
export async function fetchTexts(part) {
  const folder = path.join(textsFolder, part);
  await fillOnce(folder, async (unfinished) => {
    for (const source of sources[part]) {
      const from = source.module
        ? path.join(root, 'node_modules', source.module)
        : await debianPackage(source.package, packages);
      for (const file of source.files) {
        const text = excerpt(textOf(path.join(from, file)));
        const name = [source.module ?? source.package, source.module ? '' : pageOf(file)];
        await writeFile(path.join(unfinished, `${name.filter(Boolean).join('-')}.${source.extension ?? 'md'}`), text);
      }
    }
  });
  return folder;
}

/** `sect.backup.html` → `backup`, `intro.en.html` → `intro` */
const pageOf = (file) =>
  path
    .basename(file)
    .replace(/^sect\./, '')
    .split('.')[0];

function textOf(file) {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().replaceAll('\r\n', '\n');
  return file.endsWith('.html') ? textOfHtml(text) : text;
}

/** All of a short text; of a long one a piece from the first fifth on, past titles and contents, in whole paragraphs. */
function excerpt(text) {
  if (text.length <= maxChars) return text;
  const start = outsideFences(text, Math.min(text.length / 5, text.length - maxChars));
  const end = text.lastIndexOf('\n\n', start + maxChars);
  return `${text.slice(start, end)}\n`;
}

/** The first paragraph from `offset` on that does not begin within a block of code. */
function outsideFences(text, offset) {
  for (let start = text.indexOf('\n\n', offset); start >= 0; start = text.indexOf('\n\n', start + 2)) {
    const fences = text.slice(0, start + 2).match(/^(?:```|~~~|-{4,}$|\.{4,}$)/gm) ?? [];
    if (fences.length % 2 === 0) return start + 2;
  }
  return 0;
}
