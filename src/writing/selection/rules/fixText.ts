import { languageOfText } from '../../../text/language.ts';
import type { TaggedWord, Tagger } from '../checks/tagger.ts';
import { slips } from '../slips/slips.ts';
import { slipEdits } from '../slips/slipTable.ts';
import { isFunctionWord } from '../text/contentWords.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import { agreement, agreementEdits } from './agreement.ts';
import { articles, isVariable } from './articles.ts';
import { anyLanguage, blankBeforeSemicolon, marksOfEnglish } from './marks.ts';
import { confusions, misspellings } from './misspellings.ts';
import { capitalized, isInEmphasis, phraseEdits } from './phraseTable.ts';
import { properNames } from './properNames.ts';
import { isInForeignSentence, isNameOfThing, mendSpelling } from './spelling.ts';
import { applyRule, oncePerText, sentenceAround, sentenceLead, speaksFreely, type TextRule } from './textRule.ts';

/** What a short text does not tell itself. */
export interface Around {
  /** the document's language, where a paragraph is too short to tell */
  readonly language?: string | undefined;
  /** the paragraph with its code and formulas */
  readonly raw?: string;
  readonly tag: Tagger;
}

/**
 * Mends the mistakes that rules can tell for certain: well-known misspellings and confusions, doubled words, `a` and
 * `an`, number and verb forms, blanks around marks, capitals. Correct text comes back as it was; what rules cannot tell
 * stays.
 */
