import { type BlockKind, type Container, kindOfWords } from '../block.ts';
import { ownCopy } from '../ownCopy.ts';
import { containersOf, type Frame } from './frame.ts';
import { type Above, type NumberMark, nothing, type RstLine, type RstState } from './state.ts';

interface Reading {
  readonly kind: BlockKind;
  readonly continues: boolean;
  readonly frame?: Frame | undefined;
  readonly above?: Above;
  readonly opensItem?: boolean;
}

/** The state after a line, and what the line is. */
export function lineIs(at: RstLine, { kind, continues, ...reading }: Reading): RstState {
  const { state, line } = at;
  const { frame = at.frame, above = nothing, opensItem = false } = reading;
  const containers = containersOf(frame);
  const contentStart = at.offsetOf(at.column);
  const contentEnd = Math.max(contentStart, line.trimEnd().length);
  const level = kind === 'listItem' ? nestingOf(containers) : 0;
  return {
    ...state,
    frame,
    above,
    line: { kind, continues, contentStart, contentEnd, level, containers, opensItem },
    lines: continues ? state.lines + 1 : 1,
  };
}

interface Words {
  readonly continues: boolean;
  /** the line below may make a title or a term of it */
  readonly first: boolean;
  readonly opensItem?: boolean;
  readonly number?: NumberMark | undefined;
}

/** The state after a line of words. */
export function wordsAre(at: RstLine, { continues, first, opensItem = false, number }: Words): RstState {
  const text = at.text.slice(at.column);
  const above: Above = {
    kind: 'words',
    first,
    literal: endsInColons(text),
    over: undefined,
    title: first ? shortCopy(text) : '',
    bodySeen: at.state.bodySeen,
    number,
  };
  const kind = kindOfWords(containersOf(at.frame));
  return { ...lineIs(at, { kind, continues, above, opensItem }), bodySeen: true };
}

const endsInColons = (text: string): boolean => text.endsWith('::') && !text.endsWith('\\::');

/** Longer titles say little about where one is. */
const maxTitleChars = 200;
export const shortCopy = (text: string): string => ownCopy(text.slice(0, maxTitleChars));

/** The list items that enclose an item. */
const nestingOf = (containers: readonly Container[]): number =>
  Math.max(0, containers.filter(({ kind }) => kind === 'listItem').length - 1);

/** The level of a title with this adornment: in the order in which a document uses them. */
export function levelOf({ styles }: RstState, style: string): number {
  const known = styles.indexOf(style);
  return Math.min(6, (known < 0 ? styles.length : known) + 1);
}

/** Adornments beyond this many are nobody's outline. */
const maxStyles = 32;

/** The state after the line below a title. */
export function titleIs(at: RstLine, style: string, title: string): RstState {
  const { state } = at;
  const level = levelOf(state, style);
  const isNew = !state.styles.includes(style) && state.styles.length < maxStyles;
  const heading = { level, line: `${title.trim()}\n${at.text.slice(at.column, at.column + maxTitleChars)}` };
  const underline = lineIs(at, { kind: 'heading', continues: true });
  return {
    ...underline,
    line: { ...underline.line, contentEnd: underline.line.contentStart, recast: { kind: 'heading', level } },
    styles: isNew ? [...state.styles, style] : state.styles,
    bodySeen: state.above.kind === 'words' ? state.above.bodySeen : state.bodySeen,
    headings: [...state.headings.filter((above) => above.level < level), heading],
  };
}
