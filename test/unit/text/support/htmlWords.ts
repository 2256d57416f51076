import type { TextReading } from '../../../../src/text/block.ts';
import { kindsByLine } from './parse5Lines.ts';

/** The kinds of words in each line of a reading of HTML, as `parse5Lines` gives them. */
export function htmlWordLines(reading: TextReading): string[] {
  const parts = reading.blocks.flatMap((block) => {
    if (block.contentEnd === block.contentStart) return [];
    const kind = block.kind === 'heading' ? `heading${block.level}` : block.kind;
    if (!/^(?:heading\d|prose|listItem|quote|table)$/u.test(kind)) return [];
    const words: { start: number; end: number; kind: string }[] = [];
    let from = block.contentStart;
    for (const { start, end, kind: span } of reading.spansOf(block)) {
      if (span === 'target') continue;
      if (span === 'raw' && !reading.text.startsWith('<', start)) continue;
      words.push({ start: from, end: start, kind });
      from = end;
    }
    return [...words, { start: from, end: block.contentEnd, kind }];
  });
  return kindsByLine(reading.text, parts);
}
