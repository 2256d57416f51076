import { addsFaults } from '../checks/grammarFaults.ts';
import type { TaggedWord, Tagger } from '../checks/tagger.ts';
import { isInName, protectedStretches } from '../protection/protectedStretches.ts';
import type { Edit } from '../wordChanges.ts';
import { capitalized } from './phraseTable.ts';
import { sentenceSpans } from './soundEdits.ts';
import { sentenceBegins, type TextRule } from './textRule.ts';
import { verbForms } from './verbForms.ts';

/**
 * Number and verb forms, where a few words next to each other tell them for certain: at the beginning of a sentence or
 * clause, and for words of closed lists. Everything that would take the grammar of the whole sentence stays.
 */

/** Not behind `and`: `you and he have` is right. */
const clauseBegins = String.raw`(?:^|[.!?;,]\s{1,9}|\b(?:so|because|if|when)\s{1,9})`;

const thirdPersons: Readonly<Record<string, string>> = {
  have: 'has',
  do: 'does',
  go: 'goes',
  are: 'is',
  were: 'was',
  doesnt: "doesn't",
};
const plurals: Readonly<Record<string, string>> = {
  is: 'are',
  was: 'were',
  has: 'have',
  shows: 'show',
  suggests: 'suggest',
  indicates: 'indicate',
  needs: 'need',
  wants: 'want',
  makes: 'make',
  gives: 'give',
  takes: 'take',
  goes: 'go',
  does: 'do',
  comes: 'come',
  seems: 'seem',
};

/** Nouns whose plural in -s, or irregular plural, cannot be anything else in front of a verb. */
const pluralNouns =
  'results|findings|measurements|experiments|studies|students|teachers|children|men|women|people|users|customers|members|parents|friends|players|authors|workers|companies|problems|questions|answers|numbers|figures|examples|files|pages|books|houses|cars|dogs|cats|values|rules|changes|things|days|weeks|months|years|hours|minutes|trees|birds|words|sentences|paragraphs|chapters|buttons|tables|windows|images|pictures|letters|messages|documents|reports|meetings|tests|tools|products|prices|costs|reasons|ideas|plans|rooms|streets|cities|countries';

const gerundVerbs =
  'meet|see|hear|receive|discuss|join|read|get|have|speak|learn|be|attend|find|know|go|make|do|become';

