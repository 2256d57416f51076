import type { TextReading } from '../../text/block.ts';
import type { Span } from '../../text/span.ts';
import { headingText } from '../selection/summary/sections.ts';
import { readWhole } from '../selection/text/reading.ts';

export interface HeadedSection extends Span {
  /** the heading's words; '' for what stands above the first heading */
  readonly title: string;
}

/**
 * The section of a text that a caret stands in: from the nearest heading above to the next one of the same or a higher
 * level.
 * @param offset UTF-16 offset into the text
 * @returns undefined for a text without headings
 */
export function sectionAt(
  { text, languageId }: Pick<TextReading, 'text' | 'languageId'>,
  offset: number,
): HeadedSection | undefined {
  const reading = readWhole(text, languageId);
  const headings = reading.blocks.filter(({ kind }) => kind === 'heading');
  if (headings.length === 0) return undefined;
  const index = headings.findLastIndex(({ start }) => start <= offset);
  const heading = headings[index];
  if (!heading) return { start: 0, end: headings[0]!.start, title: '' };
  const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
  return { start: heading.start, end: next?.start ?? text.length, title: headingText(reading, heading) };
}
