import type { BlockContext, LeafBlock, LeafBlockParser, Line, MarkdownConfig } from '@lezer/markdown';
import { isInContainers } from './blockExtensions.ts';

/** Tables as GFM has them (a row, a line of dashes with as many cells, more rows) and Pandoc's grid tables. */
export const tableExtension: MarkdownConfig = {
  defineNodes: [{ name: 'Table', block: true }],
  parseBlock: [
    {
      name: 'GridTable',
      parse: (cx, line) => {
        if (!isGridLine(line)) return false;
        const from = cx.lineStart + line.pos;
        while (cx.nextLine() && isInContainers(cx, line) && (line.next === plus || line.next === bar));
        cx.addElement(cx.elt('Table', from, cx.prevLineEnd()));
        return true;
      },
      endLeaf: (_, line) => isGridLine(line),
    },
    {
      name: 'PipeTable',
      leaf: (_, leaf) => (leaf.content.includes('|') ? new PipeTable() : null),
      // a table may begin in the middle of a paragraph: its first row ends what stands above
      endLeaf: (cx, line, leaf) =>
        !leaf.parsers.some((parser) => parser instanceof PipeTable && parser.isTable) &&
        line.text.includes('|') &&
        isDelimiterRow(cx.peekLine().replace(/^[\s>]+/u, ''), line.text.slice(line.pos)),
    },
  ],
};

const plus = 43;
const bar = 124;

class PipeTable implements LeafBlockParser {
  /** undefined: the second line has not been seen */
  #isTable: boolean | undefined;

  get isTable(): boolean {
    return this.#isTable === true;
  }

  nextLine(_: BlockContext, line: Line, leaf: LeafBlock): boolean {
    this.#isTable ??= isDelimiterRow(line.text.slice(line.pos), leaf.content);
    return false;
  }

  finish(cx: BlockContext, leaf: LeafBlock): boolean {
    if (this.#isTable !== true) return false;
    cx.addLeafElement(leaf, cx.elt('Table', leaf.start, leaf.start + leaf.content.length));
    return true;
  }
}

/** A line like `|---|:-:|` with as many cells as the row above it. */
function isDelimiterRow(line: string, above: string): boolean {
  if (!/^[-:|][-:| \t]*$/u.test(line) || !line.includes('-') || !/[|]/u.test(line)) return false;
  const cells = cellsOf(line);
  return cells.every((cell) => /^[ \t]*:?-+:?[ \t]*$/u.test(cell)) && cells.length === cellsOf(above).length;
}

/** The cells of a row; a bar at its beginning or end parts nothing. */
function cellsOf(row: string): string[] {
  const cells = row.trim().replace(/\\./gu, 'xx').split('|');
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells;
}

const isGridLine = (line: Line): boolean =>
  line.next === plus && /^\+(?:[-=:]+\+)+\s*$/u.test(line.text.slice(line.pos));
