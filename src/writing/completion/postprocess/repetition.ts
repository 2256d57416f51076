import { bareWords } from '../segment.ts';
import { cutAt, type Rule } from './rule.ts';

/** The longest run of words whose immediate repetition is looked for. */
const maxPeriod = 8;
/** Characters before the caret that `maxPeriod` words take, and those of a line that can be a repeated one. */
const lookBehindChars = 120;
const maxLineChars = 1_000;
/** A line this long that stands above already is a loop; shorter ones are terms and names. */
const minLineWords = 6;
/** Who has written this many words of a line that stands above means to write it again, as in a reference of functions. */
const meantWords = 3;

/** A loop ends a suggestion: words said twice in a row, here or across the caret, or a line that stands above. */
export const repetition: Rule = (text, { before }) => {
  const behind = before.slice(-lookBehindChars);
  const once = text.slice(0, lineAboveStart(text, before));
  const loop = loopStart(behind, once);
  return loop === undefined ? once : cutAt(once, loop, 'repeatsText');
};

/** Offset in `text` where the immediately preceding words begin again. */
function loopStart(behind: string, text: string): number | undefined {
  const words = bareWords(behind + text);
  for (let i = 1; i < words.length; i++) {
    const start = words[i]!.start - behind.length;
    const straddles = start < 0 && words[i]!.start + words[i]!.word.length > behind.length;
    if (start < 0 && !straddles) continue;
    for (let period = 1; period <= Math.min(maxPeriod, i); period++) {
      if (repeats(words, i, period)) return Math.max(0, start);
    }
  }
  return undefined;
}

/** The `period` words from `i` on are the `period` words before `i`. */
function repeats(words: readonly { readonly word: string }[], i: number, period: number): boolean {
  if (i < period || i + period > words.length) return false;
  for (let k = 0; k < period; k++) if (words[i + k]!.word !== words[i + k - period]!.word) return false;
  return true;
}

/**
 * Offset in `text` from which on it says a line again that stands above. Models tend to do so; so do authors, on purpose: who
 * has done so twice, or is about to, may. Until then the words are offered that show what is meant.
 */
function lineAboveStart(text: string, before: string): number | undefined {
  const lineStart = before.lastIndexOf('\n') + 1;
  if (before.length - lineStart > maxLineChars) return undefined;
  const written = before.slice(lineStart);
  const words = bareWords(written + text);
  if (words.length < minLineWords || bareWords(written).length >= meantWords) return undefined;
  const line = (written + text).trim();
  const above = before.slice(0, lineStart);
  const first = above.indexOf(line);
  if (first < 0 || above.indexOf(line, first + line.length) >= 0) return undefined;
  const { start, word } = words[meantWords - 1]!;
  return start + word.length - written.length;
}
