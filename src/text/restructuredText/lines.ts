import { kindOfWords } from '../block.ts';
import { blankLine } from '../lineLanguage.ts';
import { matchAt } from '../matchAt.ts';
import { containersOf, frameAt, maxDepth, push, textColumnOf, withColumn } from './frame.ts';
import { openBlock } from './openBlock.ts';
import { adornmentOf, isPunctuation, patterns } from './patterns.ts';
import { levelOf, lineIs, shortCopy, titleIs, wordsAre } from './readings.ts';
import { type Above, nothing, type RstLine, type RstState } from './state.ts';
import { columnsOf } from './tabs.ts';

/** One line after the other, tried in the order in which docutils' state machine asks what a line can be. */
export function step(state: RstState, line: string, start: number): RstState {
  const { text, offsetOf } = columnsOf(line.trimEnd());
  if (text === '') return afterBlank(state);
  const column = text.length - text.trimStart().length;
  const found = frameAt(state.frame, column);
  const same = found === state.frame;
  const frame = withColumn(same || found === undefined ? found : { ...found, head: undefined }, column);
  const at: RstLine = { state, line, start, text, offsetOf, column, frame };
  return (same ? furtherLine(at) : numberTakenBack(at)) ?? firstLine(at, same);
}

function afterBlank(state: RstState): RstState {
  const { above, frame } = state;
  if (above.kind === 'simpleTable' && !above.border) {
    return { ...state, line: { ...blankLine, kind: 'table', continues: true } };
  }
  const literal = above.kind === 'literal' || (above.kind === 'words' && above.literal);
  const ends = frame?.head === 'bare' || frame?.head === 'target';
  return {
    ...state,
    line: blankLine,
    above: literal ? { kind: 'literal' } : nothing,
    frame: ends ? frame.parent : frame?.head !== undefined ? { ...frame, head: undefined } : frame,
  };
}

/** The line as a further one of what stands above it, if it is that. */
function furtherLine(at: RstLine): RstState | undefined {
  const { state, text, column, frame } = at;
  const { above } = state;
  if (frame?.opaque !== undefined) {
    const kind = frame.opaque;
    const head = frame.head === 'target' ? frame.head : undefined;
    return lineIs(at, { kind, continues: state.line.kind === kind, frame: { ...frame, head } });
  }
  if (frame?.head !== undefined) {
    const isOption = frame.head === 'options' || matchAt(patterns.field, text, column) !== null;
    const continues = state.line.kind === 'markup';
    if (isOption) return lineIs(at, { kind: 'markup', continues, frame: { ...frame, head: 'options' } });
    if (frame.head !== 'words') return lineIs(at, { kind: 'markup', continues });
  }
  switch (above.kind) {
    case 'words':
      return column === textColumnOf(frame) ? furtherWords(at, above) : indentedWords(at, above);
    case 'lines':
      return above.starts.includes(text[column]!) || (above.hanging && column > textColumnOf(frame))
        ? lineIs(at, { kind: above.block, continues: true, above })
        : undefined;
    case 'simpleTable':
      return tableRow(at, above);
    case 'toBlankLine':
      return lineIs(at, { kind: above.block, continues: true, above });
    case 'overline':
      return titleText(at, above);
    default:
      return undefined;
  }
}

function furtherWords(at: RstLine, above: Above & { kind: 'words' }): RstState {
  const rest = at.text.slice(at.column);
  const mark = above.first ? adornmentOf(rest) : '';
  if (above.over !== undefined && mark === above.over) return titleIs(at, mark + mark, above.title);
  const isUnderline = mark !== '' && (rest.length >= 4 || rest.length >= above.title.length);
  if (isUnderline && above.over === undefined) return titleIs(at, mark, above.title);
  return wordsAre(at, { continues: true, first: false });
}

