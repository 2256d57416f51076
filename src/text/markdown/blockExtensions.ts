import type { BlockContext, LeafBlock, LeafBlockParser, Line, MarkdownConfig } from '@lezer/markdown';

/** Blocks that Markdown's relatives add and that hold no words: formulas, templates, attribute lists, hidden notes. */
export const blockExtensions: MarkdownConfig = {
  defineNodes: ['MathBlock', 'HiddenBlock', 'RawCode', 'MarkLine', 'CalloutTitle6', 'SimpleTable'].map((name) => ({
    name,
    block: true,
  })),
  parseBlock: [
    { name: 'MathBlock', parse: mathBlock, endLeaf: (_, line) => /^(?:\$\$|\\\[)\s*$/u.test(rest(line)) },
    { name: 'HiddenBlock', parse: hiddenBlock },
    { name: 'ShortReference', leaf: (_, leaf) => (leaf.content.startsWith('[') ? new ShortReference() : null) },
    { name: 'TemplateLine', parse: templateBlock, endLeaf: (_, line) => isTemplateLine(rest(line)) },
    {
      name: 'AttributeLine',
      parse: (cx, line) => isMarkLine(cx, line) && addLines(cx, line, { node: 'MarkLine', isLast: () => true }),
      endLeaf: (_, line) => isAttributeLine(line),
    },
    { name: 'CalloutTitle', parse: calloutTitle },
    { name: 'SimpleTable', before: 'HorizontalRule', parse: simpleTable },
    {
      name: 'EmptyElement',
      before: 'HTMLBlock',
      parse: (cx, line) => isEmptyElement(line) && addToBlank(cx, line, 'HTMLBlock'),
    },
  ],
};

/** Whether a line that has just been read is still in all containers that are open. */
export const isInContainers = (cx: BlockContext, line: Line): boolean => depthOf(line) >= cx.depth;

/** How many containers a line is in, the document included; not part of the parser's declarations. */
export const depthOf = (line: Line): number => (line as Line & { readonly depth: number }).depth;

/** What stands behind the containers' markers. */
export const rest = (line: Line): string => line.text.slice(line.pos);

/**
 * Adds the block that begins at this line and ends with the first line, this one or a further one, that is its last; or
 * with the container. Always true.
 */
export function addLines(
  cx: BlockContext,
  line: Line,
  { node, isLast }: { node: string; isLast: (line: string, first: boolean) => boolean },
): true {
  const from = cx.lineStart + line.pos;
  let ended = isLast(rest(line), true);
  let goesOn = cx.nextLine();
  while (!ended && goesOn && isInContainers(cx, line)) {
    ended = isLast(rest(line), false);
    goesOn = cx.nextLine();
  }
  cx.addElement(cx.elt(node, from, cx.prevLineEnd()));
  return true;
}

/** Adds the block that begins at this line and ends before the next blank one, or with the container. Always true. */
function addToBlank(cx: BlockContext, line: Line, node: string): true {
  const from = cx.lineStart + line.pos;
  while (cx.nextLine() && isInContainers(cx, line) && line.next >= 0);
  cx.addElement(cx.elt(node, from, cx.prevLineEnd()));
  return true;
}

function mathBlock(cx: BlockContext, line: Line): boolean {
  if (line.next !== dollar && line.next !== backslash) return false;
  const text = rest(line);
  if (/^\$\$(?!\$)/u.test(text)) {
    const close = text.indexOf('$$', 2);
    if (close >= 0 && !/^(?:\{[^}]*\}|\([^()]*\))?$/u.test(text.slice(close + 2).trim())) return false;
    return addLines(cx, line, { node: 'MathBlock', isLast: (other, first) => other.includes('$$', first ? 2 : 0) });
  }
  if (/^\\\[\s*$/u.test(text)) return addLines(cx, line, { node: 'MathBlock', isLast: (other) => /\\\]/u.test(other) });
  const name = /^\\begin\{([a-zA-Z]+\*?)\}/u.exec(text)?.[1];
  return name !== undefined && addLines(cx, line, { node: 'MathBlock', isLast: (l) => l.includes(`\\end{${name}}`) });
}

/** `%%` … `%%`: a note that Obsidian hides. */
function hiddenBlock(cx: BlockContext, line: Line): boolean {
  if (!rest(line).startsWith('%%')) return false;
  return addLines(cx, line, { node: 'HiddenBlock', isLast: (other, first) => other.includes('%%', first ? 2 : 0) });
}

/** Longer link definitions are words: the parser reads one that is not closed anew with each line. */
const maxReferenceChars = 2_000;

class ShortReference implements LeafBlockParser {
  nextLine(_: BlockContext, __: Line, leaf: LeafBlock): boolean {
    // the parser of definitions is the one that counts its stages
    if (leaf.content.length > maxReferenceChars) leaf.parsers = leaf.parsers.filter((parser) => !('stage' in parser));
    return false;
  }

  finish(): boolean {
    return false;
  }
}

/** `<br/>` alone on a line begins a block of HTML, which the parser does not know. */
const isEmptyElement = (line: Line): boolean => line.next === less && emptyElement.test(rest(line));

