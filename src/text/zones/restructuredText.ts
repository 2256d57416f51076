import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, indentation, opened, withHeading } from './grammar.ts';
import { endsInAddress, inside } from './inlineSpans.ts';

/** reStructuredText: blocks end where the text is indented less; headings are underlined. */
export const restructuredText: Grammar = { initial: emptyState, step, zone };

const codeDirectives =
  /^(?:code|code-block|sourcecode|literalinclude|parsed-literal|raw|highlight|prompt|doctest|testcode|productionlist|graphviz|mermaid)$/u;
const adornment = /^([=\-~^"'`#*+:.])\1{2,}\s*$/u;
/** Sphinx's usual order; another order only changes how deep a heading seems. */
const levels = '#*=-^"~\'`+:.';

function step(state: BlockState, text: string, start: number, end: number): BlockState {
  const line = text.slice(start, end);
  if (line.trim() === '') return state;
  const indent = indentation(line);
  const outside = state.open !== undefined && indent <= state.open.indent ? closed(state) : state;
  if (outside.open !== undefined) return outside;
  const directive = /^\s*\.\.\s+([\w-]+)::/u.exec(line);
  if (directive) {
    const name = directive[1]!;
    if (name === 'math') return opened(outside, 'math', '', indent);
    return codeDirectives.test(name) ? opened(outside, 'code', '', indent) : outside;
  }
  if (/^\s*\.\.\s+[^_[|\s]/u.test(line)) return opened(outside, 'comment', '', indent);
  if (/::\s*$/u.test(line)) return opened(outside, 'code', '', indent);
  const mark = adornment.exec(line)?.[1];
  return mark === undefined
    ? outside
    : withUnderlined(outside, mark, line, text.slice(Math.max(0, start - 400), start));
}

function withUnderlined(state: BlockState, mark: string, underline: string, above: string): BlockState {
  const title = above
    .replace(/\r?\n$/u, '')
    .split('\n')
    .at(-1)!
    .trim();
  if (title === '' || adornment.test(title) || underline.trim().length < title.length) return state;
  return withHeading(state, levels.indexOf(mark) + 1, `${title}\n${underline.trim()}`);
}

function zone(line: CaretLine, state: BlockState): ZoneKind {
  const { linePrefix, paragraphPrefix } = line;
  const { open } = state;
  const inOpen = open !== undefined && (linePrefix.trim() === '' || indentation(linePrefix) > open.indent);
  if (open !== undefined && inOpen) return open.kind;
  if (/^\s*\.\.\s+_[^:]*:?/u.test(linePrefix)) return 'linkTarget';
  if (/^\s*\.\.\s+[\w-]+::/u.test(linePrefix) || /^\s*:[^:`\s][^:`]*(?::(?!`)\s*\S*)?$/u.test(linePrefix)) {
    return 'directive'; // its name, arguments and options; a field's longer text is prose
  }
  if (/^\s*\.\.(?:\s|$)/u.test(linePrefix)) return 'comment';
  if (adornment.test(linePrefix)) return 'heading';
  if ((paragraphPrefix.split('``').length - 1) % 2 === 1) return 'codeSpan';
  if (/:[\w:+-]+:`[^`]*$/u.test(linePrefix)) return /:math:`[^`]*$/u.test(linePrefix) ? 'math' : 'citation';
  if (inside(linePrefix.replaceAll('``', ''), ' <', '>') && /`[^`]*<[^>`]*$/u.test(linePrefix)) return 'linkTarget';
  if (endsInAddress(linePrefix)) return 'linkTarget';
  if (/^\s*[|+]/u.test(linePrefix)) return 'tableCell';
  return /^\s*(?:[-*+•]|\d{1,3}[.)]|#\.)\s/u.test(linePrefix) ? 'listItem' : 'prose';
}
