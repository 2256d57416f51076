import type { Edit } from '../wordChanges.ts';

/** Who has to do something: a key that is required to open a door has to do nothing. */
const person =
  '(?:I|you|we|they|he|she|who|everyone|everybody|nobody|no one|anyone|anybody|people|persons?|staff|personnel|m[ae]n|wom[ae]n|child(?:ren)?|compan(?:y|ies)|part(?:y|ies)|council|authorit(?:y|ies)|m[ae]mbers?|(?:resident|applicant|tenant|passenger|customer|visitor|student|pupil|employee|employer|guest|driver|user|participant|owner|parent|candidate|teacher|patient|travell?er|volunteer|player|author|contributor|developer|citizen|buyer|seller|purchaser|client|subscriber|holder|cyclist|worker|contractor|supplier|operator|administrator|manager|landlord|borrower|reader|speaker|doctor|nurse|officer|soldier|individual|caller|recipient|neighbou?r|colleague|lender|trainee|editor|reviewer|committee|team)s?)';
const endsInPerson = new RegExp(String.raw`(?<!\p{L})${person}\s{1,9}$`, 'iu');

/** What is required to do something is needed for it; who is required to do it is not. */
const endsInThing =
  /(?<!\p{L})(?:tool|element|package|dependency|dependencies|librar(?:y|ies)|file|input|permission|privilege|step|change|time|information|data|effort|memory|resource|hardware|software|technology|space|setting|knowledge|skill|document|equipment|material|amount|number|setup|configuration|code|module|function|field|parameter|value|attribute|header|option|component|infrastructure|energy|power|money|support|evidence|argument|propert(?:y|ies)|feature|key|certificate|ingredient|part|work)s?\s+$/iu;

/** Words that mean something else than the tables take them for, by what stands before or behind them. */
interface Misfit {
  readonly words: RegExp;
  readonly before?: RegExp;
  readonly behind?: RegExp;
}

const article = String.raw`\b(?:the|an?|his|her|their|our|my|your|its|no|any|every|first|last)`;
/** `with respect to x` is seldom about it */
const speaksOf =
  '(?:information|questions?|procedures?|details|news|doubts?|concerns?|complaints?|advice|remarks?|agreements?|decisions?|position|rights|writ(?:e|ing)|wrote|contact(?:ed|ing)?|call(?:ed|ing)?|sp(?:eak|oke)|ask(?:ed|ing)?)';

const misfits: readonly Misfit[] = [
  // the two additional fields, the required additional packages
  {
    words: /^additional$/iu,
    before: /\b(?:the|these|those|its|their|his|her|our|your|my)\s+(?:[\p{L}-]+\s+)?$|necessary\s+$/iu,
  },
  { words: /^upon$/iu, before: /\bc(?:o|a)m(?:es?|ing)\s+$/iu },
  {
    words: /^regarding$/iu,
    before: /\b(?:stop(?:s|ped)?|ke(?:ep|eps|pt)|start(?:s|ed)?|beg[ai]n|by|of|for|in|without)\s+$/iu,
  },
  {
    words: /^(?:with respect to|in respect of)$/iu,
    before: new RegExp(String.raw`(?<!\b${speaksOf}|\s)\s{1,9}$`, 'iu'),
  },
  // nouns, and words of programs
  {
    words: /^(?:attempt|purchase|request|assist|require|retain)$/iu,
    before: new RegExp(String.raw`${article}\s{1,9}$`, 'iu'),
  },
  {
    words: /^requir/iu,
    before: /\b(?:explicit|moved|laws?|regulations?|rules|statutes?|entitled to[^.;]{0,40} to)\s+$/iu,
  },
  { words: /^requir/iu, behind: /^\s+(?:that\b|(?:statements?|calls?|hooks?|cache)\b|[`\uE000-\uF8FF])/iu },
  // who requires hunters to have a licence does not need them
  {
    words: /^requir/iu,
    behind: new RegExp(
      String.raw`^\s{1,9}(?!(?:you|we|they|he|she)\s)(?:[\p{L}’'-]{1,30}\s{1,9}){0,3}?(?:${person}|states?|hunters?|nations?)(?!\p{L})[^.;:]{0,60}\bto\s+\p{Ll}`,
      'iu',
    ),
  },
  { words: /^request(?:s|ed|ing)?$/iu, behind: /^[^.;:,]{1,60}\bto\s+\p{Ll}/iu },
  // sure of a thing, or that something is so
  {
    words: /^ensur/iu,
    behind:
      /^(?!\s+(?:that\s+(?!,)|(?:it|they|we|you|there|he|she|everyone|everybody|nobody|nothing|everything)\s+\p{Ll}))/iu,
  },
  // I thank you for it; thanks almost entirely to them
  {
    words: /^thank you/iu,
    before: /\b(?:I|we|to|will|must|may|can|would|should|do|you|they|just|also|sincerely|who|me)\s+$/iu,
  },
  { words: /^thanks$/iu, behind: /^\s+(?:\p{L}+\s+){0,2}to\b/iu },
  { words: /^at (?:present|this time)$/iu, behind: /^\s+(?:\p{L}+ed|was|were|had)\b/iu },
  // names and variables
  { words: /^U$/u },
  { words: /^u$/u, before: /[\\}{$|(]\s*$|\\\p{L}{1,20}\s$/u },
  { words: /^u$/u, behind: /^\s*[-+=|{}()\]\\^_]/u },
  // no greeting: `hi number 5`, `Source: hi`, `Hey, remember when`
  { words: /^h(?:i|ey)$/iu, behind: /^(?!\s*[,!.]|\s+(?:to|there|all|every|team|folks|guys|\p{Lu}))/u },
  { words: /^h(?:i|ey)$/iu, before: /:\s*$/u },
  { words: /^hey$/iu, before: /\S/u, behind: /^,/u },
  { words: /^ask(?:s|ed|ing)? for$/iu, behind: /^\s+(?:trouble|it|the impossible)\b/iu },
  { words: /^find out$/iu, behind: /^\s*(?:more\b|about\b|here\b|[.:,;!?]|$)/iu },
];

const leftChars = 60;
const rightChars = 120;

/**
 * Whether a word may not become another one where it stands. `On a daily basis, things change`: `daily things` would be
 * others.
 */
export function isMisfit(text: string, { start, end, replacement }: Edit): boolean {
  const words = text.slice(start, end);
  const before = text.slice(Math.max(0, start - leftChars), start);
  const behind = text.slice(end, end + rightChars);
  if (replacement === 'needed to') return !endsInThing.test(before);
  if (/required to$/iu.test(words)) return !endsInPerson.test(before);
  if (/^(?:daily|weekly|yearly|regularly)$/iu.test(replacement)) return !/\p{L}\s+$/u.test(before);
  return (
    (replacement === 'do not' && ofOne.test(before)) ||
    misfits.some(
      (each) => each.words.test(words) && (each.before?.test(before) ?? true) && (each.behind?.test(behind) ?? true),
    )
  );
}

/** Before a `don’t` for `doesn’t`; `that` opens its sentence, as `things that don’t matter` are many. */
const ofOne = /(?<!\p{L})(?:s?he|it|this|there)\s+$|(?:^|[.!?;:“"]\s*)that\s+$/iu;
