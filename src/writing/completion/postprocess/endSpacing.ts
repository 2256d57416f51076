import { endsUnspaced, startsInWord, startsUnspaced } from '../segment.ts';
import type { Rule } from './rule.ts';

/** No blank at the end, except the one that keeps a word of the suggestion apart from a word right of the caret. */
export const endSpacing: Rule = (text, { after }) => {
  const bare = text.trimEnd();
  if (!startsInWord(after.slice(0, 2)) || startsUnspaced(after) || endsUnspaced(bare)) return bare;
  return `${bare} `;
};
