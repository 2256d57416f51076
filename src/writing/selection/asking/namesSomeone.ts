import type { Span } from '../../../text/span.ts';
import { contentStems } from '../text/contentWords.ts';
import { months, someone, someoneChinese, weekday } from './questionKind.ts';
import { type Asked, bareQuestion, isAsked, isOtherOne } from './questionNames.ts';
import { isAmong, isSameWord, wordsOf } from './wordForms.ts';

const surname =
  '[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]';

const asksWhoHas = /\bwho (?:has|have|had) (?:the|an?|his|her|their|our|my|your|its) /iu;

/** `Greta has the keys`: words between `has` and the thing are few, and somebody stands before it. */
const saysWhoHas = (asked: Asked, text: string): boolean =>
  [...text.matchAll(/\b(?:has|have|had|keeps?|kept|holds?|held)\b/gu)].some(({ index, 0: verb }) => {
    const behind = wordsOf(text.slice(index + verb.length)).slice(0, 4);
    const isOfIt = asked.stems.every((stem) => behind.some((word) => isSameWord(stem, word.stem)));
    return isOfIt && holdsSomeone(asked, text, { start: Math.max(0, index - 60), end: index });
  });

const whoIsNamed = /^[Ww]ho (?:is|was|are|were) ((?:(?:Mr|Mrs|Ms|Dr)\.? )?\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*)$/u;

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
export function namesSomeone(asked: Asked, text: string): boolean {
  const [, named] = whoIsNamed.exec(bareQuestion(asked)) ?? [];
  if (named !== undefined) return saysWho(named.split(' ').at(-1)!, text);
  if (
    /\bwho(?:m|se)?\s+(?:is|was|are|were)\s+(?:the|an?|his|her|their|our|my|your)\b(?!.*\b(?:ed|en)\b)/iu.test(
      asked.question,
    )
  )
    return isBeside(asked, text);
  if (asksWhoHas.test(asked.question)) return saysWhoHas(asked, text);
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
  const from = clauseStart(text, before[0]?.start ?? 0, verb.start);
  const behind = verb.start + verb.text.length;
  return (
    holdsSomeone(asked, text, { start: from, end: verb.start }) ||
    (asksObject && holdsSomeone(asked, text, { start: behind, end: behind + 60 }))
  );
}

/** `Pryce scored first, but Rovers equalised`: who did it stands behind the conjunction, if anybody does. */
function clauseStart(text: string, from: number, to: number): number {
  const conjunction = [...text.slice(from, to).matchAll(/[,;:] (?:but|and|while|whereas|so|yet|then) (?=\p{L})/gu)].at(
    -1,
  );
  return conjunction ? from + conjunction.index + conjunction[0].length : from;
}

/** `Who made the well?` Where a thing is named as words are that say little, only the verb is left to look for. */
const losesItsThing = ({ question, stems }: Asked): boolean =>
  stems.length === 1 && determiner.test(wordsOf(question).at(-2)?.text ?? '');
const determiner = /^(?:the|an?|this|that|these|those|his|her|their|our|my|your|its)$/iu;

const byWhom = new RegExp(
  String.raw`^(?:(?! and | but | or )[^,;]){0,60}?\bby (?!\d|noon|hand|mail|post|then|now|the end|${weekday})\p{L}`,
  'u',
);

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
    return !stems.some((stem) => isAmong(asked.stems, stem));
  });

/** Its lengths have bounds, as it is looked for from each letter on. */
const name = String.raw`(?:(?:Mr|Mrs|Ms|Dr)\.? )?(?!(?:Hi|Hello|Dear|Hey|Thanks|The|An?|This|That|These|Those|Our|My|His|Her|Their|Its|Your|On|In|At|For|When|After|If|${weekday}s?|${months})\b)\p{Lu}[\p{L}’'-]{1,40}(?: \p{Lu}[\p{L}’'-]{1,40}){0,9}`;
const nameBehind = new RegExp(
  `^(?: (?:of|at|for) [^,.]{1,40})?(?:,? (?:is |was |called |named )?|, (?:the |an? )?(?:[\\p{Ll}-]+ ){1,2}|: )${name}`,
  'u',
);
const nameBefore = new RegExp(
  `(?<!\\b(?:Hi|Hello|Dear|Hey|Thanks) )${name}(?:, (?:as )?| \\(| (?:is|was|became|as) )(?:the |an? |our |my |his |her |their )?(?:[\\p{Ll}-]+ ){0,2}$`,
  'u',
);

/** `the captain, Ada Lovelace,`, `Captain Lovelace`, `Ada Lovelace is the captain` */
function isBeside(asked: Asked, text: string): boolean {
  return wordsOf(text).some((word) => {
    if (!isAsked(asked.stems, word)) return false;
    const before = text.slice(0, word.start);
    if (isOtherOne(asked.question, before)) return false;
    return nameBehind.test(text.slice(word.start + word.text.length)) || nameBefore.test(before);
  });
}

/** Behind `,` or `.` in quotation marks stands what somebody says, unless it is spelled as a name or title is. */
const quotedName = /[‘“"](?:\p{Lu}[\p{L} ]+|\p{Lu}[\p{L}’'-]*(?: (?:of|the|and|in|\p{Lu}[\p{L}’'-]*)){0,6}[,.])[’”"]/u;

/** A name right beside the thing, or `called …`. */
export const namesIt = (asked: Asked, text: string): boolean =>
  isBeside(asked, text) ||
  /\b(?:called|named|name (?:is|was)|known as)\b|叫|名为/u.test(text) ||
  quotedName.test(text) ||
  asked.stems.some(
    (stem) => /^\p{Script=Han}+$/u.test(stem) && new RegExp(`${stem}${surname}\\p{Script=Han}{1,2}`, 'u').test(text),
  );
