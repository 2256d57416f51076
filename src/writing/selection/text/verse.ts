import { greatest } from '../../../text/greatest.ts';
import { brokenLines, lineBreak } from './looseText.ts';

/** No prose is wrapped so narrow. */
const narrowestProse = 30;
const fewestVerses = 3;

/** Prose that is wrapped so narrow is rare. */
const maxVerseChars = 40;

/**
 * Short lines that were ended where there was room for another word, and mostly in the middle of a sentence. A list without
 * marks looks so, too: {@link areVerses} tells them apart.
 */
export function isVerse(lines: readonly string[]): boolean {
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  const width = greatest(filled.map((line) => line.length));
  if (filled.length < fewestVerses || width > maxVerseChars) return false;
  const isWrapped = filled
    .slice(0, -1)
    .every((line, i) => line.length + 1 + filled[i + 1]!.split(/\s/u, 1)[0]!.length > width);
  const isProse = isWrapped && width > narrowestProse;
  return !isProse && filled.filter((line) => /[.!?]["”’)]*$/u.test(line)).length < filled.length / 2;
}

const maxSplitVerseChars = 50;
const fewestWords = 3;
const narrowestColumn = 25;
const mostlyFree = 0.6;

/**
 * Short lines that end where there was room for another word, some of them within a sentence. Lines that all end in the
 * same mark are a list.
 */
export function areVerses(text: string, stretches: readonly { contentStart: number; contentEnd: number }[]): boolean {
  const stanzas = stretches.map(({ contentStart, contentEnd }) => unquoted(text.slice(contentStart, contentEnd)));
  const joined = stanzas.filter((stanza) => stanza.includes('\n')).join('\n');
  const lines = brokenLines(joined, { start: 0, end: joined.length }).map(({ start, end, hasRoom }) => ({
    words: joined.slice(start, end).replace(lineBreak, '').trim(),
    hasRoom,
  }));
  const width = greatest(lines.map(({ words }) => words.length));
  if (lines.length < fewestVerses || width > maxSplitVerseChars || stanzas.some((stanza) => stanza.length > 40 * width))
    return false;
  const breaks = lines.slice(0, -1);
  const ends = breaks.map(({ words }) => words.slice(-1));
  const isSplit = ends.some((mark) => /[,;–—]/u.test(mark)) && new Set(ends).size > 1;
  const areRunOn = stanzas.filter((stanza) => stanza.includes('\n')).every(runsOn);
  const areCapital = lines.every(({ words }) => /^[“"‘'(]?\p{Lu}/u.test(words)); // as in older verse
  const free = breaks.filter(({ hasRoom }) => hasRoom).length / breaks.length;
  const isFree = width <= narrowestProse || free >= (areCapital ? 0.3 : mostlyFree);
  const words = lines.reduce((sum, { words: line }) => sum + line.split(/\s+/u).length, 0);
  const isBroken = (isSplit && isFree) || (areRunOn && (width < narrowestColumn || free >= mostlyFree));
  return isBroken && words >= fewestWords * lines.length;
}

/** Without the marks before the lines of a quote. */
const unquoted = (stanza: string): string => stanza.replace(/^[ \t]*(?:>[ \t]?)+/gmu, '').trim();

/** A sentence goes on from line to line: it begins with a capital, the lines after it mostly do not, and the last one ends it. */
function runsOn(stanza: string): boolean {
  const [first = '', ...further] = stanza.split('\n').map((line) => line.trimStart());
  const small = further.filter((line) => /^\p{Ll}/u.test(line)).length;
  return /^\P{L}*\p{Lu}/u.test(first) && /[.!?]["”’)]*$/u.test(stanza) && 2 * small >= further.length;
}
