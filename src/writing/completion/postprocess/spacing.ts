import { endsUnspaced, startsInWord, startsUnspaced } from '../segment.ts';
import { cutAt, type Rule } from './rule.ts';

/** Half characters (U+FFFD, lone surrogates) and control characters end a suggestion. */
export const brokenCharacters: Rule = (text) => {
  const broken = /[\uFFFD\p{Surrogate}]|(?![\t\n])\p{Cc}/u.exec(text);
  const whole = broken ? text.slice(0, broken.index) : text;
  // A joiner at the end waits for the other half of an emoji.
  return cutAt(
    whole,
    whole.replace(/(?:\p{Extended_Pictographic}|(?<![\u200D\uFE0F]))[\u200D\uFE0F]*\u200D$/u, '').length,
    'empty',
  );
};

/** One blank between the text and the suggestion: never two, never none after a comma, none in Chinese or Japanese. */
export const caretSpacing: Rule = (text, { before, caret, zone }) => {
  if (/\s$/u.test(before) || before === '') return text.trimStart();
  const bare = text.trimStart();
  if (endsUnspaced(before) && startsUnspaced(bare)) return bare;
  const missing = caret.place === 'afterMark' && /\p{L}[,;!?]$/u.test(before) && /^\p{L}/u.test(text);
  if (missing && zone !== 'codeSpan' && !startsUnspaced(text)) return ` ${text}`;
  return text.replace(/^\s+/u, ' ');
};

/** No blank at the end, except the one that keeps a word of the suggestion apart from a word right of the caret. */
export const endSpacing: Rule = (text, { after }) => {
  const bare = text.trimEnd();
  if (!startsInWord(after.slice(0, 4)) || startsUnspaced(after) || endsUnspaced(bare)) return bare;
  return `${bare} `;
};

const wide = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303F\uFF01-\uFF60]`;
const blankBetween = new RegExp(`(?<=${wide})[ \\t]+(?=${wide})`, 'gu');

/** No blanks between Chinese or Japanese characters. */
export const unspacedScripts: Rule = (text) => text.replace(blankBetween, '');
