import type { BlockContext, Line, MarkdownConfig, MarkdownParser } from '@lezer/markdown';
import { parser } from '@lezer/markdown';
import { addLines, blockExtensions, isInContainers, rest } from './blockExtensions.ts';
import { containerExtensions } from './containerExtensions.ts';
import { Expression } from './expression.ts';
import { tableExtension } from './tableExtension.ts';

/** A kind of Markdown. */
export interface Dialect {
  readonly blocks: MarkdownParser;
  /** `{…}` and what tags hold is JavaScript */
  readonly hasExpressions: boolean;
}

/**
 * Reads blocks only. What stands within a paragraph is read when it is asked for: a parse at each keystroke must not walk
 * over all words of a long one.
 */
const blocksOnly = (configured: MarkdownParser): MarkdownParser => Object.assign(configured, { parseInline: () => [] });

export const markdownDialect: Dialect = {
  blocks: blocksOnly(parser.configure([blockExtensions, containerExtensions, tableExtension])),
  hasExpressions: false,
};

/** MDX: modules, elements and expressions of JavaScript in place of HTML and indented code. */
const mdxExtension: MarkdownConfig = {
  remove: ['IndentedCode', 'HTMLBlock'],
  parseBlock: [
    { name: 'Module', before: 'LinkReference', parse: moduleLines },
    { name: 'Element', parse: elementLines, endLeaf: (_, line) => wholeTag.test(rest(line)) },
    { name: 'Expression', parse: expressionLines },
  ],
};

export const mdxDialect: Dialect = {
  blocks: blocksOnly(parser.configure([blockExtensions, containerExtensions, tableExtension, mdxExtension])),
  hasExpressions: true,
};

/** `import` and `export` at the beginning of a line, outside all containers, up to a blank line outside of brackets. */
function moduleLines(cx: BlockContext, line: Line): boolean {
  if (cx.depth !== 1 || line.pos !== 0 || !/^(?:im|ex)port\s/u.test(line.text)) return false;
  const from = cx.lineStart;
  const expression = new Expression();
  do expression.feed(`${line.text}\n`);
  while (cx.nextLine() && isInContainers(cx, line) && (line.next >= 0 || expression.isOpen));
  cx.addElement(cx.elt('RawCode', from, cx.prevLineEnd()));
  return true;
}

const wholeTag = /^<\/?(?:[\w.:-]+(?:\s[^<>]*)?)?\/?>\s*$/u;

/** A tag that begins a line and is all that stands on the line on which it ends. */
function elementLines(cx: BlockContext, line: Line): boolean {
  if (line.next !== less || !/^<(?:\/?[A-Za-z][\w.:-]*(?=[\s/>]|$)|\/?>)/u.test(rest(line))) return false;
  const isWhole = wholeTag.test(rest(line));
  if (!isWhole && rest(line).includes('>')) return false; // words follow, or a tag within a paragraph
  return addLines(cx, line, { node: 'MarkLine', isLast: (other) => /\/?>\s*$/u.test(other) || other.trim() === '' });
}

/** `{…}` alone on its lines. */
function expressionLines(cx: BlockContext, line: Line): boolean {
  if (line.next !== brace) return false;
  const text = rest(line);
  const first = new Expression();
  const end = first.read(text, 0);
  if (!first.isOpen && text.slice(end).trim() !== '') return false; // words follow
  const expression = new Expression();
  const isLast = (other: string): boolean => {
    expression.feed(`${other}\n`);
    return !expression.isOpen;
  };
  return addLines(cx, line, { node: 'MarkLine', isLast });
}

const less = 60;
const brace = 123;
