import type { Tree, TreeCursor } from '@lezer/common';
import type { Block, Container, InlineSpan } from '../block.ts';
import { spansAmongPrefixes } from '../prefixes.ts';
import type { BlockReading } from '../textLanguage.ts';
import { BlockList } from './blockList.ts';
import type { Dialect } from './blockParser.ts';
import { frontMatterOf } from './frontMatter.ts';
import { scanInline } from './inlineScan.ts';
import { labelOf } from './labels.ts';
import { MarkdownInput } from './markdownInput.ts';
import { containerKinds, leafKinds } from './nodes.ts';

/** The blocks of a Markdown text. */
export function readMarkdown({ blocks: parser, hasExpressions }: Dialect, text: string): BlockReading {
  const above = frontMatterOf(text);
  const start = above === undefined || above.open ? 0 : above.end;
  const list = new BlockList(text);
  if (start > 0) list.addFrontMatter(start);
  const body = start === 0 ? text : text.slice(start);
  addBlocks(parser.parse(new MarkdownInput(body)), list, start);
  list.finish();
  const { blocks } = list;
  let labels: ReadonlySet<string> | undefined;
  const spansOf = (block: Block): InlineSpan[] => {
    labels ??= new Set(blocks.flatMap(({ kind, start, end }) => (kind === 'markup' ? labelOf(text, start, end) : [])));
    const known = labels;
    const scan = (words: string) => scanInline(words, { labels: known, hasExpressions }).spans;
    return spansAmongPrefixes(text, block, { prefixes: prefixesOf(text, block), scan });
  };
  return { blocks, spansOf };
}

function addBlocks(tree: Tree, list: BlockList, offset: number): void {
  const cursor = tree.cursor();
  if (!cursor.firstChild()) return;
  const containers: Container[] = [];
  for (;;) {
    const entered = visit(cursor, list, { containers, offset });
    if (entered && cursor.firstChild()) continue;
    if (entered) leave(cursor, list, containers);
    while (!cursor.nextSibling()) {
      if (!cursor.parent() || cursor.type.isTop) return;
      leave(cursor, list, containers);
    }
  }
}

/** Adds a leaf; true for a node whose children are to be visited. */
function visit(
  { name, from, to }: TreeCursor,
  list: BlockList,
  { containers, offset }: { containers: Container[]; offset: number },
): boolean {
  const kind = leafKinds[name];
  if (kind !== undefined) {
    list.addLeaf(name, kind, { from: from + offset, to: to + offset, containers });
    return false;
  }
  const container = containerKinds[name];
  if (container === undefined) return name === 'BulletList' || name === 'OrderedList' || name === 'Document';
  containers.push(list.containerAt(from + offset, container));
  return true;
}

function leave({ name }: TreeCursor, list: BlockList, containers: Container[]): void {
  if (containerKinds[name] === undefined) return;
  list.endContainer(containers);
  containers.pop();
}

/** Quote marks and indentation before the further lines of a block of words. */
function prefixesOf(text: string, { containers, contentStart, contentEnd }: Block): InlineSpan[] {
  const quotes = containers.filter(({ kind }) => kind === 'quote').length;
  const prefixes: InlineSpan[] = [];
  lineBreak.lastIndex = contentStart;
  for (let match = lineBreak.exec(text); match !== null; match = lineBreak.exec(text)) {
    const start = match.index + match[0].length;
    if (start >= contentEnd) break;
    let end = skipBlanks(text, start);
    for (let quote = 0; quote < quotes && text[end] === '>'; quote++) end = skipBlanks(text, end + 1);
    if (end > start && end < contentEnd) prefixes.push({ kind: 'prefix', start, end });
  }
  return prefixes;
}

const lineBreak = /\r\n?|\n/gu;

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
