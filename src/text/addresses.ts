import type { InlineSpan } from './block.ts';

/** Web addresses, e-mail addresses and file paths, as they stand in running text. */
const address =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|[\w.+-]+@[\w-]+\.?|(?:\.{0,2}|~)\/[\w.-]+|[a-z]:\\[\w.-]|[\w.-]+\/[\w.-]+\/[\w./-]*$)/iu;

/** Of a server's folder, from here, of a variable, and any other that has two folders at least. */
const windowsPath = /^(?:\\\\[\w.$?-]+\\[\w.$%-]|(?:\.{1,2}|~|%\w{1,40}%)\\[\w.-]|[\w.-]+\\[a-z][\w.-]*\\[\w.\\-]*$)/iu;

/**
 * True when the caret stands in a web address, an e-mail address or a file path that is not finished.
 * @param hasWindowsPaths a backslash does not begin a command
 */
export function endsInAddress(text: string, hasWindowsPaths = true): boolean {
  let start = text.length;
  while (start > 0 && !isBlank(text.charCodeAt(start - 1))) start--;
  const word = text.slice(start).replace(/^[<("'“‘[]+/u, '');
  return address.test(word) || (hasWindowsPaths && (windowsPath.test(word) || /^\\\\[\w.$?-]+$/u.test(word)));
}

/** Longer ones are cut. */
const maxAddressChars = 2_000;

/** Finished addresses in a text; the punctuation around them is text. */
export function addressSpans(words: string): InlineSpan[] {
  const spans: InlineSpan[] = [];
  for (const { 0: word, index } of words.matchAll(/\S+/gu)) {
    const start = index + /^[<("'“‘[]*/u.exec(word)![0].length;
    const length = addressLength(words.slice(start, index + word.length));
    if (length > 0) spans.push({ kind: 'target', start, end: start + length });
  }
  return spans;
}

/** How much of a word without blanks is a finished address; 0 when it is none. */
export function addressLength(given: string): number {
  const word = given.slice(0, maxAddressChars);
  if (!address.test(word) && !windowsPath.test(word)) return 0;
  let end = word.length;
  while (end > 0 && '.,;:!?)"\'>]”’*_~'.includes(word[end - 1]!) && !closesParenthesis(word, end)) end--;
  const bare = word.slice(0, end);
  const isWhole = address.test(bare) || windowsPath.test(bare);
  return isWhole && /[./:@\\]/u.test(bare) && !/[./:@\\]$/u.test(bare) ? end : 0;
}

/** `https://a.b/c_(d)`: no other one stands between the two. */
function closesParenthesis(word: string, end: number): boolean {
  if (word[end - 1] !== ')') return false;
  let at = end - 2;
  while (at > 0 && word[at] !== '(' && word[at] !== ')') at--;
  return at > 0 && word[at] === '(';
}

const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
