import { languageById } from '../../../text/languages.ts';
import type { Caret } from '../caret.ts';
import { segmenter } from '../segment.ts';
import { cutAt, type Drop, type Rule } from './rule.ts';

/** A mark that closes, with those that it may close; some open in one language what they close in another: „…“, »…«. */
const openersOf: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '}': '{',
  '”': '“„',
  '“': '„',
  '»': '«',
  '«': '»',
  '）': '（',
  '」': '「',
  '』': '『',
  '】': '【',
  '》': '《',
  '〉': '〈',
  '〕': '〔',
};
const openers = new Set(Object.values(openersOf).join(''));

/** The mark is one of a pair of two characters: not the same on either side. */
export const isPaired = (mark: string): boolean => mark in openersOf;

interface OpenMark {
  readonly mark: string;
  /** in the suggestion; negative: left of the caret */
  readonly index: number;
}

/**
 * A closing mark without its opening one ends a suggestion, and so does one that opens and is not closed in it: a code
 * span, emphasis, a quotation, a bracket. What is closed right of the caret already is not closed once more.
 */
export const openMarks: Rule = (text, { caret, languageId, zone }) => {
  if (zone === 'code' || zone === 'math') return text;
  const { paragraphPrefix: before, lineSuffix } = caret;
  const open = openBehind(before, languageId, text);
  closeRightOf(open, caret, languageId);
  // A mark at its end, behind a blank, begins something: as before words.
  const surplus = marksOf(text, languageId, { behind: before, ahead: '.' }).find(
    ([index, mark]) => (!isPaired(mark) && lineSuffix.startsWith(mark)) || !balance(open, mark, index),
  );
  const dangling = open.find(({ index }) => index >= 0);
  if (dangling) return cutAt(text, startOfArgument(text, dangling.index), 'empty');
  if (!surplus) return text;
  const [index, mark] = surplus;
  return cutAt(text, index, lineSuffix.trimStart().startsWith(mark) ? 'repeatsSuffix' : 'empty');
};

/** What an argument belongs to. */
const commandBefore = new RegExp(
  `(?:${[
    String.raw`~?\\[A-Za-z@]{1,40}\*?(?:\[[^[\]\n]{0,100}\]|\{[^{}\n]{0,100}\})*`, // `~\ref`, `\frac{a}`
    String.raw`(?<!\\)\\`, // of `\(`
    String.raw`#[\w.]{1,40}(?:\([^()\n]{0,100}\))?`, // `#emph`, `#link("a")`
    String.raw`(?<![\w:]):[\w+:-]{1,40}:|\{[\w+:-]{1,40}\}`, // a role
    String.raw`!?\[[^[\]\n]{1,200}\]`, // the words of a link
    String.raw`(?<![\w:])(?:link|xref|image|https?):[^\s[\](){}]{1,200}`, // AsciiDoc's address of a link
  ].join('|')})$`,
  'u',
);

/** Where something begins of which the mark at an index opens the argument: without it, it is no more than half. */
const startOfArgument = (text: string, index: number): number =>
  index - (commandBefore.exec(text.slice(Math.max(0, index - 300), index))?.[0].length ?? 0);

/** What is open at the end of a text. */
function openBehind(before: string, languageId: string, ahead: string): OpenMark[] {
  const open: OpenMark[] = [];
  for (const [index, mark] of marksOf(before, languageId, { ahead })) balance(open, mark, index - before.length);
  return open;
}

/** Takes from what is open left of the caret what is closed on its line. */
function closeRightOf(open: OpenMark[], { paragraphPrefix: before, lineSuffix }: Caret, languageId: string): void {
  const opened: OpenMark[] = [];
  const around = `${before}x${lineSuffix}`; // a word between them: two halves of a pair are not one mark
  for (const [index, mark] of marksOf(around, languageId, {})) {
    if (index <= before.length || close(opened, mark) || close(open, mark)) continue;
    if (opens(mark)) opened.push({ mark, index });
  }
}

/** The mark right of the caret closes one that is open left of it: the caret stands within a pair. */
export function isWithinPair({ paragraphPrefix, lineSuffix }: Caret): boolean {
  const [mark = ''] = lineSuffix;
  if (singleQuotes.test(mark)) return isQuoteOpen(paragraphPrefix);
  const matching = openersOf[mark] ?? mark;
  return openBehind(paragraphPrefix, 'plaintext', 'x').some((open) => matching.includes(open.mark[0]!));
}

export const singleQuotes = /^['’‘]/u;
/**
 * Single quotation marks at the edge of a word: between letters they are apostrophes.
 * @param ahead those that may stand before a word
 * @param behind those that may stand behind one
 */
export const quotesAtEdges = (ahead: string, behind: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])[${ahead}]|[${behind}](?![\\p{L}\\p{N}])`, 'gu');
const quoteEdges = quotesAtEdges("'‘‚`", "'’‘`");

/** The last of a text's single quotation marks opens. */
function isQuoteOpen(text: string): boolean {
  const last = [...text.matchAll(quoteEdges)].at(-1);
  if (!last) return false;
  const [left = ' ', right = 'x'] = [text[last.index - 1], text[last.index + 1]];
  return !/[\p{L}\p{N}]/u.test(left) && !/\s/u.test(right);
}

const brackets = /[()[\]{}“”„«»（）「」『』【】《》〈〉〔〕]/u;
/**
 * Marks that close as they open, in the order of a Markdown reader. Emphasis stands at the edge of a word: stars and
 * underscores between blanks, or within a word, are none.
 */
