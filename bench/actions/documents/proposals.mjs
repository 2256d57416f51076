import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { debianPackage } from '../../debianPackage.mjs';
import { pythonPackage } from '../pythonPackage.mjs';

/** @typedef {{ name: string, text: string, summary: string }} Proposal */

/** Of each series, evenly spread. */
const perSeries = 90;

/**
 * Enhancement proposals of Python, and best current practices, proposed standards and experimental protocols of the Internet,
 * each against its abstract.
 */
export async function proposals(/** @type {string} */ folder) {
  const standards = await rfcs('doc-rfc-std-proposed', 'proposed-standard', folder);
  const experimental = await rfcs('doc-rfc-experimental', 'experimental', folder);
  return [
    ...spread(await peps()),
    ...spread(await rfcs('doc-rfc-fyi-bcp', 'best-current-practice', folder)),
    ...halvedByNumber(standards),
    ...halvedByNumber(experimental),
  ].map((each) => ({ ...each, group: each.name, kind: /** @type {const} */ ('proposal') }));
}

/** As many even numbers, which are kept back, as odd ones, which are for setting weights. */
function halvedByNumber(/** @type {Proposal[]} */ all) {
  const isOdd = ({ name }) => Number(name.slice('rfc'.length)) % 2 === 1;
  return [
    ...spread(all.filter(isOdd), perSeries / 2).map((each) => ({ ...each, half: /** @type {const} */ ('tuning') })),
    ...spread(
      all.filter((each) => !isOdd(each)),
      perSeries / 2,
    ).map((each) => ({ ...each, half: /** @type {const} */ ('held out') })),
  ];
}

async function peps() {
  const pages = path.join(await pythonPackage('opep', '2020.10.1'), 'opep', 'peps');
  return readdirSync(pages)
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(pages, file), 'utf8');
      const found = /^Abstract\n=+\n([\s\S]*?)(?=^[^\n]+\n(?:=|-){4,}$)/mu.exec(text);
      const name = file.replace('.md', '');
      // What stands above is a table of who and when.
      return found ? [{ name, text: text.slice(found.index + found[0].length), summary: plain(found[1]) }] : [];
    });
}

/** @returns {Promise<Proposal[]>} */
async function rfcs(/** @type {string} */ name, /** @type {string} */ series, /** @type {string} */ folder) {
  const pages = path.join(await debianPackage(name, folder, 'non-free'), 'usr/share/doc/RFC', series);
  return readdirSync(pages)
    .filter((file) => file.endsWith('.txt.gz'))
    .sort()
    .flatMap((file) => {
      const text = withoutPages(gunzipSync(readFileSync(path.join(pages, file))).toString('latin1'));
      const found = /^Abstract\n([\s\S]*?)(?=^\S)/mu.exec(text);
      const body = /^(?:1\.?|I\.)\s+\S.*(?<!\s\d+)$/mu.exec(text);
      const name = file.replace('.txt.gz', '');
      return found && body ? [{ name, text: asMarkdown(text.slice(body.index)), summary: plain(found[1]) }] : [];
    });
}

/** Headers, footers and form feeds of printed pages. */
const withoutPages = (/** @type {string} */ text) =>
  text
    .replaceAll('\r', '')
    .replace(/\n*^.*\[Page \d+\]\s*\f?\n(?:^RFC \d+.*$)?\n*/gmu, '\n\n')
    .replaceAll('\f', '');

/** Numbered titles stand at the margin, paragraphs three blanks in. */
const asMarkdown = (/** @type {string} */ text) =>
  text.replace(/^((?:\d+\.)+\d*|[A-Z]\.)\s+(\S.*)$/gmu, '\n## $2\n').replace(/^ {3}(?! )/gmu, '');

const plain = (/** @type {string} */ text) =>
  text
    .replace(/\[\^\d+\]/gu, '')
    .replace(/[*_`\\]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

const spread = (/** @type {Proposal[]} */ all, wanted = perSeries) => {
  const step = Math.max(1, all.length / wanted);
  return Array.from({ length: Math.min(wanted, all.length) }, (_, i) => all[Math.floor(i * step)]);
};
