// What Typst's own parser takes each line for: one letter a line.
// W words, H heading, C raw text, M formula, K comment, X program text and other markup, . blank.
import { bundle } from '../../bundle.mjs';

const { typstJudge } = await bundle(
  'text/typstSyntax',
  `export { typstJudge } from './test/unit/text/support/typstSyntax.ts';`,
);
const judge = await typstJudge();

/** @param {string} text with \n for line ends */
export function typstKinds(text) {
  const { letters } = judge(text);
  let start = 0;
  return text
    .split('\n')
    .map((line) => {
      const kinds = letters.slice(start, start + line.length);
      const ofWords = kinds.filter((_, index) => /[\p{L}\p{N}]/u.test(line[index]));
      start += line.length + 1;
      if (line.trim() === '') return '.';
      const found = new Set(ofWords.length > 0 ? ofWords : kinds);
      return ['H', 'W', 'X', 'M', 'C', 'K'].find((letter) => found.has(letter));
    })
    .join('');
}
