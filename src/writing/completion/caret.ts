import { firstLineEndIn, lineStartIn } from '../../text/caretReader.ts';
import { endsSentence } from '../../text/sentenceEnd.ts';
import type { CaretLine } from '../../text/textLanguage.ts';
import type { CaretRequest } from './completionRequest.ts';
import { endsInWord, startsInWord } from './segment.ts';

/** Bounds of what is looked at around a caret, so that no document is too long for a keystroke. */
const paragraphChars = 2_000;
const lineChars = 4_000;

/** What stands right of the caret on its line: nothing, only closing marks (`)`, `**`, `"`), or text. */
export type Follows = 'nothing' | 'closers' | 'text';

/** Where in the flow of words the caret stands. After a letter nobody knows yet whether the word goes on. */
export type CaretPlace = 'afterLetter' | 'afterSpace' | 'afterMark' | 'sentenceStart';

/** The neighbourhood of a caret. Line ends inside the strings are as in the document. */
export interface Caret extends CaretLine {
  /** the line below; '' when there is none or it is blank */
  readonly nextLine: string;
  readonly follows: Follows;
  readonly place: CaretPlace;
  /** what ends a line in this document */
  readonly endOfLine: '\n' | '\r\n';
}

export function caretOf({ prefix, suffix }: Pick<CaretRequest, 'prefix' | 'suffix'>): Caret {
  const near = prefix.length - lineChars;
  const lineStart = lineStartIn(prefix) ?? near;
  const lineEnd = firstLineEndIn(suffix) ?? suffix.length;
  const linePrefix = prefix.slice(Math.max(0, lineStart, near));
  const lineSuffix = withoutReturn(suffix.slice(0, Math.min(lineEnd, lineChars)));
  const previousLine = prefix[lineStart - 1] === '\n' ? lineBefore(prefix, lineStart - 1) : '';
  return {
    linePrefix,
    lineSuffix,
    paragraphPrefix: paragraphBefore(prefix),
    previousLine,
    nextLine: withoutReturn(firstLine(suffix.slice(lineEnd + 1, lineEnd + 1 + lineChars))).trimEnd(),
    follows: followsIn(lineSuffix),
    place: placeOf(linePrefix, previousLine),
    endOfLine: lineBreakIn(prefix, lineStart - 1) ?? lineBreakIn(suffix, lineEnd) ?? '\n',
  };
}

/** Markers that may stand before the words of a line, the cells left of the caret's among them. */
const blockMarker =
  /^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+•–]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+|=+\s+|\.+\s+|\|.*\||\||\\item\b\s*|\\[a-z]+\*?\{|\/\/+|\/?\*+\s|%+|--+|#+)?\s*/u;

/** The words of a line before the caret: quote, list, heading and comment markers taken off. */
const withoutMarker = (linePrefix: string): string => linePrefix.replace(blockMarker, '');

function placeOf(linePrefix: string, previousLine: string): CaretPlace {
  const words = withoutMarker(linePrefix);
  if (words === '') {
    // A line break inside a sentence is a space; after a finished or blank line something new begins.
    const continues = linePrefix.trim() === '' && /[\p{L}\p{N},;]$/u.test(previousLine.trimEnd());
    return continues && !blockMarkerOnly(previousLine) ? 'afterSpace' : 'sentenceStart';
  }
  if (endsSentence(words)) return 'sentenceStart';
  if (/\s$/u.test(words)) return 'afterSpace';
  return endsInWord(words) ? 'afterLetter' : 'afterMark';
}

/** Headings and table rows do not go on in the next line. */
const blockMarkerOnly = (line: string): boolean => /^\s*(?:#{1,6}\s|=+\s|\||\\[a-z]+\*?\{)/u.test(line);

function followsIn(lineSuffix: string): Follows {
  if (lineSuffix.trim() === '') return 'nothing';
  return /^[\p{Pe}\p{Pf}\p{Pi}"'*_`~$|.,;:!?。，；：！？\s]+$/u.test(lineSuffix) ? 'closers' : 'text';
}

/** The caret stands between two characters of one word. */
export function insideWord({ prefix, suffix }: Pick<CaretRequest, 'prefix' | 'suffix'>): boolean {
  return endsInWord(prefix.slice(-2)) && startsInWord(suffix.slice(0, 4));
}

function paragraphBefore(prefix: string): string {
  const text = prefix.slice(-paragraphChars);
  const blank = /\n[ \t\r]*\n(?![\s\S]*\n[ \t\r]*\n)/u.exec(text);
  return blank ? text.slice(blank.index + blank[0].length) : text;
}

function lineBefore(text: string, end: number): string {
  const near = text.slice(Math.max(0, end - lineChars), end);
  return withoutReturn(near.slice(near.lastIndexOf('\n') + 1));
}

function firstLine(text: string): string {
  const newline = text.indexOf('\n');
  return newline < 0 ? text : text.slice(0, newline);
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** The line break whose line feed stands at an offset; undefined: none does. */
function lineBreakIn(text: string, offset: number): '\n' | '\r\n' | undefined {
  if (text[offset] !== '\n') return undefined;
  return text[offset - 1] === '\r' ? '\r\n' : '\n';
}
