// ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004): F-measures over words in small letters, with the Porter-like stems of the
// product left out so that the figures compare with others'. Han characters count as words, as usual for Chinese.

const word = /\p{Script=Han}|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;

/** @param {string} text @returns {string[]} */
export const wordsOf = (text) => text.toLowerCase().match(word) ?? [];

/** @param {string} text @param {number} words @returns {string} its beginning with as many words */
export function beginningOf(text, words) {
  const last = [...text.matchAll(word)][words - 1];
  return last ? text.slice(0, last.index + last[0].length) : text;
}

/** @returns {{ rouge1: number, rouge2: number, rougeL: number }} 0 … 1 */
export function rouge(/** @type {string} */ candidate, /** @type {string} */ reference) {
  const a = wordsOf(candidate);
  const b = wordsOf(reference);
  return {
    rouge1: overlap(grams(a, 1), grams(b, 1)),
    rouge2: overlap(grams(a, 2), grams(b, 2)),
    rougeL: fMeasure(longestCommonSubsequence(a, b), a.length, b.length),
  };
}

function grams(/** @type {string[]} */ words, /** @type {number} */ n) {
  const counts = new Map();
  for (let i = 0; i + n <= words.length; i++) {
    const gram = words.slice(i, i + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function overlap(/** @type {Map<string, number>} */ a, /** @type {Map<string, number>} */ b) {
  let common = 0;
  for (const [gram, count] of a) common += Math.min(count, b.get(gram) ?? 0);
  const total = (/** @type {Map<string, number>} */ counts) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  return fMeasure(common, total(a), total(b));
}

function fMeasure(/** @type {number} */ common, /** @type {number} */ inCandidate, /** @type {number} */ inReference) {
  if (common === 0) return 0;
  const precision = common / inCandidate;
  const recall = common / inReference;
  return (2 * precision * recall) / (precision + recall);
}

function longestCommonSubsequence(/** @type {string[]} */ a, /** @type {string[]} */ b) {
  let row = new Array(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++) next.push(word === b[j] ? row[j] + 1 : Math.max(next[j], row[j + 1]));
    row = next;
  }
  return row[b.length];
}
