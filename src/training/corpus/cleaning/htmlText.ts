import { Parser } from 'htmlparser2';

/** Elements whose text nobody reads as prose. */
const invisible = new Set([
  'head',
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'math',
  'nav',
  'select',
  'button',
]);
/** Elements that end a paragraph; all others stand within a line. */
const blocks = new Set(
  `address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
   header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul`.split(/\s+/u),
);

/** The prose of a page: a paragraph per block element, a blank line between two. Broken markup is read as browsers do. */
export function htmlText(html: string, options: { readonly stripCode: boolean }): string {
  const paragraphs: string[] = [];
  let paragraph = new Paragraph();
  let preformatted = 0;
  /** how many elements are open that hide what is in them */
  let hidden = 0;
  const hides = (name: string) => invisible.has(name) || (options.stripCode && name === 'pre');
  const endParagraph = () => {
    if (paragraph.text.trim() !== '') paragraphs.push(paragraph.text.replace(/^\n+/u, '').trimEnd());
    paragraph = new Paragraph();
  };
  const parser = new Parser({
    onopentagname: (name) => {
      if (blocks.has(name)) endParagraph();
      if (hides(name)) hidden++;
      if (name === 'pre') preformatted++;
      if (name === 'br') paragraph.add('\n');
    },
    ontext: (text) => {
      if (hidden > 0) return;
      if (preformatted > 0) paragraph.add(text);
      else paragraph.add(paragraph.endsInBlank ? collapsed(text).trimStart() : collapsed(text));
    },
    onclosetag: (name) => {
      if (blocks.has(name)) endParagraph();
      if (hides(name)) hidden--;
      if (name === 'pre') preformatted--;
    },
  });
  parser.end(html);
  endParagraph();
  return paragraphs.join('\n\n');
}

/** Knows its end without being put together: a paragraph may be as long as its page. */
class Paragraph {
  text = '';
  endsInBlank = true;

  add(text: string): void {
    if (text === '') return;
    this.text += text;
    this.endsInBlank = /\s/u.test(text.at(-1)!);
  }
}

const collapsed = (text: string): string => text.replace(/\s+/gu, ' ');
