import type { Block, InlineSpan } from './block.ts';
import type { LineLanguage, LineReading, LineState } from './lineLanguage.ts';
import { spansAmongPrefixes } from './prefixes.ts';
import type { BlockReading } from './textLanguage.ts';

type Open = { -readonly [Key in keyof Block]: Block[Key] };

/** Reads a text line by line and joins the lines that belong together to blocks. */
export function blocksOfLines<State extends LineState>(language: LineLanguage<State>, text: string): BlockReading {
  const blocks: Open[] = [];
  const prefixes = new Map<Block, InlineSpan[]>();
  let state = language.initial;
  for (const { start, end } of linesOf(text)) {
    if (start === text.length && start > 0) break; // nothing stands behind the last line break
    state = language.step(state, text.slice(start, end), start);
    const { line } = state;
    const open = blocks.at(-1);
    if (open !== undefined && line.recast) Object.assign(open, line.recast);
    if (open === undefined || !(line.continues || (line.kind === 'blank' && open.kind === 'blank'))) {
      blocks.push(blockOfLine(line, start, end));
      continue;
    }
    if (hasWords(line)) {
      const prefix = { kind: 'prefix', start, end: start + line.contentStart } as const;
      if (!hasWords(open)) open.contentStart = prefix.end;
      else if (prefix.end > start) push(prefixes, open, prefix);
      open.contentEnd = start + line.contentEnd;
    }
    open.end = end;
  }
  const spansOf = (block: Block): InlineSpan[] => {
    const scan = (words: string) => language.spans(words, block);
    return spansAmongPrefixes(text, block, { prefixes: prefixes.get(block) ?? [], scan });
  };
  return { blocks, spansOf };
}

const hasWords = (part: Pick<Block | LineReading, 'contentStart' | 'contentEnd'>) =>
  part.contentEnd > part.contentStart;

function blockOfLine(line: LineReading, start: number, end: number): Open {
  const { kind, level, containers, opensItem } = line;
  const contentStart = start + line.contentStart;
  const contentEnd = start + Math.max(line.contentStart, line.contentEnd);
  return { kind, start, end, contentStart, contentEnd, level, containers, opensItem };
}

function push(prefixes: Map<Block, InlineSpan[]>, block: Block, prefix: InlineSpan): void {
  const known = prefixes.get(block);
  if (known) known.push(prefix);
  else prefixes.set(block, [prefix]);
}

/** The lines of a text without their line ends (`\n`, `\r\n`, `\r`); the last one is '' behind a last line break. */
function* linesOf(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  for (const { 0: lineBreak, index } of text.matchAll(/\r\n?|\n/gu)) {
    yield { start, end: index };
    start = index + lineBreak.length;
  }
  yield { start, end: text.length };
}