/** Directly below one line of words: its definition. Below several: a quote that lacks its blank line. */
function indentedWords(at: RstLine, above: Above & { kind: 'words' }): RstState | undefined {
  const { frame, column, state } = at;
  if (!above.first || above.over !== undefined || (frame?.depth ?? 0) >= maxDepth) return undefined;
  const container = { kind: 'note' as const, start: at.start + at.offsetOf(column), marker: '', ordered: false };
  const definition = push(frame, { base: textColumnOf(frame), indent: column, container });
  const below = openBlock({ ...at, frame: definition });
  return { ...below, line: { ...below.line, recast: { kind: 'markup', level: 0 } }, bodySeen: state.bodySeen };
}

/** A simple table ends with its second border, or with one above a blank line. */
function tableRow(at: RstLine, above: Above & { kind: 'simpleTable' }): RstState {
  const row = at.text.slice(at.column);
  const border = row.startsWith('=') && !/[^= ]/u.test(row);
  const borders = above.borders + (border ? 1 : 0);
  return lineIs(at, {
    kind: 'table',
    continues: true,
    above: borders === 2 ? nothing : { kind: 'simpleTable', border, borders },
  });
}

/** Words below a row of marks: a title, whose underline is still to come. */
function titleText(at: RstLine, { mark }: Above & { kind: 'overline' }): RstState {
  const title = shortCopy(at.text.slice(at.column));
  const { bodySeen } = at.state;
  const above: Above = { kind: 'words', first: true, literal: false, over: mark, title, bodySeen, number: undefined };
  const level = levelOf(at.state, mark + mark);
  const words = lineIs(at, { kind: 'heading', continues: true, above });
  return { ...words, line: { ...words.line, level, recast: { kind: 'heading', level } } };
}

/** `A. Einstein was` above a line that is neither indented nor the next number is no list item. */
function numberTakenBack(at: RstLine): RstState | undefined {
  const { text, column, state } = at;
  const { above, frame } = state;
  if (above.kind !== 'words' || above.number === undefined || column !== frame?.base) return undefined;
  const { next, start } = above.number;
  const mark = adornmentOf(text.slice(column));
  if (mark !== '' && text.length - column >= 4) {
    const title = titleIs(at, mark, `${frame.containers.at(-1)!.marker}${above.title}`);
    const item = { contentStart: start, containers: containersOf(at.frame), opensItem: false };
    return { ...title, line: { ...title.line, recast: { ...title.line.recast, ...item } } };
  }
  const isNumber =
    next === undefined
      ? matchAt(patterns.enumerator, text, column) !== null
      : next.some((begin) => text.startsWith(begin, column));
  if (isNumber) return undefined;
  const words = wordsAre(at, { continues: true, first: false });
  const { containers, level } = words.line;
  const recast = { kind: kindOfWords(containers), level, contentStart: start, containers, opensItem: false };
  return { ...words, line: { ...words.line, recast } };
}

/** The line as the first one of a block. */
function firstLine(at: RstLine, same: boolean): RstState {
  const { text, column, frame } = at;
  const base = textColumnOf(frame);
  const { above } = at.state;
  const isUnknown = at.state.frame !== undefined && at.state.frame.indent === undefined;
  const isLiteral = same && (above.kind === 'literal' || (above.kind === 'words' && above.literal));
  if (isLiteral && (column > base || isUnknown)) {
    const code = push(at.state.frame, { base: isUnknown ? at.state.frame!.base : base, opaque: 'code' });
    return lineIs(at, { kind: 'code', continues: false, frame: code });
  }
  if (isLiteral && isPunctuation(text[column]!)) {
    const quoted: Above = { kind: 'lines', block: 'code', starts: text[column]!, hanging: false };
    return lineIs(at, { kind: 'code', continues: false, above: quoted });
  }
  if (column <= base || (frame?.depth ?? 0) >= maxDepth) return openBlock(at);
  const container = { kind: 'quote' as const, start: at.start + at.offsetOf(column), marker: '', ordered: false };
  return openBlock({ ...at, frame: push(frame, { base, indent: column, container }) });
}
