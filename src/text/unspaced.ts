import { lazy } from './lazy.ts';

/** Letters and marks of scripts that are written without blanks between words. */
export const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}' +
  '\\p{Script=Myanmar}\\p{Script=Tibetan}\\u30FC\\u3001-\\u303F\\uFF01-\\uFF60\\uFF9E\\uFF9F';
/** Marks that belong to these scripts only beside their letters. */
const shared = '“”‘’…—·';

const unspacedEnd = lazy(`[${unspaced}]\\p{M}{0,4}$`, 'u');
const unspacedStart = lazy(`^[${unspaced}]`, 'u');
const sharedEnd = lazy(`[${shared}]$`, 'u');
const sharedStart = lazy(`^[${shared}]`, 'u');

/** Two lines as one: a blank takes the place of the line break except between characters of unspaced scripts. */
export function joinedLines(left: string, right: string): string {
  return left + (needsBlank(left, right) ? ' ' : '') + right;
}

/** False where a blank between two texts would be one within a word or sentence of an unspaced script. */
export function needsBlank(left: string, right: string): boolean {
  if (left === '' || right === '') return false;
  const [end, start] = [left.slice(-4), right.slice(0, 2)];
  const ends = unspacedEnd().test(end);
  const starts = unspacedStart().test(start);
  return !((ends && starts) || (ends && sharedStart().test(start)) || (starts && sharedEnd().test(end)));
}

/** What must not begin a line, or end one, where lines are broken between any two characters. */
const notFirst = '、。，．！？；：・」』）】》〉〕ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ”’…—';
const notLast = '「『（【《〈〔“‘';
const lineBreaks = lazy(`(?<=[${unspaced}])(?<![${notLast}])(?=[${unspaced}])(?![${notFirst}]|\\p{M})`, 'u');

/** The parts of a word of unspaced script between which a line may be broken; other words are one part. */
export const unspacedUnits = (word: string): string[] => word.split(lineBreaks());
