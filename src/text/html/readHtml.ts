import { addressSpans } from '../addresses.ts';
import { type Block, type BlockKind, type Container, type InlineSpan, kindOfWords, type SpanKind } from '../block.ts';
import { frontMatterOf } from '../markdown/frontMatter.ts';
import type { BlockReading } from '../textLanguage.ts';
import { blockElements, codeElements, opaqueElements, voidElements } from './elements.ts';
import { type HtmlListener, tokenize } from './htmlTokens.ts';
import { type OpenElement, OpenElements } from './openElements.ts';

/** The blocks of an HTML text: paragraphs of words, and what stands between them. */
export function readHtml(text: string): BlockReading {
  const above = frontMatterOf(text); // static site generators put it above templates
  const start = above === undefined || above.open ? 0 : above.end;
  const reader = new HtmlReader(text, start);
  const { covered } = tokenize(text, start, reader);
  reader.finish(covered);
  return { blocks: reader.blocks, spansOf: (block) => reader.spans.get(block) ?? [] };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

class HtmlReader implements HtmlListener {
  readonly blocks: Mutable<Block>[] = [];
  readonly spans = new Map<Block, InlineSpan[]>();
  readonly #open = new OpenElements();
  readonly #begunItems = new Set<number>();
  /** words that are being read */
  #words: Mutable<Block> | undefined;
  /** where a block's opening tag stands that may belong to the next words; undefined: behind other markup */
  #tagStart: number | undefined;
  /** an element whose content is no text, and how many of its name are open */
  #opaque: { readonly name: string; readonly start: number; depth: number } | undefined;
  /** an element within a line whose content stays */
  #code: { readonly name: string; readonly start: number; depth: number } | undefined;
  /** where the part begins that ends the words */
  #blockEnd = 0;

  readonly #html: string;

  constructor(html: string, start: number) {
    this.#html = html;
    if (start > 0) this.#push('frontMatter', { start: 0, end: start, contentStart: 0, contentEnd: start });
  }

  text(start: number, end: number): void {
    if (this.#opaque || this.#code) return;
    const isBlank = !/\S/u.test(this.#html.slice(start, end));
    if (isBlank && this.#words === undefined) {
      this.#aside('markup', start, end);
      return;
    }
    const words = this.#begin(start);
    words.contentEnd = end;
    words.end = end;
    this.#spansIn(start, end);
  }

  openTag(name: string, range: { start: number; end: number; selfClosing: boolean }): void {
    const { start, end } = range;
    if (this.#opaque) {
      if (this.#opaque.name === name && !voidElements.has(name)) this.#opaque.depth++;
      return;
    }
    if (Object.hasOwn(opaqueElements, name) && !range.selfClosing) {
      this.#blockEnd = start;
      if (!inlineOpaque.has(name)) this.#endWords();
      this.#opaque = { name, start, depth: 1 };
      return;
    }
    if (blockElements.has(name)) this.#openBlock(name, start, end);
    else if (codeElements.has(name)) this.#openCode(name, start);
    else if (!this.#code) this.#inline('raw', start, end);
  }

  closeTag(name: string, { start, end }: { start: number; end: number }): void {
    if (this.#opaque) {
      if (this.#opaque.name === name && --this.#opaque.depth === 0) this.#closeOpaque(end);
    } else if (this.#code?.name === name) {
      if (--this.#code.depth === 0) this.#closeCode(end);
    } else if (blockElements.has(name)) this.#closeBlock(name, start, end);
    else if (!this.#code) this.#inline('raw', start, end);
  }

  comment(start: number, end: number): void {
    if (this.#opaque || this.#code) return;
    if (this.#words) this.#inline('comment', start, end);
    else this.#aside('comment', start, end);
  }

  /** @param covered where the last token ends; what follows is a tag without an end */
  finish(covered: number): void {
    this.#blockEnd = covered;
    this.#endWords();
    if (this.#opaque) this.#aside(opaqueElements[this.#opaque.name]!, this.#opaque.start, this.#html.length);
    else if (covered < this.#html.length) this.#aside('markup', covered, this.#html.length);
  }

  #closeOpaque(end: number): void {
    const { name, start } = this.#opaque!;
    this.#opaque = undefined;
    if (inlineOpaque.has(name) && this.#words) this.#inline(name === 'math' ? 'math' : 'raw', start, end);
    else this.#aside(opaqueElements[name]!, start, end);
  }

  #openCode(name: string, start: number): void {
    this.#begin(start);
    if (this.#code?.name === name) this.#code.depth++;
    else this.#code ??= { name, start, depth: 1 };
  }

  #closeCode(end: number): void {
    const { start } = this.#code!;
    this.#code = undefined;
    this.#inline('code', start, end);
  }

  #closeBlock(name: string, start: number, end: number): void {
    this.#blockEnd = start;
    const closed = this.#open.close(name);
    const words = closed?.start === this.#words?.start ? this.#words : undefined;
    this.#endWords();
    if (words === undefined) this.#aside('markup', start, end);
    else words.end = end;
  }

  #openBlock(name: string, start: number, end: number): void {
    this.#blockEnd = start;
    this.#endWords();
    this.#open.endBefore(name);
    this.#aside('markup', start, end);
    if (voidElements.has(name)) return;
    this.#open.open({ name, start, end });
    this.#tagStart = start;
  }

  /** The block of words that a part belongs to which begins here. */
  #begin(start: number): Mutable<Block> {
    if (this.#words) return this.#words;
    const blockStart = this.#takeTag() ?? start;
    const containers = containersOf(this.#open.all, this.#html);
    const item = containers.findLast(({ kind }) => kind === 'listItem');
    const opensItem = item !== undefined && !this.#begunItems.has(item.start);
    for (const container of containers) this.#begunItems.add(container.start);
    const { kind, level } = this.#kindHere(containers);
    this.#words = {
      kind,
      start: blockStart,
      end: start,
      contentStart: start,
      contentEnd: start,
      level,
      containers,
      opensItem,
    };
    this.blocks.push(this.#words);
    return this.#words;
  }

  /** An opening tag directly before the words is the first part of their block. */
  #takeTag(): number | undefined {
    const last = this.blocks.at(-1);
    const tagStart = this.#tagStart;
    this.#tagStart = undefined;
    if (tagStart === undefined || last === undefined || last.kind !== 'markup') return undefined;
    last.end = tagStart;
    last.contentEnd = tagStart;
    if (last.end === last.start) this.blocks.pop();
    return tagStart;
  }

  #kindHere(containers: readonly Container[]): { kind: BlockKind; level: number } {
    const element = this.#open.innermost((name) => blockElements.has(name));
    const heading = /^h([1-6])$/u.exec(element?.name ?? '')?.[1];
    if (heading !== undefined) return { kind: 'heading', level: Number(heading) };
    if (element?.name === 'title') return { kind: 'heading', level: 0 };
    if (tableParts.has(element?.name ?? '')) return { kind: 'table', level: 0 };
    if (hiddenParts.has(element?.name ?? '')) return { kind: 'markup', level: 0 };
    const kind = kindOfWords(containers);
    const depth = containers.filter((container) => container.kind === 'listItem').length;
    return { kind, level: kind === 'listItem' ? depth - 1 : 0 };
  }

  #inline(kind: SpanKind, start: number, end: number): void {
    const words = this.#begin(start);
    words.end = end;
    words.contentEnd = end;
    this.#span({ kind, start, end });
  }

  #spansIn(start: number, end: number): void {
    const words = this.#html.slice(start, end);
    const found: InlineSpan[] = [
      ...addressSpans(words.replace(/&[#\w]{1,40};/gu, (entity) => ' '.repeat(entity.length))),
    ];
    for (const { 0: entity, index } of words.matchAll(/&[#\w]{1,40};|\{\{[^{}]{0,1000}\}\}|\{%[^%]{0,1000}%\}/gu)) {
      found.push({ kind: 'raw', start: index, end: index + entity.length });
    }
    found.sort((a, b) => a.start - b.start);
    for (const span of found) this.#span({ ...span, start: start + span.start, end: start + span.end });
  }

  #span(span: InlineSpan): void {
    const known = this.spans.get(this.#words!);
    if (known === undefined) this.spans.set(this.#words!, [span]);
    else if (span.start >= known.at(-1)!.end) known.push(span);
  }

  /** Tags and code alone are no words. */
  #endWords(): void {
    this.#tagStart = undefined;
    const words = this.#words;
    if (words === undefined) return;
    if (this.#code) {
      this.#inline('code', this.#code.start, this.#blockEnd);
      this.#code = undefined;
    }
    this.#words = undefined;
    trim(words, this.#html);
    const spans = this.spans.get(words) ?? [];
    const last = spans.at(-1);
    if (last && last.end > words.contentEnd) spans[spans.length - 1] = { ...last, end: words.contentEnd }; // never closed
    if (!hasText(words, spans, this.#html)) {
      words.kind = 'markup';
      this.spans.delete(words);
    }
  }

  #aside(kind: BlockKind, start: number, end: number): void {
    this.#tagStart = undefined;
    const last = this.blocks.at(-1);
    if (
      kind === 'markup' &&
      last !== undefined &&
      last !== this.#words &&
      last.end === start &&
      last.kind === 'markup'
    ) {
      last.end = end;
      last.contentEnd = end;
    } else this.#push(kind, { start, end, contentStart: start, contentEnd: end });
  }

  #push(kind: BlockKind, range: Pick<Block, 'start' | 'end' | 'contentStart' | 'contentEnd'>): void {
    this.blocks.push({ kind, ...range, level: 0, containers: [], opensItem: false });
  }
}

/** Parts of a table that hold words by themselves: a layout by tables has paragraphs in them. */
const tableParts = new Set('table caption tbody thead tfoot tr td th'.split(' '));
const hiddenParts = new Set('head html option optgroup'.split(' '));
const inlineOpaque = new Set('svg math button audio video object canvas'.split(' '));

function containersOf(elements: readonly OpenElement[], html: string): Container[] {
  const containers: Container[] = [];
  let isOrdered = false;
  for (const { name, start, end } of elements) {
    if (name === 'ol') isOrdered = true;
    if (name === 'ul' || name === 'menu' || name === 'dir') isOrdered = false;
    const kind = containerKinds[name];
    if (kind === undefined) continue;
    const marker = html.slice(start, end);
    containers.push({ kind, start, marker, ordered: kind === 'listItem' && isOrdered, task: false });
  }
  return containers;
}

const containerKinds: Readonly<Record<string, Container['kind'] | undefined>> = {
  li: 'listItem',
  blockquote: 'quote',
  dd: 'note',
  aside: 'note',
  details: 'note',
};

/** Takes the blanks off both ends of the words. */
function trim(words: Mutable<Block>, html: string): void {
  while (words.contentStart < words.contentEnd && /\s/u.test(html[words.contentStart]!)) words.contentStart++;
  while (words.contentEnd > words.contentStart && /\s/u.test(html[words.contentEnd - 1]!)) words.contentEnd--;
}

/** Whether anything but blanks stands beside tags, comments and code. */
function hasText({ contentStart, contentEnd }: Block, spans: readonly InlineSpan[], html: string): boolean {
  let from = contentStart;
  for (const { kind, start, end } of spans) {
    if (kind === 'target' || (kind === 'raw' && html[start] === '&')) return true;
    if (/\S/u.test(html.slice(from, start))) return true;
    from = end;
  }
  return /\S/u.test(html.slice(from, contentEnd));
}
