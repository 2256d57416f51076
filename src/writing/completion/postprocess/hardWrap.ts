import { ruleOf } from '../../../text/zone.ts';
import { columns } from '../segment.ts';
import type { Rule } from './rule.ts';

/** Breaks the suggestion where the author would have broken the line; what stands already is never re-wrapped. */
export const hardWrap: Rule = (text, { caret, zone, habits }) => {
  if (habits.wrapping.kind !== 'column' || !ruleOf(zone).wraps || caret.follows === 'text') return text;
  const { column } = habits.wrapping;
  const indent = continuationOf(caret.linePrefix);
  let used = columns(caret.linePrefix);
  let wrapped = '';
  for (const [, blank, word] of text.matchAll(/(\s*)(\S+)/gu)) {
    const fits = used + columns(blank! + word!) <= column;
    const breakable = blank !== '' || (wrapped === '' && /\s$/u.test(caret.linePrefix));
    if (fits || !breakable || used <= columns(indent)) {
      wrapped += blank! + word!;
      used += columns(blank! + word!);
    } else {
      wrapped += `\n${indent}${word}`;
      used = columns(indent + word!);
    }
  }
  return wrapped + /\s*$/u.exec(text)![0];
};

/** What the author puts before a paragraph's next line: quote and comment marks again, blanks under a list marker. */
function continuationOf(linePrefix: string): string {
  const marks = /^\s*(?:(?:>|\/\/+|%+|#(?!#*\s)|\*(?!\s\S))\s*)*/u.exec(linePrefix)![0];
  const list = /^(?:[-*+•]|\d{1,3}[.)]|\\item)\s+/u.exec(linePrefix.slice(marks.length));
  return marks + ' '.repeat(list && !list[0].startsWith('\\') ? list[0].length : 0);
}