export function fixText(text: string, { language: around, raw = text, tag }: Around): string {
  const language = languageOfText(text) ?? around;
  if ((language ?? 'en') !== 'en') return anyLanguage.reduce(applyRule, text);
  const spelled = [misspellings, confusions].reduce(
    (words, table) =>
      applyEdits(
        words,
        // what somebody says may be dialect: “I would of gone”
        phraseEdits(words, table, { inQuotations: table === misspellings, tag }).filter(
          (edit) =>
            !isInForeignSentence(words, edit.start) &&
            !isListOfWords(words) &&
            !/^["”’]?\s?(?:->|=>|→)/u.test(words.slice(edit.end, edit.end + 5)) && // `teh -> the`
            !isNameOfThing(words, edit, edit.replacement.toLowerCase()),
        ),
      ),
    mendSpelling(text),
  );
  const mended = [...anyLanguage, ...marksOfEnglish, ...englishOnly, articlesBy(tag)].reduce(applyRule, spelled);
  const agreed = speaksFreely(mended) ? mended : inAgreement(mended, tag);
  const persons = hasVariables(raw) ? agreed : withPronouns(agreed);
  return language === 'en' ? applyRule(persons, blankBeforeSemicolon) : persons;
}

/** `is, isnt`: nobody's sentence. */
const isListOfWords = oncePerText((text) => /^\s*\p{L}+(?:,\s+\p{L}+)+\s*$/u.test(text));

/** Not before a plural, where no article is right: `a interfaces`. Not where `an` stands for `and`, which it does behind nouns and adjectives: `old an new kernels`, `back an forth`. */
const articlesBy = (tag: Tagger): TextRule => ({
  ...articles,
  mend: (match, text) => {
    if (/s$/u.test(match[3]!) && tag(match[3]!)[0]?.tag === 'NNS') return undefined;
    if (isQuoted(text, match.index)) return undefined; // “gone an left us”, “the law is a ass”
    if (!/^an$/iu.test(match[1]!)) return articles.mend(match, text);
    const lead = sentenceLead(text, match.index);
    const before: TaggedWord | undefined = tag(lead + match[0]).findLast(({ start }) => start < lead.length);
    const isForAnd = before && (/^(?:NNP?S?|JJ|CD)$/u.test(before.tag) || before.word === 'back');
    return isForAnd ? undefined : articles.mend(match, text);
  },
});

function withPronouns(text: string): string {
  const mended = applyRule(text, pronoun);
  return mended === text ? text : applyRule(mended, otherPronouns);
}

/** What somebody says in a story is not ours to mend: `“They was here,” said the cook.` */
function inAgreement(text: string, tag: Tagger): string {
  const known = applyEdits(
    text,
    slipEdits(text, slips, tag).filter((edit) => !isMentioned(text, edit.start) && !isOfVerse(text, edit)),
  );
  const agreed = [...agreement, ...properNames].map(outsideQuotes).reduce(applyRule, known);
  return applyEdits(
    agreed,
    agreementEdits(agreed, tag).filter((edit) => !isMentioned(agreed, edit.start) && !isOfVerse(agreed, edit)),
  );
}

const outsideQuotes = ({ pattern, mend }: TextRule): TextRule => ({
  pattern,
  mend: (match, text) => {
    if (isMentioned(text, match.index)) return undefined;
    const replacement = mend(match, text);
    if (replacement === undefined) return undefined;
    const [start, end] = [match.index, match.index + match[0].length];
    return isOfVerse(text, { start, end, replacement }) ? undefined : replacement;
  },
});

/** A line without its last mark is sung or called out as people talk: `She don't know me`, `I seen it all`. */
const isOfVerse = (text: string, { start, end, replacement }: Edit): boolean =>
  /^[^\n]{1,100}$/u.test(text) &&
  !/[.!?:]["”’)]*\s*$/u.test(text) &&
  (/^(?:doesn['’]t|saw|did|were|has|does|goes|is)$/u.test(replacement) || replacement === `${text.slice(start, end)}s`);

/** Somebody says it, or the sentence is about words: `When you is the subject, the verb is plural.` */
const isMentioned = (text: string, at: number): boolean =>
  isQuoted(text, at) || aboutWords.test(sentenceAround(text, at));

const aboutWords =
  /\b(?:(?:pro)?nouns?|(?:ad)?verbs?|adjectives?|prepositions?|homophones?|syllables?|participles?|apostrophes?|plurals?|subjunctive|conjugat\w+|misspel\w*|spelled|grammatical(?:ly)?|words? \p{L}+ (?:is|and|or|for|instead)|writ\p{L}+ \p{L}+ for)\b/iu;

const isQuoted = (text: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - 2000), at);
  return before.lastIndexOf('“') > before.lastIndexOf('”') || (before.match(/"/gu)?.length ?? 0) % 2 === 1;
};

const verbsOfI =
  'am|was|have|had|think|thought|will|would|can|could|should|must|may|might|do|did|know|knew|hope|hoped|like|want|wanted|need|needed|see|saw|went|go|feel|felt|believe|came|come|get|got|just|really|also|bought|share|remember|made|said|told|asked|found|left|lost|lived|work|worked|tried|live|understand|received|wrote|sent|spent|took|gave|met|heard|felt|started|finished|forgot|learned|learnt|enjoy|enjoyed|love|loved|hate|agree|wonder|guess|suppose|don|didn|couldn|wouldn|wasn|haven';
/** Words that begin sentences and are no commands, units or names. */
const openers =
  'the|this|that|these|those|it|he|she|we|they|you|there|however|if|when|our|my|your|his|her|its|their|what|why|how|because|maybe|please';
const namedDays = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const namedMonths = 'christmas|january|february|april|june|july|september|october|november|december';

const pronounAt = String.raw`(?<![^\s“"(—])i(?=['’](?:m|ve|ll|d)(?!\p{L})|[ \t\n]+`;
const pronoun: TextRule = {
  pattern: new RegExp(String.raw`${pronounAt}(?:${verbsOfI})(?!\p{L}))`, 'gu'),
  mend: (match, text) => pronounI(match, text),
};
/** Where it is the pronoun once, it is so before other verbs, too. */
const otherPronouns: TextRule = {
  pattern: new RegExp(String.raw`${pronounAt}\p{Ll}{2})`, 'gu'),
  mend: (match, text) => pronounI(match, text),
};

const englishOnly: readonly TextRule[] = [
  {
    pattern:
      /(?<=(?<!\p{L})(?:is|was|be|has|have|had|with|as|for|such|got|it['’]s|and|need|want|return|returns)[ \t])(?:a[ \t]an(?=[ \t][aeio]\p{Ll}{2})|an[ \t]a(?=[ \t][bcdfgjklmnpqrstvwz]\p{Ll}{2}(?<!tag)))/gu,
    mend: ([found], text) => (isVariable(text) || speaksOfWords(text) ? undefined : found.split(/[ \t]/u)[1]),
  },
  { pattern: /(?<![\p{L}\p{N}.-])(\p{L}{2,}|a)([ \t\n]{1,9})(\1)(?=[ \t\n]{1,9}[“(]?\p{L})/giu, mend: doubledWord },
  {
    pattern: new RegExp(String.raw`(?<=(?<![\p{L}\p{N}.])(\p{L}{2,40})[.][ \t]{1,9})(?:${openers})(?=[ \t,])`, 'gu'),
    mend: (match, text) => sentenceStart(match, text),
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}_-])(?:${namedDays}(?=s?(?![\p{L}\p{N}_-]))|(?:${namedMonths})(?![\p{L}\p{N}_-]))`,
      'gu',
    ),
    mend: ({ index, 0: name }, text) =>
      isInEmphasis(text, { start: index, end: index + name.length }) ? undefined : capitalized(name),
  },
  {
    pattern:
      /(?<=\b(?:in|since|until|by|last|next|of)[ \t]{1,9})(?:march|may|august)(?=[ \t]*(?:[.,;!?]|\d{1,4}\b|$))/gu,
    mend: ([month]) => capitalized(month),
  },
];

/**
 * Words that no sentence needs twice in a row. Verbs are not among them (`what he did did not matter`), nor prepositions
 * that may end a clause (`the people I work with with pleasure`).
 */
const neverTwice = new Set(
  'the a an and than because which our my their your its we they she these of to into from'.split(' '),
);
/** These may end a clause: only before an article are they said twice by mistake. */
const prepositions = new Set(['of', 'to', 'into', 'from']);
/** Here doubled words are words that are spoken of: `and and or`. */
const logic =
  /\b(?:and and (?:or|not|etc|xor)|(?:or|like) and and|a a (?:priori|posteriori)|operators?|keywords?|parameters?|arguments?)\b/iu;

const speaksOfWords = oncePerText((text) => logic.test(text) || aboutWords.test(text));

const isPassive = /\b(?:am|is|are|was|were|been?|being)\s(?:\p{L}{1,20}\s){0,4}\p{L}{1,20}ed\s$/u;

/** `an an is an article`: an article before a verb is spoken of. */
const isMentionedArticle = /^(?:an?|the)\s+(?:is|are|was|were|has|have|can|may|must|should|stands?|means?)\b/iu;

function doubledWord({ 0: found, 1: word, 3: again, index }: RegExpExecArray, text: string): string | undefined {
  const before = text.slice(Math.max(0, index - 40), index);
  const after = text.slice(index + found.length, index + found.length + 40);
  if (!neverTwice.has(word!.toLowerCase()) || !/(?:^|[.!?]["”)]*\s+|\p{L}[”)]?[,;]?\s+)$/u.test(before))
    return undefined;
  if (
    prepositions.has(word!.toLowerCase()) &&
    !/^\s+(?:the|an?|our|my|your|his|her|its|their|this|these)\b/u.test(after)
  )
    return undefined;
  if (logic.test(before + found + after)) return undefined;
  if (word === 'to' && isPassive.test(before)) return undefined; // `was resorted to to a small extent`
  if (isMentionedArticle.test(`${word}${after}`) || (/^\p{Lu}\p{Ll}/u.test(again!) && word === again)) return undefined;
  const isThird = /\ba\s+$/iu.test(before) || /^\s+a\b/iu.test(after);
  const isNamed = /(?<!\p{L})(?:for|where|with|let|consider|given|if|when)\s+$/iu.test(before); // `for a a negative integer`
  if (word!.length === 1 && (isThird || isNamed || isVariable(text))) return undefined; // `where a a list and b a number`
  const isSame = word === again || (capitalized(again!) === word && /(?:^|[.!?]\s+)["“(]*$/u.test(before));
  const isMentioned = /["“‘*_]/u.test(text.charAt(index - 1)) || /["”’*_]/u.test(text.charAt(index + found.length));
  return isSame && !isMentioned ? word : undefined;
}

/** A letter alone is a variable: then `i` is one, too. */
const hasVariables = oncePerText((text) =>
  /(?<![\p{L}\p{N}.'’/_-])[b-hj-z](?![\p{L}\p{N}.'’/_-])|[*_`$]i[*_`$]|(?<![\p{L}\p{N}])i(?:-th|th|[ ]*[=<>+^[(])/u.test(
    text,
  ),
);

/** Behind a noun it is the name of something: `every vertex i do`. */
function pronounI({ index }: RegExpExecArray, text: string): string | undefined {
  if (/^i\s+(?:will|can|could|would|should|must|may|might)\s+(?:has|is|was|are)\b/u.test(text.slice(index, index + 40)))
    return undefined;
  const before = text.slice(Math.max(0, index - 40), index);
  const word = /(\p{L}{1,40})[ \t\n]{1,40}$/u.exec(before)?.[1];
  const mayFollow =
    word === undefined ? /(?:^|[\p{P}\s])$/u.test(before) : isFunctionWord(word.toLowerCase()) || beforeI.test(word);
  return mayFollow ? 'I' : undefined;
}

const beforeI =
  /^(?:\w+day|think|thought|know|knew|hope|guess|say|said|believe|believed|wish|figured|wondered|wished|hoped|guessed|reali[sz]ed?|noticed|mentioned|decided|felt|swear|sure|today|yesterday|tomorrow|sometimes|maybe)$/iu;

export const abbreviated =
  /^(?:vs|etc|cf|cent|al|approx|ca|est|eg|ie|esp|usu|orig|prob|perh|poss|syn|var|alt|abbrev|pl|sp|adj|adv|fr|lit|corresp|resp|incl|excl|viz|no|nr|vol|pp?|ed|eds|ch|sec|iow|afaik|eq|fig|figs|inc|ltd|co|corp|dept|mr|mrs|ms|dr|prof|st|jr|sr|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|min|max|avg|tel|ext|ref|refs|def|n|v|a|b|c)$/iu;

/** Only behind what is no abbreviation. */
function sentenceStart({ 0: found, 1: before, index }: RegExpExecArray, text: string): string | undefined {
  const isAsking = /^[^.!?]*\?/u.test(text.slice(index, index + 300));
  if (/^(?:what|why|how)$/u.test(found) && !isAsking) return undefined; // the name of a command
  return abbreviated.test(before!) || !capitalizesSentences(text) ? undefined : capitalized(found);
}

/** The text has the habit of beginning sentences with capitals. */
export const capitalizesSentences = oncePerText((text) => {
  const starts = text.match(/(?<=[.!?][ \t]{1,9})\p{L}/gu) ?? [];
  const capitals = starts.filter((start) => /\p{Lu}/u.test(start)).length;
  const opensWithCapital = /^[^\p{L}]*\p{Lu}/u.test(text);
  return (capitals >= starts.length / 2 && capitals > 0) || (capitals === 0 && opensWithCapital && starts.length <= 2);
});
