import { type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import { Headings } from '../headings.ts';
import { commonPrefixLength } from '../lineScan.ts';
import { ownCopy } from '../ownCopy.ts';
import type { CaretLine, CaretScan, Heading } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { trimmedEnd } from './blockList.ts';
import type { Dialect } from './blockParser.ts';
import { frontMatterOf } from './frontMatter.ts';
import { type Gap, gapsIn, placeInText, withoutGaps } from './gaps.ts';
import { MarkdownInput } from './markdownInput.ts';
import { caretZone } from './markdownZone.ts';
import { goOnOverBlankLines } from './nodes.ts';

/** The beginning of a line from which on the blocks are the same whatever stands above it. */
interface Checkpoint {
  readonly offset: number;
  /** as far as it must stay as it is */
  readonly firm: number;
  /** how many headings stand before it */
  readonly headings: number;
}

/** A text as it was parsed from an offset on. */
interface ParsedText {
  readonly tree: Tree;
  readonly from: number;
  /** what was left out */
  readonly gaps: readonly Gap[];
  /** what may be left out next time, each as long as nothing before its end changes */
  readonly nextGaps: readonly Gap[];
}

/**
 * The carets of one Markdown document. The text before the caret is parsed again at each keystroke from the last
 * checkpoint on, with all of the last tree that lies before the place of the change: what is open at the caret is then
 * what is open at the text's end. The parser takes the blocks of a last tree one by one, so that a tree of a whole long
 * document would cost as much as it has blocks. Of a long block only its beginning and its end are parsed.
 */
export class MarkdownScan implements CaretScan {
  /** what was parsed last: the text behind the front matter, and a probe behind it */
  #text = '';
  #probe = '';
  #parsed: ParsedText | undefined;
  readonly #checkpoints: Checkpoint[] = [{ offset: 0, firm: 0, headings: 0 }];
  readonly #headings = new Headings();
  /** the last text that was asked about: strings that are the same one are compared at once */
  #prefix: string | undefined;

  readonly #dialect: Dialect;
  readonly #checkpointChars: number;
  readonly #blockChars: number;

  /**
   * @param checkpointChars characters between two checkpoints: what is parsed at a keystroke begins at the last one
   * @param blockChars characters at the end of a long block that are parsed at a keystroke
   */
  constructor(dialect: Dialect, checkpointChars = 4_096, blockChars = checkpointChars) {
    this.#dialect = dialect;
    this.#checkpointChars = checkpointChars;
    this.#blockChars = blockChars;
  }

  zoneAt(prefix: string, line: CaretLine): ZoneKind {
    const above = frontMatterOf(prefix);
    if (above?.open === true || (prefix.length < 5 && /^\uFEFF?(?:---|\+\+\+)$/u.test(prefix))) return 'frontMatter';
    const body = above === undefined ? prefix : prefix.slice(above.end);
    // a word that might be typed next shows what a line is that ends in a blank
    const { tree, from, gaps } = this.#parse(body, body === '' || /\s/u.test(body.at(-1)!) ? 'x' : '');
    this.#prefix = prefix;
    return caretZone(tree, withoutGaps(body, from, gaps), { line, hasExpressions: this.#dialect.hasExpressions });
  }

  headingsAt(prefix: string, offset: number): readonly Heading[] {
    const above = frontMatterOf(prefix);
    if (above?.open === true) return [];
    const start = above?.end ?? 0;
    if (prefix !== this.#prefix) this.#parse(prefix.slice(start), '');
    this.#prefix = prefix;
    return this.#headings.enclosing(prefix.lastIndexOf('\n', offset - 1) + 1 - start);
  }

  #parse(text: string, probe: string): ParsedText {
    const parsed = this.#parsed;
    const inCommon = parsed === undefined ? 0 : commonPrefixLength(this.#text, text);
    if (parsed && inCommon === text.length && inCommon === this.#text.length && probe === this.#probe) return parsed;
    // a carriage return is a blank or a line break by what follows it
    const same = text[inCommon - 1] === '\r' ? inCommon - 1 : inCommon;
    while (this.#checkpoints.length > 1 && this.#checkpoints.at(-1)!.firm > same) this.#checkpoints.pop();
    const { offset: from, headings } = this.#checkpoints.at(-1)!;
    const known = parsed?.from === from ? parsed.nextGaps : [];
    const gaps = known.every(({ end }) => end <= same) ? known : known.filter(({ end }) => end <= same);
    const rest = withoutGaps(text, from, gaps);
    const old = withoutGaps(this.#text, from, gaps);
    const fragments =
      parsed?.from === from && parsed.gaps === gaps
        ? fragmentsBefore(
            parsed.tree,
            { text: old, length: old.length + this.#probe.length },
            { same: same - (text.length - rest.length), length: rest.length + probe.length },
          )
        : [];
    const tree = this.#dialect.blocks.parse(new MarkdownInput(rest, probe), fragments);
    this.#text = text;
    this.#probe = probe;
    this.#headings.keep(headings);
    this.#passBlocks(tree, (place) => placeInText(place, from, gaps));
    const nextGaps = gapsIn({ text, tree, from, gaps }, this.#blockChars);
    this.#parsed = { tree, from, gaps, nextGaps };
    return this.#parsed;
  }

  /** Notes the headings of a tree, and the places from which on one may be parsed. */
  #passBlocks(tree: Tree, inText: (place: number) => number): void {
    const [text, headings, checkpoints] = [this.#text, this.#headings, this.#checkpoints];
    let above = '';
    tree.iterate({
      enter: ({ name, from, to }) => {
        const start = inText(from);
        if (start - checkpoints.at(-1)!.offset >= this.#checkpointChars) {
          const isOne = name === 'Paragraph' || name === 'ListItem' || isHeading(name);
          const place = isOne && above !== 'SimpleTable' ? freshStart(text, start) : undefined;
          if (place !== undefined) checkpoints.push({ ...place, headings: headings.count });
        }
        if (isHeading(name)) {
          const end = inText(to);
          const line = text.slice(start, Math.min(end, start + 2 * maxHeadingChars));
          headings.add({ level: Number(name.at(-1)), line: ownCopy(headingLine(name, line)) }, end);
        }
        above = name;
        return outerNodes.has(name);
      },
    });
  }
}

const isHeading = (name: string): boolean => name.startsWith('ATX') || name.startsWith('Setext');
const outerNodes = new Set(['Document', 'Blockquote', 'BulletList', 'OrderedList']);

const firstWord = /[\p{L}#]/uy;
const itemStart = /(?:[-*+]|\d{1,9}[.)])[ \t]+(?:[^\s*_+=-]|\*{1,2}[\p{L}\p{N}])/uy;
const lineMarks = /(?:^|[\r\n])((?:>[> \t]*)?)$/u;
const blankAbove = /(?:\n|\r(?!\n))[ \t>]*(?:\n|\r\n?)$/u;

/**
 * The line on which a block begins that stands in quotes alone, where nothing that follows can make it part of what
 * stands above: an item, or a word or heading below a blank line.
 */
function freshStart(text: string, start: number): Omit<Checkpoint, 'headings'> | undefined {
  const marks = lineMarks.exec(text.slice(Math.max(0, start - maxMarks), start))?.[1];
  if (marks === undefined) return undefined;
  const offset = start - marks.length;
  itemStart.lastIndex = start;
  if (itemStart.test(text)) return { offset, firm: itemStart.lastIndex };
  firstWord.lastIndex = start;
  if (!firstWord.test(text) || !blankAbove.test(text.slice(Math.max(0, offset - maxMarks), offset))) return undefined;
  return { offset, firm: firstWord.lastIndex };
}

/** Longer rows of quote marks and blanks before a block are not looked at. */
const maxMarks = 40;

/** What of the last tree may be used again: it ends before the change, and before a block that may now go on. */
function fragmentsBefore(
  tree: Tree,
  { text, length: oldLength }: { readonly text: string; readonly length: number },
  { same, length }: { readonly same: number; readonly length: number },
): readonly TreeFragment[] {
  const changed = [{ fromA: same, toA: oldLength, fromB: same, toB: length }];
  const fragments = TreeFragment.applyChanges(TreeFragment.addTree(tree), changed);
  const lineEnd = text.lastIndexOf('\n', same - 1);
  // a line is also judged by the one below it: a table's first row by its row of dashes
  let cut = Math.min(same, text.lastIndexOf('\n', Math.max(0, lineEnd - 1)) + 1);
  for (let node = lastNode(tree, text, lineEnd); node; node = node.parent) {
    // the line that closes a directive is known by the directive above it
    for (const part of [node.prevSibling, node]) {
      if (part !== null && goOnOverBlankLines.has(part.name) && part.to <= lineEnd) cut = Math.min(cut, part.from);
    }
  }
  // the line right above a cut is not used again, and one that closes a directive is only known together with it
  for (let last = lastNode(tree, text, cut); last?.name === 'MarkLine'; last = lastNode(tree, text, cut)) {
    if (last.prevSibling?.name !== 'Directive' || hasBlankLine(text, last.to, cut)) break;
    cut = last.prevSibling.from;
  }
  return TreeFragment.applyChanges(fragments, [{ fromA: cut, toA: length, fromB: cut, toB: length }]);
}

function hasBlankLine(text: string, from: number, to: number): boolean {
  const lineBreak = text.indexOf('\n', from);
  const next = text.indexOf('\n', lineBreak + 1);
  return lineBreak >= 0 && next >= 0 && next < to;
}

/** The innermost node in which the words before a place end. */
function lastNode(tree: Tree, text: string, before: number): SyntaxNode | null {
  const end = trimmedEnd(text, 0, before);
  return end > 0 ? tree.resolve(end, -1) : null;
}

/** Headings longer than this say little about where one is. */
const maxHeadingChars = 200;

/** As a line with marks; an underlined title gets them. */
function headingLine(name: string, text: string): string {
  if (name.startsWith('ATX')) return text.trim().slice(0, maxHeadingChars);
  const [first = '', ...others] = text.replace(/[\r\n][ \t>]*[-=]+\s*$/u, '').split(/[\r\n]+/u);
  const words = [first.trim(), ...others.map((line) => line.replace(/^[ \t>]+/u, '').trimEnd())].join(' ');
  return `${'#'.repeat(Number(name.at(-1)))} ${words}`.slice(0, maxHeadingChars);
}
