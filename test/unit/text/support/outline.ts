import { type Block, holdsSentences, type TextReading } from '../../../../src/text/block.ts';
import { readText } from '../../../../src/text/readText.ts';

/**
 * A text's blocks, one a line, as `kind[@level][ in containers]: words`, blank ones left out; words with ⟦spans⟧ marked.
 * Checks on the way what holds for every reading.
 */
export function outline(text: string, languageId: string): string[] {
  const reading = readText(text, languageId);
  checkReading(reading);
  return reading.blocks.filter(({ kind }) => kind !== 'blank').map((block) => drawn(reading, block));
}

function drawn(reading: TextReading, block: Block): string {
  const level = block.level > 0 ? `@${block.level}` : '';
  const containers = block.containers.map(
    ({ kind, marker, task }) => `${kind}(${marker.trim()}${task ? ' task' : ''})`,
  );
  const standsIn = containers.length > 0 ? ` in ${containers.join(' ')}` : '';
  const hasWords = holdsSentences(block) || block.kind === 'heading';
  const words = hasWords ? marked(reading, block) : reading.text.slice(block.start, block.end);
  return `${block.kind}${level}${block.opensItem ? '+' : ''}${standsIn}: ${words}`;
}

function marked({ text, ...reading }: TextReading, block: Block): string {
  let drawn = '';
  let from = block.contentStart;
  for (const { start, end } of reading.spansOf(block)) {
    drawn += `${text.slice(from, start)}⟦${text.slice(start, end)}⟧`;
    from = end;
  }
  return drawn + text.slice(from, block.contentEnd);
}

/** Throws where a reading breaks the rules of `Block` and `InlineSpan`. */
export function checkReading(reading: TextReading): void {
  const { text, blocks } = reading;
  let end = 0;
  const demand = (holds: boolean, what: string, block: unknown) => {
    if (!holds) throw new Error(`${what}: ${JSON.stringify(block)} of ${JSON.stringify(text.slice(0, 300))}`);
  };
  for (const block of blocks) {
    demand(block.start >= end && block.end >= block.start, 'blocks overlap', block);
    demand(/^[\r\n]*$/.test(text.slice(end, block.start)), 'characters without a block', block);
    demand(
      block.start <= block.contentStart && block.contentStart <= block.contentEnd && block.contentEnd <= block.end,
      'words outside their block',
      block,
    );
    for (const { marker, start } of block.containers)
      demand(start <= block.end && text.startsWith(marker, start), 'a marker that stands elsewhere', block);
    let at = block.contentStart;
    for (const span of reading.spansOf(block)) {
      demand(span.start >= at && span.end > span.start && span.end <= block.contentEnd, 'span out of place', [
        span,
        block,
      ]);
      at = span.end;
    }
    end = block.end;
  }
  demand(/^[\r\n]*$/.test(text.slice(end)), 'characters without a block at the end', text.length);
}