const emptyElement = /^<[a-z][\w-]*(?:\s+[a-z:_][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/>\s*$/iu;
const less = 60;
const dollar = 36;
const backslash = 92;
const brace = 123;
const bracket = 91;

const templateOpens = /^\{(?:\{[<%]?|%)/u;
const templateCloses: Readonly<Record<string, string>> = { '{{<': '>}}', '{{%': '%}}', '{%': '%}', '{{': '}}' };
/** Tags whose content is no prose: it ends at their closing tag. */
const codeTag = /^\{(?:\{[<%]|%)-?\s*(highlight|raw|codeblock|code|mermaid|math|katex|gist|comment|schema|plantuml)\b/u;

/** A line of templates alone: Hugo's and Quarto's shortcodes, Liquid, Jinja. */
const isTemplateLine = (line: string): boolean => templateOpens.test(line) && /\}\s*$/u.test(line);

function templateBlock(cx: BlockContext, line: Line): boolean {
  if (line.next !== brace) return false;
  const text = rest(line);
  const open = templateOpens.exec(text)?.[0];
  if (open === undefined) return false;
  const code = codeTag.exec(text)?.[1];
  if (code !== undefined && !new RegExp(`(?:end|/)\\s*${code}\\b`, 'u').test(text.slice(open.length + code.length))) {
    const closing = new RegExp(`^\\s*\\{(?:\\{[<%]|%)-?\\s*(?:end|/\\s*)${code}\\b`, 'u');
    return addLines(cx, line, { node: 'RawCode', isLast: (other, first) => !first && closing.test(other) });
  }
  const close = templateCloses[open]!;
  const end = text.indexOf(close);
  if (end >= 0) return isTemplateLine(text) && addLines(cx, line, { node: 'MarkLine', isLast: () => true });
  // a call over several lines; a blank line shows that it was none
  return addLines(cx, line, { node: 'MarkLine', isLast: (other) => other.includes(close) || other.trim() === '' });
}

const attributeLine = /^\{(?::|[#.][\w-])[^{}]*\}\s*$/u;
/** `{: .class}`, `{#id .class}`: attributes of the block above. */
const isAttributeLine = (line: Line): boolean => line.next === brace && attributeLine.test(rest(line));

/** Further lines of marks by the character that they begin with. */
const markLines: Readonly<Record<string, RegExp>> = {
  '{': attributeLine,
  '(': /^\([\w.:/-][\w .:/-]*\)=\s*$/u, // MyST's name of the block below
  '+': /^\+{3}[ \t]+\{[^\n]*\}\s*$/u, // MyST's break between two parts
  '*': /^\*\[[^\]\n]{1,200}\]:[ \t]/u, // what an abbreviation stands for
};
const isMarkLine = (cx: BlockContext, line: Line): boolean => {
  if (line.next < 0) return false;
  const first = String.fromCodePoint(line.next);
  if (Object.hasOwn(markLines, first)) return markLines[first]!.test(rest(line));
  return first === '[' && cx.parentType().name === 'Blockquote' && /^\[!\w{1,40}\][+-]?\s*$/u.test(rest(line));
};

/** `> [!note] Title` */
function calloutTitle(cx: BlockContext, line: Line): boolean {
  if (line.next !== bracket || cx.parentType().name !== 'Blockquote') return false;
  if (!/^\[!\w{1,40}\][+-]?[ \t]+\S/u.test(rest(line)) || isUnderline(cx.peekLine())) return false;
  return addLines(cx, line, { node: 'CalloutTitle6', isLast: () => true });
}
const isUnderline = (line: string): boolean => /^[ \t>]*[-=]+[ \t]*$/u.test(line);

const dashes = /^[ \t]{0,3}-{2,}(?:[ \t]+-{2,})+[ \t]*$/u;
/**
 * Pandoc's simple table: a row of dashes for each column, with or without a row of titles above it. Blank lines part its
 * rows where these go over several lines.
 */
function simpleTable(cx: BlockContext, line: Line): boolean {
  if (line.next < 0) return false;
  const rows = cx.depth === 1 ? [line.text, cx.peekLine()] : [rest(line)];
  const columns = rows.find((row) => dashes.test(row));
  if (columns === undefined) return false;
  const from = cx.lineStart + line.pos;
  do while (cx.nextLine() && isInContainers(cx, line) && line.next >= 0);
  while (cx.depth === 1 && line.next < 0 && isRowOf(columns, cx.peekLine()) && cx.nextLine());
  cx.addElement(cx.elt('SimpleTable', from, cx.prevLineEnd()));
  return true;
}

/** Longer rows are not looked at. */
const maxRowChars = 1_000;

/** Words in two columns or more, and none between them. */
function isRowOf(columns: string, row: string): boolean {
  if (Math.max(columns.length, row.length) > maxRowChars || !/\S[ ]{2,}\S/u.test(row)) return false;
  const cells = [...columns.matchAll(/-+/gu)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  const gaps = cells.slice(1).map(({ start }, before) => row.slice(cells[before]!.end, start));
  const filled = cells.filter(({ start, end }, at) =>
    row.slice(start, at === cells.length - 1 ? row.length : end).trim(),
  );
  return gaps.every((gap) => gap.trim() === '') && filled.length > 1;
}
