import type { BlockContext, Line, MarkdownConfig } from '@lezer/markdown';
import { addLines, depthOf, rest } from './blockExtensions.ts';

/** Containers that Markdown's relatives add: footnotes, definitions, admonitions, directives and divs. */
export const containerExtensions: MarkdownConfig = {
  defineNodes: [
    { name: 'Footnote', block: true, composite: isIndented },
    { name: 'Definition', block: true, composite: isIndented },
    { name: 'Admonition', block: true, composite: isIndented },
    { name: 'Directive', block: true, composite: isInDirective },
  ],
  parseBlock: [
    { name: 'DirectiveEnd', before: 'LinkReference', parse: directiveEnd },
    { name: 'DirectiveOptions', before: 'LinkReference', parse: directiveOptions },
    { name: 'Directive', before: 'FencedCode', parse: directive, endLeaf: (_, line) => colons.test(rest(line)) },
    {
      name: 'Footnote',
      before: 'FencedCode',
      parse: (cx, line) => startIndented(cx, line, 'Footnote', footnote),
      endLeaf: (_, line) => footnote.test(rest(line)),
    },
    {
      name: 'Definition',
      parse: (cx, line) => startIndented(cx, line, 'Definition', definition),
      endLeaf: (_, line, leaf) =>
        definition.test(rest(line)) && leaf.content.length < 1_000 && !leaf.content.includes('\n'),
    },
    {
      name: 'Admonition',
      parse: startAdmonition,
      endLeaf: (_, line) => admonition.test(rest(line)),
    },
  ],
};

export const footnote = /^\[\^[^\]\s]+\]:[ \t]*/u;
export const definition = /^:[ \t]+(?=\S)/u;
/** Python-Markdown's: the text below is indented. */
const admonition = /^(?:!!!|\?\?\?\+?)[ \t]+[\w-]+/u;
const indent = 4;
/** Deeper directives are not told apart: each line is compared with all that are open. */
const maxDepth = 60;

/** The text of a footnote, definition or admonition is indented; a line that goes on a paragraph need not be. */
function isIndented(_: BlockContext, line: Line, columns: number): boolean {
  if (line.next >= 0 && line.indent < line.baseIndent + columns) return false;
  line.moveBaseColumn(line.baseIndent + columns);
  return true;
}

function startIndented(cx: BlockContext, line: Line, node: string, marker: RegExp): null | false {
  if (line.next !== colon && line.next !== bracket) return false;
  const length = marker.exec(rest(line))?.[0].length;
  if (length === undefined) return false;
  cx.startComposite(node, line.pos, indent);
  line.moveBase(line.pos + length);
  return null;
}

function startAdmonition(cx: BlockContext, line: Line): null | false {
  if (!admonition.test(rest(line))) return false;
  cx.startComposite('Admonition', line.pos, indent);
  return startWithMark(cx, line);
}

/** The first line of a container is no words. */
function startWithMark(cx: BlockContext, line: Line): null {
  cx.addElement(cx.elt('MarkLine', cx.lineStart + line.pos, cx.lineStart + line.text.length));
  line.moveBase(line.text.length);
  return null;
}

const colon = 58;
const bracket = 91;
const backtick = 96;
const tilde = 126;

const fence = /^(`{3,}|~{3,}|:{3,})[ \t]*(?:\{([^}]*)\}|([\w-]+)(?=[ \t[{]|$))?/u;
const colons = /^:{3,}/u;

/** Directives with prose in them; in fences all others are code. */
const proseDirective =
  /^(?:note|warning|tip|hint|important|caution|danger|error|attention|admonition|figure|seealso|todo|epigraph|topic|sidebar|margin|aside|pull-quote|highlights|compound|container|div|card(?:-carousel)?|grid(?:-item(?:-card)?)?|tab-(?:set|item)|dropdown|details|callout(?:-\w+)?|abstract|blockquote|quote|deprecated|version(?:added|changed|removed)|glossary|exercise(?:-start)?|solution(?:-start)?|(?:prf|proof):\w+|theorem|lemma|definition|proof|example|remark)$/u;
/** Colon fences that hold no prose; all others are divisions of the text. */
const otherDirective =
  /^(?:code(?:-block|-cell)?|sourcecode|math|figure-md|image|iframe|embed|toctree|mermaid|graphviz|plantuml|table|list-table|csv-table|raw|eval-rst|include|literalinclude|bibliography|autoclass|automodule|autofunction)$/u;

function directive(cx: BlockContext, line: Line): boolean | null {
  const mark = line.next;
  if (mark !== backtick && mark !== tilde && mark !== colon) return false;
  const text = rest(line);
  const match = fence.exec(text);
  if (!match) return false;
  const [whole, marks, braces, word] = match;
  const name = (braces ?? word ?? '').trim().split(/\s/u, 1)[0]!;
  if (mark !== colon && (braces === undefined || !proseDirective.test(name))) return false;
  if (mark === colon) {
    const isBare = text.slice(whole.length).trim() === '' && name === '' && braces === undefined; // closes nothing
    if (isBare || cx.depth > maxDepth) return addLines(cx, line, { node: 'MarkLine', isLast: () => true });
    if (otherDirective.test(name)) {
      const close = new RegExp(`^:{${marks!.length},}\\s*$`, 'u');
      return addLines(cx, line, { node: 'RawCode', isLast: (other, first) => !first && close.test(other) });
    }
  }
  if (cx.depth > maxDepth) return false;
  // the container's value is what closes it: how many marks of which kind
  cx.startComposite('Directive', line.pos, mark * 1_000 + Math.min(marks!.length, 999));
  opened.set(cx, cx.lineStart + line.text.length);
  return startWithMark(cx, line);
}

/** Where the last directive was opened (the end of its line) and closed (the start of its line), by parse. */
const opened = new WeakMap<BlockContext, number>();
const closed = new WeakMap<BlockContext, number>();

function isInDirective(cx: BlockContext, line: Line, value: number): boolean {
  const mark = Math.floor(value / 1_000);
  if (line.next !== mark || line.indent >= line.baseIndent + 4) return true;
  const text = rest(line).trimEnd();
  const isClosing = text.length >= (mark === colon ? 3 : value % 1_000) && isRowOf(text, mark);
  if (!isClosing || (mark === colon && hasInnerDiv(cx, line))) return true;
  closed.set(cx, cx.lineStart);
  return false;
}

/** A row of colons closes the innermost division. */
function hasInnerDiv(cx: BlockContext, line: Line): boolean {
  for (let inner = cx.depth - 1; inner > depthOf(line); inner--)
    if (cx.parentType(inner).name === 'Directive') return true;
  return false;
}

function isRowOf(text: string, mark: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== mark) return false;
  return true;
}

function directiveEnd(cx: BlockContext, line: Line): boolean {
  return closed.get(cx) === cx.lineStart && addLines(cx, line, { node: 'MarkLine', isLast: () => true });
}

/** `:name: value` lines, or YAML between two `---`, directly below a directive's first line. */
function directiveOptions(cx: BlockContext, line: Line): boolean {
  if (opened.get(cx) !== cx.lineStart - 1) return false;
  const text = rest(line);
  if (/^---\s*$/u.test(text)) {
    return addLines(cx, line, { node: 'MarkLine', isLast: (other, first) => !first && /^---\s*$/u.test(other) });
  }
  if (!/^:[\w-]+:(?:\s|$)/u.test(text)) return false;
  opened.set(cx, cx.lineStart + line.text.length);
  return addLines(cx, line, { node: 'MarkLine', isLast: () => true });
}
