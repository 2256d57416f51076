import { endsInAddress } from './addresses.ts';
import type { Block, InlineSpan } from './block.ts';
import { type Before, lineLanguage } from './lineLanguage.ts';
import type { CaretLine } from './textLanguage.ts';
import { type Frame, isCode } from './typst/frame.ts';
import { initialState, step, type TypstState } from './typst/lines.ts';
import { LineScanner } from './typst/scan.ts';
import { withAddresses } from './withAddresses.ts';
import type { ZoneKind } from './zone.ts';

/** Typst: markup, and the program text that a `#` begins. */
export const typst = lineLanguage<TypstState>({ initial: initialState, step, zone, spans });

const frameZones: Readonly<Record<Frame['kind'], ZoneKind | undefined>> = {
  statement: 'command',
  control: 'command',
  code: 'command',
  string: 'command',
  content: undefined,
  brackets: undefined,
  math: 'math',
  raw: 'code',
  comment: 'comment',
};

function zone({ linePrefix }: CaretLine, state: TypstState): ZoneKind {
  const { pieces, endsIn, endsInName } = new LineScanner(linePrefix, state.frame).scan();
  const last = pieces.at(-1)?.kind;
  if (endsIn?.kind === 'raw') return endsIn.close === '`' && !isCode(endsIn.parent) ? 'codeSpan' : 'code';
  const open = endsIn?.inMath ? 'math' : endsIn && frameZones[endsIn.kind];
  if (open !== undefined) return open;
  if (last === 'comment' && !linePrefix.trimEnd().endsWith('*/')) return 'comment';
  if (endsInLabel(linePrefix)) return 'citation';
  if (endsInName || linePrefix.endsWith('#')) return 'command';
  if (last === 'target' || endsInAddress(linePrefix)) return 'linkTarget';
  if (/^\s*={1,6}(?:\s|$)/u.test(linePrefix)) return 'heading';
  const { kind } = step(state, linePrefix.trim() === '' ? `${linePrefix}x` : linePrefix, 0).line;
  return kind === 'listItem' || kind === 'quote' ? kind : 'prose';
}

/** `@label` or `<label>` that is not finished. */
function endsInLabel(line: string): boolean {
  const at = Math.max(line.lastIndexOf('@'), line.lastIndexOf('<'));
  if (at < 0 || (line[at] === '@' && /[\p{L}\p{N}]/u.test(line[at - 1] ?? ''))) return false;
  return /^[\w:.-]*$/u.test(line.slice(at + 1));
}

/** What stays as it is among a block's words: program text, formulas, raw text, labels and comments. */
function spans(words: string, _block: Block, { state, lead }: Before<TypstState>): InlineSpan[] {
  const found: InlineSpan[] = [];
  let { frame } = state;
  let start = -lead.length; // program text before the words may go on among them
  for (const line of (lead + words).split('\n')) {
    const scan = new LineScanner(line.endsWith('\r') ? line.slice(0, -1) : line, frame).scan();
    for (const piece of scan.pieces) {
      const [from, to] = [Math.max(0, start + piece.start), start + piece.end];
      if (piece.kind === 'text' || to <= from) continue;
      const last = found.at(-1);
      if (last?.kind === piece.kind && last.end === from) found[found.length - 1] = { ...last, end: to };
      else found.push({ kind: piece.kind, start: from, end: to });
    }
    frame = scan.frame;
    start += line.length + 1;
  }
  return withAddresses(words, found);
}
