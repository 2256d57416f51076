// What Typst's own parser takes each line for: one letter a line.
// W words, H heading, C raw text, M formula, K comment, X program text and other markup, . blank.
import { bundle } from '../../bundle.mjs';
import { lettersOfLines } from './lettersOfLines.mjs';

const { typstJudge } = await bundle(
  'text/typstSyntax',
  `export { typstJudge } from './test/unit/text/support/typstSyntax.ts';`,
);
const judge = await typstJudge();

/** @param {string} text with \n for line ends */
export const typstKinds = (text) => lettersOfLines(text, judge(text).letters);
