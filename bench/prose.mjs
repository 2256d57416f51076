// Prose of several authors and kinds for perplexities. It comes out of Debian packages at run time and is never kept in
// the repository; without apt, pass texts of your own with INKLING_BENCH_PROSE=FILE:FILE….
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { debianPackage } from './debianPackage.mjs';
import { outFolder } from './product.mjs';

/** Packages of Debian 12, their licences, and where the plain text lies. */
const sources = [
  {
    name: 'Debian Developer’s Reference (GPL-2+), a handbook',
    package: 'developers-reference',
    file: 'usr/share/developers-reference/developers-reference.txt.gz',
  },
  {
    name: 'The Jargon File (public domain), a glossary',
    package: 'jargon-text',
    file: 'usr/share/doc/jargon-text/jargon.txt.gz',
  },
  {
    name: 'Git User Manual (GPL-2), a manual',
    package: 'git-doc',
    file: 'usr/share/doc/git-doc/user-manual.txt',
  },
];
const shortestParagraph = 300; // characters: running text, no lists and tables
const charactersEach = 18_000; // about 4,000 tokens

/** @returns {Promise<{ name: string, text: string }[]>} */
export async function fetchProse() {
  const own = process.env['INKLING_BENCH_PROSE'];
  if (own) return own.split(path.delimiter).map((file) => ({ name: file, text: readFileSync(file, 'utf8') }));
  const folder = path.join(outFolder, 'prose');
  const texts = [];
  for (const source of sources) {
    const unpacked = await debianPackage(source.package, folder);
    const bytes = readFileSync(path.join(unpacked, source.file));
    texts.push({
      name: source.name,
      text: proseOf((source.file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()),
    });
  }
  return texts;
}

/** Long paragraphs, unwrapped, from the second tenth of the text on: past titles, licences and tables of contents. */
function proseOf(text) {
  const paragraphs = text
    .slice(text.length / 10)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, ' '))
    .filter((paragraph) => paragraph.length >= shortestParagraph && /^[\p{L}"“].*[.!?:)]$/u.test(paragraph));
  let taken = '';
  for (const paragraph of paragraphs) if (taken.length < charactersEach) taken += `${paragraph}\n\n`;
  return taken;
}
