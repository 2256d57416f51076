import { type Block, type BlockKind, type Container, kindOfWords } from '../block.ts';
import { definition, footnote } from './containerExtensions.ts';

interface Place {
  readonly from: number;
  readonly to: number;
  /** outermost first */
  readonly containers: readonly Container[];
}

const none: readonly Container[] = [];

/** Collects blocks as whole lines and fills what lies between them. */
export class BlockList {
  readonly blocks: Block[] = [];
  /** where the first line begins that no block covers */
  #next = 0;
  /** containers in which a block stands already */
  readonly #begun = new Set<Container>();

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  addFrontMatter(end: number): void {
    const last = lastLineEnd(this.#text, end);
    this.#push('frontMatter', { start: 0, end: last, contentStart: 0, contentEnd: last }, none);
    this.#next = end;
  }

  /** @param name the parser's, which tells the level of a heading */
  addLeaf(name: string, kind: Exclude<BlockKind, 'blank'> | 'words', place: Place): void {
    const { from, containers } = place;
    const to = trimmedEnd(this.#text, from, place.to);
    const start = lineStart(this.#text, from);
    this.addGap(start);
    if (name === 'SimpleTable') this.#takeTitles(start);
    const end = lineEnd(this.#text, to);
    if (kind === 'words') {
      const words = { start, end, contentStart: behindTaskBox(this.#text, from, containers), contentEnd: to };
      this.#push(kindOfWords(containers), words, containers);
    } else if (kind === 'heading') {
      const words = headingWords(this.#text, name, { from, to });
      this.#push(kind, { start, end, ...words }, containers, Number(name.at(-1)));
    } else {
      this.#push(kind, { start, end, contentStart: from, contentEnd: to }, containers);
    }
    this.#next = nextLine(this.#text, end);
  }

  /** Titles over several lines, between a rule and a table's row of dashes. */
  #takeTitles(start: number): void {
    const [rule, titles] = this.blocks.slice(-2);
    if (titles?.kind !== 'prose' || nextLine(this.#text, titles.end) !== start) return;
    const isBelowRule = rule?.kind === 'markup' && nextLine(this.#text, rule.end) === titles.start;
    if (isBelowRule && /^-{3,}[ \t]*$/u.test(this.#text.slice(rule.start, rule.end)))
      this.blocks[this.blocks.length - 1] = { ...titles, kind: 'table' };
  }

  /** Blank lines, and such that hold nothing but marks, up to the line that begins at `until`. */
  addGap(until: number): void {
    while (this.#next < until) {
      const start = this.#next;
      const end = lineEnd(this.#text, start);
      const isBlank = /^[\s>]*$/u.test(this.#text.slice(start, end));
      const before = this.blocks.at(-1);
      if (isBlank && before?.kind === 'blank') {
        this.blocks[this.blocks.length - 1] = { ...before, end, contentEnd: end };
      } else {
        const at = isBlank ? start : end;
        this.#push(isBlank ? 'blank' : 'markup', { start, end, contentStart: at, contentEnd: end }, none);
      }
      this.#next = nextLine(this.#text, end);
    }
  }

  /** All that is left. */
  finish(): void {
    this.addGap(this.#text.length);
  }

  /** The container whose marker stands at an offset, or behind blanks there. */
  containerAt(offset: number, kind: Container['kind']): Container {
    let start = offset;
    while (this.#text[start] === ' ' || this.#text[start] === '\t') start++;
    const line = this.#text.slice(start, start + 200).split(/[\r\n]/u, 1)[0]!;
    if (kind === 'listItem') {
      const [marker = '', number, box] = listMarker.exec(line) ?? [];
      return { kind, start, marker, ordered: number !== undefined, task: box !== undefined };
    }
    const marker =
      (kind === 'quote' ? /^>[ \t]?/u : line.startsWith(':') ? definition : footnote).exec(line)?.[0] ?? '';
    return { kind, start, marker, ordered: false, task: false };
  }

  /** An item without a block has a line all the same. */
  endContainer(containers: readonly Container[]): void {
    const container = containers.at(-1)!;
    if (this.#begun.has(container) || container.start < this.#next) return;
    const start = lineStart(this.#text, container.start);
    this.addGap(start);
    const end = lineEnd(this.#text, start);
    const kind = container.kind === 'quote' ? 'blank' : kindOfWords(containers);
    this.#push(kind, { start, end, contentStart: end, contentEnd: end }, containers);
    this.#next = nextLine(this.#text, end);
  }

  #push(
    kind: BlockKind,
    range: Pick<Block, 'start' | 'end' | 'contentStart' | 'contentEnd'>,
    containers: readonly Container[],
    headingLevel = 0,
  ): void {
    const items = containers.filter((container) => container.kind === 'listItem');
    const item = items.at(-1);
    const opensItem = item !== undefined && !this.#begun.has(item);
    for (const container of containers) this.#begun.add(container);
    const level = kind === 'listItem' ? items.length - 1 : headingLevel;
    this.blocks.push({ kind, ...range, level, containers: [...containers], opensItem });
  }
}

const listMarker = /^(?:[-*+]|(\d{1,9})[.)])(?:[ \t]{1,4}(?![ \t])|[ \t]?)(\[[ xX]\][ \t]+(?=\S))?/u;
const taskBox = /^\[[ xX]\][ \t]+(?=\S)/u;

function behindTaskBox(text: string, from: number, containers: readonly Container[]): number {
  const item = containers.findLast(({ kind }) => kind === 'listItem');
  if (item === undefined || !item.task || item.start + item.marker.length < from) return from;
  return from + (taskBox.exec(text.slice(from, from + 100))?.[0].length ?? 0);
}

function headingWords(text: string, name: string, { from, to }: { from: number; to: number }) {
  if (name.startsWith('Setext')) {
    const underline = lineStart(text, to);
    const end = withoutAttributes(text, from, trimmedEnd(text, from, underline));
    return { contentStart: from, contentEnd: end };
  }
  let start = name.startsWith('Callout') ? behindCalloutMark(text, from) : from;
  while (text[start] === '#') start++;
  while (start < to && (text[start] === ' ' || text[start] === '\t')) start++;
  let end = withoutAttributes(text, start, to);
  let marks = end;
  while (marks > start && text[marks - 1] === '#') marks--;
  if (marks === start || text[marks - 1] === ' ' || text[marks - 1] === '\t') end = trimmedEnd(text, start, marks);
  return { contentStart: start, contentEnd: Math.max(start, end) };
}

/** `[!note]+` */
function behindCalloutMark(text: string, from: number): number {
  const end = text.indexOf(']', from) + 1;
  return /[+-]/u.test(text[end] ?? '') ? end + 1 : end;
}

/** `{#id .class}` behind a heading's words. */
function withoutAttributes(text: string, from: number, to: number): number {
  if (text[to - 1] !== '}') return to;
  const open = text.lastIndexOf('{', to - 1);
  if (open < from || !/^\{\s*(?:[#.:]|-\s*\}|[\w-]+\s*=)/u.test(text.slice(open, to))) return to;
  return trimmedEnd(text, from, open);
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

/** The beginning of the line behind a line's end. */
function nextLine(text: string, end: number): number {
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
}

/** The end of the last line before an offset that begins a line. */
function lastLineEnd(text: string, offset: number): number {
  let end = offset;
  if (end > 0 && text[end - 1] === '\n') end--;
  if (end > 0 && text[end - 1] === '\r') end--;
  return end;
}

export function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/u.test(text[end - 1]!)) end--;
  return end;
}

const isBreak = (code: number): boolean => code === 0x0a || code === 0x0d;
