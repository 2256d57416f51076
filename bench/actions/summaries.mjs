// The default summary against the first three sentences, on documents with a summary by their author.

import { fileURLToPath } from 'node:url';
import { bootstrap } from '../statistics.mjs';
import { markdownTable, withInterval } from '../table.mjs';
import { rouge } from './rouge.mjs';
import { summarizedDocuments } from './summarizedDocuments.mjs';

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Weights were set on every other document; the rest judges. */
const isForTuning = (/** @type {number} */ index) => index % 2 === 1;

/**
 * @param {{ extractiveSummary: Function, sectionsOf: Function, keyTerms: Function, contentStems: Function }} product
 * @param {{ folder: string, tuning?: boolean }} options
 */
export async function evaluateSummaries(product, { folder, tuning = false }) {
  const documents = (await summarizedDocuments(folder, nodeModules)).filter(
    (_, index) => isForTuning(index) === tuning,
  );
  const rows = [];
  for (const { name, kind, text, summary } of documents) {
    const sentences = product.sectionsOf(text).flatMap((section) => section.sentences);
    if (sentences.length < 9) continue;
    const lead = sentences
      .slice(0, 3)
      .map((sentence) => sentence.text)
      .join(' ');
    const [three, usual] = [
      await product.extractiveSummary(text, 'paragraph', undefined, 3),
      await product.extractiveSummary(text, 'paragraph'),
    ];
    const flat = text.replace(/\n[ \t]*(?:>[ \t]?)*/gu, ' ').replace(/\s+/gu, ' '); // as the product reads quotes
    const unsupported = usual.sentences.filter(
      (sentence) => !flat.includes(sentence.text.replace(/\s+/gu, ' ')),
    ).length;
    rows.push({
      name,
      kind,
      lead: { ...rouge(lead, summary), coverage: coverage(product, text, lead) },
      three: { ...rouge(three.text, summary), coverage: coverage(product, text, three.text) },
      usual: { ...rouge(usual.text, summary), coverage: coverage(product, text, usual.text) },
      unsupported,
    });
  }
  return { rows, markdown: report(rows) };
}

/** Mean share of each section's key terms that a summary names. */
function coverage(product, /** @type {string} */ text, /** @type {string} */ summary) {
  const named = new Set(product.contentStems(summary));
  let share = 0;
  for (const [stem, weight] of product.keyTerms(product.sectionsOf(text))) if (named.has(stem)) share += weight;
  return share;
}

function report(rows) {
  const kinds = ['chapter', 'readme'];
  const table = [['documents', 'summary', 'ROUGE-1', 'ROUGE-2', 'ROUGE-L', 'key terms of all sections']];
  for (const kind of kinds) {
    const own = rows.filter((row) => row.kind === kind);
    if (own.length === 0) continue;
    for (const [label, key] of [
      ['first three sentences', 'lead'],
      ['three sentences', 'three'],
      ['default length', 'usual'],
    ]) {
      const figures = ['rouge1', 'rouge2', 'rougeL', 'coverage'].map((figure) =>
        withInterval(
          bootstrap(own, (units) => units.reduce((sum, row) => sum + row[key][figure], 0) / units.length),
          3,
        ),
      );
      table.push([`${own.length} ${kind}s`, label, ...figures]);
    }
  }
  const unsupported = rows.reduce((sum, row) => sum + row.unsupported, 0);
  return `${markdownTable(table)}\n\nSentences that the text does not contain: ${unsupported}.`;
}
