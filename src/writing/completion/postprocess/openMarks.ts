import { visibleLength } from '../segment.ts';
import { cutAt, type Rule } from './rule.ts';

const closerOf: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '“': '”',
  '«': '»',
  '（': '）',
  '「': '」',
  '《': '》',
};
const openerOf = Object.fromEntries(Object.entries(closerOf).map(([opener, closer]) => [closer, opener]));

/**
 * A closing mark without its opening one ends a suggestion. An opening mark that stays open at its very end is taken
 * off with what little follows it.
 */
export const openMarks: Rule = (text, { caret }) => {
  const open: { readonly mark: string; readonly index: number }[] = [];
  const before = caret.paragraphPrefix;
  for (const [index, mark] of marksOf(before)) balance(open, mark, index - before.length);
  for (const [index, mark] of marksOf(text)) {
    if (!balance(open, mark, index)) return cutAt(text, index, 'empty');
  }
  const dangling = open.find(({ index }) => index >= 0);
  if (!dangling || visibleLength(text.slice(dangling.index + 1)) >= minOpenChars) return evenQuotes(text, before);
  return cutAt(text, dangling.index, 'empty');
};

/** An open bracket with at least this much behind it is a thought that the writer may finish. */
const minOpenChars = 8;

function* marksOf(text: string): Generator<[number, string]> {
  for (const match of text.matchAll(/[()[\]{}“”«»（）「」《》]/gu)) yield [match.index, match[0]];
}

/** False when a closing mark has nothing to close. A list letter `a)` closes nothing and is left alone. */
function balance(open: { mark: string; index: number }[], mark: string, index: number): boolean {
  const opener = openerOf[mark];
  if (opener === undefined) {
    open.push({ mark, index });
    return true;
  }
  const last = open.findLastIndex((candidate) => candidate.mark === opener);
  if (last < 0) return index < 0;
  open.splice(last);
  return true;
}

/** A straight quote that opens at the very end is no use; one that closes is. */
function evenQuotes(text: string, before: string) {
  const opens = /(?:^|\s)"\s*$/u.exec(text);
  const odd = (`${before}${text}`.split('"').length - 1) % 2 === 1;
  return opens && odd ? cutAt(text, opens.index, 'empty') : text;
}
