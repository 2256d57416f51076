import { greatest } from '../../text/greatest.ts';
import { languageOfText } from '../../text/language.ts';
import { lazy } from '../../text/lazy.ts';
import { endsSentence } from '../../text/sentenceEnd.ts';
import { columns } from './segment.ts';

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
type Dash = '—' | ' — ' | ' – ' | ' - ' | '--' | ' -- ' | '---';

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

/** How an author breaks lines within a paragraph. */
type LineWrapping =
  | { readonly kind: 'soft' } // one line per paragraph, or too little text to tell
  | { readonly kind: 'column'; readonly column: number } // filled up to this column
  | { readonly kind: 'sentence' }; // one sentence per line

const minBrokenLines = 3;
export const maxWrapColumn = 140;
export const minWrapColumn = 40;
/** Part of the broken lines that must look alike. */
const majority = 0.75;
const notProse = /^\s*(?:[#|=+`~]|-{3,}|\.\. |:\w|\\(?:begin|end|[a-z]*section|documentclass|usepackage)|\[.*\]:)/u;

/**
 * Recognized from line pairs within paragraphs. Filled lines have no room for the word that begins the next one.
 * @param text whole lines; the last one may be unfinished and is not looked at
 */
export function lineWrapping(text: string): LineWrapping {
  const lines = text.split('\n').slice(0, -1);
  const broken: { readonly line: string; readonly width: number; readonly needed: number }[] = [];
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i]!.trimEnd();
    const next = lines[i + 1]!;
    if (!goesOnBelow(line, next)) continue;
    const firstWord = /\S+/u.exec(next.replace(/^[\s>%/#*]+/u, ''))?.[0] ?? '';
    const width = columns(line);
    broken.push({ line, width, needed: width + 1 + columns(firstWord) });
  }
  if (broken.length < minBrokenLines) return { kind: 'soft' };
  if (share(broken, ({ line }) => endsSentence(line)) >= majority) return { kind: 'sentence' };
  const column = greatest(broken.map(({ width }) => width).filter((width) => width <= maxWrapColumn));
  const filled = share(broken, ({ width, needed }) => needed > column || width > maxWrapColumn);
  return column >= minWrapColumn && filled >= majority ? { kind: 'column', column } : { kind: 'soft' };
}

/** Both lines may belong to one paragraph, and no list item begins with the second. */
export const goesOnBelow = (line: string, next: string): boolean =>
  isProse(line) && isProse(next) && !/^\s*(?:[-*+]|\d+[.)])\s/u.test(next);

const isProse = (line: string): boolean => line.trim() !== '' && !notProse.test(line);

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.filter(test).length / items.length;
}

/** The two large varieties of written English. */
type SpellingVariety = 'british' | 'american';

/** Words that are good in one variety only. Pairs with a second meaning (`meter`, `licence`, `program`) are left out. */
const pairs: readonly (readonly [british: string, american: string])[] = [
  ...['col', 'behavi', 'fav', 'flav', 'hon', 'hum', 'lab', 'neighb', 'rum', 'harb', 'vap', 'endeav', 'od', 'arm'].map(
    (stem) => [`${stem}our`, `${stem}or`] as const,
  ),
  ...['organ', 'real', 'recogn', 'optim', 'summar', 'emphas', 'custom', 'special', 'initial', 'normal'].flatMap(izing),
  ...['character', 'general', 'critic', 'apolog', 'minim', 'maxim', 'synchron', 'categor', 'visual'].flatMap(izing),
  ['analyse', 'analyze'],
  ['analysing', 'analyzing'],
  ['centre', 'center'],
  ['theatre', 'theater'],
  ['litre', 'liter'],
  ['defence', 'defense'],
];
/** Endings that leave the difference as it is: `colorful`, but not `humorous` or `laboratory`. */
const endings = 's|d|r|ed|er|ers|ing|ful|fully|less|able|ite|ites|hood|hoods|al|ally|ly';

function izing(stem: string): (readonly [string, string])[] {
  return ['e', 'ing', 'ation'].map((end) => [`${stem}is${end}`, `${stem}iz${end}`] as const);
}

const forms = new Map<string, { readonly variety: SpellingVariety; readonly other: string }>();
for (const [british, american] of pairs) {
  forms.set(british, { variety: 'british', other: american });
  forms.set(american, { variety: 'american', other: british });
}
const anyForm = lazy(`(?<!\\p{L})(?:${[...forms.keys()].join('|')})(?=(?:${endings})?(?!\\p{L}))`, 'giu');

/** The variety that the text shows, when it shows only one. */
function spellingVariety(text: string): SpellingVariety | undefined {
  const seen = new Set<SpellingVariety>();
  for (const [form] of text.matchAll(anyForm())) seen.add(forms.get(form.toLowerCase())!.variety);
  return seen.size === 1 ? [...seen][0] : undefined;
}

/** The text with every known form of the other variety replaced; capitals stay. */
export function inVariety(text: string, variety: SpellingVariety): string {
  return text.replace(anyForm(), (form) => {
    const known = forms.get(form.toLowerCase())!;
    return known.variety === variety ? form : sameCase(form, known.other);
  });
}

function sameCase(pattern: string, word: string): string {
  if (pattern === pattern.toUpperCase()) return word.toUpperCase();
  return pattern[0] === pattern[0]!.toUpperCase() ? word[0]!.toUpperCase() + word.slice(1) : word;
}
