import type { Span } from '../../../text/span.ts';
import type { SourceSentence } from '../summary/sections.ts';
import { contentStems } from '../text/contentWords.ts';
import { answering, purpose, type QuestionKind, someone, someoneChinese } from './questionKind.ts';
import { isOtherOne, type QuestionParts } from './questionNames.ts';
import { isSameWord, type Word, wordsOf } from './wordForms.ts';

/** A question, and what it is about. */
export interface Asked extends QuestionParts {
  readonly question: string;
  readonly kind: QuestionKind;
  /** of its content words, but for those that say what kind of answer is wanted */
  readonly stems: readonly string[];
}

/** Content words beyond the question's, without which a sentence tells nothing that the question did not say. */
const minNewStems = 1;

/** Whether a sentence about what is asked holds what such a question is answered with. */
export function isAnswer(asked: Asked, sentence: SourceSentence): boolean {
  const { kind, question } = asked;
  const text = sentence.text;
  if (kind === 'whether') return true;
  if (kind === 'color') return isColored(asked, text);
  const isNew =
    sentence.stems.filter((stem) => !asked.stems.some((own) => isSameWord(own, stem))).length >= minNewStems;
  if (kind === 'person') return namesSomeone(asked, text);
  if (kind === 'nameOf') return namesIt(asked, text);
  if (kind === 'count') return countsIt(asked, text);
  if (kind === 'place') return isNew && namesPlace(asked, text);
  if (kind === 'fact') return isFact(asked, isNew);
  if (kind === 'reason' && servesPurpose(asked, text)) return true;
  return answering[kind]!.test(withoutQuestion(kind === 'reason' ? text : withoutAsides(asked, text), question));
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
    return said.some((stem) => stems.some((own) => isSameWord(own, stem))) ? clause : '';
  });

/** A number of the question itself is no answer. */
const withoutQuestion = (text: string, question: string): string =>
  (question.match(/\d[\d.,:]*\d|\d/gu) ?? []).reduce((rest, number) => rest.replaceAll(number, ''), text);

/** `Which X` needs more than X: what is said of it. */
const isFact = ({ question, stems }: Asked, isNew: boolean): boolean =>
  (isNew || stems.length > 1) && !(/^\s*which\b/iu.test(question) && stems.length < 2);

/** Says what something was done for, and not what the question says itself. */
const servesPurpose = ({ question, stems }: Asked, text: string): boolean =>
  goesThereFor(question, text) ||
  [...text.matchAll(purpose)].some(
    ([, verb]) => !contentStems(verb!).some((stem) => stems.some((own) => isSameWord(own, stem))),
  );

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
    const after = text.slice(word.start + word.text.length);
    return (
      before ||
      new RegExp(`^ (?:is|was|are|were|had been|turns?|turned) (?:\\p{L}+ ){0,3}${answering.color!.source}`, 'iu').test(
        after,
      )
    );
  });
}

const isAsked = (stems: readonly string[], { stem }: Word): boolean =>
  stem !== '' && stems.some((own) => isSameWord(own, stem));

const whoIsNamed =
  /^\s*[Ww]ho (?:is|was|are|were) ((?:(?:Mr|Mrs|Ms|Dr)\.? )?\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*)\s*\?*\s*$/u;

/** `our caretaker, Mr. Ostrow,`, `Ostrow, the caretaker,`, `Ostrow (caretaker)`, `Captain Ostrow` */
const saysWho = (name: string, text: string): boolean =>
  new RegExp(
    `\\b(?:the|an?|our|my|his|her|their|your) (?:[\\p{Ll}-]+ ){0,3}[\\p{Ll}-]+,? (?:(?:\\p{Lu}[\\p{L}.’'-]*) ){0,2}${name}\\b|` +
      `\\b${name}(?: \\(|,? (?:who )?(?:is|was) |, )(?:the |an? |our |my |his |her |their )?(?!(?:and|or|but|who|said|says|in|on|at)\\b)[\\p{Ll}-]{3,}|` +
      `\\b(?:Captain|Mayor|Professor|Councillor|Judge|Inspector|Uncle|Aunt|King|Queen|President|Chancellor|Doctor) (?:\\p{Lu}[\\p{L}.’'-]* )?${name}\\b`,
    'u',
  ).test(text);

/** Words between a verb and who does it. */
const reach = 8;

/** `Who opened it?` Before the verb, or after it and `by` where it is passive; `who is the X?` right beside the X. */
function namesSomeone(asked: Asked, text: string): boolean {
  const [, named] = whoIsNamed.exec(asked.question) ?? [];
  if (named !== undefined) return saysWho(named.split(' ').at(-1)!, text);
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
    if (!isAsked(asked.stems, word)) return false;
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
  if (!answering.count!.test(rest) || isOfSome(asked, text)) return false;
  const counted = /how (?:many|much) (\p{L}+)/iu.exec(asked.question)?.[1];
  const stem = counted === undefined ? undefined : contentStems(counted)[0];
  if (stem === undefined) return true;
  const words = wordsOf(rest);
  return (
    (/how much/iu.test(asked.question) && measured.test(rest)) ||
    words.some((word, i) => isSameWord(stem, word.stem) && counts(words.slice(Math.max(0, i - 4), i)))
  );
}

/** `31,000 people live here, most of them in Marrow` does not say how many live in Marrow. */
function isOfSome({ named }: Asked, text: string): boolean {
  const rest = contentStems(text.replace(partitive, ''));
  const all = contentStems(text);
  const has = (stems: readonly string[], stem: string) => stems.some((own) => isSameWord(own, stem));
  return named.some((stem) => has(all, stem) && !has(rest, stem));
}
const partitive = /\b(?:most|some|many|few|half|part|all|none|\p{L}+) of (?:them|whom|which|these|those)\b[^,;.]*/giu;

/** The words before a thing end with its number: `two old`, `7 of 31`, but not `18:30 in the`. */
function counts(words: readonly Word[]): boolean {
  const at = words.findLastIndex(({ text }) => answering.count!.test(text));
  return at >= 0 && !words.slice(at).some(({ text }) => /^(?:in|on|at|by|to|for|from|with|and|or)$/iu.test(text));
}

const asksWhereTo = /\bwhere\b(?!.*\bfrom\b).*\b(?:go|goes|going|went|travel|move|run|lead|fly|sail)\b/iu;

const asksWhereFrom = /\bwhere\b.*\bfrom\s*\?*\s*$/iu;

/** A place that the question does not name itself; where to goes where it is asked. */
const namesPlace = (asked: Asked, text: string): boolean =>
  (!asksWhereTo.test(asked.question) || /\b(?:to|into|towards?|for|home|abroad|away)\b/u.test(text)) &&
  [...text.matchAll(new RegExp(answering.place!.source, 'giu'))].some(({ 0: found }) => {
    if (asksWhereFrom.test(asked.question) && !/^from/iu.test(found)) return false;
    if (asksWhereTo.test(asked.question) && !/^(?:to|into|towards?|for|home|abroad)/iu.test(found)) return false;
    const stems = contentStems(found);
    return stems.length === 0 || !stems.every((stem) => asked.stems.some((own) => isSameWord(own, stem)));
  });
