import { endsInAddress } from './addresses.ts';
import type { SpanKind } from './block.ts';
import { lineLanguage } from './lineLanguage.ts';
import { scanInline, spansOfWords } from './org/inline.ts';
import { initialState, type OrgState, step } from './org/lines.ts';
import type { CaretLine } from './textLanguage.ts';
import { wordsAbove } from './wordsAbove.ts';
import type { ZoneKind } from './zone.ts';

/** Org: headlines, blocks, drawers, lists by indentation. */
export const org = lineLanguage<OrgState>({ initial: initialState, step, zone, spans: spansOfWords });

const openZones: Partial<Record<SpanKind, ZoneKind>> = {
  code: 'codeSpan',
  math: 'math',
  target: 'linkTarget',
  citation: 'citation',
  raw: 'markup',
};
/** A time stamp or a link without brackets that is being typed. */
const unfinished: readonly (readonly [pattern: RegExp, zone: ZoneKind])[] = [
  [/[<[]\d{4}-[\d-]{0,6}$/u, 'markup'],
  [/(?<![\p{L}\p{N}])(?:file|attachment|doi|info|help):\S+$/u, 'linkTarget'],
];

function zone(caret: CaretLine, state: OrgState): ZoneKind {
  const { linePrefix } = caret;
  // In an empty line the zone is that of a word written there.
  const after = step(state, linePrefix.trim() === '' ? `${linePrefix}x` : linePrefix, 0);
  const { kind, contentStart } = after.line;
  switch (kind) {
    case 'prose':
    case 'listItem':
    case 'quote':
    case 'heading': {
      const words = wordsAbove(caret, after.lines - 1).slice(after.lines === 1 ? contentStart : 0);
      const { open } = scanInline(words);
      const inner = open && openZones[open];
      if (inner === 'linkTarget' && words.slice(words.lastIndexOf('[[')).includes('][')) return kind;
      if (kind === 'heading' && /[ \t]:[\p{L}\p{N}_@#%:]*$/u.test(linePrefix.slice(-200))) return 'markup'; // tags
      const typed = unfinished.find(([pattern]) => pattern.test(linePrefix.slice(-200)))?.[1];
      return inner ?? typed ?? (endsInAddress(linePrefix) ? 'linkTarget' : kind);
    }
    case 'table':
      return 'tableCell';
    case 'markup':
      return state.opaque?.kind === 'markup' ? 'prose' : 'directive';
    case 'blank':
      return 'prose';
    default:
      return kind;
  }
}
