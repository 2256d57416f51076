import { goesOnBelow, maxWrapColumn, minWrapColumn } from '../completion/documentHabits.ts';
import { columns, endsUnspaced, segmenter, startsUnspaced } from '../completion/segment.ts';
import { type RightRun, rightRun } from './writtenText.ts';

/** Beyond a suggestion: enough to see whether its last word ends there. */
const lookAheadChars = 80;

/**
 * How much of a suggestion is what the writer was going to type. Where the author has wrapped a line, or the suggestion
 * wraps one, that is a blank to the reader: the words behind it are right all the same. Such a gap is typed as it is to
 * stand there, at one key for each of its characters.
 * @param end of what is to be written
 */
export function runAt(
  text: string,
  offset: number,
  { end, suggestion }: { end: number; suggestion: string },
): RightRun {
  const strict = rightRun(suggestion, text.slice(offset, end));
  const window = text.slice(offset, Math.min(end, offset + 2 * suggestion.length + lookAheadChars));
  if (strict.taken === suggestion.length || !(window.includes('\n') || suggestion.includes('\n'))) return strict;
  const before = text.slice(Math.max(0, offset - 2), offset);
  const written = new Unwrapped(before, window, (newline) => isWrap(text, offset + newline));
  const said = new Unwrapped(before, suggestion, () => true);
  const run = rightRun(said.text, written.text);
  if (run.words <= strict.words) return strict;
  return {
    words: run.words,
    chars: written.wrapped(run.chars),
    taken: said.wrapped(run.chars),
    keys: run.keys + keysForGaps(written, said, run.chars),
  };
}

/** A text whose wrapped lines are joined. */
class Unwrapped {
  readonly text: string;
  /** what joins two lines, by where it stands in `text`: a blank, or nothing */
  readonly joints: readonly { readonly at: number; readonly gap: string; readonly joint: string }[];

  /** @param before what stands there already */
  constructor(before: string, wrapped: string, isWrap: (newline: number) => boolean) {
    const joints: { at: number; gap: string; joint: string }[] = [];
    let text = '';
    let from = 0;
    for (let newline = wrapped.indexOf('\n'); newline >= 0; newline = wrapped.indexOf('\n', newline + 1)) {
      const above = wrapped.slice(from, newline).trimEnd();
      const next = newline + 1 + /^[ \t]*(?:(?:[>%]|\/\/)[ \t]*)*/u.exec(wrapped.slice(newline + 1))![0].length;
      if (next === wrapped.length || !isWrap(newline)) continue;
      text += above;
      const joint = jointOf(before + text, wrapped.slice(next, next + 2));
      joints.push({ at: text.length, gap: wrapped.slice(from + above.length, next), joint });
      text += joint;
      from = next;
    }
    this.text = text + wrapped.slice(from);
    this.joints = joints;
  }

  /** @returns the offset in the wrapped text at which the first `length` of `text` end */
  wrapped(length: number): number {
    const passed = this.joints.filter(({ at }) => at < length);
    return passed.reduce((sum, { gap, joint }) => sum + gap.length - joint.length, length);
  }

  gapAt(place: number): string | undefined {
    return this.joints.find(({ at }) => at === place)?.gap;
  }
}

/** Between two words a blank, where none stands yet and their script has any. */
const jointOf = (before: string, after: string): string =>
  /\s$/u.test(before) || (endsUnspaced(before) && startsUnspaced(after)) ? '' : ' ';

/** For every gap that is wrapped on one side only, or in another way: what stands in the text has to be typed. */
function keysForGaps(written: Unwrapped, said: Unwrapped, length: number): number {
  const places = new Set([...written.joints, ...said.joints].map(({ at }) => at));
  let keys = 0;
  for (const place of places) {
    const [gap, saidGap] = [written.gapAt(place), said.gapAt(place)];
    if (place >= length || gap === saidGap) continue;
    keys += [...segmenter('grapheme').segment(gap ?? ' ')].length;
  }
  return keys;
}

/** Columns of a character and the marks that may not be parted from it, in scripts without blanks. */
const keptTogether = 6;

/** Lines of a paragraph that are looked at above and below. */
const linesAround = 12;

/**
 * A line of a paragraph ends here because it was full: the word that begins the next line would not have fitted into the
 * longest line around.
 */
function isWrap(text: string, newline: number): boolean {
  const start = text.lastIndexOf('\n', newline - 1) + 1;
  if (newline - start > 4 * maxWrapColumn) return false;
  const line = withoutReturn(text.slice(start, newline));
  const width = columns(line.trimEnd());
  const next = lineFrom(text, newline + 1);
  if (width < minWrapColumn || width > maxWrapColumn || /(?: {2}|\\)$/u.test(line) || !goesOnBelow(line, next))
    return false;
  const words = next.replace(/^[\s>%/]+/u, '');
  const joined = endsUnspaced(line) && startsUnspaced(words);
  const needed = joined ? keptTogether : 1 + columns(/^\S*/u.exec(words)![0]);
  return width + needed > longestLine(text, start);
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
