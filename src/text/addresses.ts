import type { InlineSpan } from './block.ts';

/** Web addresses, e-mail addresses and file paths, as they stand in running text. */
const address =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|[\w.+-]+@[\w-]+\.?|(?:\.{0,2}|~)\/[\w.-]+|[\w.-]+\/[\w.-]+\/[\w./-]*$)/iu;

/** True when the caret stands in a web address, an e-mail address or a file path that is not finished. */
export function endsInAddress(text: string): boolean {
  let start = text.length;
  while (start > 0 && !isBlank(text.charCodeAt(start - 1))) start--;
  return address.test(text.slice(start).replace(/^[<("'“‘[]+/u, ''));
}

/** Finished addresses in a text; the punctuation around them is text. */
export function addressSpans(words: string): InlineSpan[] {
  const spans: InlineSpan[] = [];
  for (const { 0: word, index } of words.matchAll(/\S+/gu)) {
    const opening = /^[<("'“‘[]*/u.exec(word)![0].length;
    let end = word.length;
    while (end > opening && '.,;:!?)"\'>]”’'.includes(word[end - 1]!)) end--;
    const bare = word.slice(opening, end);
    if (address.test(bare) && /[./:@].*[^./:@]$/u.test(bare)) {
      spans.push({ kind: 'target', start: index + opening, end: index + end });
    }
  }
  return spans;
}

const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
