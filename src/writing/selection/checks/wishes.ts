import { decodedSentenceEnd } from '../../../text/sentenceEnd.ts';
import { type Note, note } from '../notes.ts';
import { contentStems } from '../text/contentWords.ts';
import { countOf, countPattern } from '../text/numberWords.ts';
import { wordCount } from '../text/words.ts';
import { itemCount } from './forms.ts';
import { asksNoMore, formsContradict, listIn, unmetForm } from './formWishes.ts';

/** Something that a person asked for and that can be counted in what came. */
export interface CountableWish {
  /** what is wrong with a result, for the person and for the model's next try; undefined when nothing is */
  wrong(source: string, result: string): Note | undefined;
}

const sentencesWish = new RegExp(
  `(?<![a-z\\d])(${countPattern}) ?(?:(?:short|long|single|complete) )?(?:sentences?\\b|句)`,
  'iu',
);
const bulletsWish = new RegExp(
  `(?<![\\p{L}\\d])(${countPattern}) (?:bullets?(?: points?)?|points|items|steps)\\b(?!-| list)`,
  'iu',
);
const wordsWish = new RegExp(
  `(at most|no more than|up to|under|below|fewer than|less than|maximum(?: of)?|within|at least|more than|over|about|exactly|in)? ?(?<![\\p{L}\\d])(${countPattern}) words\\b`,
  'iu',
);
const shorterWish =
  /\b(?:shorter|shorten|cut (?:it|this)|condense|more concise|briefer)\b|缩短|更短|(?<!\p{L})(?:kürzer|kürze|plus court|raccourci[rs]?|más (?:corto|breve)|acorta)(?!\p{L})/iu;
const halfWish = /\b(?:by half|half (?:as long|the length))\b|减半/iu;
const longerWish =
  /\b(?:longer|lengthen|expand|more detail(?:ed|s)?)\b|更长|扩写|(?<!\p{L})(?:länger|ausführlicher|plus long|développe[rz]?|más largo|alarga)(?!\p{L})/iu;
const withoutWish =
  /\b(?:without|no|remove|take out|leave out|drop) (?:the |any |all (?:the )?)?(semicolons?|exclamation marks?|emojis?|numbers|brackets|parentheses|dashes|links|question marks?)\b/iu;
const marks: Readonly<Record<string, RegExp>> = {
  semicolon: /[;；]/u,
  'exclamation mark': /[!！]/u,
  'question mark': /[?？]/u,
  emoji: /\p{Extended_Pictographic}/u,
  number: /\d/u,
  bracket: /[()[\]]/u,
  parenthese: /[()]/u,
  dashe: /[–—]/u,
  link: /https?:|\]\(/u,
};

export const sentenceCount = (text: string): number =>
  text
    .trim()
    .split(new RegExp(`(?<=${decodedSentenceEnd()})\\s+(?=\\S)|(?<=[。！？])(?=\\S)`, 'u'))
    .filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

/** What can be counted of a wish in a person's own words; English and some Chinese. */
function countableWishes(wish: string): CountableWish[] {
  const wishes: CountableWish[] = [];
  const expect = (wrong: CountableWish['wrong']) => wishes.push({ wrong });
  const sentences = sentencesWish.exec(wish)?.[1];
  if (sentences !== undefined && !/\b(?:last|first|next|each|every|this) (?:\w+ )?sentence/iu.test(wish)) {
    const wanted = countOf(sentences);
    expect((_, result) =>
      unless(sentenceCount(result) === wanted, note('wishSentences', sentenceCount(result), wanted)),
    );
  }
  const words = wordsWish.exec(wish);
  if (words) expectWords(expect, words[1]?.toLowerCase() ?? '', countOf(words[2]!));
  const bullets = bulletsWish.exec(wish)?.[1];
  const list = listIn(wish);
  if (bullets !== undefined)
    expect((_, result) =>
      unless(itemCount(result) === countOf(bullets), note('wishItems', itemCount(result), countOf(bullets))),
    );
  else if (list === 'numbered') expect((_, result) => unless(itemCount(result, 'numbered') > 1, note('wishNumbered')));
  else if (list) expect((_, result) => unless(itemCount(result) > 1, note('wishList')));
  if (halfWish.test(wish))
    expect((source, result) => unless(wordCount(result) <= 0.65 * wordCount(source), note('wishShorter')));
  else if (shorterWish.test(wish))
    expect((source, result) => unless(wordCount(result) < wordCount(source), note('wishShorter')));
  if (longerWish.test(wish))
    expect((source, result) => unless(wordCount(result) > wordCount(source), note('wishLonger')));
  const gone = withoutWish.exec(wish)?.[1]?.toLowerCase().replace(/s$/u, '');
  if (gone !== undefined) expect((_, result) => unless(!marks[gone]!.test(result), note('wishWithout', gone)));
  return wishes;
}

