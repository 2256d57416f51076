import { minHealedLogprob } from '../gate.ts';
import type { Rule } from './rule.ts';

const shortestWord = 3; // characters; shorter beginnings are not judged

/**
 * Says nothing while the word under the caret is misspelt, rather than complete the typo: a beginning that the model
 * finds very unlikely is one, unless the writer has used it before, as with a name.
 */
export const misspelling: Rule = (text, { healedLogprob, before }) => {
  const word = /[\p{L}\p{M}'’]+$/u.exec(before)?.[0] ?? '';
  if (healedLogprob >= minHealedLogprob || word.length < shortestWord) return text;
  const isKnown = before.slice(0, -word.length).toLowerCase().includes(word.toLowerCase());
  return isKnown ? text : { drop: 'misspelt' };
};
