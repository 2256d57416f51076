import { cutAt, type Rule } from './rule.ts';

/** Half characters (U+FFFD, lone surrogates) and control characters end a suggestion. */
export const brokenCharacters: Rule = (text) => {
  const broken = /[\uFFFD\p{Surrogate}]|(?![\t\n])\p{Cc}/u.exec(text);
  const whole = broken ? text.slice(0, broken.index) : text;
  // A joiner at the end waits for the other half of an emoji.
  return cutAt(whole, whole.replace(/\p{Extended_Pictographic}?[\u200D\uFE0F]*\u200D$/u, '').length, 'empty');
};
