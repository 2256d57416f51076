import type { Block, InlineSpan, TextReading } from '../../../text/block.ts';

/** Languages that src/text/ does not read as a whole yet. */
const bridged: ReadonlySet<string> = new Set(['latex', 'tex', 'rnw', 'asciidoc', 'typst', 'org']);
export const isBridged = (languageId: string): boolean => bridged.has(languageId);

/** Blocks and what stays within them, as far as these few patterns tell. */
export function bridgedReading(text: string, languageId: string): TextReading {
  const blocks = textBlocks(text).map(
    (block): Block => ({
      ...block,
      contentEnd: block.kind === 'heading' ? headingEnd(text, block) : block.end,
      containers: containersOf(block, text),
      opensItem: block.kind === 'listItem',
    }),
  );
  return { text, languageId, blocks, spansOf: (block) => spansIn(text, block) };
}

function containersOf({ kind, start, contentStart }: TextBlock, text: string): Block['containers'] {
  if (kind !== 'listItem' && kind !== 'quote') return [];
  const marker = text.slice(start, contentStart);
  const at = start + marker.search(/\S/u);
  return [
    { kind, start: at, marker: marker.trimStart(), ordered: /^\s*\d/u.test(marker), task: /\[.\]/u.test(marker) },
  ];
}

function headingEnd(text: string, { contentStart, end }: TextBlock): number {
  const words = text.slice(contentStart, end).replace(/\r?\n[=-]+\s*$|\s+#+\s*$|\}\s*(?:\\label\{[^}]*\})?\s*$/u, '');
  return contentStart + words.trimEnd().length;
}

const literals: readonly (readonly [InlineSpan['kind'], RegExp])[] = [
  ['code', /(?<!`)(`+)(?!`)[^\n`]{1,300}(?<!`)\1(?!`)|\\(?:verb|lstinline)([|!+])[^\n]{0,300}?\2/gu],
  [
    'math',
    /(?<!\\)\$\$[^$]{1,2000}\$\$|(?<![\\$\w])\$(?![\s\d.,])[^$\n]{1,300}(?<!\s)\$(?!\w)|\\\([^\n]{1,300}?\\\)|\\\[[^\n]{1,300}?\\\]/gu,
  ],
  [
    'citation',
    /\\(?:[a-zA-Z]{0,30}cite[a-zA-Z]{0,30}|[a-zA-Z]{0,30}ref|label|footnotemark|gls\w{0,4})\*?(?:\[[^\]\n]{0,100}\]){0,2}\{[^}\n]{1,300}\}/gu,
  ],
  [
    'target',
    /\b(?:https?|ftp):\/\/[^\s<>()[\]{}"'`]{1,1000}(?<![.,;:!?])|[\w.+-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,60}){1,5}/gu,
  ],
  [
    'raw',
    /<\/?[a-zA-Z][^<>\n]{0,300}>|&[a-z]{2,10};|\\(?:begin|end|includegraphics|input|url|href)(?:\[[^\]\n]{0,100}\])?\{[^}\n]{0,300}\}/gu,
  ],
];

function spansIn(text: string, { contentStart, contentEnd }: Block): InlineSpan[] {
  const words = text.slice(contentStart, contentEnd);
  const spans = literals.flatMap(([kind, pattern]) =>
    [...words.matchAll(pattern)].map(({ index, 0: found }) => ({
      kind,
      start: contentStart + index,
      end: contentStart + index + found.length,
    })),
  );
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = contentStart;
  return spans.filter((span) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

/** What a stretch of lines is. Only `prose`, `heading`, `listItem` and `quote` hold sentences. */
type BlockKind =
  | 'prose'
  | 'heading'
  | 'listItem'
  | 'quote'
  | 'table'
  | 'code'
  | 'math'
  | 'frontMatter'
  | 'markup' // definitions, HTML, LaTeX commands on lines of their own, rules, comments
  | 'blank';

interface TextBlock {
  readonly kind: BlockKind;
  /** offsets into the text; the last line break is not part of the block */
  readonly start: number;
  readonly end: number;
  /** where the words begin: behind the marker of a heading, list item or quote */
  readonly contentStart: number;
  /** of a heading: 1 … 6 */
  readonly level: number;
}

interface Line {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  readonly level: number;
  /** never joined with the line above */
  readonly opens: boolean;
}

/**
 * Cuts Markdown, LaTeX or plain text into blocks that cover every line, in one pass over the lines. Blocks are what a
 * person sees: a paragraph, an item, a fence.
 */
function textBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (const { opens, ...line } of readLines(text)) {
    const last = blocks.at(-1);
    if (last?.kind === 'prose' && line.kind === 'heading' && line.contentStart === line.end) {
      blocks[blocks.length - 1] = { ...last, kind: 'heading', end: line.end, level: line.level }; // underlined
    } else if (last !== undefined && !opens && continues(last, line, text)) {
      blocks[blocks.length - 1] = { ...last, end: line.end };
    } else blocks.push(line.contentStart === line.end && line.kind === 'heading' ? { ...line, kind: 'markup' } : line);
  }
  return blocks;
}

function continues(block: TextBlock, line: Omit<Line, 'opens'>, text: string): boolean {
  if (block.kind === 'heading') return false;
  if (block.kind === line.kind) return block.kind !== 'listItem' || line.contentStart === line.start;
  if (line.kind !== 'prose') return false;
  // A list item or a quote goes on in the lines below it until a blank one.
  return block.kind === 'quote' || (block.kind === 'listItem' && text[block.end] === '\n') || block.kind === 'listItem';
}

/** What is open over several lines, and what closes it. */
interface Open {
  readonly kind: BlockKind;
  readonly close: RegExp;
}

function* readLines(text: string): Generator<Line> {
  let open: Open | undefined;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length + 1 : newline + 1;
    const end = newline < 0 ? text.length : newline > start && text[newline - 1] === '\r' ? newline - 1 : newline;
    const content = text.slice(start, end);
    if (open) {
      yield { kind: open.kind, start, end, contentStart: start, level: 0, opens: false };
      if (open.close.test(content)) open = undefined;
    } else {
      open = openedBy(content, start);
      yield open
        ? { kind: open.kind, start, end, contentStart: start, level: 0, opens: true }
        : plainLine(content, start);
    }
    if (next > text.length && newline !== text.length - 1) break;
    start = next;
    if (start === text.length) break; // the text ends in a line break
  }
}

