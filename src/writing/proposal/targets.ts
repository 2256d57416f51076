import type { TextReading } from '../../text/block.ts';
import { languageOfText } from '../../text/language.ts';
import { lazy } from '../../text/lazy.ts';
import { sentenceEnds } from '../../text/sentenceEnd.ts';
import type { Span } from '../../text/span.ts';
import { unspaced } from '../../text/unspaced.ts';
import type { ActionOutput } from '../selection/selectionAction.ts';
import { headingText } from '../selection/summary/sections.ts';
import { readWhole } from '../selection/text/reading.ts';

/** What an action reads, and the stretch of the document that belongs to its proposal. */
export interface Target {
  /** the text that is given to the action */
  readonly request: Span;
  /** holds `request`; an insertion goes to one of its ends */
  readonly place: Span;
}

/**
 * What is taken whole where a selection begins or ends within it; `word` is the word at the caret where nothing is
 * selected, and otherwise `words`.
 */
export type Reach = 'word' | 'words' | 'sentences';

/**
 * What an action acts on: the selections, in order and without overlap; where nothing is selected, the paragraph at the
 * caret, given as an empty selection. Blanks around a selection are left alone, and half a word is nothing to act on.
 * @returns nothing when there is no text to act on
 */
export function targetsOf(
  text: string,
  selections: readonly Span[],
  output: ActionOutput,
  reach: Reach = 'words',
): Target[] {
  const requests = selections
    .map((selection) => (selection.start === selection.end ? atCaret(text, selection.start, reach) : selection))
    .map((span) => span && trimmed(text, span))
    .map((span) => span && wordsAround(text, span))
    .map((span) => (span && reach === 'sentences' ? trimmed(text, sentencesAround(text, span)) : span))
    .filter((span) => span !== undefined)
    .sort((a, b) => a.start - b.start);
  const targets: Target[] = [];
  for (const request of requests) {
    const place = placeOf(text, request, output);
    if (reach === 'sentences' && output === 'replace') place.end += blanksBeforeText(text, place.end);
    const last = targets.at(-1);
    if (!last || last.place.end <= place.start) targets.push({ request, place });
  }
  return targets;
}

/** The lines around an offset up to the next blank ones; undefined on a blank line. */
function paragraphAt(text: string, offset: number): Span | undefined {
  let start = lineStart(text, offset);
  if (isBlankLine(text, start)) return undefined;
  while (start > 0 && !isBlankLine(text, lineStart(text, start - 1))) start = lineStart(text, start - 1);
  return { start, end: paragraphEnd(text, offset) };
}

/** The end of the last line that is not blank, from `offset` on. */
export function paragraphEnd(text: string, offset: number): number {
  const blank = /\r?\n[ \t]*(?:\r?\n|$)/u.exec(text.slice(offset));
  return blank ? offset + blank.index : text.length;
}

const lineStart = (text: string, offset: number) => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);

function isBlankLine(text: string, start: number): boolean {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end).trim() === '';
}

/** Insertions stand between paragraphs, never within one. */
function placeOf(text: string, { start, end }: Span, output: ActionOutput): { start: number; end: number } {
  if (output === 'insertBelow') return { start, end: paragraphEnd(text, end) };
  if (output === 'insertAbove') return { start: paragraphAt(text, start)?.start ?? start, end };
  return { start, end };
}

function trimmed(text: string, { start, end }: Span): Span | undefined {
  const selected = text.slice(start, end);
  const content = selected.trim();
  if (content === '') return undefined;
  const from = start + selected.length - selected.trimStart().length;
  return { start: from, end: from + content.length };
}

function atCaret(text: string, offset: number, reach: Reach): Span | undefined {
  const word = reach === 'word' ? wordOver(text, offset, 0) : undefined;
  return word ?? paragraphAt(text, offset);
}

/** No word is longer, and what is longer is none. */
const wordChars = 80;

/** From the beginning of the word that a span begins in to the end of the one that it ends in. */
function wordsAround(text: string, { start, end }: Span): Span {
  return {
    start: wordOver(text, start)?.start ?? start,
    end: wordOver(text, end)?.end ?? end,
  };
}

/**
 * The word that an offset stands in; in scripts without blanks words have no borders to be seen.
 * @param within so many characters of it stand on either side
 */
function wordOver(text: string, offset: number, within = 1): Span | undefined {
  const from = Math.max(0, offset - wordChars);
  const around = text.slice(from, offset + wordChars);
  for (const { 0: word, index } of around.matchAll(words())) {
    const [start, end] = [from + index, from + index + word.length];
    const isCut = (index === 0 && from > 0) || (index + word.length === around.length && end < text.length);
    if (!isCut && start + within <= offset && offset <= end - within) return { start, end };
  }
  return undefined;
}

const letter = `(?![${unspaced}])[\\p{L}\\p{M}\\p{N}_]`;
const words = lazy(`(?:${letter})+(?:['’](?:${letter})+)*`, 'gu');

/** From the beginning of the sentence that a span begins in to the end of the one that it ends in; lines are ends, too. */
function sentencesAround(text: string, { start, end }: Span): Span {
  const endsIn = (paragraph: Span | undefined) => {
    if (!paragraph) return [];
    const words = text.slice(paragraph.start, paragraph.end);
    return [...sentenceEnds(words, languageOfText(words))].map((at) => paragraph.start + at);
  };
  const first = paragraphAt(text, start);
  const last = paragraphAt(text, end);
  const isLineStart = text.slice(lineStart(text, start), start).trim() === '';
  const isLineEnd = /^[ \t]*(?:\r?\n|$)/u.test(text.slice(end));
  return {
    start: isLineStart || !first ? start : Math.max(first.start, ...endsIn(first).filter((at) => at <= start)),
    end: isLineEnd || !last ? end : Math.min(last.end, ...endsIn(last).filter((at) => at >= end)),
  };
}

/** Blanks between an offset and more text on its line. */
const blanksBeforeText = (text: string, offset: number): number =>
  /^[ \t]+(?=\S)/u.exec(text.slice(offset, offset + 1000))?.[0].length ?? 0;

interface HeadedSection extends Span {
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