export const agreement: readonly TextRule[] = [
  {
    pattern: new RegExp(
      String.raw`(?<=${clauseBegins}(?<!\bif\s{1,9})(?:he|she|it)\s{1,9})(?:have|do|go|are|don['’]?t|doesnt)(?=\s{1,9}(?!been\b))`,
      'giu',
    ),
    mend: ({ 0: verb, index }, text) =>
      isSupposed(text.slice(Math.max(0, index - 300), index)) || isListed(text, index) || isAsked(text, index)
        ? undefined
        : /^don/iu.test(verb)
          ? `doesn${/['’]/u.exec(verb)?.[0] ?? "'"}t`
          : thirdPersons[verb.toLowerCase()],
  },
  {
    pattern: new RegExp(
      String.raw`(?<=${clauseBegins}(?:we|they|you)\s{1,9})(?:was|is|has|doesn['’]t)(?!\p{L})`,
      'giu',
    ),
    mend: ([verb]) => (/^doesn/iu.test(verb) ? verb.replace(/^doesn/iu, 'don') : plurals[verb.toLowerCase()]),
  },
  {
    pattern: new RegExp(
      String.raw`(?<=${clauseBegins}(?:i|he|she|it|we|they|you)\s{1,9}(?:have|has|had)\s{1,9})went\b`,
      'giu',
    ),
    mend: () => 'gone',
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}(these|those)(\s{1,9})(is|was)(?=\s{1,9}(?:an?|the|my|our|not|very|all|some)\b)`,
      'giu',
    ),
    mend: ([, these, blank, verb]) => `${these}${blank}${plurals[verb!.toLowerCase()]}`,
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}((?:the|these|those|our|my|all|most|many|some|both)\s{1,9}(?:${pluralNouns})\s{1,9})(${Object.keys(plurals).join('|')})(?=\s{1,9}(?!what|how|who|why|where|enough|and|or|are|were|analys[ie]s|assessments?)\p{Ll})`,
      'giu',
    ),
    mend: ([, subject = '', verb]) => (/\s\p{Lu}/u.test(subject) ? undefined : subject + plurals[verb!.toLowerCase()]), // `The Birds is a film`
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}((?:every|some|any|no)(?:one|body)\s{1,9})(are|were|have(?=\s{1,9}to\b)|do(?=\s{1,9}not\b))(?=\s{1,9}(?:an?|the|to|in|not|his|her|their|very)\b)`,
      'giu',
    ),
    mend: ({ 1: subject = '', 2: verb, index }, text) =>
      isAsked(text, index) ? undefined : subject + thirdPersons[verb!.toLowerCase()], // `Anyone have to leave?`
  },
  {
    pattern: new RegExp(
      String.raw`(?<=\blook(?:s|ing|ed)? forward to\s{1,9})(?:${gerundVerbs})(?<!(?<!\blooking forward to\s)\bsee(?=\s{1,9}(?:it|the|an?|more|all|part|[.!])))(?=\s{1,9}(?:you|him|her|them|it|us|from|the|an?|my|your|our|their|more|about|all|part)\b|[.!]\s*$)`,
      'giu',
    ),
    mend: ([verb]) => ({ see: 'seeing', be: 'being' })[verb.toLowerCase()] ?? verbForms(verb.toLowerCase()).ing,
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}me and (him|her|them|you)(?=\s{1,9}(?:went|are|were|have|had|will|would|can|could|saw|met|did|do|want)\b)`,
      'giu',
    ),
    mend: ([, other]) =>
      `${capitalized({ him: 'he', her: 'she', them: 'they', you: 'you' }[other!.toLowerCase()]!)} and I`,
  },
];

/** `If, by birth or otherwise, he have it`: as people wrote, and still may. */
const isSupposed = (before: string): boolean =>
  /\b(?:if|lest|though|unless|until|till|whether|ere|that|provided)\b[^.!?;]*$/iu.test(before);

/** `Does he, she, it have`: one pronoun after the other. */
const isListed = (text: string, at: number): boolean =>
  /\b(?:i|you|he|she|we|they),\s{1,9}(?:(?:and|or)\s{1,9})?(?:he|she|it)\s{1,9}$/iu.test(
    text.slice(Math.max(0, at - 40), at),
  );

/** Who asks may leave the first word out: `He have a say in it?` */
const isAsked = (text: string, at: number): boolean => /^[^.!?]*\?/u.test(text.slice(at, at + 300));

/** Plural nouns in -s that may go with `is`, and nouns of groups. */
const eitherNumber =
  /(?:ss|us|is|as|os|works)$|^(?:masters|defaults|axes|news|means|series|species|works|barracks|headquarters|crossroads|odds|politics|physics|mathematics|statistics|economics|ethics|blues|measles|mumps|shingles|hives|hiccups|giggles|lens|sweepstakes|corps|innings|summons|bellows|gallows|whereabouts|shambles|billiards|dominoes|checkers|draughts|darts|graphics|logistics|semantics|athletics|acoustics|dynamics|mechanics|basics|details|thanks|savings|contents|specifics|diabetes|rabies|states|nations|times|simpsons|dollars|euros|pounds|miles|meters|metres|kilometers|hours|minutes|days|weeks|months|years|percent|people|data|media|criteria)$/u;

/**
 * A subject at the beginning of its sentence, with its verb right behind it: `The results was`, `Me and my wife was`.
 * Anything between them takes more grammar than a tagger has.
 */
