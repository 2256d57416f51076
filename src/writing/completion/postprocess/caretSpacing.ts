import { endsUnspaced, startsUnspaced } from '../segment.ts';
import type { Rule } from './rule.ts';

/** One blank between the text and the suggestion: never two, never none after a comma, none in Chinese or Japanese. */
export const caretSpacing: Rule = (text, { before, caret, zone }) => {
  if (/\s$/u.test(before) || before === '') return text.trimStart();
  const bare = text.trimStart();
  if (endsUnspaced(before) && startsUnspaced(bare)) return bare;
  const missing = caret.place === 'afterMark' && /\p{L}[,;!?]$/u.test(before) && /^\p{L}/u.test(text);
  if (missing && zone !== 'codeSpan' && !startsUnspaced(text)) return ` ${text}`;
  return text.replace(/^\s+/u, ' ');
};