const literalEnvironments = /^\s*\\begin\{(verbatim|Verbatim|lstlisting|minted|comment|tikzpicture|algorithmic)\*?\}/u;
const mathEnvironments =
  /^\s*\\begin\{(equation|align|gather|multline|eqnarray|displaymath|math|flalign|alignat)\*?\}/u;
const tableEnvironments = /^\s*\\begin\{(tabular|tabularx|tabulary|longtable|tabu|thebibliography)\*?\}/u;

function openedBy(line: string, start: number): Open | undefined {
  if (start === 0 && /^\uFEFF?---\s*$/u.test(line)) return { kind: 'frontMatter', close: /^(?:---|\.\.\.)\s*$/u };
  if (start === 0 && /^\uFEFF?\+\+\+\s*$/u.test(line)) return { kind: 'frontMatter', close: /^\+\+\+\s*$/u };
  const fence = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})/u.exec(line)?.[1];
  if (fence) return { kind: 'code', close: new RegExp(String.raw`^[\s>]*${fence[0]}{${fence.length},}\s*$`, 'u') };
  if (/^\s*\$\$/u.test(line) && !/\$\$.*\$\$/u.test(line)) return { kind: 'math', close: /\$\$/u };
  if (/^\s*\\\[/u.test(line) && !/\\\]/u.test(line)) return { kind: 'math', close: /\\\]/u };
  if (/^\s*<!--/u.test(line) && !/-->/u.test(line)) return { kind: 'markup', close: /-->/u };
  for (const [pattern, kind] of [
    [literalEnvironments, 'code'],
    [mathEnvironments, 'math'],
    [tableEnvironments, 'table'],
  ] as const) {
    const name = pattern.exec(line)?.[1];
    if (name && !line.includes(`\\end{${name}`))
      return { kind, close: new RegExp(String.raw`\\end\{${name}\*?\}`, 'u') };
  }
  return undefined;
}

const headingLevels: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
};

function plainLine(line: string, start: number): Line {
  const end = start + line.length;
  const row = (kind: BlockKind, marker = '', opens = false, level = 0): Line => ({
    kind,
    start,
    end,
    contentStart: start + marker.length,
    level,
    opens,
  });
  if (line.trim() === '') return row('blank');
  const heading = /^ {0,3}(#{1,6})[ \t]+/u.exec(line);
  if (heading) return row('heading', heading[0], true, heading[1]!.length);
  const latex = /^\s*\\(part|chapter|section|subsection|subsubsection|paragraph)\*?(?:\[[^\]]*\])?\{/u.exec(line);
  if (latex) return row('heading', latex[0], true, headingLevels[latex[1]!]!);
  const underline = /^(=+|-{2,})[ \t]*$/u.exec(line);
  if (underline) return { ...row('heading', '', false, line[0] === '=' ? 1 : 2), contentStart: end };
  if (/^\s*(?:[-*_][ \t]*){3,}$/u.test(line)) return row('markup', '', true);
  const item = /^\s*(?:[-*+•]|\d{1,9}[.)]|\\item(?:\[[^\]]*\])?)[ \t]+(?:\[[ xX]\][ \t]+)?/u.exec(line);
  if (item) return row('listItem', item[0], true);
  const quote = /^\s*(?:>[ \t]?)+/u.exec(line);
  if (quote) return row('quote', quote[0]);
  if (/^\s*\|/u.test(line) || /^[\s|:-]+\|[\s|:-]+$/u.test(line)) return row('table');
  if (/^(?: {4}|\t)\S/u.test(line) && !/^\s*[\p{Lu}“"]/u.test(line)) return row('code');
  if (isMarkup(line)) return row('markup');
  return row('prose', /^\s*/u.exec(line)![0]);
}

const isMarkup = (line: string) =>
  /^\s*<[/!]?[a-zA-Z-]/u.test(line) || // HTML
  /^\s*\[[^\]]+\]:\s/u.test(line) || // link and footnote definitions
  /^\s*!?\[[^\]]*\]\([^)]*\)\s*$/u.test(line) || // an image or a link alone
  /^\s*(?:\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)\s*)+$/u.test(line) || // badges
  /^\s*\\(?!(?:emph|text\w+|enquote|footnote|LaTeX|TeX|ldots|dots)\b)[a-zA-Z]+\*?(?:\[[^\]]*\]|\{[^}]*\})*\s*$/u.test(
    line,
  ) ||
  /^\s*%/u.test(line) ||
  /^\s*(?:\.\. |:\w+:)/u.test(line) || // reStructuredText
  /^\s*(?:import|export) .* from /u.test(line);
