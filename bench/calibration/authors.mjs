// Authors with their other files as a workspace: what own words and the choice between them and the model are learnt from,
// and judged on. Fetched when they are needed, never kept in the repository. No author is in both parts.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pythonPackage } from '../actions/pythonPackage.mjs';
import { corpora } from '../adapters/corpora.mjs';
import { debianPackage } from '../debianPackage.mjs';
import { fillOnce } from '../fillOnce.mjs';
import { outFolder } from '../product.mjs';
import { textOfHtml } from './textOfHtml.mjs';

const packages = path.join(outFolder, 'calibration', 'packages');
const debian = async (name, folder) => path.join(await debianPackage(name, packages), folder);

/** `learnt`: the choice is fitted to them; `judged`: nothing is. */
export const authors = {
  austen: { part: 'learnt', extension: 'txt', texts: corpora.austen.texts },
  sqlite: { part: 'learnt', extension: 'md', texts: corpora.sqlite.texts },
  handbook: { part: 'learnt', extension: 'md', texts: () => handbook('en-US') },
  git: {
    part: 'learnt',
    extension: 'adoc',
    texts: () => files('git-doc', 'usr/share/doc/git-doc', /^(?!RelNotes).*\.txt$/),
  },
  exim: { part: 'learnt', extension: 'md', texts: corpora.exim.texts },
  melville: { part: 'judged', extension: 'txt', texts: () => melville() },
  reference: {
    part: 'judged',
    extension: 'rst',
    texts: () => files('developers-reference', 'usr/share/developers-reference/_sources', /\.rst\.txt$/),
  },
  vim: { part: 'judged', extension: 'txt', texts: () => files('vim-doc', 'usr/share/doc/vim/html', /^usr_\d+\.html$/) },
  postgres: {
    part: 'judged',
    extension: 'md',
    texts: () =>
      files(
        'postgresql-doc-15',
        'usr/share/doc/postgresql-doc-15/html',
        /^(?!sql-|app-|release|bookindex|index|catalog|view-|infoschema).*\.html$/,
      ),
  },
  history: {
    part: 'judged',
    extension: 'md',
    texts: () => files('debian-history', 'usr/share/doc/debian-history/docs', /\.en\.html$/),
  },
  hess: {
    part: 'kept',
    every: 4,
    extension: 'md',
    texts: async () =>
      (await files('git-annex', 'usr/share/doc/git-annex/html/design', /\.html$/)).map((text) =>
        text.replace(/^[\s\S]*?- thanks\n+/, ''),
      ), // without the site's menu
  },
  kuchling: {
    part: 'kept',
    every: 3,
    extension: 'rst',
    texts: () => files('python3.11-doc', 'usr/share/doc/python3.11/html/_sources/whatsnew', /^2\..*\.rst\.txt$/),
  },
  doyle: {
    part: 'kept',
    every: 3,
    extension: 'txt',
    texts: () => story('pg1661.txt', /\n(?=(?:ADVENTURE )?[IVX]+\. [A-Z])/),
  },
  twain: {
    part: 'kept',
    extension: 'txt',
    texts: () => story('Mark.Twain-Tom.Sawyer.txt', /\n(?=CHAPTER [IVXL]+)/),
  },
  klabnik: {
    part: 'kept',
    extension: 'md',
    texts: () => rustBook('book', /^ch\d+-\d+-.*\.html$/),
  },
  beingessner: {
    part: 'kept',
    extension: 'md',
    texts: () => rustBook('nomicon', /^(?!print|toc|404|index).*\.html$/),
  },
  bayer: {
    part: 'kept',
    extension: 'rst',
    texts: async () =>
      textsBelow(
        path.join(await pythonPackage('SQLAlchemy', '1.4.0', { source: true }), 'doc', 'build'),
        /^(?!changelog).*\.rst$/,
      ),
  },
  tantau: {
    part: 'kept',
    every: 4,
    extension: 'tex',
    texts: () =>
      files('texlive-latex-recommended-doc', 'usr/share/doc/texlive-doc/latex/beamer', /^beamerug-.*\.tex\.gz$/),
  },
  beckert: { part: 'kept', extension: 'md', texts: () => paketmanagement() },
  chineseHandbook: { part: 'kept', extension: 'md', texts: async () => (await handbook('zh-CN')).map(chinese) },
  german: { part: 'judged', extension: 'md', texts: () => handbook('de-DE') },
  french: { part: 'judged', extension: 'md', texts: () => handbook('fr-FR') },
  spanish: { part: 'judged', extension: 'md', texts: () => handbook('es-ES') },
  chinese: {
    part: 'judged',
    extension: 'md',
    texts: async () =>
      (await files('debian-reference-zh-cn', 'usr/share/debian-reference', /^ch\d+\.zh-cn\.html$/)).map(chinese),
  },
  chineseTutorial: {
    part: 'judged',
    every: 4,
    extension: 'md',
    texts: async () =>
      textsBelow(
        path.join(await pythonPackage('fastapi', '0.100.0', { source: true }), 'docs', 'zh', 'docs'),
        /^(?!fastapi-people|external-links|release-notes).*\.md$/,
      ).map(chinese),
  },
};

