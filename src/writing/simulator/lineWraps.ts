import { segmenter } from '../completion/segment.ts';
import { isWrap, jointOf, marksOfNextLine } from '../completion/wrappedLines.ts';
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
      const next = newline + 1 + marksOfNextLine(wrapped, newline).length;
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
