import { languageOfText } from '../../../text/language.ts';
import { readText } from '../../../text/readText.ts';
import type { Tagger } from '../checks/tagger.ts';
import { hiddenPart } from '../protection/hidden.ts';
import { protectedParts } from '../protection/protectedParts.ts';
import { wordCount } from '../text/words.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import { type Around, abbreviated, fixText } from './fixText.ts';
import { type PhraseTable, phraseEdits, removal } from './phraseTable.ts';
import { formalWords, friendlyWords, plainWords, spokenContractions, wordyPhrases } from './registerLists.ts';
import { sentenceSpans, soundEdits } from './soundEdits.ts';

/** Text in, text out; the same text when a rule finds nothing to do. The lists are English: other languages stay. */
export type Wording = (text: string, around: Around) => string;

/** Whoever writes to strangers also minds capitals and spelling. */
export const formalWording: Wording = inEnglish((text, around) => {
  const fixed = fixText(text, around);
  const changed = worded(formalWords)(fixed, around);
  return changed === fixed ? text : fixText(capitalizedSentences(changed), around);
});
export const friendlyWording: Wording = inEnglish((text, around) =>
  worded(spokenContractions)(worded(friendlyWords)(text, around), around),
);
export const plainWording: Wording = inEnglish((text, around) =>
  splitAtSemicolons(worded(plainWords)(text, around), around),
);
/** Without filler words, long-winded phrases and asides in brackets. */
export const tightWording: Wording = inEnglish((text, around) =>
  worded(wordyPhrases)(withoutAsides(text, around), around),
);

function inEnglish(wording: Wording): Wording {
  return (text, around) => ((languageOfText(text) ?? around.language ?? 'en') === 'en' ? wording(text, around) : text);
}

function worded(table: PhraseTable): Wording {
  return (text, { tag }) => applyEdits(text, soundEdits(text, phraseEdits(text, table, { tag }), tag));
}

/** Every sentence of a text that begins with a letter, with a capital; a small letter behind an abbreviation is none. */
function capitalizedSentences(text: string): string {
  const starts = text.matchAll(
    /(?:^\s{0,9}|(?<![\p{L}.])(\p{Ll}{3,40})[.!?][ \t\n]{1,9})["“(]?(\p{Ll})(?=[\p{Ll}'’ ,])/gu,
  );
  const edits = [...starts].flatMap(({ index, 0: found, 1: before, 2: letter }): Edit[] => {
    const at = index + found.length - 1;
    return before !== undefined && abbreviated.test(before)
      ? []
      : [{ start: at, end: at + 1, replacement: letter!.toUpperCase() }];
  });
  return applyEdits(text, edits);
}

const longSentenceWords = 25;
const minHalfWords = 5;

/** `…; but` within a long sentence becomes two sentences: the easiest way to make one readable. */
const splitAtSemicolons: Wording = (text, { tag }) => {
  const edits = sentenceSpans(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    if (wordCount(sentence) < longSentenceWords) return [];
    const marks = [...sentence.matchAll(/(?<=\p{L}{2});\s+(?=\p{Ll})/gu)];
    if (marks.length !== 1 || /[“”"«»()]/u.test(sentence)) return [];
    const { index, 0: found } = marks[0]!;
    const [left, right] = [sentence.slice(0, index), sentence.slice(index + found.length)];
    if (wordCount(left) < minHalfWords || wordCount(right) < minHalfWords) return [];
    const halves = [`${left.trim()}.`, right.slice(0, 1).toUpperCase() + right.slice(1).trim()];
    if (!halves.every((half) => isClause(half, tag))) return [];
    const letter = start + index + found.length;
    return [{ start: start + index, end: letter + 1, replacement: `.${found.slice(1)}${text[letter]!.toUpperCase()}` }];
  });
  return applyEdits(text, edits);
};

/** A subject and what it does stand at the beginning, behind `but` and the like. */
function isClause(sentence: string, tag: Tagger): boolean {
  const words = tag(sentence);
  const start = /^(?:and|but|so|yet|for|then|also|however|thus|therefore)$/u.test(words[0]?.word ?? '') ? 1 : 0;
  const verb = words.findIndex(({ tag: each }) => /^(?:VB[DZP]|MD)$/u.test(each));
  const isOpening = /^(?:DT|PRP\$?|NNP?S?|EX|JJ|CD)$/u.test(words[start]?.tag ?? '');
  return (
    isOpening &&
    verb > start &&
    verb < start + 9 &&
    !words.slice(start, verb).some(({ tag: each }) => /^(?:WDT|WP|WRB|,)$/u.test(each))
  );
}

const minAsideWords = 3;
/** An aside with one of these says what holds or does not. */
const weighty =
  /\b(?:not?|never|only|except|unless|if|must|may|should|can|cannot|without|but|instead|according|claimed|said|or|optional|required|default|e\.g|i\.e|see)\b|n['’]t\b/iu;

/** Brackets go when they hold words only: no number, link, code or citation, no abbreviation that is introduced. */
const withoutAsides: Wording = (text, { tag }) => {
  const edits: Edit[] = [];
  for (const { index, 0: found } of text.matchAll(
    /(?<![ \t])[ \t]*\((?:[^()\n]|\n(?!\s*\n)){3,200}\)(?=[\s.,;:!?]|$)/gu,
  )) {
    const inside = found.trim().slice(1, -1);
    const isPlain =
      !hiddenPart.test(inside) &&
      !/[_@#\\/`]|\p{Ll}\p{Lu}/u.test(inside) &&
      protectedParts(readText(inside, 'plaintext')).length === 0;
    if (isPlain && !weighty.test(inside) && wordCount(inside) >= minAsideWords)
      edits.push(removal(text, index + found.search(/\(/u), index + found.length));
  }
  return applyEdits(text, soundEdits(text, edits, tag));
};
