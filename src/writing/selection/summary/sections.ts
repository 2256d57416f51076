import type { Block, TextReading } from '../../../text/block.ts';
import { type Sentence, unwrapped } from '../../../text/sentences.ts';
import { contentStems } from '../text/contentWords.ts';
import { withoutEdgeBreaks } from '../text/looseText.ts';
import { isSomebodyElses, proseSentences } from '../text/reading.ts';
import { wordCount } from '../text/words.ts';

/** A sentence that a summary may quote. */
export interface SourceSentence extends Sentence {
  /** on one line */
  readonly text: string;
  readonly words: number;
  readonly stems: readonly string[];
  /** 0 for the first one of its section */
  readonly place: number;
}

export interface Section {
  /** '' before the first heading, or where the text has none */
  readonly title: string;
  /** 1 … 6; 0 without heading */
  readonly level: number;
  readonly start: number;
  readonly sentences: readonly SourceSentence[];
}

/** A text without headings is cut into parts of about this many sentences, at paragraph borders. */
const sentencesPerPart = 12;
/** Longer sections are looked at in parts, so that the work stays linear in the length of the text. */
const maxSectionSentences = 120;
const minWords = 4;
const maxWords = 80;

/**
 * The sections of a text with what is worth quoting in them. Fragments and monsters are left out, code is never in.
 * @param least words of a sentence
 * @param hasItems points of a list may end without a mark
 */
export function sectionsOf(reading: TextReading, { least = minWords, hasItems = false } = {}): Section[] {
  const { text, blocks } = reading;
  const headings = blocks.filter(({ kind }) => kind === 'heading');
  const borders = headings.length >= 2 ? headings : [];
  const all = proseSentences(reading);
  const written = all.filter(({ block }) => !isSomebodyElses(reading, block));
  const sentences = (written.length > 0 ? written : all).map((sentence) => {
    const line = withoutEdgeBreaks(unwrapped(reading, sentence.block, sentence));
    return { ...sentence, text: line, words: wordCount(line), stems: contentStems(line) };
  });
  const isLoose = !sentences.some((sentence) => isQuotable(sentence, least));
  const parts: Section[] = [];
  let next = 0;
  for (const [i, border] of [undefined, ...borders].entries()) {
    const end = borders[i]?.start ?? text.length + 1;
    const own: typeof sentences = [];
    while (next < sentences.length && sentences[next]!.start < end) own.push(sentences[next++]!);
    const title = border
      ? headingText(reading, border)
      : headings.length === 1
        ? headingText(reading, headings[0]!)
        : '';
    const start = border?.start ?? 0;
    const size = borders.length > 0 ? maxSectionSentences : sentencesPerPart;
    for (const group of inParts(own, size)) {
      const quotable = group
        .filter(
          (sentence) =>
            isQuotable(sentence, least) ||
            (hasItems && sentence.block.kind === 'listItem' && hasBody(sentence, least)) ||
            ((hasItems || isLoose) && isNote(text, sentence) && hasBody(sentence, least)) ||
            (sentence === sentences[0] && isTagline(sentence, least) && isOneLine(text, sentence)),
        )
        .map((sentence) => ({ ...sentence, place: group.indexOf(sentence) }));
      parts.push({ title, level: border?.level ?? 0, start: group[0]?.start ?? start, sentences: quotable });
    }
    if (own.length === 0 && border) parts.push({ title, level: border.level, start, sentences: [] });
  }
  return parts;
}

/** The words of a heading, without the marks of its markup. */
export const headingText = (reading: TextReading, block: Block): string => unwrapped(reading, block);

/** A line of its own among others of its paragraph. */
const isNote = (text: string, { start, end, block }: Sentence): boolean =>
  block.kind === 'prose' &&
  block.contentEnd - block.contentStart > end - start &&
  !text.slice(start, end).includes('\n') &&
  (start === block.contentStart || text[start - 1] === '\n') &&
  /^[ \t]*(?:\r?\n|$)/u.test(text.slice(end, end + 20));

type Quotable = Pick<SourceSentence, 'text' | 'words' | 'stems'>;

/** Sentences end somewhere; what does not is a caption, a label or a piece of a table. */
const isQuotable = (sentence: Quotable, least: number): boolean =>
  hasBody(sentence, least) && /[.!?。！？…]["'”’)\]*_]*$/u.test(sentence.text);

/** What many texts say of themselves right below their title, without a full stop. */
const isTagline = (sentence: Quotable & Pick<Sentence, 'block'>, least: number): boolean =>
  hasBody(sentence, least) &&
  sentence.block.kind !== 'listItem' &&
  !/^\p{L}+:/u.test(sentence.text) &&
  /[\p{L}\p{N})`*_]$/u.test(sentence.text);

/** No verse, names below each other, or code. */
const isOneLine = (text: string, { start, end }: Sentence): boolean => {
  const lines = text.slice(start, end).split('\n');
  const isWrapped = lines.slice(0, -1).every((line) => line.length >= shortestWrapped);
  return isWrapped && !/[{}=;<>]|\p{L}\([^)]*\):/u.test(text.slice(start, end));
};
const shortestWrapped = 50;

const hasBody = ({ words, stems }: Quotable, least: number): boolean =>
  words >= least && words <= maxWords && stems.length >= 2;

function inParts<T extends Sentence>(sentences: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (const sentence of sentences) {
    const part = parts.at(-1);
    const startsBlock = part?.at(-1)?.block !== sentence.block;
    if (!part || (part.length >= size && startsBlock) || part.length >= 2 * size) parts.push([sentence]);
    else part.push(sentence);
  }
  return parts;
}