const unless = (isRight: boolean, what: Note): Note | undefined => (isRight ? undefined : what);

function expectWords(expect: (wrong: CountableWish['wrong']) => void, bound: string, wanted: number): void {
  const isLeast = /least|more|over/u.test(bound) && !/no more/u.test(bound);
  const isBelow = /under|below|fewer|less/u.test(bound);
  const isAbout = /about|exactly|^in$|^$/u.test(bound);
  const [least, most] = isAbout
    ? [0.7 * wanted, 1.3 * wanted]
    : isLeast
      ? [wanted, Number.POSITIVE_INFINITY]
      : [0, isBelow ? wanted - 1 : wanted];
  expect((_, result) => {
    const words = wordCount(result);
    return unless(words >= least && words <= most, note('wishWords', words, wanted));
  });
}

/** Words, figures or a picture; without any nobody can tell what is wanted. */
export const saysSomething = (wish: string): boolean => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(wish);

/** `Do nothing.` */
export const asksForNothing = (wish: string): boolean =>
  /^\s*(?:please )?(?:do nothing|leave (?:it|this|the text)(?: (?:as it is|alone|unchanged))?|change nothing|(?:don['’]t|do not) (?:change|do) (?:anything|it|this|a thing))(?:,? please)?[.!\s]*$/iu.test(
    wish,
  );

/** No text can be both; nothing is written then. */
export const contradictsItself = (wish: string): boolean =>
  ((shorterWish.test(wish) || halfWish.test(wish)) &&
    longerWish.test(wish) &&
    !/\b(?:not|than before|no)\b/iu.test(wish)) ||
  (/\b(?:more|very) formal\b/iu.test(wish) && /\b(?:more (?:casual|informal)|less formal)\b/iu.test(wish)) ||
  formsContradict(wish) ||
  hasTwoCounts(wish) ||
  hasNoRoom(wish);

/** `two sentences, in three sentences`; `two or three sentences` are one wish, and `each in one sentence` is another. */
const hasTwoCounts = (wish: string): boolean =>
  !/\b(?:or|to|then|each|every|first|last|summary)\b/iu.test(wish) &&
  new Set([...wish.matchAll(new RegExp(sentencesWish, 'giu'))].map(([, count]) => countOf(count!))).size > 1;

/** `at most 20 words and at least 50 words` */
function hasNoRoom(wish: string): boolean {
  const bounds = [...wish.matchAll(new RegExp(wordsWish, 'giu'))].map(([, bound = '', count]) => ({
    count: countOf(count!),
    isLeast: /^(?:at least|more than|over)$/iu.test(bound),
    isMost: /^(?:at most|no more than|up to|under|below|fewer than|less than|maximum.*|within)$/iu.test(bound),
  }));
  return bounds.some((least) => least.isLeast && bounds.some((most) => most.isMost && most.count < least.count));
}

/** The first thing that a result does not do of what can be counted. */
export const unmetWish = (wish: string, source: string, result: string): Note | undefined => {
  for (const { wrong } of countableWishes(wish)) {
    const found = wrong(source, result);
    if (found) return found;
  }
  return unmetForm(wish, source, result) ?? unmetLength(wish, source, result);
};

const lengthWishes = [sentencesWish, wordsWish, bulletsWish, halfWish, shorterWish];
/** Of the content words of a result that only was to have another length, so many may be new. */
const mostNew = 0.5;
/** And so many of those of its text may go where there is room for all that it says. */
const mostLost = 0.25;

/** `Please make it two sentences`, `at most 20 words`, `shorter`: nothing of it asks for anything new. */
function unmetLength(wish: string, source: string, result: string): Note | undefined {
  if (longerWish.test(wish) || !lengthWishes.some((length) => length.test(wish))) return undefined;
  const rest = lengthWishes.reduce((left, length) => left.replace(new RegExp(length, 'giu'), ' '), wish);
  if (!asksNoMore(rest)) return undefined;
  const figures = [...new Set(withoutMarks(result).match(figure))].filter((each) => !source.includes(each));
  if (figures.length > 0) return note('wishAdds', figures.join(', '));
  const known = new Set(contentStems(source));
  const said = new Set(contentStems(withoutMarks(result)));
  const kept = [...said].filter((stem) => known.has(stem)).length;
  if (said.size - kept > mostNew * said.size) return note('newWords', said.size - kept, said.size);
  const wanted = sentencesWish.exec(wish)?.[1] ?? bulletsWish.exec(wish)?.[1];
  const hasRoom = wanted !== undefined && countOf(wanted) >= sentenceCount(source);
  return unless(!hasRoom || kept >= (1 - mostLost) * known.size, note('fewWordsLeft', kept, known.size));
}

const figure = /\d+(?:[.,]\d+)*/gu;
const withoutMarks = (text: string): string => text.replace(/^[ \t]*\d{1,3}[.)][ \t]/gmu, '');
