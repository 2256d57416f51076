import { endsInAddress } from '../addresses.ts';
import type { SpanKind } from '../block.ts';
import type { CaretLine } from '../textLanguage.ts';
import { wordsAbove } from '../wordsAbove.ts';
import type { ZoneKind } from '../zone.ts';
import { scanInline } from './inline.ts';
import { step } from './lines.ts';
import type { RstState } from './state.ts';

const openZones: Partial<Record<SpanKind, ZoneKind>> = {
  code: 'codeSpan',
  math: 'math',
  target: 'linkTarget',
  citation: 'citation',
};

export function zone(caret: CaretLine, state: RstState): ZoneKind {
  const { linePrefix } = caret;
  const isBlank = linePrefix.trim() === '';
  const { opaque } = state.frame ?? {};
  if (isBlank && linePrefix === '' && (opaque === 'code' || opaque === 'math')) return opaque;
  // In an empty line the zone is that of a word written there.
  const after = step(state, isBlank ? `${linePrefix}x` : linePrefix, 0);
  switch (after.line.kind) {
    case 'code':
    case 'math':
    case 'frontMatter':
      return after.line.kind;
    case 'table':
      return option.test(linePrefix) ? 'directive' : 'tableCell';
    case 'heading':
      return after.line.contentEnd > after.line.contentStart ? 'heading' : 'directive';
    case 'comment':
      return /^\s*\.\.\s+[\w-]+$/u.test(linePrefix) && after.frame?.base === linePrefix.indexOf('..')
        ? 'directive'
        : 'comment';
    case 'markup':
      return markupZone(linePrefix, after);
    default:
      return wordsZone(caret, after);
  }
}

function markupZone(linePrefix: string, { frame, above }: RstState): ZoneKind {
  if (/^\s*(?:\.\.\s+_|__\s)/u.test(linePrefix)) return 'linkTarget';
  if (above.kind === 'lines') return 'prose'; // a line block
  return frame?.head === 'title' && !/^\s*\.\.\s+[\w:-]+$/u.test(linePrefix) ? 'heading' : 'directive';
}

/** `:header:` of a table that is written as a directive */
const option = /^\s+:[\w-]+:/u;

/** A field's name and the first word of its body: more than that is prose. */
const shortField = /^\s*:[^:`\s][^:`]*(?::(?!`)\s*\S*)?$/u;

function wordsZone(caret: CaretLine, after: RstState): ZoneKind {
  const words = wordsAbove(caret, after.lines - 1).slice(after.lines === 1 ? after.line.contentStart : 0);
  const { open } = scanInline(words);
  const zone = open && openZones[open.kind];
  if (zone !== undefined) return zone;
  if (endsInAddress(caret.linePrefix)) return 'linkTarget';
  if (shortField.test(caret.linePrefix)) return 'directive';
  return after.line.kind === 'listItem' || after.line.kind === 'quote' ? after.line.kind : 'prose';
}
