import { capitalized } from './phraseTable.ts';
import { oncePerText, type TextRule } from './textRule.ts';

/** Names of languages, places, peoples and months in small letters, where they can be nothing else. */

const languages =
  'english|german|spanish|italian|chinese|japanese|russian|portuguese|korean|arabic|dutch|swedish|norwegian|danish|finnish|greek|french';

/** None of them is a word of another kind. */
const places =
  'paris|london|berlin|edinburgh|germany|france|italy|spain|england|scotland|ireland|europe|america|africa|asia|canada|brazil|mexico|india|japan|russia|poland|sweden|norway|denmark|finland|portugal|austria|switzerland|belgium|australia|egypt|vienna|madrid|barcelona|tokyo|beijing|shanghai|moscow|amsterdam|brussels|lisbon|dublin|prague|budapest|athens|istanbul|mumbai|delhi|sydney|melbourne|toronto|chicago|boston|seattle|new york|los angeles|san francisco';
const peoples =
  'american|european|african|asian|canadian|mexican|brazilian|australian|british|english|german|french|spanish|italian|russian|chinese|japanese|indian|korean|irish|dutch|swedish|norwegian|portuguese|greek|arab';
/** Who writes all in small letters means it. */
const hasCapitals = oncePerText((text) => /(?:^|[.!?]\s{1,9})["“(]?\p{Lu}/u.test(text));

export const properNames: readonly TextRule[] = [
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
      /(?<=(?<![\p{L}\p{N}.:/-])(?<!\b(?:the|a|his|her|their|our|my)\s{1,9})(?:[12]?\d|3[01])(?:st|nd|rd|th)?\s{1,9}(?:of\s{1,9})?)(?:march|august)(?=\s{0,9}(?:[.,;!?)]|$)|\s{1,9}\d{4}\b)/gu,
    mend: ([month]) => capitalized(month),
  },
];
