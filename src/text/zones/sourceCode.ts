import { endsInAddress } from '../addresses.ts';
import type { CommentStyle } from '../languages.ts';
import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, opened } from './grammar.ts';

/** The grammar of a programming language. */
export const sourceCode = (style: CommentStyle): Grammar => ({
  initial: emptyState,
  step: (state, text, start, end) => afterLine(style, state, text.slice(start, end)).state,
  zone: (line, state) => zone(style, line, state),
});

function zone(style: CommentStyle, { linePrefix }: CaretLine, state: BlockState): ZoneKind {
  const { state: now, inLineComment } = afterLine(style, state, linePrefix);
  if (now.open === undefined && !inLineComment) return 'code';
  return endsInAddress(linePrefix) ? 'linkTarget' : 'comment';
}

/** Walks over one line: strings hide comment marks, comments hide everything. */
function afterLine(style: CommentStyle, before: BlockState, line: string) {
  let state = before;
  let quote = '';
  for (let i = 0; i < line.length; ) {
    const { open } = state;
    if (open !== undefined) {
      const end = line.indexOf(open.close, i);
      if (end < 0) return { state, inLineComment: false };
      i = end + open.close.length;
      state = closed(state);
      continue;
    }
    const block = quote === '' ? style.block.find(([mark]) => line.startsWith(mark, i)) : undefined;
    if (block) {
      state = opened(state, 'comment', block[1]);
      i += block[0].length;
      continue;
    }
    if (quote === '' && style.line.some((mark) => line.startsWith(mark, i))) return { state, inLineComment: true };
    const character = line[i]!;
    if (character === '\\') i++;
    else if (quote === character) quote = '';
    else if (quote === '' && (character === '"' || character === "'" || character === '`')) quote = character;
    i++;
  }
  return { state, inLineComment: false };
}
