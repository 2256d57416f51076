import { clauseEnd, sentenceEnd } from '../../../text/sentenceEnd.ts';
import { ruleOf } from '../../../text/zone.ts';
import { columns, visibleLength, wordPieces } from '../segment.ts';
import { cutAt, type Rule } from './rule.ts';

/** Where a line has a bound (a commit's subject: 72 columns) the suggestion ends with the last word that fits. */
export const lineColumns: Rule = (text, { caret, zone }) => {
  const { maxColumns } = ruleOf(zone);
  if (maxColumns === 0) return text;
  let kept = '';
  for (const piece of wordPieces(text)) {
    if (columns(caret.linePrefix + kept + piece + caret.lineSuffix.trimEnd()) > maxColumns) break;
    kept += piece;
  }
  return kept === '' ? { drop: 'tooShort', detail: `the line may have ${maxColumns} columns` } : kept;
};

/**
 * A suggestion stays in its line, and in its paragraph where the author breaks lines by hand: there a single line
 * break becomes a blank, and the hard-wrap rule sets the breaks anew.
 */
export const lineBreaks: Rule = (text, { zone, habits }) => {
  const { wraps, end } = ruleOf(zone);
  const ended = end === '' ? null : new RegExp(end, 'u').exec(text);
  const inZone = ended ? text.slice(0, ended.index) : text;
  if (!wraps || habits.wrapping.kind !== 'column') return cutAt(inZone, lineEnd(inZone), 'empty');
  const paragraph = cutAt(inZone, paragraphEnd(inZone), 'empty');
  return typeof paragraph === 'string' ? paragraph.replace(/(?<![ \t])[ \t]*\n[ \t>%/#*]*/gu, ' ') : paragraph;
};

function lineEnd(text: string): number {
  const newline = text.indexOf('\n');
  return newline < 0 ? text.length : newline;
}

function paragraphEnd(text: string): number {
  const blank = /\n[ \t>]*\n|\n[ \t]*(?:#{1,6}\s|[-+]\s|\* \S|\d+[.)]\s|\||\\[a-z]+\{)/u.exec(text);
  return blank ? blank.index : text.length;
}

/** Breaks the suggestion where the author would have broken the line; what stands already is never re-wrapped. */
export const hardWrap: Rule = (text, { caret, zone, habits }) => {
  if (habits.wrapping.kind !== 'column' || !ruleOf(zone).wraps || caret.follows === 'text') return text;
  const { column } = habits.wrapping;
  const indent = continuationOf(caret.linePrefix);
  let used = columns(caret.linePrefix);
  let wrapped = '';
  for (const [, blank, word] of text.matchAll(/(?<!\s)(\s*)(\S+)/gu)) {
    const fits = used + columns(blank! + word!) <= column;
    const breakable = blank !== '' || (wrapped === '' && /\s$/u.test(caret.linePrefix));
    if (fits || !breakable || used <= columns(indent)) {
      wrapped += blank! + word!;
      used += columns(blank! + word!);
    } else {
      wrapped += `\n${indent}${word}`;
      used = columns(indent + word!);
    }
  }
  return wrapped + text.slice(text.trimEnd().length);
};

/** What the author puts before a paragraph's next line: quote and comment marks again, blanks under a list marker. */
function continuationOf(linePrefix: string): string {
  const marks = /^\s*(?:(?:>|\/\/+|%+|#+(?![#\s])|\*(?!\s\S))\s*)*/u.exec(linePrefix)![0];
  const list = /^(?:[-*+•]|\d{1,3}[.)]|\\item)\s+/u.exec(linePrefix.slice(marks.length));
  return marks + ' '.repeat(list && !list[0].startsWith('\\') ? list[0].length : 0);
}

const maxWords = 4;

/** With text right of the caret a suggestion is at most four words. */
export const midLineLength: Rule = (text, { caret }) => {
  return caret.follows === 'text' ? wordPieces(text).slice(0, maxWords).join('') : text;
};

/** Cuts after the clause or the sentence, as the length setting says. */
export const lengthEnd: Rule = (text, { length, before, habits: { language } }) => {
  if (length === 'paragraph') return text;
  const end = length === 'short' ? clauseEnd(text, before, language) : sentenceEnd(text, before, language);
  return end === undefined ? text : text.slice(0, end);
};

const minVisibleCharacters = 2;

/**
 * What is typed faster than it is read is not shown: the two letters that end a word ("t|he", "a|nd") would flash up at
 * every word.
 */
export const minimumLength: Rule = (text, { caret, thresholds: { minRestOfWord } }) => {
  const visible = visibleLength(text);
  if (visible === 0) return { drop: 'empty' };
  const isRestOfWord =
    caret.place === 'afterLetter' && /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u.test(text);
  return visible < (isRestOfWord ? minRestOfWord : minVisibleCharacters) ? { drop: 'tooShort' } : text;
};
