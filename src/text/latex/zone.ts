import { endsInAddress } from '../addresses.ts';
import type { BlockKind } from '../block.ts';
import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { balancedEnd, looksLikeProse } from './arguments.ts';
import { environmentAbove, type Frame, modeOf } from './frame.ts';
import { inDocument, isProgram, type LatexState, step } from './lines.ts';
import { LineScanner } from './scan.ts';

const blockZones: Readonly<Record<BlockKind, ZoneKind>> = {
  prose: 'prose',
  heading: 'heading',
  listItem: 'listItem',
  quote: 'quote',
  table: 'tableCell',
  code: 'code',
  math: 'math',
  frontMatter: 'command',
  comment: 'comment',
  markup: 'citation', // lists of literature
  blank: 'prose',
};

export function zone(caret: CaretLine, state: LatexState): ZoneKind {
  const { linePrefix } = caret;
  if (state.part === 'behind') return 'comment';
  if (isProgram(state.frame) || isProgram(step(state, linePrefix, 0).frame)) return 'code';
  if (chunkOptions.test(linePrefix)) return 'command';
  const scan = new LineScanner(linePrefix, 0, state.frame).scan();
  const { tail } = scan;
  const { frame, part } = inDocument({ ...state, frame: scan.frame }, scan);
  if (tail === 'comment') return 'comment';
  const environment = environmentAbove(frame, () => true)?.environment;
  if (frame?.environment && environment !== undefined && isUnread(environment.kind))
    return blockZones[environment.block];
  if (tail === 'code' || tail === 'program') return tail === 'code' ? 'codeSpan' : 'code';
  if (openEnvironment.test(linePrefix)) return 'command';
  if (tail === 'commandName') return 'command';
  const mode = zoneOfMode(frame, linePrefix);
  if (mode !== undefined) return mode;
  if (part === 'preamble' && frame?.kind !== 'group' && frame?.name !== 'abstract') return 'command';
  if (environment?.block === 'table' && endsInColumns(linePrefix)) return 'command';
  if (environment !== undefined && environment.block !== 'prose') return blockZones[environment.block];
  if (endsInAddress(linePrefix, false)) return 'linkTarget';
  const innermost = frame?.containers.at(-1)?.kind;
  return innermost === 'listItem' || innermost === 'quote' ? innermost : 'prose';
}

/** `<<name, fig.cap=`: a chunk of knitr that is being typed; the marks alone may be a French quotation. */
const chunkOptions = /^\s*<<(?:[\w.-]+,\s*)?[\w.]+\s*=(?!.*>>=)/u;
const openEnvironment = /\\(?:begin|end)\s*\{[^{}]*$/u;

/** Whether the width or the columns of a table are being typed. */
function endsInColumns(line: string): boolean {
  const begin = /\\begin\s*\{[a-zA-Z]+\*?\}(?!.*\\begin)/u.exec(line);
  let at: number | undefined = begin ? begin.index + begin[0].length : line.length;
  while (at !== undefined && (line[at] === '[' || line[at] === '{'))
    at = line[at] === '[' ? balancedEnd(line, at + 1, '[', ']') : balancedEnd(line, at + 1, '{', '}');
  return at === undefined;
}

const isUnread = (kind: string): boolean => kind === 'opaque' || kind === 'verbatim';

/** undefined: running text */
function zoneOfMode(frame: Frame | undefined, linePrefix: string): ZoneKind | undefined {
  switch (modeOf(frame)) {
    case 'text':
      return undefined;
    case 'target':
      return 'linkTarget';
    case 'unknown':
      return looksLikeProse(linePrefix, 0) ? undefined : 'command';
    default:
      return frame!.mode as 'math' | 'citation' | 'command' | 'heading';
  }
}
