import { segmenter } from '../segment.ts';
import { isOpen } from './openMarks.ts';
import type { Drop, Rule } from './rule.ts';

/** Marks directly right of the caret: whatever is inserted stands before them. */
const marksFollow = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}"'`*_~$|^+=]/u;
const closing = /^[\p{Pe}\p{Pf}"'`*_~]+/u;
const unfit: Drop = { drop: 'unlikelySuffix', detail: 'only the rest of a word fits before a mark' };

/**
 * Directly before a mark only the rest of the word fits: the sentence is at its end there. Within a pair that was just
 * opened, as editors close them at once, words fit as far as the pair's end.
 */
export const beforeMarks: Rule = (text, { caret }) => {
  if (!marksFollow.test(caret.lineSuffix)) return text;
  if (caret.place === 'afterLetter') {
    const end = restOfWord(caret.linePrefix, text);
    return end > 0 ? text.slice(0, end) : unfit;
  }
  const mark = closing.exec(caret.lineSuffix)?.[0];
  return mark !== undefined && isOpen(caret.paragraphPrefix, mark) ? text : unfit;
};

/** Characters of a line that hold the word under the caret. */
const wordChars = 60;

/** Length of what the text adds to the word that stands before the caret; 0 where it begins a new one. */
function restOfWord(linePrefix: string, text: string): number {
  const before = linePrefix.slice(-wordChars);
  const segment = segmenter('word')
    .segment(before + text)
    .containing(before.length);
  if (!segment || segment.index >= before.length) return 0;
  return segment.index + segment.segment.length - before.length;
}
