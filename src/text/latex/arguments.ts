import { type Frame, type Mode, modeOf } from './frame.ts';
import { argumentStart, codeLanguage, endOf, nothingMore, overlay } from './patterns.ts';

/** The offset behind the bracket that closes the one before `from`; undefined: not in this line. */
export function balancedEnd(line: string, from: number, open: '[' | '{', close: ']' | '}'): number | undefined {
  let braces = 0;
  let depth = 1;
  for (let i = from; i < line.length; i++) {
    const character = line[i];
    if (character === '\\') i++;
    else if (character === close && (close === '}' || braces === 0)) {
      if (--depth === 0) return i + 1;
    } else if (character === open) depth += braces === 0 || open === '{' ? 1 : 0;
    else if (character === '{') braces++;
    else if (character === '}') braces--;
    if (braces < 0) return undefined; // the group ends before the bracket does
  }
  return undefined;
}

const lookedAtChars = 200;
const twoWords = /(?<![\p{L}'’-])\p{L}[\p{L}'’-]{1,40}[,;:]?[ \t]+[\p{L}\d'’-]{1,40}[\s,.;:!?]/u;

/** Two words and a beginning of more, no `key = value`. */
export function looksLikeProse(line: string, start: number): boolean {
  const text = line.slice(start, start + lookedAtChars);
  const end = text.search(/[={}\\]/u);
  return text[end] !== '=' && twoWords.test(end < 0 ? text : text.slice(0, end));
}

const modes: Readonly<Record<string, Mode>> = { t: 'text', h: 'heading', k: 'citation', u: 'target', f: 'target' };

/**
 * What the argument is that begins at `start`; of a command that nobody described it is prose as soon as it reads like prose.
 * @param letter of the command's signature
 */
export function modeOfArgument(
  frame: Frame | undefined,
  letter: string | undefined,
  { line, start }: { line: string; start: number },
): Mode {
  if (letter === 't' && modeOf(frame) === 'heading') return 'heading';
  if (letter !== undefined) return modes[letter] ?? 'command';
  if (endOf(nothingMore, line, start) !== undefined) return 'unknown';
  return looksLikeProse(line, start) ? 'text' : 'command';
}

const oneName = /[ \t]{0,9}(?:\\(?:[a-zA-Z@]+|.)|[*=])/uy;

/** What an argument is that stands without braces, by the letter of the command's signature. */
const withoutBraces: Readonly<Record<string, RegExp>> = {
  m: oneName,
  n: oneName,
  d: oneName,
  p: /[ \t]{0,9}\\(?:[a-zA-Z@]+|.)(?:(?:[^{}%#\w]{0,20}|[^{}%#]{0,40}#\d[^{}%]{0,99})(?=\{)|(?:[ \t]{0,9}#\d){1,9}(?=[ \t]{0,9}(?:%|$)))?/uy,
  f: /[ \t]{1,9}[^\s{}\\%#]{1,200}/uy,
};

/** Where an argument without braces ends that begins at an offset. */
export function bareArgumentEnd(letter: string, line: string, at: number): number | undefined {
  const pattern = withoutBraces[letter];
  return pattern && endOf(pattern, line, at);
}

/** Commands whose argument is an address, with or without braces. */
export const isAddress = (name: string): boolean => name === 'url' || name === 'nolinkurl' || name === 'path';

/** Commands whose argument is program text that is run. */
export const isProgram = (name: string): boolean => /^(?:Sexpr|pyc?|sage)$/u.test(name);

/** The offset behind a command's verbatim text; 0: not in this line; undefined: it is an ordinary command. */
export function verbatimEnd(line: string, name: string, end: number): number | undefined {
  let from = end;
  if (line[from] === '[') from = balancedEnd(line, from + 1, '[', ']') ?? line.length;
  if (name === 'mintinline') from = endOf(codeLanguage, line, from) ?? from;
  const delimiter = line[from];
  const isBrace = delimiter === '{';
  if (delimiter === undefined || /[\s\p{L}*]/u.test(delimiter) || (isBrace && isAddress(name))) return undefined;
  return isBrace ? (balancedEnd(line, from + 1, '{', '}') ?? 0) : line.indexOf(delimiter, from + 1) + 1;
}

/** The offset behind `\item`, its overlay, its label and the blanks that follow. */
export function itemEnd(line: string, end: number): number {
  let to = end;
  argumentStart.lastIndex = end;
  let next = argumentStart.exec(line);
  overlay.lastIndex = end;
  if (next?.[0] === '<' && overlay.test(line)) {
    to = overlay.lastIndex;
    argumentStart.lastIndex = to;
    next = argumentStart.exec(line);
  }
  if (next?.[1] === '[') to = balancedEnd(line, to + next[0].length, '[', ']') ?? line.length;
  while (to < line.length && /[ \t]/u.test(line[to]!)) to++;
  return to;
}
