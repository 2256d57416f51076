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
  if (repeatsLineAbove(text, before)) return { drop: 'repeatsText' };
  const loop = loopStart(behind, text);
  return loop === undefined ? text : cutAt(text, loop, 'repeatsText');
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

/** Models tend to say the last line again; so do authors, on purpose: who has done so twice, or is about to, may. */
function repeatsLineAbove(text: string, before: string): boolean {
  const lineStart = before.lastIndexOf('\n') + 1;
  if (before.length - lineStart > maxLineChars) return false;
  const written = before.slice(lineStart);
  const line = (written + text).trim();
  if (bareWords(line).length < minLineWords || bareWords(written).length >= meantWords) return false;
  const above = before.slice(0, lineStart);
  const first = above.indexOf(line);
  return first >= 0 && above.indexOf(line, first + line.length) < 0;
}
