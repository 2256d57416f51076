import type { BlockKind } from '../block.ts';

/** How lines of AsciiDoc begin, as Asciidoctor has it (lib/asciidoctor/rx.rb). */
export const patterns = {
  comment: /^\/\/(?!\/)/u,
  attributeEntry: /^:!?[\p{L}\p{N}_][^:]*:(?:[ \t]|$)/u,
  attributeList: /^\[(?:|[\p{L}\p{N}_.,#"'%{[].*)\]$/u,
  blockTitle: /^\.\.?[^ \t.]/u,
  heading: /^(={1,6}|#{1,6})[ \t]+\S/u,
  rule: /^(?:'{3,}|<{3,}|---|- - -|\*\*\*|\* \* \*)$/u,
  directive: /^\\?(?:ifdef|ifndef|ifeval|endif|include)::[^[\]]*\[.*\]$/u,
  blockMacro: /^[\p{L}_][\p{L}\p{N}_-]*::(?:|[^\s[\]][^[\]]*)\[.*\]$/u,
  unordered: /^[ \t]*(-|\*{1,5}|•)[ \t]+(?=\S)(\[[ xX*]\][ \t]+)?/u,
  ordered: /^[ \t]*(\.{1,5}|\d+\.|[a-zA-Z]\.|[ivxIVX]{1,9}\))[ \t]+(?=\S)/u,
  callout: /^<(?:\d+|\.)>[ \t]+(?=\S)/u,
  admonition: /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?=\S)/u,
  quote: /^> ?(?=\S)/u,
} as const satisfies Record<string, RegExp>;

/** What a delimiter opens: its content is not read, or it holds blocks. */
export interface Delimited {
  readonly block: BlockKind | 'blocks';
  /** the line that closes it */
  readonly close: string;
}

/** Delimiters and what stands between them; a style in the line above can change it. */
export function delimitedBy(line: string): Delimited | undefined {
  const mark = line[0] ?? '';
  if (mark === '`') return /^`{3}[^\s`]*$/u.test(line) ? { block: 'code', close: '```' } : undefined;
  if (line === '--') return { block: 'blocks', close: line };
  if (/^[|,:!]={3,}$/u.test(line)) return { block: 'table', close: line };
  if (line === '""') return { block: 'blocks', close: line };
  const block = line.length >= 4 && line === mark.repeat(line.length) ? blocksOfMarks[mark] : undefined;
  return block === undefined ? undefined : { block, close: line };
}

const blocksOfMarks: Readonly<Record<string, Delimited['block']>> = {
  '-': 'code',
  '.': 'code',
  '+': 'code',
  '/': 'comment',
  '=': 'blocks',
  '*': 'blocks',
  _: 'blocks',
};

/** What a style makes of a block or paragraph whose content is not read; undefined: it stays what it is. */
export function blockOfStyle(style: string | undefined): BlockKind | undefined {
  if (style === undefined) return undefined;
  if (/^(?:source|listing|literal|pass|plantuml|mermaid|graphviz|ditaa|a2s|vega|wavedrom)$/u.test(style)) return 'code';
  if (/^(?:stem|latexmath|asciimath)$/u.test(style)) return 'math';
  if (style === 'comment') return 'comment';
  return style === 'verse' ? 'markup' : undefined;
}

/** The style in `[style#id.role%option,attributes]`; a list of attributes alone has none. */
export function styleOf(line: string): string | undefined {
  const style = /^\[([\p{L}\p{N}_-]*)(?=[\],#.%])/u.exec(line)?.[1];
  return style === undefined || style === '' ? undefined : style.toLowerCase();
}

/** Where the term of a description list ends, and where its description begins; undefined: the line is no such item. */
export function descriptionAt(
  line: string,
): { readonly term: number; readonly mark: string; readonly words: number } | undefined {
  if (line.startsWith('//')) return undefined;
  descriptionMark.lastIndex = 1;
  const mark = descriptionMark.exec(line);
  if (mark === null || line.slice(0, mark.index).trim() === '') return undefined;
  return { term: mark.index, mark: mark[1]!, words: mark.index + mark[0].length };
}
const descriptionMark = /(?<!:)(:{2,4}|(?<!;);;)(?:$|[ \t]+)/gu;
