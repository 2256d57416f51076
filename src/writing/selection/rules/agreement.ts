import { addsFaults } from '../checks/grammarFaults.ts';
import type { TaggedWord, Tagger } from '../checks/tagger.ts';
import { isInName, protectedStretches } from '../protection/protectedStretches.ts';
import { numberWordsFrom } from '../text/numberWords.ts';
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

const countedNouns =
  'book|day|week|month|year|hour|minute|second|car|house|file|page|question|problem|student|teacher|friend|room|letter|message|document|report|meeting|test|tool|product|idea|plan|word|sentence|chapter|apple|egg|ticket|table|chair|dog|cat|brother|sister';
const counts = `${numberWordsFrom(2, 12)}|twenty|several|many`;
/** A count behind these begins a compound: `a three day trip`. */
const compounds =
  'a|an|the|this|that|these|those|each|every|per|first|last|next|my|your|his|her|its|our|their|we|you|they';

const gerundVerbs =
  'meet|see|hear|receive|discuss|join|read|get|have|speak|learn|be|attend|find|know|go|make|do|become';

export const agreement: readonly TextRule[] = [
  {
    pattern: new RegExp(
      String.raw`(?<=${clauseBegins}(?<!\bif\s{1,9})(?:he|she|it)\s{1,9})(?:have|do|go|are|don['’]?t|doesnt)(?=\s{1,9}(?!been\b))`,
      'giu',
    ),
    mend: ({ 0: verb, index }, text) =>
      isSupposed(text.slice(Math.max(0, index - 300), index))
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
      String.raw`(?<=${clauseBegins}(?:we|they|you)\s{1,9})where(?=\s{1,9}(?:an?|the|not|very|late|all|both|also|still|already|again|in|at|on)\b)`,
      'giu',
    ),
    mend: () => 'were',
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}(?:this)(\s{1,9})(are|were)(?=\s{1,9}(?:an?|the|my|our|not|very|one)\b)`,
      'giu',
    ),
    mend: ([found, blank, verb]) => `${found.slice(0, 4)}${blank}${thirdPersons[verb!.toLowerCase()]}`,
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
      String.raw`${sentenceBegins}((?:the|these|those|our|my|all|most|many|some|both)\s{1,9}(?:${pluralNouns})\s{1,9})(${Object.keys(plurals).join('|')})(?=\s{1,9}\p{Ll})`,
      'giu',
    ),
    mend: ([, subject = '', verb]) => subject + plurals[verb!.toLowerCase()],
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}(there\s{1,9})(is|was)(\s{1,9}(?:many|several|${numberWordsFrom(2, 10)})\s{1,9}(?:${pluralNouns})\b)`,
      'giu',
    ),
    mend: ([, there, verb, rest]) => `${there}${plurals[verb!.toLowerCase()]}${rest}`,
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}((?:every|some|any|no)(?:one|body)\s{1,9})(have|are|were|do|go)(?=\s{1,9}(?:an?(?!\s{1,9}(?:good|great|nice|safe|happy|fun|merry|lovely|wonderful|blessed)\b)|the|to|in|not|his|her|their|very)\b)`,
      'giu',
    ),
    mend: ([, subject = '', verb]) => subject + thirdPersons[verb!.toLowerCase()],
  },
  {
    pattern: new RegExp(
      String.raw`(?<!\b(?:${compounds})\s{1,9})(?<![\p{L}\p{N}-])((?:${counts})\s{1,9})(${countedNouns})(?=[.,;!?]|\s{1,9}(?:to|in|ago|later|and|for|from|at|are|were)\s|\s*$)`,
      'giu',
    ),
    mend: ([, count = '', noun]) => count + verbForms(noun!).s, // the plural is spelled as the third person is
  },
  {
    pattern: new RegExp(
      String.raw`(?<=\blook(?:s|ing|ed)? forward to\s{1,9})(?:${gerundVerbs})(?=\s{1,9}(?:you|him|her|them|it|us|from|the|an?|my|your|our|their|more|about|all|part)\b|[.!]\s*$)`,
      'giu',
    ),
    mend: ([verb]) => ({ see: 'seeing', be: 'being' })[verb.toLowerCase()] ?? verbForms(verb.toLowerCase()).ing,
  },
  {
    pattern:
      /(?<!\b(?:[Tt]he|[Aa]n?|[Tt]h(?:is|at)|[Mm]y|[Hh]is|[Hh]er|[Yy]our|[Oo]ur|[Tt]heir|[Ii]ts|[Ee]ach|[Ee]very|one|of)[ \t]{1,9}(?:can|will|might|must|may)[ \t]{1,9})(?<=\b(?:can|could|will|would|should|must|may|might|didn['’]t|doesn['’]t|don['’]t|can['’]t|won['’]t)[ \t]{1,9})(?:sings|goes|went|makes|takes|took|comes|came|gives|gave|knows|knew|says|sees|saw|gets|finds|writes|wrote|speaks|spoke|works|helps|needs|wants)(?=[ \t]{1,9}(?:an?|the|to|it|him|her|them|us|me|my|your|his|our|their|that|well|very|in|with)\b)/gu,
    mend: ([form]) => baseForms[form.toLowerCase()],
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}me and (him|her|them|you)(?=\s{1,9}(?:went|are|were|have|had|will|would|can|could|saw|met|did|do|like|want)\b)`,
      'giu',
    ),
    mend: ([, other]) =>
      `${capitalized({ him: 'he', her: 'she', them: 'they', you: 'you' }[other!.toLowerCase()]!)} and I`,
  },
  {
    pattern:
      /(?<=\b(?:need|needs|needed|have|has|had|spend|spends|spent|take|takes|took|cost|costs|eat|eats|ate|drink|drank|way|far)\s{1,9})to(?=\s{1,9}(?:much|many)\s{1,9}(?!more\b|less\b)\p{L})/giu,
    mend: () => 'too',
  },
];

