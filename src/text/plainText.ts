import { addressSpans, endsInAddress } from './addresses.ts';
import { type Container, kindOfWords } from './block.ts';
import { indentation } from './indentation.ts';
import { blankLine, type LineState, lineLanguage, plainLine } from './lineLanguage.ts';
import type { CaretLine } from './textLanguage.ts';
import type { ZoneKind } from './zone.ts';

export interface PlainState extends LineState {
  /** the list items that are open, outermost first */
  readonly items: readonly OpenItem[];
  readonly endsInColon: boolean;
}

interface OpenItem {
  readonly container: Container;
  /** columns before the marker, and before the words behind it */
  readonly column: number;
  readonly wordsColumn: number;
}

export const initialPlainState: PlainState = { line: blankLine, headings: [], items: [], endsInColon: false };

/** Text without markup: paragraphs stand between blank lines; lists and e-mail quotes are recognized by habit only. */
export const plainText = lineLanguage<PlainState>({
  initial: initialPlainState,
  step: plainStep,
  zone,
  spans: (words) => addressSpans(words),
});

const quoteMarks = /^\s*>(?:[ \t]?>)*[ \t]?/u;
const listMarker = /^[ \t]*((?:[-*+•–]|(\d{1,3})[.)])[ \t]+(\[[ xX]\][ \t]+)?)/u;

export function plainStep(state: PlainState, line: string, start: number): PlainState {
  if (line.trim() === '') return { ...state, line: blankLine };
  const quote = quoteMarks.exec(line)?.[0];
  if (quote !== undefined) return quoted(state, { line, start, marks: quote });
  const marker = mayOpenItem(state) ? listMarker.exec(line) : null;
  const afterBlank = state.line.kind === 'blank' || state.line.kind === 'quote';
  const column = indentation(line);
  const isOpen = (item: OpenItem) => (marker ? item.column < column : !afterBlank || item.wordsColumn <= column);
  const items = state.items.filter(isOpen);
  if (marker) items.push(itemOf(marker, { column, start: start + line.indexOf(marker[1]!) }));
  const containers = items.map(({ container }) => container);
  return {
    ...state,
    items,
    endsInColon: line.trimEnd().endsWith(':'),
    line: {
      ...plainLine(kindOfWords(containers), line, !marker && !afterBlank),
      ...(marker && { contentStart: marker[0].length, opensItem: true }),
      level: Math.max(0, containers.length - 1),
      containers,
    },
  };
}

/** A dash at the beginning of a line is no list marker in the middle of a paragraph. */
const mayOpenItem = ({ line, items, endsInColon }: PlainState): boolean =>
  line.kind === 'blank' || line.kind === 'quote' || items.length > 0 || endsInColon;

function itemOf(marker: RegExpExecArray, { column, start }: { column: number; start: number }): OpenItem {
  const [whole, mark, number, box] = marker;
  const container: Container = {
    kind: 'listItem',
    start,
    marker: mark!,
    ordered: number !== undefined,
    task: box !== undefined,
  };
  const before = whole.length - mark!.length;
  return { container, column, wordsColumn: column + whole.length - before - (box?.length ?? 0) };
}

function quoted(state: PlainState, { line, start, marks }: { line: string; start: number; marks: string }): PlainState {
  const before = state.line;
  const continues = before.kind === 'quote' && before.containers[0]!.marker.trim() === marks.trim();
  const first: Container = {
    kind: 'quote',
    start: start + marks.indexOf('>'),
    marker: marks.trimStart(),
    ordered: false,
    task: false,
  };
  const hasWords = line.length > marks.length;
  return {
    ...state,
    items: [],
    endsInColon: false,
    line: {
      kind: hasWords ? 'quote' : 'blank',
      continues: hasWords && continues,
      contentStart: marks.length,
      contentEnd: Math.max(marks.length, line.trimEnd().length),
      level: 0,
      containers: continues ? before.containers : [first],
      opensItem: false,
    },
  };
}

function zone({ linePrefix }: CaretLine): ZoneKind {
  if (endsInAddress(linePrefix)) return 'linkTarget';
  if (/^\s*>/u.test(linePrefix)) return 'quote';
  return /^\s*(?:[-*+•–]|\d{1,3}[.)])\s/u.test(linePrefix) ? 'listItem' : 'prose';
}
