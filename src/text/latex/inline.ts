import type { InlineSpan } from '../block.ts';
import { withAddresses } from '../withAddresses.ts';
import type { Frame } from './frame.ts';
import type { Piece } from './piece.ts';
import { LineScanner } from './scan.ts';

/** What stays as it is among a block's words: formulas, code, keys, comments and commands. */
export function spansOfWords(words: string): InlineSpan[] {
  const spans: InlineSpan[] = [];
  let frame: Frame | undefined;
  let start = 0;
  for (const line of words.split('\n')) {
    const scan = new LineScanner(line.endsWith('\r') ? line.slice(0, -1) : line, start, frame).scan();
    for (const piece of scan.pieces) addSpan(spans, piece, { words, start });
    frame = scan.frame;
    start += line.length + 1;
  }
  return withAddresses(words, spans);
}

const kinds: Readonly<Record<Piece['kind'], InlineSpan['kind'] | undefined>> = {
  text: undefined,
  unknown: undefined,
  heading: undefined,
  structure: 'command',
  item: 'command',
  display: 'math',
  command: 'command',
  citation: 'citation',
  target: 'target',
  comment: 'comment',
  code: 'code',
  math: 'math',
};

function addSpan(spans: InlineSpan[], piece: Piece, line: { words: string; start: number }): void {
  const kind = kinds[piece.kind];
  if (kind === undefined) return;
  const start = line.start + piece.start;
  const end = line.start + piece.end;
  const last = spans.at(-1);
  const between = last?.kind === kind ? line.words.slice(last.end, start) : undefined;
  const joins = between === '' || (kind === 'math' && (between === '\n' || between === '\r\n'));
  if (joins) spans[spans.length - 1] = { ...last!, end };
  else spans.push({ kind, start, end });
}
