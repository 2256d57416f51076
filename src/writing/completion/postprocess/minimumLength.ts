import { visibleLength } from '../segment.ts';
import type { Rule } from './rule.ts';

const minVisibleCharacters = 2;

/** One character is typed faster than it is read. */
export const minimumLength: Rule = (text) => {
  const visible = visibleLength(text);
  if (visible === 0) return { drop: 'empty' };
  return visible < minVisibleCharacters ? { drop: 'tooShort' } : text;
};
