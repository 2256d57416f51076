import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;

const opaque = new Set(
  `script style pre textarea xmp listing plaintext math template noscript svg select button nav iframe object canvas
   noframes audio video datalist code kbd samp var tt`.split(/\s+/u),
);
const kinds: Readonly<Record<string, string>> = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, `heading${level}`])),
  title: 'heading0',
  ...Object.fromEntries('table caption tbody thead tfoot tr td th'.split(' ').map((name) => [name, 'table'])),
  ...Object.fromEntries('head html option optgroup'.split(' ').map((name) => [name, 'markup'])),
};
const blocks = new Set(
  `address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
   frameset header hgroup hr legend li main menu ol p search section summary ul`.split(/\s+/u),
);

/** The kinds of words in each line of an HTML text as parse5 reads it, in order; '' for a line without words. */
export function parse5Lines(html: string): string[] {
  const found: { readonly start: number; readonly end: number; readonly kind: string }[] = [];
  const pending: { readonly node: Node; readonly path: readonly string[] }[] = [
    { node: parse(html, { sourceCodeLocationInfo: true }), path: [] },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    if ('value' in node && node.sourceCodeLocation) {
      const { startOffset, endOffset } = node.sourceCodeLocation;
      const kind = kindOf(path);
      // blanks behind the body's end are moved into it: such a text's range has tags in it
      const tag = html.slice(startOffset, endOffset).search(/<\//u);
      if (kind !== 'markup') found.push({ start: startOffset, end: tag < 0 ? endOffset : startOffset + tag, kind });
    }
    if (!('childNodes' in node) || opaque.has(node.nodeName)) continue;
    for (const child of node.childNodes) pending.push({ node: child, path: [...path, node.nodeName] });
  }
  return kindsByLine(html, found);
}

function kindOf(path: readonly string[]): string {
  const element = path.findLast((name) => name in kinds || blocks.has(name));
  if (element !== undefined && element in kinds) return kinds[element]!;
  const container = path.findLast((name) => name === 'li' || name === 'blockquote');
  return container === 'li' ? 'listItem' : container === 'blockquote' ? 'quote' : 'prose';
}

/** The kinds of the parts that stand in each line with more than blanks, each once. */
export function kindsByLine(
  text: string,
  parts: readonly { readonly start: number; readonly end: number; readonly kind: string }[],
): string[] {
  const sorted = parts.toSorted((a, b) => a.start - b.start);
  const lines: string[] = [];
  let start = 0;
  let first = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    while (first < sorted.length && sorted[first]!.end <= start) first++;
    const inLine = new Set<string>();
    for (let i = first; i < sorted.length && sorted[i]!.start < end; i++) {
      const part = sorted[i]!;
      if (/\S/u.test(text.slice(Math.max(part.start, start), Math.min(part.end, end)))) inLine.add(part.kind);
    }
    lines.push([...inLine].join(' '));
    start = end + 1;
  }
  return lines;
}
