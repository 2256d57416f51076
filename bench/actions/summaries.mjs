// The default summary against the first three sentences, on documents with a summary by their author.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bootstrap } from '../statistics.mjs';
import { markdownTable, withInterval } from '../table.mjs';
import { beginningOf, rouge, wordsOf } from './rouge.mjs';
import { kinds, summarizedDocuments } from './summarizedDocuments.mjs';

export const nodeModules = ['../../node_modules', '../node_modules']
  .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
  .filter(existsSync);
const baselineSentences = 3;
const figures = /** @type {const} */ (['rouge1', 'rouge2', 'rougeL', 'coverage']);

/**
 * @param {{ readWhole: Function, extractiveSummary: Function, sectionsOf: Function, keyTerms: Function, contentStems: Function }} product
 * @param {{ folder: string, half?: 'tuning' | 'held out' }} options
 */
export async function evaluateSummaries(product, { folder, half = 'held out' }) {
  const rows = [];
  for (const { name, kind, text, summary, ...document } of await summarizedDocuments({ folder, nodeModules })) {
    const reading = product.readWhole(text, 'markdown');
    const sections = product.sectionsOf(reading);
    const sentences = sections.flatMap((section) => section.sentences);
    if (document.half !== half || sentences.length < 3 * baselineSentences) continue;
    const first = sentences.slice(0, baselineSentences).map((sentence) => sentence.text);
    const chosen = await product.extractiveSummary(reading, 'paragraph');
    const flat = text.replace(/\n[ \t]*(?:>[ \t]?)*/gu, ' ').replace(/\s+/gu, ' '); // as the product reads quotes
    const figuresOf = (/** @type {string} */ candidate) => ({
      ...rouge(candidate, summary),
      coverage: coverage(product, sections, candidate),
      words: wordsOf(candidate).length,
    });
    rows.push({
      name,
      kind,
      lead: figuresOf(first.join(' ')),
      cut: figuresOf(beginningOf(sentences.map((each) => each.text).join(' '), wordsOf(chosen.text).length)),
      chosen: figuresOf(chosen.text),
      sentences: chosen.sentences.length,
      unsupported: chosen.sentences.filter((sentence) => !flat.includes(sentence.text.replace(/\s+/gu, ' '))).length,
    });
  }
  return { rows, markdown: report(rows) };
}

/** Mean share of each section's key terms that a summary names. */
function coverage(product, /** @type {object[]} */ sections, /** @type {string} */ summary) {
  const named = new Set(product.contentStems(summary));
  let share = 0;
  for (const [stem, weight] of product.keyTerms(sections)) if (named.has(stem)) share += weight;
  return share;
}

const plural = { 'summed up': 'chapters summed up at their end', Chinese: 'Chinese texts' };

function report(rows) {
  const table = [['documents', 'summary', 'words', 'ROUGE-1', 'ROUGE-2', 'ROUGE-L', 'key terms of all sections']];
  for (const kind of [...kinds, undefined]) {
    const own = rows.filter((row) => kind === undefined || row.kind === kind);
    if (own.length === 0) continue;
    const mean = (units, value) => units.reduce((sum, unit) => sum + value(unit), 0) / units.length;
    const cells = (value, digits = 3) =>
      figures.map((figure) =>
        withInterval(
          bootstrap(own, (units) => mean(units, (row) => value(row, figure))),
          digits,
        ),
      );
    const label = kind === undefined ? `all ${own.length}` : `${own.length} ${plural[kind] ?? `${kind}s`}`;
    const words = (key) => mean(own, (row) => row[key].words).toFixed(0);
    table.push([label, 'first three sentences', words('lead'), ...cells((row, figure) => row.lead[figure])]);
    table.push([label, 'default summary', words('chosen'), ...cells((row, figure) => row.chosen[figure])]);
    table.push([label, 'the beginning, cut to that length', words('cut'), ...cells((row, figure) => row.cut[figure])]);
    const than = (key) => (row, figure) => row.chosen[figure] - row[key][figure];
    table.push([label, 'default − the beginning at that length', '', ...cells(than('cut'))]);
    table.push([label, 'default − first three', '', ...cells(than('lead'))]);
  }
  const unsupported = rows.reduce((sum, row) => sum + row.unsupported, 0);
  const sentences = rows.reduce((sum, row) => sum + row.sentences, 0);
  return `${markdownTable(table)}\n\nSentences that the text does not contain: ${unsupported} of ${sentences}.`;
}
