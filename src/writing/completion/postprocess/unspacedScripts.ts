import type { Rule } from './rule.ts';

const wide = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303F\uFF01-\uFF60]`;
const blankBetween = new RegExp(`(?<=${wide})[ \\t]+(?=${wide})`, 'gu');

/** No blanks between Chinese or Japanese characters. */
export const unspacedScripts: Rule = (text) => text.replace(blankBetween, '');
