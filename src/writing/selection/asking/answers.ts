import type { TextReading } from '../../../text/block.ts';
import type { Span } from '../../../text/span.ts';
import { type SourceSentence, sectionsOf } from '../summary/sections.ts';
import { contentStems } from '../text/contentWords.ts';
import {
  answering,
  asksWhatFollows,
  kindWords,
  narrators,
  numberStem,
  purpose,
  type QuestionKind,
  questionKind,
  someone,
  someoneChinese,
} from './questionKind.ts';
import { isAboutNamed, isOtherOne, lightVerbs, partsOf, pointing, type QuestionParts } from './questionNames.ts';
import { isSameWord, type Word, wordsOf } from './wordForms.ts';

/** Of the question's content words, that a sentence has: less is about something else. */
const minShare = 0.6;
/** The same where no pattern tells whether the sentence answers the question. */
const minShareOfFacts = 0.75;
const maxSentences = 2;
const shortestAnswerWords = 2;
/** Content words beyond the question's, without which a sentence tells nothing that the question did not say. */
const minNewStems = 1;

interface Asked extends QuestionParts {
  readonly question: string;
  readonly kind: QuestionKind;
  readonly stems: readonly string[];
}

/**
 * The sentences of a text that answer a question, in the order of the text: about what is asked, and with what such a
 * question is answered with (a date for when, a number for how many, somebody for who). None when the text does not say.
 */
export function answersTo(reading: TextReading, question: string): SourceSentence[] {
  const kind = questionKind(question);
  const sentences = sectionsOf(reading, shortestAnswerWords).flatMap((section) =>
    section.sentences.map((sentence) => ({ sentence, title: contentStems(section.title) })),
  );
  const stems = askedStems(question, kind, reading.text);
  if (stems.length === 0) return [];
  const asked: Asked = { question, kind, stems, ...partsOf(question, stems) };
  const topic =
    hasStrictAnswer.has(kind) && !/\p{Script=Han}/u.test(question) ? (sentences[0]?.sentence.stems ?? []) : [];
  const scored = sentences
    .map(({ sentence, title }, i) => ({
      sentence,
      share: shareWith(asked, sentence, {
        before: [...title, ...(sentences[i - 1]?.sentence.stems ?? [])],
        topic: [...title, ...topic],
      }),
    }))
    .filter(
      ({ sentence, share }, i) =>
        ((share >= leastShare(asked) && isAnswer(asked, sentence)) || namesKind(asked, sentence)) &&
        isAboutNamed(
          question,
          sentence.text,
          `${sentences[i - 1]?.sentence.text ?? ''} ${sentences[0]?.sentence.text ?? ''}`,
        ),
    );
  const best = Math.max(0, ...scored.map(({ share }) => share));
  return scored
    .filter(({ share }) => share === best)
    .slice(0, maxSentences)
    .map(({ sentence }) => sentence);
}

function askedStems(question: string, kind: QuestionKind, text: string): string[] {
  const saysI = /\b(?:I|we|my|our)\b/u.test(text);
  const stems = [...new Set(contentStems(question))];
  return stems.filter(
    (stem) =>
      !(kindWords.has(stem) && !(kind === 'fact' && stem.length > 5) && !(kind === 'code' && stem === numberStem)) &&
      !(saysI && narrators.has(stem)) &&
      !(asksWhatFollows.test(question) && kindWords.has(stem)) &&
      !(kind === 'money' && /^(?:cost|price|fee)/u.test(stem)) &&
      !((kind === 'money' || kind === 'duration') && lightVerbs.has(stem) && stems.length > 1),
  );
}

const leastShare = ({ kind, stems, question }: Asked): number => {
  if (stems.length <= 2) return contextWeight;
  if (/\p{Script=Han}/u.test(question)) return minShareOfFacts;
  return kind === 'fact' || kind === 'person' || kind === 'place' ? minShareOfFacts : minShare;
};

