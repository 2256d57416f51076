// What `fix` changes in published text, which hardly needs it: every change is listed, to be judged by a person.
import { summarizedDocuments } from './summarizedDocuments.mjs';

const context = 30;

/**
 * @param {{ fixText: Function, textBlocks: Function, holdsSentences: Function, wordChanges: Function }} product
 * @param {{ folder: string, nodeModules: readonly string[] }} options
 * @returns {Promise<{ words: number, changes: string[] }>}
 */
export async function changesInPublishedText(product, options) {
  const changes = [];
  let words = 0;
  for (const { name, kind, text } of await summarizedDocuments(options)) {
    if (kind === 'paper') continue; // its citations were taken out, which leaves blanks
    for (const block of product.textBlocks(text).filter(product.holdsSentences)) {
      const passage = text.slice(block.contentStart, block.end);
      words += passage.split(/\s+/u).length;
      const fixed = product.fixText(passage);
      if (fixed === passage) continue;
      const whole = [{ start: 0, end: passage.length, replacement: fixed }];
      for (const { start, end, original, replacement } of product.wordChanges(passage, whole)) {
        const left = passage.slice(Math.max(0, start - context), start);
        const right = passage.slice(end, end + context);
        changes.push(`${name}: ${left}[${original} → ${replacement}]${right}`.replace(/\s+/gu, ' '));
      }
    }
  }
  return { words, changes };
}
