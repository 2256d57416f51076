import { lazy } from '../../../text/lazy.ts';
import { cutAt, type Rule } from './rule.ts';

/** What an instruction-tuned model says about itself and its task instead of going on with the text. */
const phrases = lazy(
  [
    String.raw`\b(?:Sure|Certainly|Of course|Absolutely)[,!.] (?:here|I|let)\b`,
    String.raw`\bAs an? (?:AI|artificial intelligence|(?:large )?language model)\b`,
    String.raw`\bI(?:'m| am|’m) (?:sorry, but|unable to|an AI|just an AI|a language model)\b`,
    String.raw`\bI (?:cannot|can't|can’t) (?:assist|help|fulfill|provide)\b`,
    String.raw`\bHere(?:'s|’s| is| are) (?:the|a|an|your|some|my) (?:\w+ )?(?:version|continuation|text|rewrite|rewritten|completed|revised|response|summary|possible)\b`,
    String.raw`\b(?:I hope this helps|Let me know if you|Feel free to ask|Is there anything else)\b`,
  ].join('|'),
  'u',
);

/**
 * Assistant talk ends a suggestion. The beginning of the phrase may already stand before the caret. A document that
 * contains the phrase elsewhere is about assistants.
 */
export const chatter: Rule = (text, { before }) => {
  const behind = before.slice(-60);
  const found = phrases().exec(behind + text);
  if (!found || found.index + found[0].length <= behind.length || before.includes(found[0])) return text;
  return cutAt(text, Math.max(0, found.index - behind.length), 'chatter');
};

const marker =
  /<\|[\w ]*\|?>?|<\/?s>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>|(?<!#)#{2,} ?(?:Instruction|Response)\b:?/u;
const speaker = /(?:^|\n)\s{0,40}(?:User|Assistant|Human|System|AI): /u;

/** Markers of a chat template end a suggestion, unless the document itself is about them. */
export const templateMarkers: Rule = (text, { before }) => {
  const found = marker.exec(text);
  if (found && !before.includes(found[0])) return cutAt(text, found.index, 'chatter');
  const turn = speaker.exec(text);
  return turn && !speaker.test(before) ? cutAt(text, turn.index, 'chatter') : text;
};

const address =
  /(?:https?:\/\/|www\.)[^\s<>")\]]*|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|org|net|io|dev)\b(?:\/\S*)?/iu;
/** Also with separators, and together with the digits that stand before the caret. */
const number = /\p{Nd}+(?:[.,:/-]\p{Nd}+)*/gu;

/** A web address or a number that the text does not contain ends a suggestion: a small model makes them up. */
export const invention: Rule = (text, { before, after }) => {
  const found = address.exec(text);
  const known = found !== null && (before.includes(found[0]) || after.includes(found[0]));
  const addressStart = found && !known ? found.index : text.length;
  const numberStart = inventedNumber(text, before, after);
  return cutAt(text, Math.min(addressStart, numberStart ?? text.length), 'invented');
};

function inventedNumber(text: string, before: string, after: string): number | undefined {
  const typed = /[\p{Nd}.,:/-]{0,100}$/u.exec(before.slice(-100))?.[0].replace(/^[^\p{Nd}]+/u, '') ?? '';
  const startsNumber = typed !== '' && /^[\p{Nd}.,:/-]*\p{Nd}/u.test(text);
  const joined = startsNumber ? typed + text : text;
  const shift = joined.length - text.length;
  let known: Set<string> | undefined;
  for (const match of joined.matchAll(number)) {
    if (isListMarker(joined, match.index, before)) continue;
    known ??= new Set(`${before.slice(0, before.length - shift)}\n${after}`.match(number));
    if (!known.has(match[0])) return startOfNumber(text, Math.max(0, match.index - shift));
  }
  return undefined;
}

const signs = String.raw`[\p{Sc}§№#±~≈<>≤≥+−-]`;
/** What would mean nothing without the number behind it: `$5`, `US$ 5`, `§ 5`, `v2`, `page-7`. */
const beforeNumber = new RegExp(
  String.raw`(?:(?<!\p{L})(?:\p{L}|\p{Lu}{2,3}(?=\p{Sc}))|${signs}){1,4}(?:(?<=${signs})[ \u00A0\u202F])?$`,
  'u',
);

const startOfNumber = (text: string, digits: number): number =>
  digits - (beforeNumber.exec(text.slice(Math.max(0, digits - 8), digits))?.[0].length ?? 0);

function isListMarker(text: string, index: number, before: string): boolean {
  const lineStart =
    text.slice(0, index).trim() === '' &&
    (text.includes('\n') || before.slice(before.lastIndexOf('\n') + 1).trim() === '');
  return lineStart && /^\p{Nd}+[.)]\s/u.test(text.slice(index));
}
