import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** What a page is made of; offsets in the whole text. */
export interface HtmlListener {
  text(start: number, end: number): void;
  /** @param selfClosing it ends in `/>` */
  openTag(name: string, range: { readonly start: number; readonly end: number; readonly selfClosing: boolean }): void;
  closeTag(name: string, range: { readonly start: number; readonly end: number }): void;
  /**
   * also declarations, processing instructions and CDATA
   * @param isOpen the text ends in it
   */
  comment(start: number, end: number, isOpen: boolean): void;
}

/** How a text ends. */
export interface HtmlEnd {
  /** where the last part ends; before the text's end when a tag is open there */
  readonly covered: number;
  readonly inComment: boolean;
}

/**
 * Tells the parts of an HTML text, from an offset on that stands between two of them.
 * @param lead the beginning of the part within which the offset stands
 */
export function tokenize(text: string, from: number, listener: HtmlListener, lead = ''): HtmlEnd {
  const walk = new HtmlTokens(text, from - lead.length, listener);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, walk);
  if (lead !== '') tokenizer.write(lead);
  walk.begin(from);
  tokenizer.write(withUsualEnds(from === 0 ? text : text.slice(from)));
  tokenizer.end();
  return walk;
}

/** `--!>` ends a comment, too, which the tokenizer does not know; behind `<!` and `<!-` it is no end. */
const withUsualEnds = (html: string): string =>
  html.includes('--!>') ? html.replace(/(?<!<!-?)--!>/gu, ' -->') : html;

class HtmlTokens implements TokenizerCallbacks, HtmlEnd {
  covered: number;
  inComment = false;
  #name = '';
  #begun = false;

  readonly #html: string;
  readonly #from: number;
  readonly #listener: HtmlListener;

  constructor(html: string, from: number, listener: HtmlListener) {
    this.#html = html;
    this.#from = from;
    this.#listener = listener;
    this.covered = from;
  }

  /** What was read so far belongs to no part that is told. */
  begin(offset: number): void {
    this.covered = offset;
    this.#begun = true;
  }

  ontext(start: number, end: number): void {
    if (this.#from + start > this.covered) return; // a declaration without an end
    this.#listener.text(Math.max(this.covered, this.#from + start), this.#cover(this.#from + end));
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#html.slice(this.#from + start, this.#from + end).toLowerCase();
  }

  onopentagend(end: number): void {
    const start = this.covered;
    if (!this.#begun) return;
    this.#listener.openTag(this.#name, { start, end: this.#cover(this.#from + end + 1), selfClosing: false });
  }

  onselfclosingtag(end: number): void {
    const start = this.covered;
    this.#listener.openTag(this.#name, { start, end: this.#cover(this.#from + end + 1), selfClosing: true });
  }

  onclosetag(start: number, end: number): void {
    const name = this.#html.slice(this.#from + start, this.#from + end).toLowerCase();
    const close = this.#html.indexOf('>', this.#from + end);
    const begin = this.covered;
    this.#listener.closeTag(name, { start: begin, end: this.#cover(close < 0 ? this.#html.length : close + 1) });
  }

  oncomment(_: number, end: number, endOffset: number): void {
    this.inComment = endOffset === 0;
    this.#aside(this.inComment ? end : end + 1);
  }

  oncdata(_: number, end: number, endOffset: number): void {
    this.#aside(endOffset === 0 ? end : end + 1);
  }

  ondeclaration(_: number, end: number): void {
    this.#aside(end + 1);
  }

  onprocessinginstruction(_: number, end: number): void {
    this.#aside(end + 1);
  }

  onattribdata(): void {}
  onattribentity(): void {}
  onattribend(): void {}
  onattribname(): void {}
  onend(): void {}
  ontextentity(): void {}

  #aside(end: number): void {
    const start = this.covered;
    this.#listener.comment(start, this.#cover(Math.min(this.#from + end, this.#html.length)), this.inComment);
  }

  #cover(end: number): number {
    this.covered = Math.max(this.covered, end);
    return this.covered;
  }
}
