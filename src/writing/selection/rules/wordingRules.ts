import { languageOfText } from '../../../text/language.ts';
import { readText } from '../../../text/readText.ts';
import type { Span } from '../../../text/span.ts';
import type { TaggedWord, Tagger } from '../checks/tagger.ts';
import { hiddenPart } from '../protection/hidden.ts';
import { protectedParts } from '../protection/protectedParts.ts';
import { contentStems, isFunctionWord } from '../text/contentWords.ts';
import { wordCount } from '../text/words.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import { type Around, abbreviated, capitalizesSentences, fixText } from './fixText.ts';
import { isMisfit } from './misfits.ts';
import { opensSentence, type PhraseTable, phraseEdits, removal } from './phraseTable.ts';
import { formalWords, friendlyWords, plainWords, spokenContractions } from './registerLists.ts';
import { asks, sentenceSpans, soundEdits } from './soundEdits.ts';
import { sentenceLead } from './textRule.ts';
import { emptyOpenings, wordyPhrases } from './wordyLists.ts';

/** Text in, text out; the same text when a rule finds nothing to do. The lists are English: other languages stay. */
export type Wording = (text: string, around: Around) => string;

/** Whoever writes to strangers also minds capitals and spelling. */
export const formalWording: Wording = inEnglish((text, around) => {
  const fixed = fixText(text, around);
  const changed = worded(formalWords)(fixed, around);
  if (changed === fixed) return text;
  return fixText(isNoSentence(text, changed) ? changed : capitalizedSentences(changed), around);
});
export const friendlyWording: Wording = inEnglish((text, around) =>
  worded(spokenContractions)(askedQuestions(text, worded(friendlyWords)(text, around)), around),
);
export const plainWording: Wording = inEnglish((text, around) =>
  splitAtSemicolons(worded(plainWords)(text, around), around),
);
/** Without filler words and with short ways to say what was said at length: nothing is lost. */
export const tightWording: Wording = inEnglish((text, around) => {
  const opened = withoutOpenings(text, around);
  const once = worded(wordyPhrases)(opened, around);
  return shortClauses(once === opened ? once : worded(wordyPhrases)(once, around), around); // what one hid from another
});
/** Without asides in brackets and between dashes, too. */
export const barestWording: Wording = inEnglish((text, around) => tightWording(withoutAsides(text, around), around));

function inEnglish(wording: Wording): Wording {
  return (text, around) => ((languageOfText(text) ?? around.language ?? 'en') === 'en' ? wording(text, around) : text);
}

