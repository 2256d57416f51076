import { numberWordsFrom } from '../text/numberWords.ts';
import { capitalized } from './phraseTable.ts';
import { oncePerText, sentenceBegins, type TextRule } from './textRule.ts';
import { verbForms } from './verbForms.ts';

/**
 * Verb forms and little words that cannot stand where they stand, whatever the rest of the sentence says. A form that is
 * a noun, too, or one of two forms that are spelled alike, is in none of these lists.
 */

/** Base, past, participle: three different words. */
const irregular: readonly (readonly [base: string, past: string, participle: string])[] = (
  'go went gone|take took taken|give gave given|know knew known|write wrote written|speak spoke spoken|drive drove driven|' +
  'eat ate eaten|choose chose chosen|begin began begun|forget forgot forgotten|throw threw thrown|fly flew flown|' +
  'grow grew grown|steal stole stolen|wear wore worn|tear tore torn|ride rode ridden|sing sang sung|' +
  'shake shook shaken|break broke broken'
)
  .split('|')
  .map((forms) => forms.split(' ') as [string, string, string]);
const baseOf = new Map(irregular.map(([base, past]) => [past, base]));
const participleOf = new Map(irregular.map(([, past, participle]) => [past, participle]));
const pasts = [...baseOf.keys()].join('|');
const passivePasts = 'wrote|ate|spoke|chose|took|gave|drove|stole|threw|knew|began';

/** In the third person; none of them is a noun. */
const thirdPersons = new Map(
  'like want need know think make take give go come say get find write speak seem mean keep let tell try feel believe understand remember eat contain require allow become begin bring happen hear hold'
    .split(' ')
    .map((base) => [verbForms(base).s, base] as const),
);
/** These are the same in the past, or a noun stands before them as often. */
const bareThird =
  'come|play|eat|drink|write|speak|sing|swim|walk|sleep|teach|study|drive|give|take|hate|love|want|need|make|say|tell|buy|bring|believe|feel|keep';

const anyPerson = '(?:i|you|he|she|it|we|they)';
const clauseBegins = String.raw`(?:^|[.!?;,]\s{1,9}|\b(?:and|but|so|because|when)\s{1,9})`;
const comparatives =
  'better|worse|easier|faster|bigger|smaller|cheaper|older|younger|nicer|taller|stronger|higher|lower|longer';
/** No verbs: `the aim is to slow it` says something else. */
const tooAdjectives =
  'late|tired|big|small|expensive|difficult|busy|young|old|loud|heavy|short|cold|hot|ill|sick|hungry|early|complicated|complex|hard|weak|afraid|shy|proud|poor|rich';
const languages =
  'english|german|spanish|italian|chinese|japanese|russian|portuguese|korean|arabic|dutch|swedish|norwegian|danish|finnish|greek|french';

/** None of them is a word of another kind. */
const places =
  'paris|london|berlin|edinburgh|germany|france|italy|spain|england|scotland|ireland|europe|america|africa|asia|canada|brazil|mexico|india|japan|russia|poland|sweden|norway|denmark|finland|portugal|austria|switzerland|belgium|australia|egypt|vienna|madrid|barcelona|tokyo|beijing|shanghai|moscow|amsterdam|brussels|lisbon|dublin|prague|budapest|athens|istanbul|mumbai|delhi|sydney|melbourne|toronto|chicago|boston|seattle|new york|los angeles|san francisco';
const peoples =
  'american|european|african|asian|canadian|mexican|brazilian|australian|british|english|german|french|spanish|italian|russian|chinese|japanese|indian|korean|irish|dutch|swedish|norwegian|portuguese|greek|arab';
