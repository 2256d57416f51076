import { goesOnBelow, maxWrapColumn, minWrapColumn } from './documentHabits.ts';
import { columns, endsUnspaced, startsUnspaced } from './segment.ts';

/** Of what stands before the words of a line. */
const longestMarks = 80;

/**
 * The text with every line that was only wrapped joined with the next one, as a model reads it best: it has seen few texts
 * that are broken by hand, and does not expect after a line end what it expects after a blank.
 * @param text line feeds only; ends at the caret
 * @param column up to which the author fills lines
 */
export function withoutWraps(text: string, column: number): string {
  let joined = '';
  let from = 0;
  for (let newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
    if (!isWrap(text, newline, column)) continue;
    joined += text.slice(from, newline).trimEnd();
    from = newline + 1 + marksOfNextLine(text, newline).length;
    joined += jointOf(joined.slice(-2), text.slice(from, from + 2));
  }
  return joined + text.slice(from);
}

/** What stands before the words of the next line: indentation, marks of a quotation or a comment. */
export const marksOfNextLine = (text: string, newline: number): string =>
  /^[ \t]*(?:(?:[>%]|\/\/)[ \t]*)*/u.exec(text.slice(newline + 1, newline + 1 + longestMarks))![0];

/**
 * Between two words a blank, where none stands yet and their script has any.
 * @param before the last character, or more; likewise `after`
 */
export const jointOf = (before: string, after: string): string =>
  /\s$/u.test(before) || (endsUnspaced(before) && startsUnspaced(after)) ? '' : ' ';

/** Columns of a character and the marks that may not be parted from it, in scripts without blanks. */
const keptTogether = 6;

/** Lines of a paragraph that are looked at above and below. */
const linesAround = 12;

/** Where the caret stands within the first word of a line nobody knows how long it gets. */
const longestFirstWord = 12;
/** By how many columns a full line may fall short: others filled it, or the author filled it again after a change. */
const ragged = 10;

/**
 * A line of a paragraph ends here because it was full: the word that begins the next line would not have fitted into the
 * longest line around.
 * @param column up to which the author fills lines, where the text ends at the caret; 0 = the text is whole
 */
export function isWrap(text: string, newline: number, column = 0): boolean {
  const start = text.lastIndexOf('\n', newline - 1) + 1;
  if (newline - start > 4 * maxWrapColumn) return false;
  const line = withoutReturn(text.slice(start, newline));
  const width = columns(line.trimEnd());
  if (width < minWrapColumn || width > maxWrapColumn || /(?: {2}|\\)$/u.test(line)) return false;
  const next = lineFrom(text, newline + 1);
  const words = next.slice(marksOfNextLine(text, newline).length);
  const isAtCaret = column > 0 && newline + 1 + next.length === text.length;
  if (isAtCaret && /^[^\p{L}]+$/u.test(words)) return false; // perhaps the marker of a list item
  const isUnfinished = isAtCaret && /^\S*$/u.test(words);
  if (!goesOnBelow(line, words === '' && isUnfinished ? 'x' : next)) return false;
  const joined = endsUnspaced(line) && startsUnspaced(words);
  const first = joined ? keptTogether : 1 + columns(/^\S*/u.exec(words)![0]);
  const needed = isUnfinished ? Math.max(first, longestFirstWord) : first;
  return width + needed > (column > 0 ? column - ragged : longestLine(text, start));
}

/** Of the paragraph around a line, as far as it is looked at; lines beyond any column do not count. */
function longestLine(text: string, start: number): number {
  const middle = lineFrom(text, start);
  let longest = columns(middle.trimEnd());
  const look = (next: (at: number) => number | undefined, follows: (line: string, other: string) => boolean) => {
    let line = middle;
    let at = next(start);
    for (let seen = 0; seen < linesAround && at !== undefined; seen++, at = next(at)) {
      const other = lineFrom(text, at);
      if (!follows(line, other)) return;
      const width = columns(other.trimEnd());
      if (width <= maxWrapColumn) longest = Math.max(longest, width);
      line = other;
    }
  };
  look((at) => below(text, at), goesOnBelow);
  look(
    (at) => above(text, at),
    (line, other) => goesOnBelow(other, line),
  );
  return longest;
}

function below(text: string, start: number): number | undefined {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? undefined : newline + 1;
}

const above = (text: string, start: number): number | undefined =>
  start === 0 ? undefined : text.slice(0, start - 1).lastIndexOf('\n') + 1;

/** The line that begins there, as far as its width matters. */
function lineFrom(text: string, start: number): string {
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  return withoutReturn(text.slice(start, Math.min(end, start + 4 * maxWrapColumn)));
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