/** One text in so many is typed; all others are the workspace. */
const typedEvery = 8;
const minChars = 1500;
/** Of a typed text, from its beginning. */
const typedChars = 20_000;

/**
 * Writes the texts of an author, once: `workspace/` and `typed/`.
 * @param {keyof typeof authors} name
 * @returns {Promise<{ workspace: string, typed: string }>} the folders
 */
export async function fetchAuthor(name) {
  const { texts, extension, every = typedEvery } = authors[name];
  const target = path.join(outFolder, 'calibration', 'authors', name);
  await fillOnce(target, async (unfinished) => {
    for (const folder of ['workspace', 'typed']) await mkdir(path.join(unfinished, folder));
    const long = (await texts()).filter((text) => text.length >= minChars);
    for (const [index, text] of long.entries()) {
      const isTyped = index % every === Math.floor(every / 2);
      const file = path.join(isTyped ? 'typed' : 'workspace', `${String(index).padStart(3, '0')}.${extension}`);
      await writeFile(path.join(unfinished, file), isTyped ? text.slice(0, typedChars) : text);
    }
  });
  return { workspace: path.join(target, 'workspace'), typed: path.join(target, 'typed') };
}

/** Files of a Debian package, pages of a site as Markdown, without the site's menu. */
async function files(name, folder, wanted) {
  const root = await debian(name, folder);
  return readdirSync(root, { recursive: true })
    .filter((file) => wanted.test(file))
    .sort()
    .map((file) => {
      const bytes = readFileSync(path.join(root, file));
      const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().replaceAll('\r\n', '\n');
      return file.endsWith('.html') ? textOfHtml(text) : text;
    });
}

async function handbook(language) {
  const root = await debian('debian-handbook', `usr/share/doc/debian-handbook/html/${language}`);
  return readdirSync(root)
    .filter((name) => name.endsWith('.html') && name !== 'index.html')
    .sort()
    .map((name) => {
      const text = textOfHtml(readFileSync(path.join(root, name), 'utf8'));
      return text.slice(Math.max(0, text.indexOf('#')));
    });
}

/** Pages without the list of all chapters beside each. */
async function rustBook(name, wanted) {
  const root = await debian('rust-doc', `usr/share/doc/rust-doc/html/${name}`);
  return textsBelow(root, wanted).map((page) => textOfHtml(/<main>([\s\S]*)<\/main>/.exec(page)?.[1] ?? ''));
}

/** A book of Project Gutenberg that a library is tested with, cut before each match. */
async function story(file, before) {
  const root = await debian('golang-github-pierrec-lz4-dev', 'usr/share/gocode/src/github.com/pierrec/lz4/testdata');
  const [, ...chapters] = readFileSync(path.join(root, file), 'latin1').replaceAll('\r\n', '\n').split(before);
  return chapters.map((chapter) => chapter.split('End of the Project Gutenberg')[0]);
}

/** The chapters of the book, all on one page. */
async function paketmanagement() {
  const root = await debian('debian-paketmanagement-buch', 'usr/share/doc/debian-paketmanagement-buch');
  const page = readFileSync(path.join(root, 'debian-paketmanagement.allinone.html'), 'utf8');
  return page
    .split(/(?=<h2 )/)
    .slice(1)
    .map((chapter) => textOfHtml(chapter.replace(/<img[^>]*>/g, '')));
}

const textsBelow = (root, wanted) =>
  readdirSync(root, { recursive: true })
    .filter((file) => wanted.test(file))
    .sort()
    .map((file) => readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n'));

/** Moby-Dick is the first of the two. */
const melville = async () => (await corpora.prose.texts()).slice(0, chaptersOfMobyDick);
const chaptersOfMobyDick = 140;

/** The paragraphs of a half translated book that have been translated. */
const chinese = (text) =>
  text
    .split('\n\n')
    .filter((block) => 3 * (block.match(/\p{Script=Han}/gu)?.length ?? 0) > block.length)
    .join('\n\n');
