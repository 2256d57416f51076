import { isFunctionWord } from '../text/contentWords.ts';
import { oncePerText, type TextRule } from './textRule.ts';

/** Marks as all languages of these scripts set them; French puts blanks before some, so `;` is not among them. */
export const anyLanguage: readonly TextRule[] = [
  // a blank before a mark; a lone full stop may be a name of its own: `the folder . holds`
  { pattern: /(?<=\p{L}{2}[)”’]?)[ \t]+(?=,\s+[\p{L}“]|[.](?:\s+[\p{Lu}]|\s*$))/gu, mend: blankBeforeMark },
  {
    pattern: /(?<=\p{L}),[ ]?,(?=\s)/gu,
    mend: ({ index }, text) => (isInList(text.slice(Math.max(0, index - 200), index)) ? undefined : ','),
  },
  { pattern: /(?<=\p{Ll}{2}[,;]?)[ ]{2,}(?=\p{Ll}{2})/gu, mend: (match, text) => oneBlank(match, text) },
];

/** `[first, , third]` */
const isInList = (before: string): boolean => before.lastIndexOf('[') > before.lastIndexOf(']');

/** Behind an address or a path the blank keeps the mark out of it. */
function blankBeforeMark({ index, 0: found }: RegExpExecArray, text: string): string | undefined {
  const before = text.slice(Math.max(0, index - 100), index);
  const isArgument = /[([]\s[^)\]]*$/u.test(before) || /\p{Lu}{2}$/u.test(before); // `rcv ( BUF , LEN )`
  const isLeft = /(?<!\p{L})(?:and|or|the|an?|where)$/u.test(before); // `List the current line or .`
  if (isArgument || (isLeft && text.charAt(index + found.length) === '.')) return undefined;
  const after = text.slice(index + found.length, index + found.length + 40);
  if (/^\.\s+\S{1,20}\s+\.\s|^,\s+\p{L},/u.test(after)) return undefined; // `A . M . B`
  const isCommand = /[/\\#[\]{}|<>=@$]|(?:^|\s)-|(?:^|\s)(?:cd|cp|ls|git|rm|mv|find)\s|\d\S{0,20}$/u;
  const isNamed = /\b(?:comma|(?:semi)?colon|period|dot|full stop|point|mark|character|sign)s?$/iu.test(before);
  return isCommand.test(before) || isNamed || /:\S{0,100}$/u.test(before) ? undefined : '';
}

/** Several blanks are a slip once, in a text of sentences; elsewhere they are somebody's way to line things up. */
const oneBlank = (_: RegExpExecArray, text: string): string | undefined => (isOneSlip(text) ? ' ' : undefined);

const isOneSlip = oncePerText(
  (text) =>
    text.match(/\S {2,}(?=\S)/gu)?.length === 1 &&
    /^\s*["“(]?\p{Lu}/u.test(text) &&
    /\p{L}{2}[.!?]["”)]*\s*$/u.test(text) &&
    !/[<>{}|$=%\\`*_#[\]\uE000-\uF8FF]|&\w+;/u.test(text),
);

/** French wants it. */
export const blankBeforeSemicolon: TextRule = {
  pattern: /(?<=\p{Ll}{3})(?<!colon)[ \t]+(?=;\s\p{Ll}{2})/gu,
  mend: (_, text) => (/[<>{}|$=\\`*_#[\]:\uE000-\uF8FF]/u.test(text) ? undefined : ''),
};

/** Blanks around marks beside words of English. */
export const marksOfEnglish: readonly TextRule[] = [
  { pattern: /(?<![\p{L}\p{N}._/-])(\p{L}{2,})([,;])(\p{L}{2,})(?=[\s,;.])/gu, mend: blankBehindMark },
  // tea ,but; open.We went; ( see below )
  {
    pattern: /(?<=\p{Ll}{2})[ \t]{1,9},(?=(?:but|and|which|so|because|or|who|although|however)\s)/gu,
    mend: (match, text) => (blankBeforeMark(match, text) === undefined ? undefined : ', '),
  },
  {
    pattern:
      /(?<=(?<![\p{L}\p{N}._/-])\p{Ll}{2,40}[.!?])(?=(?:We|They|He|She|It|There|You|This|That|But|However|The|My|When|If|In|And)\s\p{Ll}{2})/gu,
    mend: (_, text) => (/^\s*["“(]?\p{Lu}/u.test(text) && !/[<>{}|$=\\`_#[\]]/u.test(text) ? ' ' : undefined),
  },
  {
    pattern: /(?<=\s)\([ \t](\p{L}[\p{L} ,]{2,60}\p{L})[ \t]\)/gu,
    mend: (match, text) =>
      text.match(/\([ \t]/gu)?.length === 1 && !/[{}=;$@]|\w\(|\(\s\p{Lu}{2}/u.test(text)
        ? `(${match[1]!.trim()})`
        : undefined,
  },
  {
    pattern: /(?<=\p{Ll}{3})[ \t](?=[!?]$)/gu,
    mend: (match, text) =>
      /^\s*["“(]?\p{Lu}/u.test(text) && text.match(/[ \t][!?]/gu)?.length === 1 && !/[<>{}|$=\\`_#[\]]/u.test(text)
        ? blankBeforeMark(match, text)
        : undefined,
  },
  {
    pattern:
      /(?<=(?:^|\s)(?:you|me|it|that|this|him|her|them|us|there|here|now|today|tomorrow|time|day|going|doing|name)) (?=\?(?:$|\s+["“(]?\p{Lu}))/gu,
    mend: () => '',
  },
  { pattern: /(?<=[,;] ?)(however|but|and|because|which|so)([,;])(?=\p{L}{2})/giu, mend: ([found]) => `${found} ` },
];

/** `read_all (in,buf,2)` and `if (next(in,out) != 2)`; a line of a program is often pasted into a mail. */
const isCode = (text: string, token: string): boolean => token.includes('(') && hasCode(text);
const hasCode = oncePerText((text) => /\w_\w|[=!<>]=|&&|\|\||[{}]/u.test(text));

/** Words without a blank are a list of names unless one of them can be in no such list: `slow,but`. */
function blankBehindMark({ 1: left, 2: mark, 3: right, index, 0: found }: RegExpExecArray, text: string) {
  const token =
    /\S{0,60}$/u.exec(text.slice(Math.max(0, index - 60), index))![0] +
    found +
    /^\S*/u.exec(text.slice(index + found.length, index + found.length + 60))![0];
  const count = token.match(/[,;]\p{L}/gu)!.length;
  if (/["|]/u.test(token) || count > 2 || isCode(text, token)) return undefined; // `once,upon,a,time`
  const inNoList =
    count > 1
      ? (word: string) => /^(?:however|but|because|which|although|though|therefore)$/u.test(word)
      : isFunctionWord;
  const isSlip = inNoList(left!.toLowerCase()) || inNoList(right!.toLowerCase()); // but `one,two,three`
  return isSlip && !/\p{Lu}/u.test(left!.slice(1) + right!) ? `${left}${mark} ${right}` : undefined;
}
