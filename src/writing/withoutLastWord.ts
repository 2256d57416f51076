/** Text that was cut somewhere, up to the last whole word: without what may be only a word's beginning, and its blanks. */
export function withoutLastWord(text: string): string {
  let end = text.length;
  while (end > 0 && !/\s/u.test(text[end - 1]!)) end--;
  return text.slice(0, end).trimEnd();
}
