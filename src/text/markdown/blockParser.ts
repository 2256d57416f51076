import type { BlockContext, Line, MarkdownConfig, MarkdownParser } from '@lezer/markdown';
import { parser } from '@lezer/markdown';
import { addLines, addToBlank, blockExtensions, rest } from './blockExtensions.ts';
import { containerExtensions } from './containerExtensions.ts';
import { tableExtension } from './tableExtension.ts';

/**
 * Reads blocks only. What stands within a paragraph is read when it is asked for: a parse at each keystroke must not walk
 * over all words of a long one.
 */
const blocksOnly = (configured: MarkdownParser): MarkdownParser => Object.assign(configured, { parseInline: () => [] });

export const markdownBlocks = blocksOnly(parser.configure([blockExtensions, containerExtensions, tableExtension]));

/** MDX: modules, elements and expressions of JavaScript in place of HTML and indented code. */
const mdxExtension: MarkdownConfig = {
  remove: ['IndentedCode', 'HTMLBlock'],
  parseBlock: [
    { name: 'Module', before: 'LinkReference', parse: moduleLines },
    { name: 'Element', parse: elementLines, endLeaf: (_, line) => wholeTag.test(rest(line)) },
    { name: 'Expression', parse: expressionLines },
  ],
};

export const mdxBlocks = blocksOnly(
  parser.configure([blockExtensions, containerExtensions, tableExtension, mdxExtension]),
);

/** `import` and `export` at the beginning of a line, outside all containers, up to a blank line. */
function moduleLines(cx: BlockContext, line: Line): boolean {
  const isModule = cx.depth === 1 && line.pos === 0 && moduleStart.test(line.text);
  return isModule && addToBlank(cx, line, 'RawCode');
}

const moduleStart =
  /^(?:import\s+(?:["'{*]|\w+(?:\s*,|\s+from\s))|export\s+(?:default|const|let|var|function|async|class|\{|\*))/u;

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
  let depth = 0;
  const isLast = (other: string): boolean => {
    for (const character of other) depth += character === '{' ? 1 : character === '}' ? -1 : 0;
    return depth <= 0;
  };
  return addLines(cx, line, { node: 'MarkLine', isLast });
}

const less = 60;
const brace = 123;
