/** A piece of a page. Only `html` makes one, so whatever else comes into a page is text. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Part = string | number | Html | readonly Html[];

/** The page's own mark-up; values are text, in element and in quoted attribute alike, unless `html` made them. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(pieces.map((piece, i) => (i < parts.length ? piece + sourceOf(parts[i]!) : piece)).join(''));

function sourceOf(part: Part): string {
  if (part instanceof Html) return part.source;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(({ source }) => source).join('');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Controls and lone surrogates, which a page may not hold, become U+FFFD. Marks that turn the direction of writing stay:
 * a text stands in an element of its own (`bdi`), beyond which they do not reach.
 */
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (sign) => references[sign]!).replaceAll(/(?![\t\n\r])\p{Cc}|\p{Cs}/gu, '\uFFFD');
