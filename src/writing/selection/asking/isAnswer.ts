import type { SourceSentence } from '../summary/sections.ts';
import { contentStems } from '../text/contentWords.ts';
import { namesIt, namesSomeone } from './namesSomeone.ts';
import { answering, purpose } from './questionKind.ts';
import { type Asked, bareQuestion, isAsked } from './questionNames.ts';
import { isAmong, isSameWord, type Word, wordsOf } from './wordForms.ts';

/** Content words beyond the question's, without which a sentence tells nothing that the question did not say. */
const minNewStems = 1;

/** Whether a sentence about what is asked holds what such a question is answered with. */
export function isAnswer(asked: Asked, sentence: SourceSentence): boolean {
  const { kind, question } = asked;
  const text = withSigns(sentence.text);
  if (deniesIt.test(text) && !/\b(?:not|never)\b|n['’]t\b/iu.test(question)) return false;
  if (goesElsewhere(kind, question, text)) return false;
  if (kind === 'whether') return true;
  if (kind === 'color') return isColored(asked, text);
  const isNew = sentence.stems.filter((stem) => !isAmong(asked.stems, stem)).length >= minNewStems;
  if (kind === 'person') return namesSomeone(asked, text);
  if (kind === 'nameOf') return namesIt(asked, text);
  if (kind === 'count') return countsIt(asked, text);
  if (kind === 'place') return isNew && namesPlace(asked, text);
  if (kind === 'fact') return isFact(asked, isNew) && saysWhich(question, text) && saysVerb(question, text);
  if (kind === 'reason' && servesPurpose(asked, text)) return true;
  if (kind === 'time' && asksCondition.test(question) && condition.test(text)) return true;
  return answering[kind]!.test(withoutQuestion(kind === 'reason' ? text : withoutAsides(asked, text), question));
}

/** `When is it faster?` may ask for what has to be so: `For small files, it is.` */
const asksCondition = /^\s*when (?:is|are|do|does|can|should|must|may) (?:it|I|we|you|one)\b/iu;
const condition = /\b(?:if|unless|in case|provided) \p{L}|^for [^,;]{3,80},/iu;

/** `When did she move to Lund?` is not answered with `She moved to Berlin in 1930 and died in Lund.` */
function goesElsewhere(kind: Asked['kind'], question: string, text: string): boolean {
  if (kind !== 'time' && kind !== 'reason' && kind !== 'duration') return false;
  const [, way, place] =
    /\b(?:move|go|come|travel|fly|drive|sail|return|run|walk|send|emigrate)\b.* (to|from|into) (\p{Lu}[\p{L}-]+)[?\s]*$/u.exec(
      question,
    ) ?? [];
  if (way === undefined || !text.includes(place!)) return false;
  return !new RegExp(`\\b(?:${way}|left|reached|for|back)\\s+(?:[\\p{L}-]+\\s+){0,3}?${place}`, 'u').test(text);
}

/** `It is not the waiting that hurts` says what does not. */
const deniesIt = /\b(?:it|that) (?:(?:is|was) not|isn['’]t|wasn['’]t) [^,;:.]{0,200} (?:that|which|who)\b/iu;

const signs: Readonly<Record<string, string>> = { pound: '£', euro: '€', yen: '¥', nbsp: ' ' };
const withSigns = (text: string): string =>
  text.replace(/&(pound|euro|yen|nbsp);/gu, (_, name: string) => signs[name]!);

/** Verbs that carry no meaning elsewhere are what is asked about at the end of a question: `What do most methods use?` */
const verbs: Readonly<Record<string, RegExp>> = {
  use: /\bus(?:es?|ed|ing)\b|\butili[sz]/iu,
  need: /\bneed|\brequir|\bnecessary\b|\b(?:must|ha(?:ve|s|d) to)\b/iu,
  say: /\bsa(?:ys?|id|ying)\b|\bt(?:ells?|old)\b|\bstate/iu,
  get: /\bg(?:ets?|ot|iven|ives?|ave)\b|\breceiv|\bpa(?:ys?|id)\b/iu,
  become: /\bbec(?:ame|omes?)\b|\bturn/iu,
};
const lastVerb = /\s(use|need|say|get|become)[?？\s]{0,9}$/iu;
const auxiliary = /\b(?:do|does|did|can|could|should|must|will|would)\b/iu;

function saysVerb(question: string, text: string): boolean {
  const verb = auxiliary.test(question) ? lastVerb.exec(question)?.[1] : undefined;
  return verb === undefined || verbs[verb.toLowerCase()]!.test(text);
}

const aside = /(?:, (?:as|while|although|though|which|who|whose|where)|,? because|, since(?= \p{Ll})) [^,;.]*/gu;

/**
 * Without what is said of other things: `Please deliver the chairs to the side, as the gate is closed until May.` What
 * follows a thing that is asked about, as in `Mia, who is four`, is said of it.
 */
const withoutAsides = ({ stems }: Asked, text: string): string =>
  text.replace(aside, (clause, at: number) => {
    const before = /, wh/u.test(clause) ? (contentStems(text.slice(Math.max(0, at - 40), at)).at(-1) ?? '') : '';
    const said = [before, ...contentStems(clause)];
    return said.some((stem) => isAmong(stems, stem)) ? clause : '';
  });

/** A number of the question itself is no answer. */
const withoutQuestion = (text: string, question: string): string =>
  (question.match(/\d[\d.,:]*\d|\d/gu) ?? []).reduce((rest, number) => rest.replaceAll(number, ''), text);

/** `Which X` needs more than X: what is said of it. */
const isFact = ({ question, stems }: Asked, isNew: boolean): boolean =>
  (isNew || stems.length > 1) && !(/^\s*which\b/iu.test(question) && stems.length < 2);

/** `No pesticide was found` answers which was. */
const saysHowMany = /^(?:no|neither|none|both|all|every|each)$/iu;
const describing = /^ (?:that|which|who|whose|with|without|of|from|for|in|on|called|named)\b/u;

/** `Which airport?` A name, a figure or what is set as code, or what describes the thing, right before or behind it. */
function saysWhich(question: string, text: string): boolean {
  const thing = /^\s*(?:in |on |at |for |with |to |from |of )?which (\p{Ll}{3,})/iu.exec(question)?.[1];
  const stem = contentStems(thing ?? '')[0];
  if (stem === undefined || text.includes('`')) return true;
  const asked = contentStems(question);
  const isNew = (word: Word | undefined) => word !== undefined && word.stem !== '' && !isAmong(asked, word.stem);
  const words = wordsOf(text);
  return words.some((word, i) => {
    const isName = i > 0 && /^\p{Lu}/u.test(word.text);
    if (isNew(word) && isName) return true;
    if (!isSameWord(stem, word.stem)) return false;
    return (
      isNew(words[i - 1]) ||
      saysHowMany.test(words[i - 1]?.text ?? '') ||
      /^\P{L}{0,3}\d/u.test(text.slice(word.start + word.text.length)) ||
      describing.test(text.slice(word.start + word.text.length))
    );
  });
}

/** Says what something was done for, and not what the question says itself. */
const servesPurpose = ({ question, stems }: Asked, text: string): boolean =>
  goesThereFor(question, text) ||
  [...text.matchAll(purpose)].some(([, verb]) => !contentStems(verb!).some((stem) => isAmong(stems, stem)));

/** `到南京谋事` answers why somebody goes to `南京`. */
function goesThereFor(question: string, text: string): boolean {
  const place = /(?:到|去|来|回)(\p{Script=Han}{2,4})[？?]?$/u.exec(question.trim())?.[1];
  return place !== undefined && new RegExp(`(?:到|去|来|回)${place}\\p{Script=Han}{2}`, 'u').test(text);
}

/** The color stands with the thing: `his soiled blue coat`, `the coat was a deep blue`. */
function isColored({ stems }: Asked, text: string): boolean {
  const words = wordsOf(text);
  return words.some((word, i) => {
    if (!isAsked(stems, word)) return false;
    const before = words.slice(Math.max(0, i - 3), i).some((other) => answering.color!.test(other.text));
    return before || hasColor.test(text.slice(word.start + word.text.length));
  });
}
const hasColor = new RegExp(
  `^ (?:is|was|are|were|had been|turns?|turned) (?:\\p{L}+ ){0,3}${answering.color!.source}`,
  'iu',
);

/** What is measured is not counted: the number stands with a unit. */
const measured =
  /\d\s?(?:%|per ?cent|°|(?:(?:square|cubic) )?(?:milli|centi|kilo)?(?:lit(?:er|re)s?|met(?:er|re)s?|grams?)\b|(?:[mck]?[mgl]|kB|[MGT]B|lbs?|oz|tons?|tonnes?|pounds?|ounces?|cups?|spoons?|gallons?|acres?|hectares?)\b)/iu;

const measuredChinese =
  /[一二三四五六七八九十百千万两半\d](?:公里|千米|米|厘米|毫米|海里|里|公斤|千克|克|吨|斤|升|尺|丈)/u;

/** The adjective need not be there: `about the size of a toaster` */
const asksHowBig = /\bhow (big|large|high)\b/iu;
const asBigAs = /\bthe (?:size|height) of\b|\bas (?:big|large|high) as (?:an?|the|my|your|his|her)\b/iu;

/** `came on the 9th` does not say how often. */
const howOften =
  /\b(?:once|twice|thrice|times?|daily|weekly|monthly|yearly|annual(?:ly)?|hourly|every|each|per|an? (?:second|minute|hour|day|night|week|month|year)|(?:mon|tues|wednes|thurs|fri|satur|sun)days|always|never|regularly)\b/iu;

/** A height is no depth; which size is meant may be left open. */
const saysHowBig = (adjective: string, text: string): boolean =>
  asBigAs.test(text) ||
  (/^(?:big|large)$/u.test(adjective) && measured.test(text)) ||
  (adjective === 'high' && answering.money!.test(text));

/** The number stands with the thing that is counted. */
function countsIt(asked: Asked, text: string): boolean {
  const rest = withoutQuestion(text, asked.question);
  const adjective = asksHowBig.exec(asked.question)?.[1]?.toLowerCase();
  if (adjective !== undefined && !text.toLowerCase().includes(adjective)) return saysHowBig(adjective, rest);
  if (!answering.count!.test(rest) || isOfSome(asked, text)) return false;
  if (/\bhow often\b/iu.test(asked.question)) return howOften.test(rest);
  if (/多[长高远重深宽快]/u.test(asked.question)) return measuredChinese.test(text);
  const counted = /how (?:many|much) (\p{L}+)/iu.exec(asked.question)?.[1];
  const stem = counted === undefined ? undefined : contentStems(counted)[0];
  if (stem === undefined) return true;
  const words = wordsOf(rest);
  return (
    (/how much/iu.test(asked.question) && measured.test(rest)) ||
    words.some((word, i) => isSameWord(stem, word.stem) && counts(wordsBefore(rest, words, i)))
  );
}

/** `31,000 people live here, most of them in Marrow` does not say how many live in Marrow. */
function isOfSome({ named }: Asked, text: string): boolean {
  const rest = contentStems(text.replace(partitive, ''));
  const all = contentStems(text);
  return named.some((stem) => isAmong(all, stem) && !isAmong(rest, stem));
}
const partitive = /\b(?:most|some|many|few|half|part|all|none|\p{L}+) of (?:them|whom|which|these|those)\b[^,;.]*/giu;

/** Of the same clause. */
const wordsBefore = (text: string, words: readonly Word[], at: number): readonly Word[] => {
  const few = words.slice(Math.max(0, at - 4), at);
  const cut = few.findLastIndex(({ start, text: word }) => /^[;:.!?—]/u.test(text.slice(start + word.length)));
  return few.slice(cut + 1);
};

/** The words before a thing end with its number: `two old`, `7 of 31`, but not `18:30 in the`. */
function counts(words: readonly Word[]): boolean {
  const at = words.findLastIndex(({ text }) => answering.count!.test(text));
  return at >= 0 && !words.slice(at).some(({ text }) => /^(?:in|on|at|by|to|for|from|with|and|or)$/iu.test(text));
}

const asksWhereTo = /\bwhere\b(?!.*\bfrom\b).*\b(?:go|goes|going|went|travel|move|run|lead|fly|sail)\b/iu;

const asksWhereItIs = /^where (?:is|are|was|were) (?:the|an?|his|her|their|our|my|your|its) [\p{L} -]+$/iu;
const asksFrom = /\bfrom$/iu;
const places = new RegExp(answering.place!, 'giu');

/** A place that the question does not name itself; where to goes where it is asked. */
const namesPlace = (asked: Asked, text: string): boolean =>
  (!asksWhereTo.test(asked.question) || /\b(?:to|into|towards?|for|home|abroad|away)\b/u.test(text)) &&
  [...text.matchAll(places)].some(({ 0: found }) => {
    if (asksFrom.test(bareQuestion(asked)) && !/^from/iu.test(found)) return false;
    if (asksWhereTo.test(asked.question) && !/^(?:to|into|towards?|for|home|abroad)/iu.test(found)) return false;
    if (asksWhereItIs.test(bareQuestion(asked)) && /^there$/iu.test(found)) return false; // which is where it is
    const stems = contentStems(found);
    return stems.length === 0 || !stems.every((stem) => isAmong(asked.stems, stem));
  });
