import { type Node, Parser } from 'commonmark';

const parser = new Parser();

/**
 * What each line of a text is to commonmark.js, the reference implementation: `heading2`, `code`, `markup` (HTML, rules,
 * link definitions), `prose`, `listItem` or `quote`, '' for a blank line.
 */
export function commonmarkLines(text: string): string[] {
  const source = text.split(/\r\n?|\n/u);
  const lines: string[] = source.map((line) => (/^[\s>]*$/u.test(line) ? '' : 'markup'));
  const walker = parser.parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { node, entering } = event;
    const kind = entering ? kindOf(node) : undefined;
    if (kind === undefined || !node.sourcepos) continue;
    const [[start], [last]] = node.sourcepos;
    const definesLink = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*\[[^\]]+\]:/u.test(source[start - 1]!);
    const first = definesLink ? Math.max(start, last + 1 - linesOfWords(node)) : start;
    for (let line = first - 1; line < Math.min(last, lines.length); line++) if (lines[line] !== '') lines[line] = kind;
  }
  return lines;
}

/** A paragraph's position begins with the link definitions above it, which are gone from it. */
function linesOfWords(node: Node): number {
  let lines = node.type === 'heading' ? 2 : 1; // the underline
  const walker = node.walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    if (!event.entering) continue;
    const { type, literal } = event.node;
    lines += type === 'softbreak' || type === 'linebreak' ? 1 : (literal?.split('\n').length ?? 1) - 1;
  }
  return lines;
}

function kindOf(node: Node): string | undefined {
  switch (node.type) {
    case 'paragraph':
      return wordsIn(node);
    case 'heading':
      return `heading${node.level}`;
    case 'code_block':
      return 'code';
    case 'html_block':
    case 'thematic_break':
      return 'markup';
    case 'item':
      return node.firstChild === null ? 'listItem' : undefined;
    default:
      return undefined;
  }
}

function wordsIn(node: Node): string {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'item') return 'listItem';
    if (parent.type === 'block_quote') return 'quote';
  }
  return 'prose';
}
