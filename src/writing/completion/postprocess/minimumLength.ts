import { visibleLength } from '../segment.ts';
import type { Rule } from './rule.ts';

const minVisibleCharacters = 2;
/** "t|he", "a|nd": the two letters that end a word are typed faster than they are read, and flash up at every word */
const minRestOfWord = 3;

/** What is typed faster than it is read is not shown. */
export const minimumLength: Rule = (text, { caret }) => {
  const visible = visibleLength(text);
  if (visible === 0) return { drop: 'empty' };
  const isRestOfWord =
    caret.place === 'afterLetter' && /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u.test(text);
  return visible < (isRestOfWord ? minRestOfWord : minVisibleCharacters) ? { drop: 'tooShort' } : text;
};
