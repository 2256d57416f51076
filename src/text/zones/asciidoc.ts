import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, opened, withHeading } from './grammar.ts';
import { endsInAddress, inBackticks } from './inlineSpans.ts';

/** AsciiDoc: delimited blocks, attributes, block and inline macros. Example, sidebar and quote blocks hold prose. */
export const asciidoc: Grammar = { initial: emptyState, step, zone };

const delimiters: readonly (readonly [RegExp, ZoneKind])[] = [
  [/^(?:-{4,}|\.{4,}|`{3,})/u, 'code'],
  [/^\+{4,}$/u, 'code'],
  [/^\/{4,}$/u, 'comment'],
  [/^[|,:!]={3,}$/u, 'tableCell'],
];

function step(state: BlockState, text: string, start: number, end: number): BlockState {
  const line = text.slice(start, end).trimEnd();
  if (state.open !== undefined) return line === state.open.close ? closed(state) : state;
  const title = underlinedTitle(line, text.slice(Math.max(0, start - longestTitle), start));
  if (title) return withHeading(state, title.level, `${'='.repeat(title.level)} ${title.text}`);
  for (const [delimiter, kind] of delimiters) {
    if (delimiter.test(line)) return opened(state, kind, line.replace(/^(`+).*$/u, '$1'));
  }
  const heading = /^(={1,6})\s+\S/u.exec(line);
  return heading ? withHeading(state, heading[1]!.length, line) : state;
}

const longestTitle = 300;
const underlines = ['=', '-', '~', '^', '+'];

/** A two-line title: a line of text, and below it a row of marks about as long. Without it the row would open a block. */
function underlinedTitle(line: string, above: string): { level: number; text: string } | undefined {
  const level = underlines.indexOf(line[0] ?? '') + 1;
  if (level === 0 || line.length < 2 || line !== line[0]!.repeat(line.length)) return undefined;
  const title = above
    .replace(/\r?\n$/u, '')
    .split('\n')
    .at(-1)!
    .trimEnd();
  const isTitle = /^[\p{L}\p{N}]/u.test(title) && Math.abs(title.length - line.length) <= 2;
  return isTitle ? { level, text: title } : undefined;
}

function zone({ linePrefix, paragraphPrefix }: CaretLine, state: BlockState): ZoneKind {
  if (state.open !== undefined) return state.open.kind;
  if (/^\/\//u.test(linePrefix)) return 'comment';
  if (/^:[^:\s]*(?::.*)?$/u.test(linePrefix) || /^\[[^\]]*$/u.test(linePrefix)) return 'directive';
  if (/^\w+::\S*$/u.test(linePrefix) || /\b(?:link|image|xref|include|footnoteref):\S*$/u.test(linePrefix)) {
    return 'linkTarget';
  }
  if (/<<[^>]*$/u.test(linePrefix)) return 'citation';
  if (/\b(?:stem|latexmath|asciimath):\[[^\]]*$/u.test(linePrefix)) return 'math';
  if (inBackticks(paragraphPrefix)) return 'codeSpan';
  if (endsInAddress(linePrefix)) return 'linkTarget';
  if (/^={1,6}(?:\s|$)/u.test(linePrefix)) return 'heading';
  if (/^\s*(?:\*{1,5}|\.{1,5}|-|\d+\.)\s/u.test(linePrefix)) return 'listItem';
  return /^[ \t]+\S/u.test(linePrefix) ? 'code' : 'prose'; // an indented paragraph is literal
}
