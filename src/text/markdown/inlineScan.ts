import { addressLength } from '../addresses.ts';
import type { InlineSpan, SpanKind } from '../block.ts';
import { Finder } from '../finder.ts';
import { matchAt } from '../matchAt.ts';
import { withoutOverlap } from '../span.ts';
import type { ZoneKind } from '../zone.ts';
import { Backticks } from './backticks.ts';
import { Dollars, readsLikeFormula } from './dollars.ts';
import { Expression, elementEnd } from './expression.ts';
import { type Bracket, linkTail, wikiLink } from './inlineLinks.ts';
import {
  addressToken,
  alertMark,
  attributeList,
  bareCommand,
  blockName,
  bookReference,
  citationKey,
  declarations,
  entity,
  footnoteMark,
  inlineChunk,
  isWordStart,
  latexCommand,
  maxLabelChars,
  maxOpenChars,
  mayBegin,
  openAttributes,
  referenceLabel,
  roleName,
  templates,
} from './inlinePatterns.ts';
import { readsLikeTag, tagAt } from './inlineTags.ts';
import { normalLabel } from './labels.ts';

export interface InlineReading {
  /** in order, without overlap */
  readonly spans: readonly InlineSpan[];
  /** what is open at the end of the words */
  readonly open: ZoneKind | undefined;
}

export interface InlineOptions {
  /** of the link definitions, as `normalLabel` gives them */
  readonly labels: ReadonlySet<string>;
  /** `{…}` and what tags hold is JavaScript, as in MDX */
  readonly hasExpressions?: boolean;
}

/**
 * Reads the words of one block once from left to right: what of them is no text, and what is not closed at their end.
 * Emphasis is text. Every question about what comes later is answered by an index, so the work grows with the length.
 */
export function scanInline(words: string, options: InlineOptions): InlineReading {
  const scan = new InlineScan(words, options);
  scan.run();
  return { spans: withoutOverlap(scan.spans), open: scan.open };
}

class InlineScan {
  readonly spans: InlineSpan[] = [];
  open: ZoneKind | undefined;
  readonly #finder: Finder;
  readonly #backticks: Backticks;
  readonly #dollars: Dollars;
  #brackets: Bracket[] = [];
  /** openers before this place in `brackets` hold a link already: they open no further one */
  #barrier = 0;
  /** where the characters end that may be an address */
  #wordEnd = 0;

  readonly #text: string;
  readonly #options: InlineOptions;

  constructor(text: string, options: InlineOptions) {
    this.#text = text;
    this.#options = options;
    this.#finder = new Finder(text);
    this.#backticks = new Backticks(text);
    this.#dollars = new Dollars(text);
  }

  run(): void {
    for (let at = 0; at < this.#text.length; ) at = this.#step(at);
  }

  /** Reads what stands at an offset; returns where to go on. */
  #step(at: number): number {
    switch (this.#text.charCodeAt(at)) {
      case 0x5c:
        return this.#escape(at);
      case 0x60:
        return this.#code(at);
      case 0x24:
        return this.#math(at);
      case 0x3c:
        return this.#angle(at);
      case 0x5b:
        return this.#openBracket(at);
      case 0x5d:
        return this.#closeBracket(at);
      case 0x7b:
        return this.#brace(at);
      case 0x25:
        return this.#between(at, { open: '%%', close: '%%', kind: 'comment', zone: 'comment' }) ?? at + 1;
      case 0x26:
        return this.#matched(at, entity, 'raw') ?? at + 1;
      case 0x40:
        return this.#citation(at);
      case 0x5e:
        return this.#matched(at, blockName, 'raw', 'markup') ?? at + 1;
      default:
        return isWordStart(this.#text.charCodeAt(at)) && mayBegin(this.#text, at) ? this.#address(at) : at + 1;
    }
  }

  #add(kind: SpanKind, start: number, end: number): number {
    this.spans.push({ kind, start, end });
    return end;
  }

