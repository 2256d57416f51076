import { endsInAddress } from '../addresses.ts';
import { Headings } from '../headings.ts';
import { commonPrefixLength } from '../lineScan.ts';
import { ownCopy } from '../ownCopy.ts';
import type { CaretLine, CaretScan, Heading, TextLanguage } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { blockElements, codeElements, opaqueElements, voidElements } from './elements.ts';
import { type HtmlListener, tokenize } from './htmlTokens.ts';
import { type OpenElement, OpenElements } from './openElements.ts';
import { readHtml } from './readHtml.ts';

/** HTML: words between tags, in blocks by the elements that they stand in. */
export const html: TextLanguage = { read: readHtml, caretScan: () => new HtmlScan() };

/** What is known at a place between two parts of a page, or at a line's beginning within a long one. */
interface Checkpoint {
  readonly offset: number;
  /** what tells a reader from there on that it begins within such a part */
  readonly lead: string;
  readonly elements: readonly OpenElement[];
  /** how many headings have ended before it */
  readonly headings: number;
}

/** Characters between two checkpoints. */
const checkpointChars = 8_192;
const maxHeadingChars = 200;

/** How far a text was read, and in what the reading ended. */
interface Reading {
  readonly walk: CaretWalk;
  readonly covered: number;
  readonly inComment: boolean;
}

/** The carets of one HTML document: read on from the last checkpoint before what has changed. */
class HtmlScan implements CaretScan {
  #text = '';
  readonly checkpoints: Checkpoint[] = [{ offset: 0, lead: '', elements: [], headings: 0 }];
  /** of the whole text that was read last */
  readonly headings = new Headings();
  #last: Reading | undefined;

