import { clauseEnd, sentenceEnd } from '../sentenceEnd.ts';
import type { Rule } from './rule.ts';

/** Cuts after the clause or the sentence, as the length setting says. */
export const lengthEnd: Rule = (text, { length, before }) => {
  if (length === 'paragraph') return text;
  const end = length === 'short' ? clauseEnd(text, before) : sentenceEnd(text, before);
  return end === undefined ? text : text.slice(0, end);
};
