import { type Tree, TreeFragment } from '@lezer/common';
import type { MarkdownParser } from '@lezer/markdown';
import { commonPrefixLength } from '../lineScan.ts';
import { ownCopy } from '../ownCopy.ts';
import type { CaretLine, CaretScan, Heading } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { frontMatterOf } from './frontMatter.ts';
import { MarkdownInput } from './markdownInput.ts';
import { caretZone } from './markdownZone.ts';
import { ownContainers } from './nodes.ts';

interface PlacedHeading extends Heading {
  /** where it ends in the body */
  readonly end: number;
}

/**
 * The carets of one Markdown document. The text before the caret is parsed again at each keystroke, with all of the last
 * tree that lies before the place of the change: what is open at the caret is then what is open at the text's end.
 */
export class MarkdownScan implements CaretScan {
  /** what was parsed last: the text behind the front matter, and a probe behind it */
  private text = '';
  private probe = '';
  private tree: Tree | undefined;
  private headings: readonly PlacedHeading[] = [];
  /** the last text that was asked about: strings that are the same one are compared at once */
  private prefix: string | undefined;

  constructor(private readonly parser: MarkdownParser) {}

  zoneAt(prefix: string, line: CaretLine): ZoneKind {
    const above = frontMatterOf(prefix);
    if (above?.open === true || (prefix.length < 5 && /^\uFEFF?(?:---|\+\+\+)$/u.test(prefix))) return 'frontMatter';
    const body = above === undefined ? prefix : prefix.slice(above.end);
    // a word that might be typed next shows what a line is that ends in a blank
    const tree = this.parse(body, body === '' || /\s/u.test(body.at(-1)!) ? 'x' : '');
    this.prefix = prefix;
    return caretZone(tree, body, line);
  }

  headingsAt(prefix: string, offset: number): readonly Heading[] {
    const above = frontMatterOf(prefix);
    if (above?.open === true) return [];
    const start = above?.end ?? 0;
    if (prefix !== this.prefix) this.parse(prefix.slice(start), '');
    this.prefix = prefix;
    const lineStart = prefix.lastIndexOf('\n', offset - 1) + 1 - start;
    let enclosing: PlacedHeading[] = [];
    for (const heading of this.headings) {
      if (heading.end >= lineStart) break;
      enclosing = [...enclosing.filter(({ level }) => level < heading.level), heading];
    }
    return enclosing;
  }

  private parse(text: string, probe: string): Tree {
    const same = this.tree === undefined ? 0 : commonPrefixLength(this.text, text);
    const isSame = same === text.length && same === this.text.length && probe === this.probe;
    if (this.tree !== undefined && isSame) return this.tree;
    const old = { text: this.text, length: this.text.length + this.probe.length };
    const fragments =
      this.tree === undefined ? [] : fragmentsBefore(this.tree, old, { same, length: text.length + probe.length });
    this.tree = this.parser.parse(new MarkdownInput(text, probe), fragments);
    const kept = Math.min(fragments.at(-1)?.to ?? 0, same);
    this.headings = headingsOf(this.tree, text, { headings: this.headings, kept });
    this.text = text;
    this.probe = probe;
    return this.tree;
  }
}

/** What of the last tree may be used again: it ends before the change, and before a container that may now go on. */
function fragmentsBefore(
  tree: Tree,
  { text, length: oldLength }: { readonly text: string; readonly length: number },
  { same, length }: { readonly same: number; readonly length: number },
): readonly TreeFragment[] {
  const changed = [{ fromA: same, toA: oldLength, fromB: same, toB: length }];
  const fragments = TreeFragment.applyChanges(TreeFragment.addTree(tree), changed);
  let end = text.lastIndexOf('\n', same - 1);
  while (end > 0 && /\s/u.test(text[end - 1]!)) end--;
  let cut = same;
  for (let node = end > 0 ? tree.resolve(end, -1) : null; node; node = node.parent) {
    // the line that closes a directive is known by the directive above it
    for (const part of [node.prevSibling, node]) {
      if (part !== null && ownContainers.has(part.name) && part.to <= end) cut = Math.min(cut, part.from);
    }
  }
  if (cut === same) return fragments;
  return TreeFragment.applyChanges(fragments, [{ fromA: cut, toA: length, fromB: cut, toB: length }]);
}

/** Headings longer than this say little about where one is. */
const maxHeadingChars = 200;

/** All headings of the tree, those that end before `kept` as they were known. */
function headingsOf(
  tree: Tree,
  text: string,
  known: { readonly headings: readonly PlacedHeading[]; readonly kept: number },
): readonly PlacedHeading[] {
  const first = known.headings.findIndex(({ end }) => end >= known.kept);
  const headings = first < 0 ? [...known.headings] : known.headings.slice(0, first);
  const last = headings.at(-1)?.end ?? -1;
  tree.iterate({
    from: known.kept,
    enter: ({ name, from: start, to }) => {
      if (name === 'Document' || name === 'Blockquote') return true;
      const level = /^(?:ATX|Setext)Heading(\d)$/u.exec(name)?.[1];
      if (level === undefined || to <= last) return false;
      const line = text.slice(start, Math.min(to, start + 2 * maxHeadingChars));
      headings.push({ level: Number(level), line: ownCopy(headingLine(name, line)), end: to });
      return false;
    },
  });
  return headings;
}

/** As a line with marks; an underlined title gets them. */
function headingLine(name: string, text: string): string {
  if (name.startsWith('ATX')) return text.trim().slice(0, maxHeadingChars);
  const [first = '', ...others] = text.replace(/[\r\n][ \t>]*[-=]+\s*$/u, '').split(/[\r\n]+/u);
  const words = [first.trim(), ...others.map((line) => line.replace(/^[ \t>]+/u, '').trimEnd())].join(' ');
  return `${'#'.repeat(Number(name.at(-1)))} ${words}`.slice(0, maxHeadingChars);
}
