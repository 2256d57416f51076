import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, opened, withHeading } from './grammar.ts';
import { endsInAddress, inBackticks, inDollars, inTag } from './inlineSpans.ts';

/** Markdown as CommonMark and its common extensions have it: tables, front matter, `$` math, Pandoc citations. */
export const markdown: Grammar = { initial: emptyState, step, zone };

function step(state: BlockState, text: string, start: number, end: number): BlockState {
  if (state.open !== undefined) return isClosedBy(state.open.close, text.slice(start, end)) ? closed(state) : state;
  if (!mayOpen(text, start, end)) return state;
  const line = text.slice(start, end);
  const frontMatter = /^\uFEFF?(---|\+\+\+)\s*$/u.exec(line);
  if (start === 0 && frontMatter) return opened(state, 'frontMatter', frontMatter[1]!);
  const content = line.replace(containers, '');
  const fence = /^(`{3,})[^`]*$|^(~{3,})/u.exec(content);
  if (fence) return opened(state, 'code', fence[1] ?? fence[2]!);
  if (content.startsWith('$$') && !content.includes('$$', 2)) return opened(state, 'math', '$$');
  if (content.startsWith('<!--') && !content.includes('-->')) return opened(state, 'comment', '-->');
  const heading = /^(#{1,6})\s+\S/u.exec(content);
  if (heading) return withHeading(state, heading[1]!.length, content);
  return withUnderlinedHeading(state, content, text.slice(Math.max(0, start - maxHeadingLine), start));
}

/** Quote markers and list markers that a block may stand behind. */
const containers = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*/u;
const maxHeadingLine = 300;

/** Cheap refusal without cutting the line out of the text: a line that begins with a letter is plain text. */
function mayOpen(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20 || code === 0x09) continue;
    const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    return !letter && (code < 0xc0 || code === 0xfeff);
  }
  return false;
}

function isClosedBy(close: string, line: string): boolean {
  if (close === '-->' || close === '$$') return line.includes(close);
  const content = line.replace(/^[ \t>]*/u, '').trimEnd();
  if (close === '---') return line.trimEnd() === '---' || line.trimEnd() === '...';
  if (close === '+++') return line.trimEnd() === '+++';
  return content.length >= close.length && content === close[0]!.repeat(content.length);
}

function withUnderlinedHeading(state: BlockState, underline: string, above: string): BlockState {
  const level = /^=+\s*$/u.test(underline) ? 1 : /^-{2,}\s*$/u.test(underline) ? 2 : 0;
  const title = above
    .replace(/\r?\n$/u, '')
    .split('\n')
    .at(-1)!
    .trim();
  const isTitle = title !== '' && !/^(?:[-*+>|#]|\d+[.)]\s)/u.test(title);
  return level > 0 && isTitle ? withHeading(state, level, `${'#'.repeat(level)} ${title}`) : state;
}

function zone(line: CaretLine, state: BlockState): ZoneKind {
  if (state.open !== undefined) return state.open.kind;
  const { linePrefix, paragraphPrefix, previousLine } = line;
  if (/^\uFEFF?(?:---|\+\+\+)$/u.test(linePrefix) && previousLine === '') return 'frontMatter';
  if (/^\s*(?:(?:`{3,}|~{3,})[^`]*|`{1,2})$/u.test(linePrefix)) return 'code'; // also a fence that is just being typed
  const content = linePrefix.replace(containers, '');
  return inlineZone(content, paragraphPrefix) ?? blockZone(linePrefix, content, previousLine);
}

function inlineZone(content: string, paragraph: string): ZoneKind | undefined {
  if (inBackticks(paragraph)) return 'codeSpan';
  if (inDollars(paragraph, true)) return 'math';
  if (/<!--(?!.*-->)/su.test(paragraph)) return 'comment';
  if (/\]\([^)\s]*(?:\s+"[^"]*)?$/u.test(content) || /^\[[^\]]+\]:\s*\S*$/u.test(content)) return 'linkTarget';
  if (/\]\[[^\]]*$/u.test(content)) return 'citation';
  if (/(?:^|[\s[;(-])@[\w:.#$%&+?<>~/-]*$/u.test(content) || /\[\^[^\]]*$/u.test(content)) return 'citation';
  if (endsInAddress(content)) return 'linkTarget';
  if (inTag(paragraph)) return 'markup';
  return undefined;
}

function blockZone(linePrefix: string, content: string, previousLine: string): ZoneKind {
  if (/^#{1,6}(?:\s|$)/u.test(content)) return 'heading';
  if (content.startsWith('|') || (content.includes('|') && previousLine.includes('|'))) return 'tableCell';
  if (/^\s*>/u.test(linePrefix)) return 'quote';
  if (/^\s*(?:[-*+]|\d{1,9}[.)])\s/u.test(linePrefix)) return 'listItem';
  const indented = /^(?: {4}|\t)/u.test(linePrefix);
  if (indented && previousLine.trim() === '') return 'code';
  return indented || /^\s+\S/u.test(linePrefix) ? 'listItem' : 'prose';
}
