import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, emptyState, type Grammar, opened } from './grammar.ts';
import { endsInAddress, inBackticks } from './inlineSpans.ts';

/** A commit message, in Git's own file (`git-commit`) or in the editor's box (`scminput`). */
export const commitMessage: Grammar = { initial: emptyState, step, zone };

/** Marks that the subject line is behind us. */
const body = 'body';

function step(state: BlockState, text: string, start: number, end: number): BlockState {
  const line = text.slice(start, end);
  if (state.open?.kind === 'code') return state;
  if (/^# -+ >8 -+/u.test(line)) return opened(state, 'code', ''); // Git's scissors: the diff below is not the message
  return line.startsWith('#') || line.trim() === '' ? state : opened(state, 'commitBody', body);
}

function zone({ linePrefix, paragraphPrefix }: CaretLine, state: BlockState): ZoneKind {
  if (state.open?.kind === 'code') return 'code';
  if (linePrefix.startsWith('#')) return 'comment';
  if (inBackticks(paragraphPrefix)) return 'codeSpan';
  if (endsInAddress(linePrefix)) return 'linkTarget';
  return state.open === undefined ? 'commitSubject' : 'commitBody';
}
