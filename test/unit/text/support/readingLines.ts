import type { TextReading } from '../../../../src/text/block.ts';

/** What each line of a reading is: the kind of the block that begins in it or goes on in it, '' for a blank line. */
export function readingLines({ text, blocks }: TextReading): string[] {
  const lines: string[] = [];
  let next = 0;
  let start = 0;
  for (const line of text.split(/\r\n?|\n/u)) {
    while (next < blocks.length && blocks[next]!.end < start) next++;
    const block = blocks[next];
    const isIn = block !== undefined && block.start <= start + line.length;
    const name = block?.kind === 'heading' ? `heading${block.level}` : (block?.kind ?? '');
    lines.push(!isIn || /^[\s>]*$/u.test(line) ? '' : name);
    start += line.length;
    start += text.startsWith('\r\n', start) ? 2 : 1;
  }
  return lines;
}
