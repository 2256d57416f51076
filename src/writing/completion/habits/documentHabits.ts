import { languageOfText } from '../../../text/language.ts';
import { type LineWrapping, lineWrapping } from './lineWrapping.ts';
import { type SpellingVariety, spellingVariety } from './spellingVariety.ts';

/** How this author writes, as far as the text near the caret shows it. A habit that is not shown is undefined. */
export interface DocumentHabits {
  readonly wrapping: LineWrapping;
  readonly quotes: 'straight' | 'curly' | undefined;
  readonly dash: Dash | undefined;
  readonly spelling: SpellingVariety | undefined;
  /** a code such as `de`: how sentences end */
  readonly language: string | undefined;
}

/** The dash between two thoughts, with its blanks. */
export type Dash = '—' | ' — ' | ' – ' | ' - ' | '--' | ' -- ' | '---';

const habitChars = { before: 8_000, after: 2_000 };
const languageChars = 1_500;

/** Reads a bounded part of the document around the caret. */
export function documentHabits(prefix: string, suffix: string): DocumentHabits {
  const before = prefix.slice(-habitChars.before).replaceAll('\r\n', '\n');
  const after = suffix.slice(0, habitChars.after).replaceAll('\r\n', '\n');
  const text = `${before}\n${after}`;
  return {
    wrapping: lineWrapping(text),
    quotes: quoteStyle(text),
    dash: dashStyle(text),
    spelling: spellingVariety(text),
    language: languageOfText(before.slice(-languageChars)),
  };
}

/** Needs to see marks of one kind only, apart from the odd exception. */
function quoteStyle(text: string): DocumentHabits['quotes'] {
  const curly = count(text, /[“”]|(?<=\p{L})’(?=\p{L})/gu);
  const straight = count(text, /(?<![=\\`])"(?!>)|(?<=\p{L})'(?=\p{L})/gu);
  if (curly > straight * 3) return 'curly';
  return straight > curly * 3 ? 'straight' : undefined;
}

const dashes: readonly (readonly [Dash, RegExp])[] = [
  ['—', /(?<=\p{L})—(?=\p{L})/gu],
  [' — ', /(?<=\S) — (?=\S)/gu],
  [' – ', /(?<=\p{L}) – (?=\p{L})/gu],
  [' - ', /(?<=\p{L}) - (?=\p{L})/gu],
  ['--', /(?<=\p{L})--(?=\p{L})/gu],
  [' -- ', /(?<=\p{L}) -- (?=\p{L})/gu],
  ['---', /(?<=\p{L})---(?=\p{L})/gu],
];

function dashStyle(text: string): Dash | undefined {
  const used = dashes.filter(([, pattern]) => count(text, pattern) > 0);
  return used.length === 1 ? used[0]![0] : undefined;
}

/** The text with every dash between words written as `dash`. */
export function withDash(text: string, dash: Dash): string {
  return text.replace(/(?<=\p{L})(?:—| — | – | - |--| -- |---)(?=\p{L})/gu, dash);
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
