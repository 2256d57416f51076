import { type CaretLine, emptyState, type Grammar } from './grammar.ts';
import { endsInAddress } from './inlineSpans.ts';
import type { ZoneKind } from './zone.ts';

/** Text without markup: lists and e-mail quotes are recognised by habit only. */
export const plainText: Grammar = { initial: emptyState, step: (state) => state, zone };

function zone({ linePrefix }: CaretLine): ZoneKind {
  if (endsInAddress(linePrefix)) return 'linkTarget';
  if (/^\s*>/u.test(linePrefix)) return 'quote';
  return /^\s*(?:[-*+•–]|\d{1,3}[.)])\s/u.test(linePrefix) ? 'listItem' : 'prose';
}
