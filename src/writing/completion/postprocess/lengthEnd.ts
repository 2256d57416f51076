import { clauseEnd, sentenceEnd } from '../../../text/sentenceEnd.ts';
import type { Rule } from './rule.ts';

/** Cuts after the clause or the sentence, as the length setting says. */
export const lengthEnd: Rule = (text, { length, before, habits: { language } }) => {
  if (length === 'paragraph') return text;
  const end = length === 'short' ? clauseEnd(text, before, language) : sentenceEnd(text, before, language);
  return end === undefined ? text : text.slice(0, end);
};