  /** A span that a sticky pattern finds here; at the end of the words it may be unfinished. */
  #matched(at: number, pattern: RegExp, kind: SpanKind, unfinished?: ZoneKind): number | undefined {
    const length = matchAt(pattern, this.#text, at)?.[0].length;
    if (length === undefined) return undefined;
    if (unfinished && at + length === this.#text.length) this.open ??= unfinished;
    return this.#add(kind, at, at + length);
  }

  /** A span between two marks; undefined when the first does not stand here or the second is missing. */
  #between(
    at: number,
    { open, close, kind, zone }: { open: string; close: string; kind: SpanKind; zone: ZoneKind },
  ): number | undefined {
    if (!this.#text.startsWith(open, at)) return undefined;
    const end = this.#finder.next(close, at + open.length);
    if (end >= 0) return this.#add(kind, at, end + close.length);
    this.open ??= zone;
    return undefined;
  }

  #escape(at: number): number {
    const path = this.#text[at + 1] === '\\' && mayBegin(this.#text, at) ? this.#address(at) : 0;
    if (path > at + 1) return path;
    return (
      this.#matched(at, bookReference, 'citation', 'citation') ??
      this.#matched(at, latexCommand, 'command') ??
      this.#matched(at, bareCommand, 'command', 'command') ??
      at + 2
    );
  }

  #code(at: number): number {
    const { length, end } = this.#backticks.spanAt(at);
    if (end !== undefined) return this.#add('code', at, end);
    this.open ??= inlineChunk.test(this.#text.slice(at + length, at + length + 40)) ? 'code' : 'codeSpan';
    return at + length;
  }