/** `Which language is it written in?` The kind of thing need not stand beside its name. */
const kindOfThing =
  /^\s*(?:which|what)\s+(\p{Ll}{3,})\s+(?:is|are|was|were|did|does|do|has|have|had|can|will|must|should)\b/iu;

/** All else that is asked about, with a name or a piece of code that the question does not have. */
function namesKind({ kind, question, stems }: Asked, { text, stems: own }: SourceSentence): boolean {
  const thing = kind === 'fact' ? contentStems(kindOfThing.exec(question)?.[1] ?? '')[0] : undefined;
  if (thing === undefined || own.includes(thing)) return false;
  const others = stems.filter((stem) => stem !== thing);
  if (others.length < 2 || !others.every((stem) => own.some((found) => isSameWord(stem, found)))) return false;
  const names = text.slice(1).match(/(?<=[ (])\p{Lu}[\p{L}+#]*|`[^`]+`/gu) ?? [];
  return names.some((name) => !question.toLowerCase().includes(name.toLowerCase()));
}

const shareOf = ({ stems }: Asked, found: readonly string[]): number =>
  stems.filter((stem) => found.some((other) => isSameWord(stem, other))).length / stems.length;

/** Of the share that what was said before adds: the sentence itself comes first. */
const contextWeight = 0.9;

/** Kinds whose answers a pattern tells well enough that the text's first sentence may say what they are about. */
const hasStrictAnswer: ReadonlySet<QuestionKind> = new Set(['person', 'time', 'count', 'duration', 'money', 'code']);

interface Context {
  readonly before: readonly string[];
  /** of the whole text */
  readonly topic: readonly string[];
}

/** What a sentence points back to counts as its own, as long as half of what is asked about stands in itself. */
function shareWith(asked: Asked, { stems, text }: SourceSentence, { before, topic }: Context): number {
  const own = shareOf(asked, stems);
  const points = pointing.test(text);
  const { named, others } = asked;
  const has = (stem: string) => stems.some((found) => isSameWord(stem, found));
  // of somebody who is named, another thing is said: `When did Ann die?` is not answered with her birth
  if (named.length > 0 && others.length > 0 && !others.some(has)) return 0;
  const saysIt = points && named.length > 0 && others.length > 0 && others.every(has);
  if (own < 0.5 && !saysIt) return own;
  const context = points ? [...before, ...topic] : asked.kind === 'person' && asked.stems.length > 2 ? topic : [];
  return own + contextWeight * (shareOf(asked, [...stems, ...context]) - own);
}

function isAnswer(asked: Asked, sentence: SourceSentence): boolean {
  const { kind, question } = asked;
  const text = sentence.text;
  const isNew =
    sentence.stems.filter((stem) => !asked.stems.some((own) => isSameWord(own, stem))).length >= minNewStems;
  if (kind === 'person') return namesSomeone(asked, text);
  if (kind === 'nameOf') return namesIt(asked, text);
  if (kind === 'count') return countsIt(asked, text);
  if (kind === 'place') return isNew && namesPlace(asked, text);
  if (kind === 'fact') return isFact(asked, isNew);
  if (kind === 'reason' && servesPurpose(asked, text)) return true;
  const pattern = answering[kind];
  return pattern!.test(withoutQuestion(text, question));
}

/** A number of the question itself is no answer. */
const withoutQuestion = (text: string, question: string): string =>
  (question.match(/\d[\d.,:]*\d|\d/gu) ?? []).reduce((rest, number) => rest.replaceAll(number, ''), text);

/** `Which X` needs more than X: what is said of it. */
const isFact = ({ question, stems }: Asked, isNew: boolean): boolean =>
  (isNew || stems.length > 1) && !(/^\s*which\b/iu.test(question) && stems.length < 2);

/** Says what something was done for, and not what the question says itself. */
const servesPurpose = ({ stems }: Asked, text: string): boolean =>
  [...text.matchAll(purpose)].some(
    ([, verb]) => !contentStems(verb!).some((stem) => stems.some((own) => isSameWord(own, stem))),
  );

const isAsked = ({ stems }: Asked, { stem }: Word): boolean =>
  stem !== '' && stems.some((own) => isSameWord(own, stem));

/** Words between a verb and who does it. */
const reach = 8;

/** `Who opened it?` Before the verb, or after it and `by` where it is passive; `who is the X?` right beside the X. */
function namesSomeone(asked: Asked, text: string): boolean {
  if (
    /\bwho(?:m|se)?\s+(?:is|was|are|were)\s+(?:the|an?|his|her|their|our|my|your)\b(?!.*\b(?:ed|en)\b)/iu.test(
      asked.question,
    )
  )
    return isBeside(asked, text);
  if (!saysWhatWasDone(asked) || losesItsThing(asked)) return false;
  const words = wordsOf(text);
  const verbAt = words.findIndex((word) => isSameWord(asked.stems[0]!, word.stem));
  if (verbAt < 0) return someoneChinese.test(text);
  const verb = words[verbAt]!;
  const after = text.slice(verb.start + verb.text.length);
  const isPassive =
    (/(?:ed|en|n|t)$/u.test(verb.text) || byWhom.test(after)) &&
    /\b(?:is|are|was|were|be|been|being)\b/u.test(
      words
        .slice(Math.max(0, verbAt - 3), verbAt)
        .map((w) => w.text)
        .join(' '),
    );
  const asksObject = /\bwho(?:m)?\s+(?:can|could|may|must|should|will|is|was|are|were|did|does|do)\b/iu.test(
    asked.question,
  );
  if (isPassive) return byWhom.test(after);
  const before = words.slice(Math.max(0, verbAt - reach), verbAt);
  const from = before[0]?.start ?? 0;
  const behind = verb.start + verb.text.length;
  return (
    holdsSomeone(asked, text, { start: from, end: verb.start }) ||
    (asksObject && holdsSomeone(asked, text, { start: behind, end: behind + 60 }))
  );
}

/** `Who made the well?` Where a thing is named as words are that say little, only the verb is left to look for. */
const losesItsThing = ({ question, stems }: Asked): boolean =>
  stems.length === 1 && determiner.test(wordsOf(question).at(-2)?.text ?? '');
const determiner = /^(?:the|an?|this|that|these|those|his|her|their|our|my|your|its)$/iu;

const byWhom =
  /^(?:(?! and | but | or )[^,;]){0,60}?\bby (?!\d|noon|hand|mail|post|then|now|the end|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\p{L}/u;

/** What follows `who` and its auxiliaries is one of the words that are looked for: `made` alone is found anywhere. */
function saysWhatWasDone({ question, stems }: Asked): boolean {
  const done =
    /\bwho(?:m|se)?\s+(?:(?:is|was|are|were|can|could|may|must|should|will|would|has|have|had|did|does|do|be|been|not|also|first|else|allowed to)\s+)*([\p{L}-]+)/iu.exec(
      question,
    )?.[1];
  return (
    done === undefined ||
    contentStems(question)
      .slice(0, 1)
      .some((stem) => contentStems(done).includes(stem) && stems.includes(stem))
  );
}

const holdsSomeone = (asked: Asked, text: string, { start, end }: Span): boolean =>
  [...text.matchAll(someone)].some(({ index, 0: found }) => {
    if (index >= end || index + found.length <= start) return false;
    if (
      /^(?:The|This|That|These|Those|It|If|When|In|On|At|A|An|As|For|And|But|So|There|Some|All|No|Never|Some|Others|Other|However|After|Before|order|number|further|later|never|ever|over|under|either|neither|whether|rather|after|water|paper|letter|winter|summer|September|October|November|December)$/u.test(
        found,
      )
    )
      return false;
    const stems = contentStems(found);
    return !stems.some((stem) => asked.stems.some((own) => isSameWord(own, stem)));
  });

const name = String.raw`(?:(?:Mr|Mrs|Ms|Dr)\.? )?(?!(?:Hi|Hello|Dear|Hey|Thanks|The|An?|This|That|These|Those|Our|My|His|Her|Their|Its|Your|On|In|At|For|When|After|If|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|June|July|August|September|October|November|December)\b)\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*`;

/** `the captain, Ada Lovelace,`, `Captain Lovelace`, `Ada Lovelace is the captain` */
function isBeside(asked: Asked, text: string): boolean {
  return wordsOf(text).some((word) => {
    if (!isAsked(asked, word)) return false;
    const before = text.slice(0, word.start);
    if (isOtherOne(asked.question, before)) return false;
    const after = text.slice(word.start + word.text.length);
    return (
      new RegExp(
        `^(?: (?:of|at|for) [^,.]{1,40})?(?:,? (?:is |was |called |named )?|, (?:the |an? )?(?:[\\p{Ll}-]+ ){1,2}|: )${name}`,
        'u',
      ).test(after) ||
      new RegExp(
        `(?<!\\b(?:Hi|Hello|Dear|Hey|Thanks) )${name}(?:, (?:as )?| \\(| (?:is|was|became|as) )(?:the |an? |our |my |his |her |their )?(?:[\\p{Ll}-]+ ){0,2}$`,
        'u',
      ).test(before)
    );
  });
}

/** A name right beside the thing, or `called …`. */
const namesIt = (asked: Asked, text: string): boolean =>
  isBeside(asked, text) ||
  /\b(?:called|named|name (?:is|was)|known as)\b|[‘“"]\p{Lu}[\p{L} ]+[’”"]|叫|名为/u.test(text);

/** What is measured is not counted: the number stands with a unit. */
const measured =
  /\d\s?(?:%|per ?cent|°|(?:milli|centi|kilo)?(?:lit(?:er|re)s?|met(?:er|re)s?|grams?)\b|(?:[mck]?[mgl]|kB|[MGT]B|lbs?|oz|tons?|tonnes?|pounds?|ounces?|cups?|spoons?|gallons?|acres?|hectares?)\b)/iu;

/** The number stands with the thing that is counted. */
function countsIt(asked: Asked, text: string): boolean {
  const rest = withoutQuestion(text, asked.question);
  if (!answering.count!.test(rest)) return false;
  const counted = /how (?:many|much) (\p{L}+)/iu.exec(asked.question)?.[1];
  const stem = counted === undefined ? undefined : contentStems(counted)[0];
  if (stem === undefined) return true;
  const words = wordsOf(rest);
  return (
    (/how much/iu.test(asked.question) && measured.test(rest)) ||
    words.some((word, i) => isSameWord(stem, word.stem) && counts(words.slice(Math.max(0, i - 4), i)))
  );
}

/** The words before a thing end with its number: `two old`, `7 of 31`, but not `18:30 in the`. */
function counts(words: readonly Word[]): boolean {
  const at = words.findLastIndex(({ text }) => answering.count!.test(text));
  return at >= 0 && !words.slice(at).some(({ text }) => /^(?:in|on|at|by|to|for|from|with|and|or)$/iu.test(text));
}

const asksWhereTo = /\bwhere\b.*\b(?:go|goes|going|went|travel|move|run|lead|fly|sail)\b/iu;

/** A place that the question does not name itself; where to goes where it is asked. */
const namesPlace = (asked: Asked, text: string): boolean =>
  (!asksWhereTo.test(asked.question) || /\b(?:to|into|towards?|for|home|abroad|away)\b/u.test(text)) &&
  [...text.matchAll(new RegExp(answering.place!.source, 'giu'))].some(({ 0: found }) => {
    if (asksWhereTo.test(asked.question) && !/^(?:to|into|towards?|for|home|abroad)/iu.test(found)) return false;
    const stems = contentStems(found);
    return stems.length === 0 || !stems.every((stem) => asked.stems.some((own) => isSameWord(own, stem)));
  });