  zoneAt(prefix: string, { linePrefix }: CaretLine): ZoneKind {
    const { walk, covered, inComment } = this.#read(prefix);
    if (inComment) return 'comment';
    const opaque = walk.open.innermost((name) => Object.hasOwn(opaqueElements, name) || codeElements.has(name));
    if (opaque) return zoneOfOpaque(opaque.name);
    const tag = prefix.slice(covered, covered + 2_000);
    if (tag !== '' && (prefix.length - covered > 2_000 || /^<[!?/a-z]/iu.test(tag))) return 'markup';
    if (/(?:<(?:!|\/[^<>]{0,40})?|&[a-zA-Z#]\w{0,40})$/u.test(linePrefix.slice(-60))) return 'markup';
    if (endsInTemplate(linePrefix)) return 'markup';
    if (endsInAddress(linePrefix.slice(linePrefix.lastIndexOf('>') + 1))) return 'linkTarget';
    return zoneOfBlock(walk.open);
  }

  headingsAt(prefix: string, offset: number): readonly Heading[] {
    this.#read(prefix);
    return this.headings.enclosing(prefix.lastIndexOf('\n', offset - 1) + 1);
  }

  #read(prefix: string): Reading {
    if (this.#last !== undefined && prefix === this.#text) return this.#last;
    const same = commonPrefixLength(this.#text, prefix);
    // a checkpoint behind the place of a change may stand in what has become a tag
    while (this.checkpoints.length > 1 && this.checkpoints.at(-1)!.offset > same) this.checkpoints.pop();
    const from = this.checkpoints.at(-1)!;
    this.headings.keep(from.headings);
    const walk = new CaretWalk(prefix, from, this);
    const { covered, inComment } = tokenize(prefix, from.offset, walk, from.lead);
    this.#text = prefix;
    this.#last = { walk, covered, inComment };
    return this.#last;
  }
}

/** What makes a page of its text before a browser reads it. */
const templates: readonly (readonly [open: string, close: string])[] = [
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
  ['<%', '%>'],
  ['<?', '?>'],
  ['${', '}'],
];

function endsInTemplate(line: string): boolean {
  return templates.some(([open, close]) => {
    const at = line.lastIndexOf(open);
    return at >= 0 && !line.includes(close, at + open.length);
  });
}

/** Elements in whose content the tokenizer reads no tags. */
const rawText = /^<(?:script|style|title|textarea|xmp)>$/u;

/** Keeps the elements that are open and the headings that have been passed. */
class CaretWalk implements HtmlListener {
  readonly open: OpenElements;
  #kept: number;
  /** the tag in whose raw text the reading is */
  #lead: string;

  readonly #html: string;
  readonly #found: { readonly checkpoints: Checkpoint[]; readonly headings: Headings };

  constructor(
    html: string,
    from: Checkpoint,
    found: { readonly checkpoints: Checkpoint[]; readonly headings: Headings },
  ) {
    this.#html = html;
    this.#found = found;
    this.open = new OpenElements(from.elements);
    this.#kept = from.offset;
    this.#lead = rawText.test(from.lead) ? from.lead : '';
  }

  get #isOpaque(): boolean {
    return this.open.innermost((name) => Object.hasOwn(opaqueElements, name)) !== undefined;
  }

  openTag(name: string, { start, end, selfClosing }: { start: number; end: number; selfClosing: boolean }): void {
    const tag = `<${name}>`;
    this.#lead = !selfClosing && rawText.test(tag) ? tag : '';
    if (this.#isOpaque && !this.open.all.some((element) => element.name === name)) return;
    const isEmpty = voidElements.has(name) || (selfClosing && !blockElements.has(name));
    if (!isEmpty && blockElements.has(name)) this.open.endBefore(name);
    if (!isEmpty) this.open.open({ name, start, end });
    this.#checkpoint(end);
  }

  closeTag(name: string, { start, end }: { start: number; end: number }): void {
    this.#lead = '';
    const opaque = this.open.innermost((open) => Object.hasOwn(opaqueElements, open));
    if (opaque && opaque.name !== name) return;
    const closed = this.open.close(name);
    const level = /^h([1-6])$/u.exec(name)?.[1];
    if (closed && level !== undefined) {
      const line = this.#html.slice(closed.start, Math.min(end, closed.start + maxHeadingChars)).trim();
      this.#found.headings.add({ level: Number(level), line: ownCopy(line) }, start);
    }
    this.#checkpoint(end);
  }

  text(start: number, end: number): void {
    this.#checkpointWithin(start, end, this.#lead);
  }

  comment(start: number, end: number, isOpen: boolean): void {
    if (isOpen) this.#checkpointWithin(start, end, '<!-- ');
  }

  /** At the last line but a few words of a part. */
  #checkpointWithin(start: number, end: number, lead: string): void {
    if (end - this.#kept < checkpointChars) return;
    const from = Math.max(start, this.#kept);
    const line = from + this.#html.slice(from, end - 100).lastIndexOf('\n') + 1;
    if (line > from) this.#keep(line, lead);
  }

  #checkpoint(offset: number): void {
    if (offset - this.#kept >= checkpointChars && !this.#isOpaque) this.#keep(offset, this.#lead);
  }

  #keep(offset: number, lead: string): void {
    this.#kept = offset;
    this.#found.checkpoints.push({ offset, lead, elements: [...this.open.all], headings: this.#found.headings.count });
  }
}

const zoneOfOpaque = (name: string): ZoneKind =>
  codeElements.has(name)
    ? 'code'
    : opaqueElements[name] === 'math'
      ? 'math'
      : opaqueElements[name] === 'code'
        ? 'code'
        : 'markup';

function zoneOfBlock(open: OpenElements): ZoneKind {
  const block = open.innermost((name) => blockElements.has(name))?.name;
  if (block === undefined) return 'prose';
  if (/^(?:h[1-6]|title)$/u.test(block)) return 'heading';
  if (block === 'td' || block === 'th') return 'tableCell';
  if (block === 'head' || block === 'tr' || block === 'table' || block === 'tbody') return 'markup';
  const container = open.innermost((name) => name === 'li' || name === 'blockquote')?.name;
  return container === 'li' ? 'listItem' : container === 'blockquote' ? 'quote' : 'prose';
}
