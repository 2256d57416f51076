import { type Block, holdsSentences, type TextReading } from '../../../text/block.ts';
import { isProgramText } from '../../../text/languages.ts';
import { readText } from '../../../text/readText.ts';
import { contentOf } from '../../../text/sentences.ts';
import { isListMarkup } from '../text/listItems.ts';
import { isEmpty } from '../text/reading.ts';
import type { Edit } from '../wordChanges.ts';

/** Edits that can touch one block and are looked at: two, of which one ends where the block begins. */
const nearby = 2;
const mayChange = ({ text }: TextReading, block: Block): boolean =>
  holdsSentences(block) || block.kind === 'heading' || isListMarkup(text.slice(block.start, block.end));

/**
 * Whether whatever stands around a result is still read as what it was: every block outside of the edits comes out as the
 * same text of the same kind, and no edit touches one that is no prose, but for the markup of a list.
 * @param after the text with the edits made
 */
export function blocksStay(before: TextReading, edits: readonly Edit[], after: TextReading): boolean {
  const known = (reading: TextReading) => reading.blocks.filter((block) => !isEmpty(reading, block));
  const words = ({ text }: TextReading, { start, end }: Block) => text.slice(start, end).trim();
  const results = known(after);
  let next = 0;
  let first = 0;
  for (const block of known(before)) {
    while (first < edits.length && edits[first]!.end < block.start) first++;
    const touching = edits.slice(first, first + nearby).filter(({ start }) => start <= block.end);
    const isEdited = touching.some(({ start, end }) => start < block.end && end > block.start);
    if (touching.length > 0 && mayChange(before, block)) continue;
    if (isEdited) return false;
    const source = words(before, block);
    while (next < results.length && !(results[next]!.kind === block.kind && words(after, results[next]!) === source)) {
      next++;
    }
    if (next++ >= results.length) return false;
  }
  return true;
}

const neighbour = 'A paragraph of its own.';
const framed = (text: string, languageId: string): TextReading => {
  const parts =
    languageId === 'html'
      ? [`<p>${neighbour}</p>`, `<p>${text}</p>`, `<p>${neighbour}</p>`]
      : [neighbour, text, neighbour];
  return readText(parts.join('\n\n'), languageId);
};

function leavesNeighbour(reading: TextReading): boolean {
  const last = reading.blocks.findLast((block) => !isEmpty(reading, block));
  if (last === undefined || !holdsSentences(last) || last.containers.length > 0) return false;
  const { start, end } = contentOf(last);
  return reading.text.slice(start, end) === neighbour && reading.spansOf(last).length === 0;
}

/** Whether a text that a model wrote ends what it begins: the paragraph below it stays one. */
export function endsWhatItBegins(text: string, languageId: string): boolean {
  if (isProgramText(languageId)) return true; // a comment ends where its language says so: `blocksStay` sees what comes of it
  return leavesNeighbour(framed(text, languageId));
}

/** Whether a text that a model wrote in place of words is words alone, and ends what it begins. */
export function staysProse(text: string, languageId: string): boolean {
  if (isProgramText(languageId)) return true;
  const reading = framed(text, languageId);
  return leavesNeighbour(reading) && reading.blocks.every((block) => isEmpty(reading, block) || holdsSentences(block));
}
