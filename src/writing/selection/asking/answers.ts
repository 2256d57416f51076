import type { TextReading } from '../../../text/block.ts';
import { greatest } from '../../../text/greatest.ts';
import { type SourceSentence, sectionsOf } from '../summary/sections.ts';
import { contentStems } from '../text/contentWords.ts';
import { wordCount } from '../text/words.ts';
import { isAnswer } from './isAnswer.ts';
import {
  asksWhatFollows,
  codeWords,
  kindWords,
  narrators,
  numberStem,
  type QuestionKind,
  questionKind,
} from './questionKind.ts';
import { type Asked, hasRank, isAboutNamed, lightVerbs, partsOf, pointing } from './questionNames.ts';
import { isAmong } from './wordForms.ts';

/** Of the question's content words, that a sentence has: less is about something else. */
const minShare = 0.6;
/** The same where no pattern tells whether the sentence answers the question. */
const minShareOfFacts = 0.75;
const maxSentences = 2;
const shortestAnswerWords = 2;

/**
 * The sentences of a text that answer a question, in the order of the text: about what is asked, and with what such a
 * question is answered with (a date for when, a number for how many, somebody for who). None when the text does not say.
 */
export function answersTo(reading: TextReading, question: string): SourceSentence[] {
  const kind = questionKind(question);
  const sentences = sectionsOf(reading, { least: shortestAnswerWords, hasItems: true }).flatMap(
    ({ title: heading, sentences }) => {
      const title = contentStems(heading);
      return sentences.map((sentence) => ({ sentence, heading, title }));
    },
  );
  const stems = askedStems(question, kind, reading.text);
  if (stems.length === 0) return [];
  const asked: Asked = { question, kind, stems, ...partsOf(question, stems) };
  const topic =
    hasStrictAnswer.has(kind) && !/\p{Script=Han}/u.test(question) ? (sentences[0]?.sentence.stems ?? []) : [];
  const scored = sentences
    .map(({ sentence, heading, title }, i) => ({
      sentence,
      heading,
      share: shareWith(asked, sentence, {
        title,
        before: [...title, ...(sentences[i - 1]?.sentence.stems ?? [])],
        topic: [...title, ...topic],
      }),
    }))
    .filter(
      ({ sentence, share, heading }, i) =>
        !isQuestion(sentence.text) &&
        ((share >= leastShare(asked) && isAnswer(asked, sentence)) || namesKind(asked, sentence)) &&
        isAboutNamed(
          question,
          `${heading}\n${sentence.text}`,
          `${sentences[i - 1]?.sentence.text ?? ''} ${sentences[0]?.sentence.text ?? ''}`,
        ) &&
        hasRank(question, `${heading}\n${sentence.text}`),
    );
  const best = greatest(
    scored.map(({ share }) => share),
    0,
  );
  const likeliest = scored.filter(({ share }) => share === best).map(({ sentence }) => sentence);
  // nothing tells which of many is meant
  if (kind === 'fact' && stems.length === 1 && likeliest.length > maxSentences) return [];
  const found = likeliest.slice(0, maxSentences);
  return asksWhatFollows.test(question)
    ? withWhatFollows(
        found,
        sentences.map(({ sentence }) => sentence),
      )
    : found;
}