function worded(table: PhraseTable): Wording {
  return (text, { tag }) => {
    const edits = phraseEdits(text, table, { tag }).filter(
      ({ start, end, replacement }) =>
        replacement !== 'About' && // opens no sentence
        !isInverted(text, { start, end }) &&
        !isMisfit(text, { start, end, replacement }) &&
        !(replacement === 'do not' && isBehindOne(text, start, tag)) &&
        (!/^let['’]s$/iu.test(replacement) || opensSentence(text, start)) && // who lets whom? `if you let us go`
        !(many.test(replacement) && isOne(text.slice(end, end + 80))) &&
        !(/^(?:many|several|a few)$/iu.test(replacement) && ofMuch.test(text.slice(end, end + 80))) &&
        !(/ is$/iu.test(replacement) && mayBeHas(replacement, text.slice(end, end + 120), tag)),
    );
    return applyEdits(text, soundEdits(text, edits.map(wholeOf(text)), tag));
  };
}

/** `a large number of which` are many of which, `the majority of them` most of them. */
const wholeOf =
  (text: string) =>
  (edit: Edit): Edit => {
    const isPart =
      / of$/iu.test(text.slice(edit.start, edit.end)) &&
      /^(?:most|many|several|some|a few|much|enough)$/iu.test(edit.replacement) &&
      partOf.test(text.slice(edit.end, edit.end + 20));
    return isPart ? { ...edit, replacement: `${edit.replacement} of` } : edit;
  };
const partOf =
  /^\s+(?:which|whom|whose|these|those|this|that|them|us|you|it|the|my|our|your|his|her|its|their)(?!\p{L})/iu;

/** `lots of it`, `lots of the money`: much, not many. */
const ofMuch =
  /^\s+(?:(?:it|this|that)(?!\p{L})|(?:the|my|our|your|his|her|its|their)\s+(?![\p{L}’'-]{1,40}s(?!\p{L})))/iu;

/** In questions the long form stands elsewhere: `Don't you know` is no `Do not you know`. */
function isInverted(text: string, { start, end }: Span): boolean {
  if (!/n['’]t$/iu.test(text.slice(start, end))) return false;
  const behind = text.slice(end, end + questionChars);
  const isAsked = /^[^.!?]*\?/u.test(behind);
  const isFirst = opensSentence(text, start) || asks.test(text.slice(Math.max(0, start - 20), start));
  const hasSubject = /^\s+(?:I|you|s?he|it|we|they|there|this|that|the)(?!\p{L})/iu.test(behind);
  return hasSubject ? isAsked || isFirst : isAsked && isFirst;
}
const questionChars = 300; // how far its mark is looked for

const many = /^(?:most|many|several|some|various|a few)(?:\s|$)/iu;
/** `The majority of the voters was`: with `most` the verb would have to be another one. */
const isOne = (behind: string): boolean =>
  /^\s+(?:(?!who\b|which\b|that\b|and\b)[\p{L}’'-]+\s+){1,4}?(?:is|was|has|does|isn['’]t|wasn['’]t|hasn['’]t|doesn['’]t)\b/iu.test(
    behind,
  );

/** `she's always said`, `what's he got`: the short form may stand for `has`. */
function mayBeHas(long: string, behind: string, tag: Tagger): boolean {
  const words = tag(/^[^.!?;:,]*/u.exec(behind)![0]);
  const first = words.findIndex(({ tag: each }) => !/^RB/u.test(each));
  if (/^(?:VBN|VBD)$/u.test(words[first]?.tag ?? '') && first > 0) return true;
  const asks = /^(?:what|who|where|how|when|why)\b/iu.test(long);
  return asks && words.slice(0, 6).some(({ tag: each, word }) => /^VB[ND]$/u.test(each) || word === 'got');
}

/** `merge it, it's been waiting`: a point of a list in small letters stays one of them. */
const isNoSentence = (text: string, changed: string): boolean =>
  !/[.!?…:]/u.test(text) && /^\p{Ll}+/u.exec(text)?.[0] === /^\p{Ll}+/u.exec(changed)?.[0];

/** `I would be grateful if you could …` that became `Could you please …` ends as a question does. */
function askedQuestions(text: string, changed: string): string {
  const edits = sentenceSpans(changed).flatMap(({ start, end }): Edit[] => {
    const sentence = changed.slice(start, end).trim();
    const stop = changed.slice(0, end).trimEnd().length - 1;
    const isAsked = /^Could you please\b[^.!?:]+\.$/u.test(sentence) && !text.includes(sentence);
    return isAsked ? [{ start: stop, end: stop + 1, replacement: '?' }] : [];
  });
  return applyEdits(changed, edits);
}

/** `such talk don’t matter` has no long form either; two of them have: `the cat and the dog don’t`. */
function isBehindOne(text: string, at: number, tag: Tagger): boolean {
  const lead = sentenceLead(text, at);
  return tag(lead).at(-1)?.tag === 'NN' && !/\b(?:and|or)\b/iu.test(lead);
}

/** Words of two letters that end a sentence and are no abbreviation. */
const shortLast = 'am|an|as|at|be|by|do|go|he|if|in|is|it|me|my|of|oh|ok|on|or|so|to|up|us|we';

/**
 * Every sentence of a text that begins with a letter, with a capital; a small letter behind an abbreviation is none. Who
 * minds capitals means `pandas` by a small one.
 */
function capitalizedSentences(text: string): string {
  const isMinded = capitalizesSentences(text);
  const starts = [...text.matchAll(sentenceStart)].filter(
    ({ 0: found, index, 3: word }) =>
      !/^[\d_(/@]/u.test(text.slice(index + found.length - 1 + word!.length)) &&
      !(isMinded && /[!(]/u.test(found)) && // `crash! there goes the jib`
      (!isMinded || isFunctionWord(word!) || isNoName.test(word!)),
  );
  const edits = starts.flatMap(({ index, 0: found, 1: before, 2: letter }): Edit[] => {
    const at = index + found.length - 1;
    return before !== undefined && abbreviated.test(before)
      ? []
      : [{ start: at, end: at + 1, replacement: letter!.toUpperCase() }];
  });
  return applyEdits(text, edits);
}

const isNoName = /['’]|^(?:hello|hi|thanks?|please|yes|no|ok|okay|well|sorry|yesterday|today|tomorrow)$/u;

/** `npm`, `ssh` */
const consonants = String.raw`[^aeiouy\P{Ll}]{2,9}(?!\p{L})`;
const sentenceStart = new RegExp(
  String.raw`(?:^\s{0,9}|(?:(?<![\p{L}.])(\p{Ll}{3,40}|${shortLast}|\d[ap]m|\d(?:st|nd|rd|th)?)|(?<=[\p{Ll}\d%])\))(?:[.!?]|[!?]{2,3})[ \t\n]{1,9})["“(]?((?!${consonants})\p{Ll})(?=[\p{Ll}'’ ,])(?<=(?=([\p{Ll}'’-]{1,40})).)`,
  'gu',
);

const longSentenceWords = 16;
const minHalfWords = 5;

/** `…; but` within a longer sentence becomes two sentences: the easiest way to make one readable. */
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

/** A subject and what it does, or what the reader is told to do, stand at the beginning, behind `but` or `In May`. */
function isClause(sentence: string, tag: Tagger): boolean {
  const words = tag(sentence);
  const start = /^(?:and|but|so|yet|for|then|also|however|thus|therefore)$/u.test(words[0]?.word ?? '') ? 1 : 0;
  const opening = words[start];
  if (opening?.tag === 'VB') return start === 0;
  const isPlace =
    opening?.tag === 'IN' && /^(?:in|on|at|under|over|for|from|with|during|among|between)$/u.test(opening.word);
  if (!isPlace && !/^(?:DT|PRP\$?|NNP?S?|EX|JJ|CD)$/u.test(opening?.tag ?? '')) return false;
  const verbs = words.filter(
    (word, i) => isFiniteVerb(word, words[i + 1]) || (word.tag === 'VBD' && words[i - 1]?.tag === 'PRP'),
  );
  const relatives = words.filter(({ tag: each }) => /^(?:WDT|WP\$?|WRB)$/u.test(each));
  const before = words.slice(start, words.indexOf(verbs[0]!));
  return verbs.length > relatives.length && before.length < maxSubjectWords && commasAreRelative(before);
}
const maxSubjectWords = 12;

/** `bones disinterred in Paris`: before a preposition a past form may describe the noun. */
const isFiniteVerb = ({ word, tag }: TaggedWord, next: TaggedWord | undefined): boolean =>
  /^(?:VB[ZP]|MD)$/u.test(tag) ||
  (tag === 'VBD' && !(word.endsWith('ed') && /^(?:IN|TO|RB|VBN)$/u.test(next?.tag ?? '')));

/** `The baker, who came on Fridays, said nothing`: no other comma stands before what is done. */
const commasAreRelative = (words: readonly TaggedWord[]): boolean =>
  words.every(({ tag }, i) => tag !== ',' || /^W/u.test(words[i + 1]?.tag ?? ''));

const minAsideWords = 3;
/** An aside with one of these says what holds or does not. */
const weighty =
  /\b(?:not?|never|only|except|unless|if|must|may|should|can|cannot|without|but|instead|according|as far as|probably|perhaps|maybe|apparently|seems?|suppose|think|believe|claimed|said|or|optional|required|default|e\.g|i\.e|see)\b|n['’]t\b/iu;

/** `Please note that the door` → `The door` */
const withoutOpenings: Wording = (text, { tag }) => {
  const edits = phraseEdits(text, emptyOpenings, { tag }).filter(({ start }) => opensSentence(text, start));
  return applyEdits(text, soundEdits(text, edits, tag));
};

/** `the files that are stored in it` → `the files stored in it`; `Ann, who is the owner, left` → `Ann, the owner, left` */
const shortClauses: Wording = (text, { tag }) => {
  const edits = sentenceSpans(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    if (!/\b(?:that|which|who)\s+(?:is|are)\b/u.test(sentence) || /[“”"«»]/u.test(sentence)) return [];
    const words = tag(sentence);
    return words.flatMap(({ word }, at): Edit[] => {
      if (!/^(?:that|which|who)$/u.test(word) || !/^(?:is|are)$/u.test(words[at + 1]?.word ?? '')) return [];
      const [before, next, after] = [words[at - 1], words[at + 2], words[at + 3]];
      if (!before || !next || !after || hiddenPart.test(sentence.slice(before.start, after.start))) return [];
      const isState = /^NNS?$/u.test(before.tag) && isStateOf(next, after);
      const isNamed = before.tag === ',' && word === 'who' && /^(?:an?|the)$/u.test(next.word);
      const from = words[at]!.start;
      return isState || isNamed ? [{ start: start + from, end: start + next.start, replacement: '' }] : [];
    });
  });
  return applyEdits(text, soundEdits(text, edits, tag));
};

/** What a noun is in can follow it directly: `stored in`, `made by`, `waiting for`. */
const isStateOf = (next: TaggedWord, after: TaggedWord): boolean =>
  (next.tag === 'VBN' && /^(?:in|by|on|from|at|with|for|under|between|within|near)$/u.test(after.word)) ||
  (next.tag === 'VBG' &&
    /^(?:in|on|from|at|for|the|an?|to)$/u.test(after.word) &&
    !/^(?:going|being|having)$/u.test(next.word));

/** They go when they hold words only: no number, link, code or citation, no abbreviation that is introduced. */
const withoutAsides: Wording = (text, { tag }) => {
  const brackets = [...text.matchAll(/(?<![ \t])[ \t]*\((?:[^()\n]|\n(?!\s*\n)){3,200}\)(?=[\s.,;:!?]|$)/gu)]
    .filter(({ index, 0: found }) =>
      canGo(found.trim().slice(1, -1), around(text, { start: index, end: index + found.length })),
    )
    .map(({ index, 0: found }) => removal(text, index + found.search(/\(/u), index + found.length));
  const bare = applyEdits(text, soundEdits(text, brackets, tag));
  return applyEdits(bare, soundEdits(bare, dashedAsides(bare), tag));
};

/** An aside is spared where the words around it have all of its content words. */
const aroundChars = 3_000;
const around = (text: string, { start, end }: Span): string =>
  `${text.slice(Math.max(0, start - aroundChars), start)} ${text.slice(end, end + aroundChars)}`;

function saysNew(aside: string, rest: string): boolean {
  const known = new Set(contentStems(rest));
  return contentStems(aside).some((stem) => !known.has(stem));
}

const canGo = (aside: string, rest: string): boolean =>
  !hiddenPart.test(aside) &&
  !/[_@#\\/`“”"]|\p{Ll}\p{Lu}/u.test(aside) &&
  !weighty.test(aside) &&
  wordCount(aside) >= minAsideWords &&
  protectedParts(readText(aside, 'plaintext')).length === 0 &&
  !saysNew(aside, rest);

/** Between the two dashes of a sentence that has no others. */
const dashedAsides = (text: string): Edit[] =>
  sentenceSpans(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    const dashes = [...sentence.matchAll(/\s{0,3}—\s{0,3}|\s{1,3}(?:–|--)\s{1,3}/gu)];
    if (dashes.length !== 2) return [];
    const [opening, closing] = dashes as [RegExpExecArray, RegExpExecArray];
    const isWithin = opening.index > 0 && closing.index + closing[0].length < sentence.trimEnd().length;
    const aside = sentence.slice(opening.index + opening[0].length, closing.index);
    const rest = around(text, { start: start + opening.index, end: start + closing.index });
    if (!isWithin || !canGo(aside, rest)) return [];
    return [{ start: start + opening.index, end: start + closing.index + closing[0].length, replacement: ' ' }];
  });
