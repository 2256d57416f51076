import { endsInAddress } from '../addresses.ts';
import type { SpanKind } from '../block.ts';
import type { CaretLine } from '../textLanguage.ts';
import { wordsAbove } from '../wordsAbove.ts';
import type { ZoneKind } from '../zone.ts';
import { scanInline } from './inline.ts';
import { step } from './lines.ts';
import type { AdocState } from './state.ts';

const openZones: Partial<Record<SpanKind, ZoneKind>> = {
  code: 'codeSpan',
  math: 'math',
  citation: 'citation',
  raw: 'directive',
};

export function zone(caret: CaretLine, state: AdocState): ZoneKind {
  const { linePrefix } = caret;
  // In an empty line the zone is that of a word written there.
  const after = step(state, linePrefix.trim() === '' ? `${linePrefix}x` : linePrefix, 0);
  switch (after.line.kind) {
    case 'code':
    case 'math':
    case 'comment':
      return after.line.kind;
    case 'table':
      return 'tableCell';
    case 'frontMatter':
      return 'directive';
    case 'heading':
      return after.line.contentEnd > after.line.contentStart ? 'heading' : 'directive';
    case 'markup':
      return markupZone(linePrefix, after);
    default:
      return wordsZone(caret, after);
  }
}

function markupZone(linePrefix: string, { paragraph, open }: AdocState): ZoneKind {
  if (paragraph?.kind === 'markup' || open?.block === 'markup') return 'prose'; // a verse
  if (/^\.[^ \t.]/u.test(linePrefix)) return 'heading'; // the title of a block
  return /^\w+::/u.test(linePrefix) ? 'linkTarget' : 'directive';
}

/** What is not finished and so not yet read as what it will be. */
const unfinished: readonly (readonly [pattern: RegExp, zone: ZoneKind])[] = [
  [/^:[^:\s][^:]*$/u, 'directive'],
  [/^\[[^\]]*$/u, 'directive'],
  [/^={1,6}\s*$/u, 'heading'],
  [/(?<![\\$\w])\{[a-z][\w-]*$/iu, 'directive'],
  [/(?<!\w)(?:link|image|xref|include|icon|mailto):\S*$/u, 'linkTarget'],
];

/** `image::file[…`, not closed yet. */
function isOpenMacro(line: string): boolean {
  const name = /^\w+::/u.exec(line)?.[0];
  if (name === undefined) return false;
  const bracket = line.indexOf('[', name.length);
  if (bracket < 0 && /^(?:image|video|audio|include)::\S/u.test(line)) return true; // the names of files may hold blanks
  return bracket < 0 ? !/\s/u.test(line.slice(name.length)) : !line.includes(']', bracket);
}

function wordsZone(caret: CaretLine, after: AdocState): ZoneKind {
  const { linePrefix } = caret;
  const words = wordsAbove(caret, after.lines - 1).slice(after.lines === 1 ? after.line.contentStart : 0);
  const { open } = scanInline(words);
  const isLabel = open === 'citation' && words.slice(words.lastIndexOf('<<')).includes(',');
  const inner = open && !isLabel ? openZones[open] : undefined;
  if (inner !== undefined) return inner;
  if (isOpenMacro(linePrefix)) return 'linkTarget';
  for (const [pattern, kind] of unfinished) if (pattern.test(linePrefix)) return kind;
  if (open !== 'link' && endsInAddress(linePrefix)) return 'linkTarget';
  return after.line.kind === 'listItem' || after.line.kind === 'quote' ? after.line.kind : 'prose';
}
