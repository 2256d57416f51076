import { languageById } from '../../../text/languages.ts';
import { segmenter } from '../segment.ts';
import { cutAt, type Drop, type Rule } from './rule.ts';

const closerOf: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '“': '”',
  '«': '»',
  '（': '）',
  '「': '」',
  '『': '』',
  '【': '】',
  '《': '》',
};
const openerOf = Object.fromEntries(Object.entries(closerOf).map(([opener, closer]) => [closer, opener]));

interface OpenMark {
  readonly mark: string;
  /** in the suggestion; negative: left of the caret */
  readonly index: number;
}

/**
 * A closing mark without its opening one ends a suggestion, and so does one that opens and is not closed in it: a code
 * span, emphasis, a quotation, a bracket.
 */
export const openMarks: Rule = (text, { caret, languageId, zone }) => {
  const before = caret.paragraphPrefix;
  const open: OpenMark[] = marksOf(before, languageId, { ahead: text }).reduce<OpenMark[]>((marks, [index, mark]) => {
    balance(marks, mark, index - before.length);
    return marks;
  }, []);
  if (zone === 'code' || zone === 'math') return text;
  for (const [index, mark] of marksOf(text, languageId, { behind: before })) {
    if (!balance(open, mark, index)) return cutAt(text, index, 'empty');
  }
  const dangling = open.find(({ index }) => index >= 0);
  return dangling ? cutAt(text, dangling.index, 'empty') : text;
};

/** The first of these closing marks has its opening one in the text. */
function isOpen(text: string, closers: string): boolean {
  const open: OpenMark[] = [];
  for (const [index, mark] of marksOf(text, 'plaintext', { ahead: 'x' })) balance(open, mark, index);
  const first = closers[0]!;
  return open.some(({ mark }) => mark[0] === (openerOf[first] ?? first));
}

const brackets = /[()[\]{}“”«»（）「」『』【】《》]/u;
/**
 * Marks that close as they open, in the order of a Markdown reader. Emphasis stands at the edge of a word: stars and
 * underscores between blanks, or within a word, are none.
 */
const symmetric =
  /(?<!`)`+(?!`)|\*\*(?!\*)|(?<!\*)\*(?!\*)|(?<![\p{L}\p{N}])__?(?=\S)|(?<=\S)__?(?![\p{L}\p{N}_])|~~|"/u;
const marks = new RegExp(`${brackets.source}|${symmetric.source}`, 'gu');

/** With what stands left and right of the text, as far as it is known. */
function marksOf(
  text: string,
  languageId: string,
  { behind = '', ahead = '' }: { readonly behind?: string; readonly ahead?: string },
): [number, string][] {
  const isTex = languageById(languageId)?.grammar === 'latex'; // ``quotes'' are made of other characters there
  return [...text.matchAll(marks)].flatMap(({ index, 0: mark }): [number, string][] => {
    if (isTex && /[`*_"~]/u.test(mark)) return [];
    const left = (index === 0 ? behind.at(-1) : text[index - 1]) ?? ' ';
    const right = text[index + mark.length] ?? ahead[0] ?? ' ';
    const isLoose = /^[*_~]/u.test(mark) && /\s/u.test(left) && /\s/u.test(right);
    const isWithin = mark === '"' && /[\p{L}\p{N}]/u.test(left) && /[\p{L}\p{N}]/u.test(right); // 5"3
    const isItem =
      mark === '*' && /^[ \t]*$/u.test(text.slice(text.lastIndexOf('\n', index) + 1, index)) && right === ' ';
    return isLoose || isWithin || isItem ? [] : [[index, mark]];
  });
}

/** False when a closing mark has nothing to close. A list letter `a)` closes nothing and is left alone. */
function balance(open: OpenMark[], mark: string, index: number): boolean {
  const opener = openerOf[mark];
  const isSymmetric = opener === undefined && closerOf[mark] === undefined;
  const last = open.findLastIndex((candidate) => candidate.mark === (opener ?? mark));
  if (opener === undefined && !(isSymmetric && last >= 0)) {
    open.push({ mark, index });
    return true;
  }
  if (last < 0) return index < 0;
  open.splice(last);
  return true;
}

/** Anything but letters and blanks: behind a letter the word ends before it, be it a tag, a note or a bracket. */
const wordEnds = /^[^\s\p{L}\p{N}\p{M}]/u;
/** Marks directly right of the caret: whatever is inserted stands before them. */
const marksFollow = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}"'`*_~$|^+=]/u;
const closing = /^[\p{Pe}\p{Pf}"'`*_~]+/u;
const unfit: Drop = { drop: 'unlikelySuffix', detail: 'only the rest of a word fits before a mark' };

/**
 * Directly before a mark only the rest of the word fits: the sentence is at its end there. Within a pair that was just
 * opened, as editors close them at once, words fit as far as the pair's end.
 */
export const beforeMarks: Rule = (text, { caret }) => {
  if (caret.place === 'afterLetter') {
    if (!wordEnds.test(caret.lineSuffix)) return text;
    const end = restOfWord(caret.linePrefix, text);
    return end > 0 ? text.slice(0, end) : unfit;
  }
  if (!marksFollow.test(caret.lineSuffix)) return text;
  const mark = closing.exec(caret.lineSuffix)?.[0];
  return mark !== undefined && isOpen(caret.paragraphPrefix, mark) ? text : unfit;
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
