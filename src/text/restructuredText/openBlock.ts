import type { BlockKind, Container } from '../block.ts';
import { matchAt } from '../matchAt.ts';
import { directiveOf } from './directives.ts';
import { maxDepth, push } from './frame.ts';
import { numberMarkOf } from './numbers.ts';
import { adornmentOf, patterns } from './patterns.ts';
import { lineIs, wordsAre } from './readings.ts';
import type { Above, NumberMark, RstLine, RstState } from './state.ts';

/** What stands before the column that is being read. */
interface Markers {
  readonly opensItem: boolean;
  /** the words behind it may be a title or a term: their column is known */
  readonly first: boolean;
  readonly number: NumberMark | undefined;
}

const noMarkers: Markers = { opensItem: false, first: true, number: undefined };

/** A line that begins a block: markers, one after the other, and what stands behind them. */
export function openBlock(line: RstLine): RstState {
  let at = line;
  let markers = noMarkers;
  if (isAttribution(line)) return toBlankLine(line, 'markup', false);
  while ((at.frame?.depth ?? 0) < maxDepth) {
    const behind = behindMarker(at);
    if (behind === undefined) break;
    ({ at, markers } = behind);
    if (at.column >= at.text.length) {
      const kind = markers.opensItem ? 'listItem' : 'markup';
      return lineIs(at, { kind, continues: false, opensItem: markers.opensItem });
    }
    if (at.frame?.opaque !== undefined) return lineIs(at, { kind: at.frame.opaque, continues: false });
  }
  return special(at, markers) ?? wordsAre(at, { continues: false, ...markers });
}

interface BehindMarker {
  readonly at: RstLine;
  readonly markers: Markers;
}

function behindMarker(at: RstLine): BehindMarker | undefined {
  const { text, column, frame, state } = at;
  const bullet = matchAt(patterns.bullet, text, column);
  if (bullet) return item(at, column + bullet[0].length, undefined);
  const enumerator = matchAt(patterns.enumerator, text, column);
  if (enumerator) return item(at, column + enumerator[0].length, numberMarkOf(at, enumerator));
  const field = matchAt(patterns.field, text, column);
  if (field && !state.bodySeen && frame === undefined) {
    return { at: { ...at, frame: push(frame, { base: column, opaque: 'frontMatter' }) }, markers: noMarkers };
  }
  const note = field ?? matchAt(patterns.option, text, column) ?? footnote(at);
  if (note === null) return undefined;
  const behind = column + note[0].length;
  const container = containerOf(at, behind, 'note');
  return {
    at: { ...at, column: behind, frame: push(frame, { base: column, container }) },
    markers: { opensItem: false, first: false, number: undefined },
  };
}

function item(at: RstLine, behind: number, number: NumberMark | undefined): BehindMarker {
  const { column, text, frame } = at;
  const container = { ...containerOf(at, behind, 'listItem'), ordered: number !== undefined };
  const isEmpty = behind >= text.length;
  const pushed = push(
    frame,
    isEmpty ? { base: column, container } : { base: column, indent: behind, strict: true, container },
  );
  return { at: { ...at, column: behind, frame: pushed }, markers: { opensItem: true, first: true, number } };
}

function containerOf(at: RstLine, behind: number, kind: Container['kind']): Omit<Container, 'task'> {
  const offset = at.offsetOf(at.column);
  return { kind, start: at.start + offset, marker: at.line.slice(offset, at.offsetOf(behind)), ordered: false };
}

/** `.. [1] `, with the dots. */
function footnote({ text, column }: RstLine): readonly [string] | null {
  const dots = matchAt(patterns.explicit, text, column);
  const label = dots && matchAt(patterns.footnote, text, column + dots[0].length);
  return label && [dots[0] + label[0]];
}

/** Who said what a quote, or a directive that sets one, quotes. */
const attribution = /^(?:---?(?!-)|\u2014) *\S/u;
const quotation = /^\.\. +(?:epigraph|highlights|pull-quote)::/iu;

/** Only behind something that is quoted. */
function isAttribution({ state, text, column, frame }: RstLine): boolean {
  const container = frame?.containers.at(-1);
  if (container === undefined || !state.frame?.containers.includes(container)) return false;
  const quotes = container.kind === 'quote' || quotation.test(container.marker);
  return quotes && attribution.test(text.slice(column, column + 5));
}

/** The line begins a block whose words are not read. */
type Opaque = (kind: BlockKind, head?: 'target') => RstState;

/** Whatever is neither a marker nor words. */
function special(at: RstLine, markers: Markers): RstState | undefined {
  const { text, column, frame } = at;
  const { opensItem } = markers;
  const until = (kind: BlockKind, above: Above) => lineIs(at, { kind, continues: false, above, opensItem });
  const lines = (block: BlockKind, starts: string, hanging = false) =>
    until(block, { kind: 'lines', block, starts, hanging });
  const opaque: Opaque = (kind, head) =>
    lineIs(at, { kind, continues: false, opensItem, frame: push(frame, { base: column, opaque: kind, head }) });
  if (matchAt(patterns.doctest, text, column)) return toBlankLine(at, 'code', opensItem);
  if (matchAt(patterns.lineBlock, text, column)) return lines('markup', '|', true);
  if (matchAt(patterns.gridTable, text, column)) return lines('table', '+|');
  if (matchAt(patterns.simpleTable, text, column))
    return until('table', { kind: 'simpleTable', borders: 0, border: false });
  if (matchAt(patterns.anonymous, text, column)) return opaque('markup', 'target');
  const dots = matchAt(patterns.explicit, text, column);
  if (dots) return explicit(at, column + dots[0].length, opaque);
  const mark = adornmentOf(text.slice(column));
  if (mark === '' || text.length - column < 4) return undefined;
  const row = until('markup', { kind: 'overline', mark });
  return { ...row, line: { ...row.line, contentEnd: row.line.contentStart } };
}

/** A block whose further lines may be anything, as the output in a doctest block. */
const toBlankLine = (at: RstLine, block: BlockKind, opensItem: boolean): RstState =>
  lineIs(at, { kind: block, continues: false, opensItem, above: { kind: 'toBlankLine', block } });

/** Explicit markup: `.. ` and something. */
function explicit(at: RstLine, behind: number, opaque: Opaque): RstState {
  const { text, column, frame } = at;
  if (behind >= text.length) {
    return lineIs(at, {
      kind: 'comment',
      continues: false,
      frame: push(frame, { base: column, opaque: 'comment', head: 'bare' }),
    });
  }
  if (matchAt(patterns.target, text, behind)) return opaque('markup', 'target');
  if (matchAt(patterns.substitution, text, behind)) return opaque('markup');
  const directive = matchAt(patterns.directive, text, behind);
  if (directive === null) return opaque('comment');
  const { argument, content } = directiveOf(directive[1]!);
  if (content !== 'words') return opaque(content);
  const words = behind + directive[0].length;
  const container = containerOf(at, words, 'note');
  if (argument === 'title' || argument === 'opaque') {
    const head = argument === 'title' ? 'title' : 'arguments';
    return lineIs(at, { kind: 'markup', continues: false, frame: push(frame, { base: column, head, container }) });
  }
  const inside = { ...at, frame: push(frame, { base: column, head: 'words', container }) };
  const version = argument === 'version' ? /^\S+ */u.exec(text.slice(words))?.[0].length : 0;
  const first = words + (version ?? 0);
  if (first >= text.length) return lineIs(inside, { kind: 'markup', continues: false });
  return wordsAre({ ...inside, column: first }, { continues: false, first: false });
}