const symmetric =
  /(?<!`)`+(?!`)|\*\*(?!\*)|(?<!\*)\*(?!\*)|(?<![\p{L}\p{N}])__?(?=\S)|(?<=\S)__?(?![\p{L}\p{N}_])|~~|"|(?<!\\)\${1,2}/u;
const marks = new RegExp(`${brackets.source}|${symmetric.source}`, 'gu');

/** With what stands left and right of the text, as far as it is known. */
function marksOf(
  text: string,
  languageId: string,
  { behind = '', ahead = '' }: { readonly behind?: string; readonly ahead?: string },
): [number, string][] {
  const { grammar } = languageById(languageId) ?? {};
  const isTex = grammar === 'latex'; // ``quotes'' are made of other characters there
  const last = /[^*_~"`]$/u.exec(behind)?.[0] ?? ''; // what opens and what closes is told by what stands before it
  return [...`${last}${text}`.matchAll(marks)].flatMap(({ index: at, 0: mark }): [number, string][] => {
    const index = at - last.length;
    if (index < 0) return [];
    if (isTex && /[`*_"~]/u.test(mark)) return [];
    if (grammar === 'restructuredText' && mark.startsWith('_')) return []; // ends the name of a link
    const left = (index === 0 ? behind.at(-1) : text[index - 1]) ?? ' ';
    const right = text[index + mark.length] ?? ahead[0] ?? ' ';
    if (mark.startsWith('$') && !isOfFormula(grammar, left, right)) return [];
    const isLoose = /^[*_~]/u.test(mark) && /\s/u.test(left) && /\s/u.test(right);
    const isWithin = mark === '"' && /[\p{L}\p{N}]/u.test(left) && /[\p{L}\p{N}]/u.test(right); // 5"3
    const isItem = mark === '*' && right === ' ' && /(?:^|\n)[ \t]*$/u.test(behind + text.slice(0, index));
    return isLoose || isWithin || isItem ? [] : [[index, mark]];
  });
}

/** A dollar sign that begins or ends a formula: in Markdown as Pandoc has it, so that prices and variables of a shell are none. */
function isOfFormula(grammar: unknown, left: string, right: string): boolean {
  if (grammar !== 'markdown') return grammar === 'latex' || grammar === 'typst';
  const canOpen = !/[\s\d]/u.test(right) && !/[\p{L}\p{N}]/u.test(left);
  const canClose = !/\s/u.test(left) && !/[\p{L}\d]/u.test(right);
  return canOpen || canClose;
}

/** False when a closing mark has nothing to close. A list letter `a)` closes nothing and is left alone. */
function balance(open: OpenMark[], mark: string, index: number): boolean {
  if (close(open, mark)) return true;
  if (!opens(mark)) return index < 0 || isWithinRaw(open);
  open.push({ mark, index });
  return true;
}

/** In a formula or a code span of the suggestion brackets need not be pairs: `$[a, b)$`. */
const isWithinRaw = (open: readonly OpenMark[]): boolean =>
  open.some(({ mark, index }) => index >= 0 && /^[$`]/u.test(mark));

/** A mark that is the same on either side opens, too. */
const opens = (mark: string): boolean => openers.has(mark) || !isPaired(mark);

/** Closes the last one that the mark can close. @returns false where there is none */
function close(open: OpenMark[], mark: string): boolean {
  const matching = openersOf[mark];
  if (matching === undefined && openers.has(mark)) return false; // a second one opens within the first
  const last = open.findLastIndex((each) =>
    matching === undefined ? each.mark === mark : matching.includes(each.mark),
  );
  if (last >= 0) open.splice(last);
  return last >= 0;
}

/** Anything but letters and blanks: behind a letter the word ends before it, be it a tag, a note or a bracket. */
const wordEnds = /^[^\s\p{L}\p{N}\p{M}]/u;
/** Marks directly right of the caret: whatever is inserted stands before them. */
const marksFollow = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}"'`*_~$|^+=]/u;
const unfit: Drop = { drop: 'unlikelySuffix', detail: 'only the rest of a word fits before a mark' };

/** Marks that close, the end of a sentence, and no word behind: what stands there is written to its end. */
const sentenceEnd = /^[\p{Pe}\p{Pf}\p{Pi}"'`*_~]+[.!?…。！？][\p{Pe}\p{Pf}\p{Pi}"'`*_~.!?…。！？\s]*$/u;

/**
 * Directly before a mark only the rest of the word fits: the sentence is at its end there. Within a pair, whose end editors
 * put there as soon as it is begun, further words fit where none is begun, as far as that end.
 */
export const beforeMarks: Rule = (text, { caret }) => {
  const isBehindLetter = caret.place === 'afterLetter';
  const stands = isBehindLetter ? wordEnds : marksFollow;
  if (!stands.test(caret.lineSuffix)) return text;
  const end = isBehindLetter ? restOfWord(caret.linePrefix, text) : 0;
  if (end > 0) return text.slice(0, end);
  const isDone = isBehindLetter && sentenceEnd.test(caret.lineSuffix);
  return isWithinPair(caret) && !isDone ? text : unfit;
};

/** Characters of a line that hold the word under the caret. */
const wordChars = 60;

/** Length of what the text adds to the word that stands before the caret; 0 where it begins a new one. */
function restOfWord(linePrefix: string, text: string): number {
  const before = linePrefix.slice(-wordChars);
  const segment = segmenter('word')
    .segment(before + text)
    .containing(before.length);
  if (!segment || segment.index >= before.length) return 0;
  return segment.index + segment.segment.length - before.length;
}