/** As they stand behind an auxiliary verb. */
const baseForms: Readonly<Record<string, string>> = {
  sings: 'sing',
  goes: 'go',
  went: 'go',
  makes: 'make',
  takes: 'take',
  took: 'take',
  comes: 'come',
  came: 'come',
  gives: 'give',
  gave: 'give',
  knows: 'know',
  knew: 'know',
  says: 'say',
  sees: 'see',
  saw: 'see',
  gets: 'get',
  finds: 'find',
  writes: 'write',
  wrote: 'write',
  speaks: 'speak',
  spoke: 'speak',
  works: 'work',
  helps: 'help',
  needs: 'need',
  wants: 'want',
};

/** `If, by birth or otherwise, he have it`: as people wrote, and still may. */
const isSupposed = (before: string): boolean =>
  /\b(?:if|lest|though|unless|until|till|whether|ere|that|provided)\b[^.!?;]*$/iu.test(before);

/** Plural nouns in -s that may go with `is`, and nouns of groups. */
const eitherNumber =
  /(?:ss|us|is|as|os|works)$|^(?:masters|defaults|axes|news|means|series|species|works|barracks|headquarters|crossroads|odds|politics|physics|mathematics|statistics|economics|ethics|graphics|logistics|semantics|athletics|acoustics|dynamics|mechanics|basics|details|thanks|savings|contents|specifics|diabetes|rabies|states|nations|times|simpsons|dollars|euros|pounds|miles|meters|metres|kilometers|hours|minutes|days|weeks|months|years|percent|people|data|media|criteria)$/u;

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
    const edits = [meAndMine(sentence), pluralSubject(tag(sentence)), thirdPerson(sentence)].filter(
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

/** `She like`, `He want` */
function thirdPerson(sentence: string): Edit | undefined {
  const found =
    /^(he|she|it)( )(like|want|need|think|know|live|work|seem|look|make)(?= (?:to|the|a|an|in|at|that|it|my|his|her|very|good|nice|like)\b)/iu.exec(
      sentence,
    );
  if (!found) return undefined;
  return { start: found[1]!.length + 1, end: found[0].length, replacement: statives[found[3]!]! };
}