/** One question answers no other, in bold print either. A request does, and a sentence that tells more than who asked. */
function isQuestion(sentence: string): boolean {
  if (!/[?？]["'”’)\]*_]*(?:$| )/u.test(sentence) || request.test(sentence)) return false;
  const told = sentence.replace(/["“][^"“”]{0,400}["”]/gu, '');
  return /[?？]["'”’)\]*_]*$/u.test(told) || wordCount(told) < shortestTold;
}
const shortestTold = 8; // less is `he asked` and the like

/** `Could you bring it on Saturday?`, and not `When could you bring it?` */
const request =
  /(?<!\b(?:who|what|when|where|why|which|how)\b[^,;:.!?]{0,60})\b(?:could|can|would|will) you (?:(?:please|maybe|perhaps|kindly|also|just) ){0,2}(?!please|maybe|perhaps|kindly|also|just|tell|say|explain|let|remember|remind|see|check|ask|find out|know|think|want|like|need|have)\p{Ll}/iu;

/** `Hold RESET for three seconds. The red light goes out.` What is told to be done says in the next sentence what follows. */
const withWhatFollows = (found: readonly SourceSentence[], all: readonly SourceSentence[]): SourceSentence[] =>
  found.flatMap((sentence) => {
    const next = all[all.indexOf(sentence) + 1];
    const isWhole = /\b(?:if|when|once|after|until|as soon as|unless)\b/iu.test(sentence.text);
    return isWhole || next?.block !== sentence.block || found.includes(next) ? [sentence] : [sentence, next];
  });

/** `How do I know that it is done?` */
const asksForSigns = /\bhow (?:do|can|will|should) (?:I|we|you|one) (?:know|tell|see)\b/iu;
const sizes = new Set(contentStems('big large high'));
const isOfAmount: ReadonlySet<QuestionKind> = new Set(['money', 'duration', 'count']);

function askedStems(question: string, kind: QuestionKind, text: string): string[] {
  const saysI = /\b(?:I|we|my|our)\b|我/u.test(text);
  const stems = [...new Set(contentStems(question))];
  const asked = stems.filter(
    (stem) =>
      !(kindWords.has(stem) && !(kind === 'fact' && stem.length > 5) && !(kind === 'code' && stem === numberStem)) &&
      !(saysI && narrators.has(stem)) &&
      !(asksWhatFollows.test(question) && kindWords.has(stem)) &&
      !(kind === 'money' && /^(?:cost|price|fee)/u.test(stem)) &&
      !(kind === 'code' && codeWords.has(stem)) &&
      !(kind === 'count' && sizes.has(stem) && stems.length > 1) &&
      !(asksForSigns.test(question) && /^(?:know|tell|see)$/u.test(stem)) &&
      !(isOfAmount.has(kind) && lightVerbs.has(stem) && stems.length > 1),
  );
  // `作者多大？` and `How many people is it for?` ask about nothing else
  if (asked.length > 0) return asked;
  if (/\p{Script=Han}/u.test(question)) return saysI && stems.some((stem) => narrators.has(stem)) ? ['我'] : [];
  return kind === 'count' ? contentStems(/how many (\p{L}+)/iu.exec(question)?.[1] ?? '') : [];
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
  if (others.length < 2 || !others.every((stem) => isAmong(own, stem))) return false;
  const names = text.slice(1).match(/(?<=[ (])\p{Lu}[\p{L}+#]*|`[^`]+`/gu) ?? [];
  return names.some((name) => !question.toLowerCase().includes(name.toLowerCase()));
}

const shareOf = ({ stems }: Asked, found: readonly string[]): number =>
  stems.filter((stem) => isAmong(found, stem)).length / stems.length;

/** Of the share that what was said before adds: the sentence itself comes first. */
const contextWeight = 0.9;

/** Kinds whose answers a pattern tells well enough that the text's first sentence may say what they are about. */
const hasStrictAnswer: ReadonlySet<QuestionKind> = new Set(['person', 'time', 'count', 'duration', 'money', 'code']);

interface Context {
  /** of the heading above: `What was fixed in 2.3.1?` */
  readonly title: readonly string[];
  readonly before: readonly string[];
  /** of the whole text */
  readonly topic: readonly string[];
}

/** What a sentence points back to counts as its own, as long as half of what is asked about stands in itself. */
function shareWith(asked: Asked, { stems: said, text }: SourceSentence, { title, before, topic }: Context): number {
  const { named, others } = asked;
  const isIn = (found: readonly string[]) => (stem: string) => isAmong(found, stem);
  const isHeaded = asked.stems.length > 1 && asked.stems.every(isIn(title));
  const headed = isHeaded ? title : title.filter(isIn(named));
  const stems = [...said, ...headed];
  const own = shareOf(asked, stems);
  const points = pointing.test(text);
  const has = isIn(stems);
  // of somebody who is named, another thing is said: `When did Ann die?` is not answered with her birth
  if (named.length > 0 && others.length > 0 && !others.some(has)) return 0;
  const saysIt = points && named.length > 0 && others.length > 0 && others.every(has);
  if (own < 0.5 && !saysIt) return own;
  const context = points ? [...before, ...topic] : asked.kind === 'person' && asked.stems.length > 2 ? topic : [];
  return own + contextWeight * (shareOf(asked, [...stems, ...context]) - own);
}
