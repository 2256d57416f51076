const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';

/** English words for numbers, with their values: the one table of them. */
export const numberWords: Readonly<Record<string, number>> = {
  ...Object.fromEntries(units.split(' ').map((word, value) => [word, value])),
  ...Object.fromEntries(tens.split(' ').map((word, i) => [word, 10 * (i + 2)])),
  ...{ hundred: 100, thousand: 1_000, million: 1_000_000 },
};

/** Those from `least` to `most`, as alternatives of a pattern. */
export const numberWordsFrom = (least: number, most = Number.POSITIVE_INFINITY): string =>
  Object.keys(numberWords)
    .filter((word) => numberWords[word]! >= least && numberWords[word]! <= most)
    .join('|');

/** A pattern for `twenty-five`, of figures and words one word. */
export const tensAndUnits = `(?:${numberWordsFrom(20, 90)})-(?:${numberWordsFrom(1, 9)})`;

const below100 = `(?:(?:${numberWordsFrom(20, 90)})(?:[- ](?:${numberWordsFrom(1, 9)}))?|${numberWordsFrom(0, 19)})`;
const below1000 = `(?:(?:(?:an? |${below100}[- ]))?hundred(?: (?:and )?${below100})?|${below100})`;
const chineseDigits = '一二三四五六七八九';
const chineseNumber = `(?:[${chineseDigits}]?十[${chineseDigits}]?|[${chineseDigits}两])`;

/** A pattern for a count as people write it: `12`, `1,500`, `a`, `twenty-five`, `a hundred and fifty`, `十二`. */
export const countPattern = `(?:\\d{1,3},\\d{3}(?!\\d)|\\d{1,4}|(?:(?:an? |${below1000} ))?thousand(?: (?:and )?${below1000})?|${below1000}|an?|${chineseNumber})`;

/** What a count says that {@link countPattern} matches; NaN for what is none. */
export function countOf(text: string): number {
  const count = text.toLowerCase().replaceAll(',', '');
  if (/^\d+$/u.test(count)) return Number(count);
  if (new RegExp(`^${chineseNumber}$`, 'u').test(count)) return chineseCount(count);
  let [total, below] = [0, 0];
  for (const word of count.split(/[- ]/u)) {
    const value = word === 'a' || word === 'an' ? 1 : Object.hasOwn(numberWords, word) ? numberWords[word] : undefined;
    if (value === undefined && word !== 'and') return Number.NaN;
    if (value === 100) below = Math.max(1, below) * 100;
    else if (value !== undefined && value >= 1000) [total, below] = [total + Math.max(1, below) * value, 0];
    else below += value ?? 0;
  }
  return total + below;
}

function chineseCount(count: string): number {
  const digit = (text: string, none: number) =>
    text === '' ? none : text === '两' ? 2 : chineseDigits.indexOf(text) + 1;
  const [before = '', after] = count.split('十');
  return after === undefined ? digit(before, 0) : 10 * digit(before, 1) + digit(after, 0);
}
