import { Parser } from 'htmlparser2';
import type { CorpusOptions } from '../../../protocol/corpus.ts';
import { type Block, holdsSentences } from '../../../text/block.ts';
import { codeElements, opaqueElements } from '../../../text/html/elements.ts';
import { type HtmlListener, tokenize } from '../../../text/html/htmlTokens.ts';
import { readText } from '../../../text/readText.ts';

type Stripped = Pick<CorpusOptions, 'stripCode' | 'stripFrontMatter'>;

/** The prose of a page: a paragraph per block of words, a blank line between two, without tags. */
export function htmlText(html: string, options: Stripped): string {
  const { blocks } = readText(html, 'html');
  return blocks.flatMap((block) => paragraphOf(html, block, options) || []).join('\n\n');
}

function paragraphOf(html: string, block: Block, { stripCode, stripFrontMatter }: Stripped): string {
  const { kind, level, contentStart, contentEnd } = block;
  const part = html.slice(contentStart, contentEnd);
  if (holdsSentences(block) || kind === 'table' || (kind === 'heading' && level > 0)) return wordsIn(part).onOneLine;
  if (kind === 'frontMatter') return stripFrontMatter ? '' : part.trim();
  if (stripCode) return '';
  return kind === 'code' ? wordsIn(part).asWritten : kind === 'markup' ? wordsIn(part).inCode : '';
}

/** Elements whose content is laid out as it is written. */
const preformatted = new Set(['pre', 'xmp', 'listing', 'plaintext']);

const isHidden = (name: string): boolean => Object.hasOwn(opaqueElements, name) && !preformatted.has(name);

function wordsIn(part: string): PartWords {
  const words = new PartWords(part);
  const { covered, inComment } = tokenize(part, 0, words);
  if (!inComment) words.text(covered, part.length);
  return words;
}

/** The words of one block, with character references resolved. */
class PartWords implements HtmlListener {
  readonly #part: string;
  readonly #texts: { readonly text: string; readonly isCode: boolean }[] = [];
  /** elements that are open: those that hide what is in them, and those of code */
  #hidden = 0;
  #code = 0;

  constructor(part: string) {
    this.#part = part;
  }

  /** with line breaks where the page has them */
  get onOneLine(): string {
    const lines = this.#texts.map(({ text }) => (text === lineBreak ? text : text.replace(/\s+/gu, ' '))).join('');
    return lines
      .split(lineBreak)
      .map((line) => line.replace(/ {2,}/gu, ' ').trim())
      .join('\n')
      .trim();
  }

  get asWritten(): string {
    return this.#texts
      .map(({ text }) => text.replace(lineBreak, '\n'))
      .join('')
      .replace(/^\n+/u, '')
      .trimEnd();
  }

  get inCode(): string {
    const code = this.#texts.flatMap(({ text, isCode }) => (isCode ? text : []));
    return code.join('').trim();
  }

  openTag(name: string, { selfClosing }: { readonly selfClosing: boolean }): void {
    if (name === 'br' && this.#hidden === 0) this.#texts.push({ text: lineBreak, isCode: false });
    if (!selfClosing && isHidden(name)) this.#hidden++;
    if (codeElements.has(name)) this.#code++;
  }

  closeTag(name: string): void {
    if (isHidden(name) && this.#hidden > 0) this.#hidden--;
    if (codeElements.has(name) && this.#code > 0) this.#code--;
  }

  text(start: number, end: number): void {
    if (this.#hidden > 0 || start >= end) return;
    this.#texts.push({ text: resolved(this.#part.slice(start, end)), isCode: this.#code > 0 });
  }

  comment(): void {}
}

/** In no text: the reader of a page puts another character in its place. */
const lineBreak = '\0';

/** `&amp;` → `&` */
function resolved(text: string): string {
  if (!text.includes('&')) return text.replaceAll(lineBreak, '\uFFFD');
  const parts: string[] = [];
  new Parser({ ontext: (part) => parts.push(part) }).end(text);
  return parts.join('').replaceAll(lineBreak, '\uFFFD');
}
