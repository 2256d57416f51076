// What `fix` changes in published text, which hardly needs it: every change is listed, to be judged by a person.
import { summarizedDocuments } from './summarizedDocuments.mjs';

const context = 30;

/**
 * @param {{ act: (request: object) => Promise<any> }} product
 * @param {{ folder: string, nodeModules: readonly string[] }} options
 * @returns {Promise<{ words: number, changes: string[] }>}
 */
export async function changesInPublishedText(product, options) {
  const changes = [];
  let words = 0;
  for (const { name, kind, text } of await summarizedDocuments(options)) {
    if (kind === 'paper') continue; // its citations were taken out, which leaves blanks
    words += text.split(/\s+/u).length;
    const outcome = await product.act({ action: 'fix', text, languageId: 'markdown', way: 'rules' });
    for (const { start, end, original, replacement } of outcome.changes ?? []) {
      const left = text.slice(Math.max(0, start - context), start);
      const right = text.slice(end, end + context);
      changes.push(`${name}: ${left}[${original} → ${replacement}]${right}`.replace(/\s+/gu, ' '));
    }
  }
  return { words, changes };
}
