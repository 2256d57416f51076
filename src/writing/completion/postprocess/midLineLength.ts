import { wordPieces } from '../segment.ts';
import type { Rule } from './rule.ts';

const maxWords = 4;

/** With text right of the caret a suggestion is at most four words. */
export const midLineLength: Rule = (text, { caret }) => {
  return caret.follows === 'text' ? wordPieces(text).slice(0, maxWords).join('') : text;
};
