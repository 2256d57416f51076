import type { CaretRequest } from '../completion/completionRequest.ts';
import { endsUnspaced, segmenter, startsUnspaced } from '../completion/segment.ts';

/** A text that is written again. */
export interface WrittenText {
  readonly path: string;
  /** the editor's language id */
  readonly languageId: string;
  readonly text: string;
  /** in a language that the model does not know; left out: it is not, or nobody says */
  readonly isForeign?: boolean;
}

/**
 * What the editor would ask after a key.
 * @param suffixStart what stands right of the caret; between the two is what has not been written yet
 */
export function requestAt(
  { path, languageId, text, isForeign = false }: WrittenText,
  offset: number,
  suffixStart = text.length,
): CaretRequest {
  return {
    documentId: path,
    fileName: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    languageId,
    prefix: text.slice(0, offset),
    suffix: text.slice(suffixStart),
    trigger: 'automatic',
    lastEdit: 'insert',
    isForeign,
  };
}

/** Characters behind a word that are looked at to see whether it really ends there. */
const lookAheadChars = 40;

/** How much of a suggestion is what the writer was going to type. */
export interface RightRun {
  /** whole words, counted from the first one on */
  readonly words: number;
  /** UTF-16 code units of the text up to and with the last of them; all that the suggestion says when it is right */
  readonly chars: number;
  /** UTF-16 code units of the suggestion: others than of the text where only one of them wraps a line */
  readonly taken: number;
  /** keys that take them: accept-word for each word, or one accept for all of it; and those for what stands in a gap */
  readonly keys: number;
}

/**
 * The longest run of whole words at the beginning of a suggestion that equals what comes next. Blanks and marks before
 * a word belong to it; marks behind the last right word need not be right. What has no word is one word.
 * @param following the text that the writer is going to type
 */
export function rightRun(suggestion: string, following: string): RightRun {
  if (equalsNext(suggestion, following)) {
    return { words: wordEnds(suggestion).length, chars: suggestion.length, taken: suggestion.length, keys: 1 };
  }
  const ends = wordEnds(suggestion);
  const wrong = ends.findIndex((end) => !equalsNext(suggestion.slice(0, end), following));
  const words = wrong < 0 ? ends.length : wrong;
  const chars = words === 0 ? 0 : ends[words - 1]!;
  return { words, chars, taken: chars, keys: words };
}

/** Words up to the end of the line, the one under the caret included; counts no further than `limit`. */
export function wordsOnLine(following: string, limit: number): number {
  let count = 0;
  for (const { segment, isWordLike } of segmenter('word').segment(following.slice(0, limit * lookAheadChars))) {
    if (segment.includes('\n') || count === limit) break;
    if (isWordLike === true) count++;
  }
  return count;
}

/** Offsets at which the words of a text end, in Chinese and Japanese the segmenter's words. */
function wordEnds(text: string): readonly number[] {
  const words = [...segmenter('word').segment(text)].filter(({ isWordLike }) => isWordLike === true);
  return words.length === 0 ? [text.length] : words.map(({ index, segment }) => index + segment.length);
}

/** `words` is what comes next, and its last word ends there too: `the` is no beginning of `there`. */
function equalsNext(words: string, following: string): boolean {
  if (!following.startsWith(words)) return false;
  const rest = following.slice(words.length);
  if (endsUnspaced(words) || startsUnspaced(rest.slice(0, 2))) return true;
  const next = segmenter('word')
    .segment(words + rest.slice(0, lookAheadChars))
    .containing(words.length);
  return next === undefined || next.index === words.length;
}
