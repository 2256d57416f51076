import type { SyntaxNode, Tree } from '@lezer/common';
import { endsInAddress } from '../addresses.ts';
import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { scanInline } from './inlineScan.ts';
import { readsLikeTag } from './inlineTags.ts';
import { leafKinds } from './nodes.ts';

/** Words before the caret that are looked at: a paragraph may be as long as the document. */
const maxWords = 4_000;
const noLabels: ReadonlySet<string> = new Set();

/** The caret's line, and in what kind of Markdown it is. */
interface CaretIn {
  readonly line: CaretLine;
  readonly hasExpressions: boolean;
}

/** The zone at the end of a text; its tree may have been made with a probe behind it. */
export function caretZone(tree: Tree, text: string, caretIn: CaretIn): ZoneKind {
  const caret = text.length;
  const leaf = lastLeaf(tree);
  if (leaf === undefined) return 'prose';
  switch (leafKinds[leaf.name]) {
    case 'words':
      return wordsZone(leaf, text.slice(Math.max(leaf.from, caret - maxWords), caret), caretIn);
    case 'heading':
      return headingZone(text.slice(Math.max(leaf.from, caret - maxWords), caret), caretIn);
    case 'table':
      return openIn(caretIn.line.linePrefix, caretIn) ?? 'tableCell';
    case 'code':
      return isInTableOfItems(text.slice(leaf.from, leaf.from + 40), caretIn.line.linePrefix)
        ? (openIn(caretIn.line.linePrefix, caretIn) ?? 'tableCell')
        : 'code';
    case 'math':
      return 'math';
    case 'comment':
      return 'comment';
    default:
      return markupZone(leaf, text.slice(Math.max(leaf.from, caret - maxWords), caret), text.slice(leaf.from));
  }
}

/** A cell of MyST's table that is written as lists; actions leave it alone. */
const isInTableOfItems = (block: string, line: string): boolean =>
  /^[`~]{3,10}\{(?:list|flat)-table\}/u.test(block) && /^[ \t]*(?:[*-][ \t]+){1,2}\S/u.test(line);

/** The block that ends last. */
function lastLeaf(tree: Tree): SyntaxNode | undefined {
  let leaf: SyntaxNode | undefined;
  for (let node = tree.topNode.lastChild; node !== null; node = node.lastChild) {
    leaf = node;
    if (leafKinds[node.name] !== undefined) break;
  }
  return leaf;
}

function wordsZone(leaf: SyntaxNode, words: string, caretIn: CaretIn): ZoneKind {
  const { linePrefix } = caretIn.line;
  if (/^[ \t>]*(?:`{1,2}|`{3,}[^`]*|~{3}.*)$/u.test(linePrefix)) return 'code'; // a fence that is just being typed
  const own = words.slice(words.lastIndexOf('\n') + 1).trimStart();
  if (own.startsWith('|')) return 'tableCell'; // a table's first row
  if (/^\{(?::|[.#][\w-])[^{}]*$/u.test(own)) return 'markup'; // attributes of the block above
  if (/^\[[^\]]+\]:\s*(?:<[^<>\n]*|\S*)$/u.test(own)) return 'linkTarget';
  return openIn(words, caretIn) ?? wordsKind(leaf);
}

function headingZone(words: string, caretIn: CaretIn): ZoneKind {
  return openIn(words, caretIn) ?? (/\s\{[#.][^{}]*$/u.test(words.slice(-200)) ? 'markup' : 'heading');
}

/** By the outermost container: its marker stands first on the line. */
function wordsKind(leaf: SyntaxNode): ZoneKind {
  let kind: ZoneKind = 'prose';
  for (let node = leaf.parent; node !== null; node = node.parent) {
    if (node.name === 'ListItem') kind = 'listItem';
    if (node.name === 'Blockquote') kind = 'quote';
  }
  return kind;
}

/** What is open within words. */
function openIn(words: string, { hasExpressions }: CaretIn): ZoneKind | undefined {
  const { open } = scanInline(words, { labels: noLabels, hasExpressions });
  return open ?? (endsInAddress(words) ? 'linkTarget' : undefined);
}

/** @param block from its beginning on */
function markupZone(leaf: SyntaxNode, words: string, block: string): ZoneKind {
  if (leaf.name === 'LinkReference') return 'linkTarget';
  if (leaf.name === 'HTMLBlock') return htmlZone(words, block);
  return leaf.name === 'MarkLine' ? 'directive' : 'markup';
}

/** Words between the tags of an HTML block may be a person's. */
function htmlZone(html: string, block: string): ZoneKind {
  if (/^<(?:script|style|pre|textarea)\b|^<!\[CDATA\[/iu.test(block)) return 'code';
  const tag = html.lastIndexOf('<');
  if (tag >= 0 && readsLikeTag(html.slice(tag, tag + 1_000))) return 'markup';
  return endsInAddress(html) ? 'linkTarget' : 'prose';
}