export function agreementEdits(text: string, tag: Tagger): Edit[] {
  const isProtected = protectedStretches(text, { withNumbers: true });
  return sentenceSpans(text).flatMap(({ start, end }) => {
    const lead = start + (/^\s*["“(]?/u.exec(text.slice(start, end))?.[0].length ?? 0);
    if (!candidate.test(text.slice(lead, lead + 60))) return [];
    const sentence = text.slice(lead, end);
    const edits = [meAndMine(sentence), pluralSubject(tag(sentence)), thirdPerson(sentence, tag)].filter(
      (edit) => edit !== undefined,
    );
    const [edit] = edits;
    if (!edit) return [];
    const mended = sentence.slice(0, edit.start) + edit.replacement + sentence.slice(edit.end);
    const placed = { ...edit, start: edit.start + lead, end: edit.end + lead };
    return addsFaults(sentence, mended, tag) || isProtected(placed) || isInName(text, placed) ? [] : [placed];
  });
}

/** Most sentences begin in another way and need no tagger. */
const candidate = /^(?:me|the|these|those|our|my|their|his|her|your|all|most|many|some|both|he|she|it)\b/iu;

const pluralVerbs: Readonly<Record<string, string>> = { was: 'were', is: 'are', has: 'have', does: 'do' };

/** `Me and my wife was` → `My wife and I were` */
function meAndMine(sentence: string): Edit | undefined {
  const found =
    /^[Mm]e and (\p{Lu}\p{Ll}+) (was|were|is|are|has|have|had|went|did|saw|met|will|would|can|could)(?=\s)/u.exec(
      sentence,
    ) ??
    /^me and ((?:my|the|his|her|our|their|your) (?:[\p{Ll}]+ ){0,2}?[\p{Ll}]+) (was|were|is|are|has|have|had|went|go|do|did|saw|met|like|want|will|would|can|could)(?=\s)/iu.exec(
      sentence,
    );
  if (!found) return undefined;
  const [whole, other, verb] = found;
  return { start: 0, end: whole.length, replacement: `${capitalized(other!)} and I ${pluralVerbs[verb!] ?? verb}` };
}

/** `The old results was good` */
function pluralSubject(words: readonly TaggedWord[]): Edit | undefined {
  if (!/^(?:the|these|those|our|my|their|his|her|your|all|most|many|some|both)$/u.test(words[0]?.word ?? ''))
    return undefined;
  let at = 1;
  while (/^JJ$/u.test(words[at]?.tag ?? '')) at++;
  const [noun, verb, next] = [words[at], words[at + 1], words[at + 2]];
  const replacement = verb && pluralVerbs[verb.word];
  if (noun?.tag !== 'NNS' || eitherNumber.test(noun.word) || !noun.word.endsWith('s')) return undefined;
  if (!replacement || verb.word === 'does' || !next || !/^(?:JJ|RB|VB[NG]|IN)$/u.test(next.tag)) return undefined;
  return { start: verb.start, end: verb.start + verb.word.length, replacement };
}

const statives: Readonly<Record<string, string>> = {
  like: 'likes',
  want: 'wants',
  need: 'needs',
  think: 'thinks',
  know: 'knows',
  live: 'lives',
  work: 'works',
  seem: 'seems',
  look: 'looks',
  make: 'makes',
};

const finite = /^(?:VB[DZP]|MD)$/u;

/** `She like`, `He want` */
function thirdPerson(sentence: string, tag: Tagger): Edit | undefined {
  const found =
    /^(he|she|it)( )(like|want|need|think|know|live|work|seem|look|make)(?= (?:to|the|a|an|in|at|that|it|my|his|her|very|good|nice|like)\b)/iu.exec(
      sentence,
    );
  if (!found || /\?["”)]*\s*$/u.test(sentence)) return undefined;
  const isCompared =
    found[3] === 'like' && tag(sentence.slice(found[0].length)).some(({ tag: each }) => finite.test(each));
  if (isCompared) return undefined; // `He like the others was late`
  return { start: found[1]!.length + 1, end: found[0].length, replacement: statives[found[3]!]! };
}
