const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** How far JavaScript is open that stands among Markdown: brackets, strings, templates and comments. Linear. */
export class Expression {
  /** what is waited for, the innermost last */
  readonly #open: string[] = [];

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Reads from an opening bracket to the one that closes it; returns the offset behind it, or the text's length. */
  read(text: string, from: number): number {
    let at = from;
    do at = this.#step(text, at);
    while (this.isOpen && at < text.length);
    return at;
  }

  /** Reads all of a text. */
  feed(text: string): void {
    for (let at = 0; at < text.length; ) at = this.#step(text, at);
  }

  #step(text: string, at: number): number {
    const char = text[at]!;
    const close = this.#open.at(-1);
    if (close === '*/') return this.#closes(text.startsWith(close, at), at, 2);
    if (close === '"' || close === "'" || close === '`') {
      if (char === '\\') return at + 2;
      if (close === '`' && text.startsWith('${', at)) return this.#opens('}', at + 2);
      return this.#closes(char === close || (char === '\n' && close !== '`'), at, 1);
    }
    if (text.startsWith('//', at)) return lineEnd(text, at);
    if (text.startsWith('/*', at)) return this.#opens('*/', at + 2);
    const isQuote = char === '"' || char === '`' || (char === "'" && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ''));
    const opened = isQuote ? char : closers[char];
    return opened === undefined ? this.#closes(char === close, at, 1) : this.#opens(opened, at + 1);
  }

  #opens(close: string, next: number): number {
    this.#open.push(close);
    return next;
  }

  #closes(isClosed: boolean, at: number, length: number): number {
    if (!isClosed) return at + 1;
    this.#open.pop();
    return at + length;
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const tagName = /<\/?(?:[A-Za-z_$][\w$.:-]*(?=[\s/>]|$)|(?=>))/uy;

/** The end of the tag of JSX that begins at a `<`; `open` where it is not closed, undefined where none stands. */
export function elementEnd(text: string, start: number): number | 'open' | undefined {
  tagName.lastIndex = start;
  if (!tagName.test(text)) return undefined;
  for (let at = tagName.lastIndex; at < text.length; ) {
    const char = text[at];
    if (char === '>') return at + 1;
    if (char === '<') return undefined;
    if (char === '{') {
      const expression = new Expression();
      at = expression.read(text, at);
      if (expression.isOpen) return 'open';
    } else if (char === '"' || char === "'") {
      const close = text.indexOf(char, at + 1);
      if (close < 0) return 'open';
      at = close + 1;
    } else at += 1;
  }
  return 'open';
}
