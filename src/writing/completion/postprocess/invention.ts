import { cutAt, type Rule } from './rule.ts';

const address = /(?:https?:\/\/|www\.)[^\s<>")\]]*|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|org|net|io|dev)\b(?:\/\S*)?/iu;
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
  const typed = /[\p{Nd}.,:/-]*$/u.exec(before)?.[0].replace(/^[^\p{Nd}]+/u, '') ?? '';
  const startsNumber = typed !== '' && /^[\p{Nd}.,:/-]*\p{Nd}/u.test(text);
  const joined = startsNumber ? typed + text : text;
  const shift = joined.length - text.length;
  let known: Set<string> | undefined;
  for (const match of joined.matchAll(number)) {
    if (isListMarker(joined, match.index, before)) continue;
    known ??= new Set(`${before.slice(0, before.length - shift)}\n${after}`.match(number));
    if (!known.has(match[0])) return Math.max(0, match.index - shift);
  }
  return undefined;
}

function isListMarker(text: string, index: number, before: string): boolean {
  const lineStart = text.slice(0, index).trim() === '' && (text.includes('\n') || /(?:^|\n)\s*$/u.test(before));
  return lineStart && /^\p{Nd}+[.)]\s/u.test(text.slice(index));
}
