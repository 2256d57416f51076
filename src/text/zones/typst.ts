import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, opened, withHeading } from './grammar.ts';
import { endsInAddress, inBackticks, inDollars } from './inlineSpans.ts';

/** Typst markup mode; whatever follows a `#` is its program text. */
export const typst: Grammar = { initial: emptyState, step, zone };

function step(state: BlockState, text: string, start: number, end: number): BlockState {
  const line = text.slice(start, end).trim();
  if (state.open !== undefined) return line.includes(state.open.close) ? closed(state) : state;
  const fence = /^(`{3,})(?!.*`{3})/u.exec(line);
  if (fence) return opened(state, 'code', fence[1]!);
  if (/^\/\*(?!.*\*\/)/u.test(line)) return opened(state, 'comment', '*/');
  if (line.startsWith('$') && inDollars(line, false)) return opened(state, 'math', '$');
  if (/^#(?:let|set|show|import)\b.*[{(]$/u.test(line)) return opened(state, 'command', line.endsWith('{') ? '}' : ')');
  const heading = /^(={1,6})\s+\S/u.exec(line);
  return heading ? withHeading(state, heading[1]!.length, line) : state;
}

function zone({ linePrefix, paragraphPrefix }: CaretLine, state: BlockState): ZoneKind {
  if (state.open !== undefined) return state.open.kind;
  if (/(?:^|[^:])\/\//u.test(linePrefix) || /\/\*(?!.*\*\/)/u.test(linePrefix)) return 'comment';
  if (inBackticks(paragraphPrefix)) return 'codeSpan';
  if (inDollars(paragraphPrefix, false)) return 'math';
  if (/(?:^|\s)@[\w:.-]*$/u.test(linePrefix) || /<[\w:.-]*$/u.test(linePrefix)) return 'citation';
  if (/^\s*#(?:let|set|show|import|include|if|for|while)\b/u.test(linePrefix)) return 'command';
  if (/#[\w.-]*(?:\([^)]*)?$/u.test(linePrefix)) return 'command';
  if (endsInAddress(linePrefix)) return 'linkTarget';
  if (/^={1,6}(?:\s|$)/u.test(linePrefix)) return 'heading';
  return /^\s*(?:[-+]|\d+\.|\/ )\s/u.test(linePrefix) ? 'listItem' : 'prose';
}
