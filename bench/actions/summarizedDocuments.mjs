// Documents with a summary by their author. Nothing of them is kept in the repository:
// - chapters of the Debian Administrator's Handbook (debian-handbook, GPL-2+ or CC-BY-SA-3.0);
// - papers about R packages (r-cran-*, GPL-2 or GPL-2+, seriation GPL-3, colorspace BSD-3-Clause), with their abstracts;
// - manual pages of Git (git-doc, GPL-2), with the line that says what a command is for;
// - chapters of Rust's book and edition guide (rust-doc, MIT or Apache-2.0) and of FastAPI's tutorial (fastapi 0.100.0, MIT),
//   with the section in which each sums itself up;
// - enhancement proposals of Python (opep 2020.10.1, public domain) and best current practices of the Internet
//   (doc-rfc-fyi-bcp, may be copied unchanged), with their abstracts; its proposed standards and experimental protocols
//   (doc-rfc-std-proposed, doc-rfc-experimental), of which the even numbers are kept back;
// - posts and articles (instructor 1.8.0, MIT; ai 6.0.326, Apache-2.0; r-cran-*, MIT or GPL-2+), with the line above them;
// - in Chinese, chapters of the same handbook and of the same tutorial;
// - READMEs of installed npm packages (each under its package's licence), with the description in package.json.
import { chapters } from './documents/chapters.mjs';
import { chineseDocuments, closingSummaries } from './documents/closingSummaries.mjs';
import { essays } from './documents/essays.mjs';
import { manualPages } from './documents/manualPages.mjs';
import { papers } from './documents/papers.mjs';
import { proposals } from './documents/proposals.mjs';
import { readmes } from './documents/readmes.mjs';
import { wordsOf } from './rouge.mjs';

/** @typedef {typeof kinds[number]} DocumentKind */
/** @typedef {{ name: string, group: string, kind: DocumentKind, text: string, summary: string, half?: 'tuning' | 'held out' }} SummarizedDocument */

const minSentences = 10;
/** Of the author's summary: with fewer there is too little to compare with. Characters in Chinese. */
const minSummaryWords = {
  chapter: 8,
  'summed up': 12,
  proposal: 15,
  paper: 30,
  essay: 8,
  'manual page': 6,
  readme: 6,
  Chinese: 20,
};
export const kinds = /** @type {const} */ ([
  'chapter',
  'summed up',
  'proposal',
  'paper',
  'essay',
  'manual page',
  'readme',
  'Chinese',
]);

/**
 * @param {{ folder: string, nodeModules: readonly string[] }} options where packages are unpacked, and where installed
 *   npm packages are
 * @returns {Promise<(SummarizedDocument & { half: 'tuning' | 'held out' })[]>} every second group is for setting weights, where
 *   the document does not say
 */
export async function summarizedDocuments({ folder, nodeModules }) {
  const all = [
    ...(await chapters(folder)),
    ...(await closingSummaries(folder)),
    ...(await proposals(folder)),
    ...(await papers(folder)),
    ...(await essays(folder)),
    ...(await manualPages(folder)),
    ...nodeModules.flatMap(readmes),
    ...(await chineseDocuments(folder, chapters)),
  ].filter(isUsable);
  const groups = Object.fromEntries(kinds.map((kind) => [kind, []]));
  const seen = new Set();
  const documents = [];
  for (const document of all) {
    const { kind, group, name } = document;
    if (seen.has(`${kind} ${name}`)) continue; // installed twice
    seen.add(`${kind} ${name}`);
    if (document.half) {
      documents.push(document);
      continue;
    }
    if (!groups[kind].includes(group)) groups[kind].push(group);
    const isForTuning = groups[kind].indexOf(group) % 2 === 1;
    documents.push({
      ...document,
      half: isForTuning ? /** @type {const} */ ('tuning') : /** @type {const} */ ('held out'),
    });
  }
  return documents;
}

/** @param {SummarizedDocument} document */
function isUsable({ kind, text, summary }) {
  const sentences = text.replace(/```[\s\S]*?```/gu, '').match(/\p{Ll}[.!?](?=\s)|[。！？]/gu)?.length ?? 0;
  return wordsOf(summary).length >= minSummaryWords[kind] && sentences >= minSentences;
}