  #math(at: number): number {
    if (this.#text.startsWith('$$', at)) {
      return this.#between(at, { open: '$$', close: '$$', kind: 'math', zone: 'math' }) ?? at + 2;
    }
    const end = this.#dollars.endOf(at);
    if (typeof end === 'number') return this.#add('math', at, end);
    if (end === 'open' && readsLikeFormula(this.#text.slice(at + 1, at + 400))) this.open ??= 'math';
    return at + 1;
  }

  #angle(at: number): number {
    const comment = this.#between(at, { open: '<!--', close: '-->', kind: 'comment', zone: 'comment' });
    if (comment !== undefined) return comment;
    if (this.#options.hasExpressions) return this.#element(at);
    for (const [open, close] of declarations) {
      const end = this.#between(at, { open, close, kind: 'raw', zone: 'markup' });
      if (end !== undefined) return end;
    }
    const tag = tagAt(this.#text.slice(at));
    if (tag) return this.#add(tag.kind, at, at + tag.length);
    const tail = this.#text.slice(at, at + 1_000);
    if (at + 1_000 > this.#text.length && readsLikeTag(tail)) this.open ??= 'markup';
    return at + 1;
  }

  #element(at: number): number {
    const end = elementEnd(this.#text, at);
    if (end === undefined) return at + 1;
    if (end !== 'open') return this.#add('raw', at, end);
    this.open ??= 'markup';
    return this.#add('raw', at, this.#text.length);
  }

  #expression(at: number): number {
    const expression = new Expression();
    const end = this.#add('code', at, expression.read(this.#text, at));
    if (expression.isOpen) this.open ??= 'code';
    return end;
  }

  #openBracket(at: number): number {
    if (this.#text.startsWith('[[', at)) {
      const end = this.#wikiLink(at);
      if (end !== undefined) return end;
    }
    const footnote = this.#matched(at, footnoteMark, 'citation') ?? this.#matched(at, alertMark, 'raw');
    if (footnote !== undefined) return footnote;
    if (this.#text[at + 1] === '^' && this.#finder.next(']', at) < 0) this.open ??= 'citation';
    this.#brackets.push({ at, image: this.#text[at - 1] === '!' });
    return at + 1;
  }

  /** `[[page]]`, `[[page|words]]` */
  #wikiLink(at: number): number | undefined {
    const close = this.#finder.next(']]', at + 2);
    if (close < 0) {
      if (this.#text.length - at < maxOpenChars && !/[|\n]/u.test(this.#text.slice(at))) this.open ??= 'linkTarget';
      return undefined;
    }
    const parts = wikiLink(this.#text, at, close);
    for (const { start, end } of parts) this.#add('link', start, end);
    return parts.at(-1)?.end;
  }

  #closeBracket(at: number): number {
    const bracket = this.#brackets.pop();
    const isActive = bracket !== undefined && (bracket.image || this.#brackets.length >= this.#barrier);
    this.#barrier = Math.min(this.#barrier, this.#brackets.length);
    if (bracket === undefined || !isActive) return at + 1;
    const label = at - bracket.at < maxLabelChars ? this.#text.slice(bracket.at + 1, at) : '';
    const tailEnd = this.#linkEnd(at, label);
    if (tailEnd !== undefined) return this.#link(bracket, at, tailEnd);
    if (/(?:^|[\s;(-])@[\w{]/u.test(label)) return this.#add('citation', bracket.at, at + 1);
    return at + 1;
  }

  /** Where the link ends whose label ends at a `]`; undefined when it is none. */
  #linkEnd(at: number, label: string): number | undefined {
    const next = this.#text[at + 1];
    if (next === '(') {
      const tail = linkTail(this.#text, at + 1);
      if (typeof tail === 'object') return tail.end;
      const isOpen = this.#text.length - at < maxOpenChars && !/[)\n]/u.test(this.#text.slice(at));
      if (tail === 'open' || isOpen) this.open ??= 'linkTarget';
    }
    if (next === '[') {
      const reference = matchAt(referenceLabel, this.#text, at + 1);
      if (reference && this.#options.labels.has(normalLabel(reference[1] || label)))
        return at + 1 + reference[0].length;
      if (!reference && this.#finder.next(']', at + 1) < 0) this.open ??= 'citation';
      if (reference) return undefined;
    }
    return label !== '' && this.#options.labels.has(normalLabel(label)) ? at + 1 : undefined;
  }

  #link({ at, image }: Bracket, labelEnd: number, end: number): number {
    if (image) return this.#add('link', at - 1, this.#attributes(end));
    this.#barrier = this.#brackets.length;
    // the words of `[label]` and `[label][]` are the reference itself: they stay
    if (end <= labelEnd + 3) return this.#add('link', at, end);
    this.#add('link', at, at + 1);
    return this.#add('target', labelEnd, this.#attributes(end));
  }

  /** The end of `{…}` behind a link or an image; the offset itself where there is none. */
  #attributes(end: number): number {
    return end + (matchAt(attributeList, this.#text, end)?.[0].length ?? 0);
  }

  #brace(at: number): number {
    if (this.#options.hasExpressions) return this.#expression(at);
    for (const [open, close] of templates) {
      if (!this.#text.startsWith(open, at)) continue;
      return this.#between(at, { open, close, kind: 'raw', zone: 'markup' }) ?? at + 2;
    }
    const role = this.#matched(at, roleName, 'raw');
    if (role !== undefined) {
      if (this.#backticks.spanAt(role).end === undefined) this.open ??= 'citation';
      return role;
    }
    if (!/[)\]`*_>]/u.test(this.#text[at - 1] ?? '')) return at + 1;
    if (this.#text.length - at < maxOpenChars && openAttributes.test(this.#text.slice(at))) this.open ??= 'markup';
    return this.#matched(at, attributeList, 'raw') ?? at + 1;
  }

  #citation(at: number): number {
    if (!/^[\s[;(-]?$/u.test(this.#text[at - 1] ?? '')) return at + 1;
    const end = this.#matched(at, citationKey, 'citation');
    if ((end ?? at + 1) === this.#text.length) this.open ??= 'citation';
    return end ?? at + 1;
  }

  #address(at: number): number {
    if (at >= this.#wordEnd) this.#wordEnd = at + (matchAt(addressToken, this.#text, at)?.[0].length ?? 0);
    const length = addressLength(this.#text.slice(at, this.#wordEnd));
    return length === 0 ? at + 1 : this.#add('target', at, at + length);
  }
}