/** Who writes all in small letters means it. */
const hasCapitals = oncePerText((text) => /(?:^|[.!?]\s{1,9})["“(]?\p{Lu}/u.test(text));

export const irregularPlurals: Readonly<Record<string, string>> = {
  childs: 'children',
  womans: 'women',
  mans: 'men',
  foots: 'feet',
  tooths: 'teeth',
  sheeps: 'sheep',
  knifes: 'knives',
  wifes: 'wives',
  wolfs: 'wolves',
  thiefs: 'thieves',
  shelfs: 'shelves',
  leafs: 'leaves',
};

export const verbSlips: readonly TextRule[] = [
  // Did you went
  {
    pattern: new RegExp(String.raw`(?<=\b(?:did|didn['’]t)\s{1,9}(?:${anyPerson}\s{1,9}))(?:${pasts})\b`, 'giu'),
    mend: ([form]) => baseOf.get(form.toLowerCase()),
  },
  // She doesn't likes
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:doesn|don|didn|wouldn|couldn|shouldn)['’]t\s{1,9})(?:${[...thirdPersons.keys()].join('|')})\b`,
      'giu',
    ),
    mend: ([form]) => thirdPersons.get(form.toLowerCase()),
  },
  // He can sings
  {
    pattern: new RegExp(
      String.raw`(?<=${clauseBegins}${anyPerson}\s{1,9}(?:can|could|will|would|should|must|might|may)\s{1,9})(?!needs\b)(?:${[...thirdPersons.keys()].join('|')}|sings|works|helps|runs|plays)(?=\s{0,9}(?:[.,;!?]|$)|\s{1,9}(?:an?|the|to|it|him|her|them|us|me|my|your|his|our|their|that|well|very|in|with)\b)`,
      'giu',
    ),
    mend: ([form]) => thirdPersons.get(form.toLowerCase()) ?? form.slice(0, -1),
  },
  // should have went, he has ate; not `what they have gave them`
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:would|could|should|must|might|may|will)(?:n['’]t)?\s{1,9}have\s{1,9}|${clauseBegins}${anyPerson}\s{1,9}(?:have|has|had)\s{1,9})(?:${pasts})\b`,
      'giu',
    ),
    mend: ([form]) => participleOf.get(form.toLowerCase()),
  },
  // It was wrote by her
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:was|were|is|are|been|being)\s{1,9})(?:${passivePasts})(?=\s{1,9}(?:by|from|for|with)\b)`,
      'giu',
    ),
    mend: ([form]) => participleOf.get(form.toLowerCase()),
  },
  // I seen him; She play the piano; I has; This books are
  {
    pattern: new RegExp(
      String.raw`(?<=${clauseBegins}(?:i|we|they|he|she)\s{1,9})seen(?=\s{1,9}(?:him|her|it|them|you|the|an?|my|your|his|this|that)\b)`,
      'giu',
    ),
    mend: () => 'saw',
  },
  {
    pattern: new RegExp(
      String.raw`(?<=${sentenceBegins}(?:he|she)\s{1,9})(?:${bareThird})(?=\s{1,9}(?:the|an?|to|every|in|at|on|his|her|it|them|very|well|with)\b)`,
      'giu',
    ),
    mend: ([verb]) => verbForms(verb).s,
  },
  {
    pattern: /(?<=(?:^|[.!?;,]\s{1,9}|\b(?:so|because|when)\s{1,9})I\s{1,9})has\b/gu,
    mend: () => 'have',
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}this(?=\s{1,9}(?:books|results|files|words|people|children|questions|houses|cars|pages|rules|changes|things|pictures|letters|tests|ideas|rooms|students|friends|problems|answers|numbers|examples)\s{1,9}(?:are|were|have)\b)`,
      'giu',
    ),
    mend: ([found]) => (found === 'This' ? 'These' : 'these'),
  },
  {
    pattern: new RegExp(
      String.raw`(?<=${sentenceBegins}there\s{1,9})(?:is|was)(?=\s{1,9}(?:${numberWordsFrom(2, 10)}|many|several)\s{1,9}(?:of\s{1,9}(?:them|us|you|these|those)|reasons|ways)\b)`,
      'giu',
    ),
    mend: ([verb]) => ({ is: 'are', was: 'were' })[verb.toLowerCase()],
  },
  // She must to go
  {
    pattern: new RegExp(
      String.raw`(?<=${clauseBegins}${anyPerson}\s{1,9}(?:must|should)\s{1,9})to\s{1,9}(?=(?:go|be|do|have|take|make|get|see|know|come|pay|wait|say|give|find|write|read|work|leave|stay)\b)`,
      'giu',
    ),
    mend: () => '',
  },
  // is more better
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:is|are|was|were|be|been|feels?|looks?|much|even|far)\s{1,9})more\s{1,9}(?=(?:${comparatives})(?:\s{1,9}than\b|\s{0,9}[.,;!?]|\s{0,9}$))`,
      'giu',
    ),
    mend: () => '',
  },
  // I am to tired
  {
    pattern: new RegExp(
      String.raw`(?<=(?:\b(?:am|is|are|was|were|be|it['’]s|far|much|way)|['’](?:m|re))\s{1,9})to(?=\s{1,9}(?:${tooAdjectives})(?:\s{0,9}[.,;!?]|\s{0,9}$|\s{1,9}(?:to|for)\b))`,
      'giu',
    ),
    mend: () => 'too',
  },
  // between you and I
  {
    pattern: /(?<=\bbetween (?:you|him|her|them|my \p{Ll}{1,20}) and )I(?=\s{0,9}(?:[.,;!?]|$))/gu,
    mend: () => 'me',
  },
  // let me no by Friday
  {
    pattern:
      /(?<=\blet (?:me|us|him|her|them) )no(?=\s{0,9}(?:[.,;!?]|$)|\s{1,9}(?:if|when|by|what|how|whether|about|that|as soon)\b)/giu,
    mend: () => 'know',
  },
  // will effect us
  {
    pattern:
      /(?<=\b(?:will|would|may|might|can|could|to|not|n['’]t|also|directly) )effect(?=\s{1,9}(?:us|me|you|him|everyone|everybody|people)\b)/giu,
    mend: () => 'affect',
  },
  {
    pattern: /(?<=\b(?:an?|the|no|any|big|little|much|negative|positive|bad|good) )affect(?=\s{1,9}on\b)/giu,
    mend: () => 'effect',
  },
  // I often loose my keys
  {
    pattern:
      /(?<=\b(?:i|you|we|they|will|would|can|could|may|might|not|n['’]t|often|always|never|easily) )loose(?=\s{1,9}(?:(?:my|your|our|their) (?:keys?|phone|job|temper|mind|way|wallet|glasses|place|data|work|money|time)|weight|money|time|track|control|interest|hope|sight|data|count|patience)\b)/giu,
    mend: () => 'lose',
  },
  // Your welcome. You're car is
  {
    pattern: new RegExp(String.raw`${sentenceBegins}your(?= welcome\s{0,3}(?:[.!]|$))`, 'giu'),
    mend: ([found]) => `${found[0]}ou're`,
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}you['’]re(?=\s{1,9}(?:car|house|email|order|account|name|letter|message|answer|question|friend|dog|cat|book|room|ticket)\s{1,9}(?:is|was|has|will)\b)`,
      'giu',
    ),
    mend: ([found]) => `${found[0]}our`,
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}there(?=\s{1,9}(?:car|house|dog|cat|book|room|friend|teacher|office|name|father|mother|company)\s{1,9}(?:is|was|has)\b)`,
      'giu',
    ),
    mend: ([found]) => `${found[0]}heir`,
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}their(?=\s{1,9}going\s{1,9}to\s{1,9}be\s{1,9}(?:\p{L}{1,20}\s{1,9})?\p{L}{1,20}\s{0,9}(?:[.,;!?]|$))`,
      'giu',
    ),
    mend: ([found]) => `${found[0]}hey're`,
  },
  {
    pattern: new RegExp(
      String.raw`${sentenceBegins}lets(?= (?:go|see|start|begin|talk|assume|consider|hope)\b)`,
      'giu',
    ),
    mend: ([found]) => `${found.slice(0, 3)}'s`,
  },
  // in german, 3 march
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:in|into|speaks?|speaking|spoke|learn|learns|learning|understands?|a (?:little|bit of)|fluent)\s{1,9})(?:${languages})(?=\s{0,9}(?:[.,;!?)]|$)|\s{1,9}(?:and|or|is|was|text|at|with|for|very|well)\b)`,
      'gu',
    ),
    mend: ([name]) => capitalized(name),
  },
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:English|German|Spanish|Italian|Chinese|Japanese|Russian|Portuguese|French|Dutch|Greek|Arabic)(?:,| and| or)\s{1,9})(?:${languages})(?=\s{0,9}(?:[.,;!?)]|$)|\s{1,9}(?:and|or)\b)`,
      'gu',
    ),
    mend: ([name]) => capitalized(name),
  },
  // in paris, american history
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:[Ii]n|[Tt]o|[Ff]rom|[Nn]ear|[Vv]isit(?:ed|ing|s)?)\s{1,9}(?:(?:${places})(?:,| and| or)\s{1,9})?)(?:${places})(?=\s{0,9}(?:[.,;!?)]|$)|\s{1,9}(?:and|or|is|was|for|with|by|on|at|in|last|next|this|two|three|every|when|because|during|since|after|before|where|to|as|we|i)\b)`,
      'giu',
    ),
    mend: ([name], text) =>
      hasCapitals(text) ? name.replace(/(?<!\p{L})\p{Ll}/gu, (first) => first.toUpperCase()) : undefined,
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}_.-])(?:${peoples})(?=\s{1,9}(?:people|history|government|language|literature|culture|restaurants?|food|man|woman|men|women|students?|compan(?:y|ies)|music|market|countries|cities|economy|president|friends?|teachers?|army|politics|artists?|writers?|novels?|films?|citizens?|universit(?:y|ies)|union|commission)\b)`,
      'gu',
    ),
    mend: ([name], text) => (hasCapitals(text) ? capitalized(name) : undefined),
  },
  {
    pattern:
      /(?<=(?<![\p{L}\p{N}.:/-])(?:[12]?\d|3[01])(?:st|nd|rd|th)?\s{1,9}(?:of\s{1,9})?)(?:march|august)(?=\s{0,9}(?:[.,;!?)]|$)|\s{1,9}\d{4}\b)/gu,
    mend: ([month]) => capitalized(month),
  },
  {
    pattern: new RegExp(String.raw`(?<=\b(?:\d{1,2}|${numberWordsFrom(1, 12)}) )oclock\b`, 'giu'),
    mend: () => "o'clock",
  },
  // a few minute later
  {
    pattern:
      /(?<=\ba (?:few|couple of) )(?:minute|hour|day|week|month|year|book|page|question|problem|word|friend|student)(?=\s{0,9}(?:[.,;!?]|$)|\s{1,9}(?:ago|later|and|to|from|before|after|in|at|on|are|were)\b)/giu,
    mend: ([noun]) => `${noun}s`,
  },
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:many|several|few|${numberWordsFrom(2)}) )person(?=\s{1,9}(?:were|are|have|came|who|in|at)\b|\s{0,9}[.,;!?])`,
      'giu',
    ),
    mend: () => 'people',
  },
  {
    pattern:
      /(?<=\bone of (?:my|his|her|our|your|their) )(?:friend|brother|sister|student|teacher|book|colleague|neighbou?r|son|daughter)(?=\s{1,9}(?:is|was|has|who|said|told|came)\b)/giu,
    mend: ([noun]) => `${noun}s`,
  },
  {
    pattern: new RegExp(
      String.raw`(?<=\b(?:${numberWordsFrom(2, 10)}|many|several|few|these|those) )(?:${Object.keys(irregularPlurals).join('|')})\b`,
      'giu',
    ),
    mend: ([noun]) => irregularPlurals[noun.toLowerCase()],
  },
  // in it's place
  {
    pattern:
      /(?<=\b(?:of|in|on|with|to|by|from|at|into|under|over|behind|inside) )it['’]s(?=\s{1,9}(?:own|place|kind|name|way|head|tail|best|end|size|value|content|contents|form|current|original|default|first|last|new|old|parent|children|members|users|owner|shape|color|colour|weight)\b)/giu,
    mend: ([found]) => found.replace(/['’]/u, ''),
  },
  {
    pattern:
      /(?<=(?:^|\s)(?:you|me|it|that|this|him|her|them|us|there|here|now|today|tomorrow|time|day|going|doing|name)) (?=\?(?:\s|$))/gu,
    mend: () => '',
  },
];
