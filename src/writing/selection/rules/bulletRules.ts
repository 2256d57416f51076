import type { Block, TextReading } from '../../../text/block.ts';
import { markupPairs } from '../../../text/heldPhrases.ts';
import { onOneLine, sentencesOf, withoutLineBreaks } from '../../../text/sentences.ts';
import { type Span, spansAmong } from '../../../text/span.ts';
import { hideParts } from '../protection/hidden.ts';
import { dialectOf, type ListPoint } from '../text/dialect.ts';
import { brokenLines, withCapitals, withoutEdgeBreaks } from '../text/looseText.ts';
import { isEmpty, isSomebodyElses, paragraphOf, proseBlocks, spansWithin, unsplitSpans } from '../text/reading.ts';
import { areVerses } from '../text/verse.ts';
import type { Edit } from '../wordChanges.ts';
import { capitalized } from './phraseTable.ts';

/** What stands around the reading in its document. */
interface Neighbours {
  readonly before?: string;
  readonly after?: string;
}

/**
 * Turns the paragraphs of a text into lists of their document's markup, one point per sentence, in place. Lists,
 * headings, tables, code and whatever else is no paragraph stay.
 * @param ordered numbered lists
 */
export function bulletEdits(reading: TextReading, neighbours: Neighbours = {}, ordered = false): Edit[] {
  const isOnly = proseBlocks(reading).length === 1;
  return paragraphGroups(reading).flatMap((group) => {
    const points = group.blocks.flatMap((block) => pointsOf(reading, block, isOnly));
    if (points.length < 2) return []; // one point is no list
    return [
      {
        start: group.start,
        end: group.end,
        replacement: listInPlace(reading, group, points, { ...neighbours, ordered }),
      },
    ];
  });
}

/** Paragraphs next to each other, and the stretch that they take. */
export interface ParagraphGroup {
  readonly blocks: readonly Block[];
  readonly start: number;
  readonly end: number;
  /** what their lines begin with */
  readonly prefix: string;
}

/** What may become lists: each group becomes one. */
export const paragraphGroups = (reading: TextReading): ParagraphGroup[] =>
  groups(reading).map((blocks) => ({
    blocks,
    ...paragraphOf(reading, blocks[0]!)!,
    end: paragraphOf(reading, blocks.at(-1)!)!.end,
  }));

/** Points as a list of the document's markup, with what its lines begin with in their place. */
export function listInPlace(
  reading: TextReading,
  { start, end, prefix }: ParagraphGroup,
  points: readonly ListPoint[],
  { before = '', after = '', ordered = false }: Neighbours & { readonly ordered?: boolean } = {},
): string {
  const { text, languageId } = reading;
  const lines = dialectOf(languageId).list(points, ordered);
  const above = before + text.slice(0, start);
  const lead = above.trim() === '' || /\n[ \t]*$/u.test(above) || languageId === 'html' ? prefix : `\n\n${prefix}`;
  const goesOn = end === text.length && /^[ \t]*\S/u.test(after) && languageId !== 'html';
  return lead + lines.replaceAll('\n', `\n${prefix}`) + (goesOn ? '\n\n' : '');
}

/** `> Ann wrote:` in the quote, or `On 3 May Ann wrote:` above it */
const quotesMail = /^(?:>|(?:On|Am|Le) .{0,80}\d).{0,200}(?<!\p{L})(?:wrote|écrit|schrieb(?: [^:\n]{1,80})?) ?:/mu;

/** Paragraphs next to each other become one list. */
function groups(reading: TextReading): Block[][] {
  const prose = proseBlocks(reading);
  const isAnswer = quotesMail.test(reading.text);
  const isQuoted = (block: Block) => (isAnswer && block.kind === 'quote') || isSomebodyElses(reading, block);
  const hasOwn = prose.some((block) => !isQuoted(block)); // what somebody else wrote stays below an answer
  const isPoem = areVerses(reading.text, prose);
  const wanted = new Set(
    prose.filter((block) => !isPoem && !(hasOwn && isQuoted(block)) && mayBecomeList(reading, block)),
  );
  const found: Block[][] = [];
  let open: Block[] | undefined;
  for (const [i, block] of reading.blocks.entries()) {
    if (isEmpty(reading, block)) continue;
    const isBound = isBoundAbove(reading, i);
    if (!wanted.has(block) || isBound) open = undefined;
    else if (open && sameContainers(open[0]!, block)) open.push(block);
    else {
      open = [block];
      found.push(open);
    }
  }
  return found;
}

const sameContainers = (a: Block, b: Block): boolean =>
  a.containers.length === b.containers.length && a.containers.every(({ start }, i) => start === b.containers[i]!.start);

function mayBecomeList(reading: TextReading, block: Block): boolean {
  const { text, languageId } = reading;
  if (block.kind === 'listItem') return false;
  const words = text.slice(block.contentStart, block.contentEnd);
  if (isGreeting(words) || quotesMail.test(words) || signature.test(words)) return false;
  if (areVerses(text, [block])) return false;
  if (reading.spansOf(block).some(({ kind }) => kind === 'comment') || isCall(reading, block)) return false;
  if (splitsMarkup(reading, block)) return false;
  if (languageId === 'restructuredtext' && /::\s*$/u.test(text.slice(block.start, block.end))) return false; // introduces a literal
  return paragraphOf(reading, block) !== undefined;
}

/** `Dear Ann,`, `Bye` and `Yours,` above `P. Quigley`: a few words on each line that are no sentence. */
const isGreeting = (paragraph: string): boolean => {
  if (addressed.test(paragraph.trim())) return true;
  const lines = paragraph
    .trim()
    .replace(/(?<!\p{L})\p{Lu}\.(?=\s)/gu, '')
    .split(/\r?\n/u);
  const isShort = (line: string) => /^[^.!?:;。！？：；]{1,60}$/u.test(line) && line.trim().split(/\s+/u).length <= 4;
  return lines.length <= 2 && lines.every(isShort);
};

/** With the comma, or with the colon that business letters and letters in other countries have. */
const addressed =
  /^(?:Dear|To whom it may concern|Ladies|Sehr geehrte[rsn]?|Liebe[rs]?|Hallo|Guten (?:Tag|Morgen|Abend)|Chère?s?|Madame|Monsieur|Estimad[ao]s?|Querid[ao]s?|Muy señor|Prezad[ao]s?|Car[ao])(?!\p{L})(?:\b(?:Mrs?|Ms|Dr|Prof|Sra?|Dra?)\.|[^.!?:\n]){0,60}[:,]$/iu;

/** What two dashes on a line of their own set off in a mail. */
const signature = /^--[ \t]*$/mu;

/** `#table(…)` of Typst is a block of its own, whatever it holds. */
const isCall = ({ text, languageId }: TextReading, { contentStart }: Block): boolean =>
  languageId === 'typst' && text[contentStart] === '#';

/** A sentence ends within the braces of a command or within emphasis: two points would break it. */
function splitsMarkup(reading: TextReading, block: Block): boolean {
  const pairs = markupPairs(reading, block);
  if (pairs.length === 0) return false;
  const sentences = sentencesOf(reading, block);
  const last = sentences.at(-1)?.end;
  return pairs.some((pair) => spansAmong(sentences, pair).some(({ end }) => end < pair.end && end !== last));
}

/** In AsciiDoc and reST a line of markup directly above says what the paragraph is. */
function isBoundAbove({ blocks, languageId }: TextReading, i: number): boolean {
  const above = blocks[i - 1]?.kind;
  return (languageId === 'asciidoc' || languageId === 'restructuredtext') && above === 'markup';
}

/** @param isOnly the text has no other paragraph */
function pointsOf(reading: TextReading, block: Block, isOnly: boolean): ListPoint[] {
  const found = sentencesOf(withCapitals(reading), block);
  const sentences = withFootnotes(reading.text, withWholeQuotes(reading.text, found, isOnly));
  return ((sentences.length === 1 ? linesApart(reading, block) : undefined) ?? sentences).flatMap((sentence) => {
    const prefixes = spansWithin(reading, block, sentence).filter(({ kind }) => kind === 'prefix');
    const places = new Set(prefixes.map(({ start }) => start));
    const parts = unsplitSpans(reading, block, sentence).filter(({ start }) => !places.has(start));
    const hidden = hideParts(reading.text, sentence, parts);
    const lines = withoutLineBreaks(withoutPrefixes(hidden.words, reading.text, prefixes), reading.languageId);
    return points(onOneLine(lines), sentences.length === 1).map((point) => ({
      ...point,
      text: withoutEdgeBreaks(onOneLine(hidden.restore(point.text))),
    }));
  });
}

const quoteOpens = /[“„«「]|(?<![\p{L}\p{N}])"(?=\S)/gu;
const quoteCloses = /[”»」]|(?<=[^\s\d])"(?![\p{L}\p{N}])|(?<=[.!?…,])“/gu;

/** A footnote behind the full stop belongs to the sentence before it. */
const withFootnotes = (text: string, sentences: readonly Span[]): readonly Span[] =>
  sentences.reduce<Span[]>((points, { start, end }) => {
    const last = points.at(-1);
    if (last && /^(?:\\footnote|#footnote)/u.test(text.slice(start, start + 10)))
      points[points.length - 1] = { start: last.start, end };
    else points.push({ start, end });
    return points;
  }, []);

/** What somebody says in several sentences is one point, where the text says more than that. */
function withWholeQuotes(text: string, sentences: readonly Span[], isOnly: boolean): readonly Span[] {
  const lastOf = quoteEnds(sentences.map(({ start, end }) => text.slice(start, end)));
  const whole: Span[] = [];
  for (let i = 0; i < sentences.length; i++) {
    const isAll = isOnly && i === 0 && lastOf[i] === sentences.length - 1;
    const last = isAll ? i : lastOf[i]!;
    whole.push({ start: sentences[i]!.start, end: sentences[last]!.end });
    i = last;
  }
  return whole;
}

/** For each sentence the one that closes what it opens, or itself: quotations closed nowhere hold nothing. Linear. */
function quoteEnds(sentences: readonly string[]): number[] {
  const ends: number[] = [];
  /** sentences in quotations that are open, and how many were open before them */
  const waiting: { readonly at: number; readonly open: number }[] = [];
  let open = 0;
  for (const [at, words] of sentences.entries()) {
    ends.push(at);
    waiting.push({ at, open });
    open += (words.match(quoteOpens) ?? []).length - (words.match(quoteCloses) ?? []).length;
    while (waiting.length > 0 && waiting.at(-1)!.open >= open) {
      const opener = waiting.pop()!;
      if (opener.open === open) ends[opener.at] = at;
    }
  }
  return ends;
}

/** The lines of verse or of names: one sentence that its author broke where there was room for another word. */
function linesApart({ text }: TextReading, { contentStart, contentEnd }: Block): Span[] | undefined {
  const lines = brokenLines(text, { start: contentStart, end: contentEnd });
  const isFull = lines.slice(0, -1).every(({ hasRoom }) => !hasRoom);
  const areNames = lines.every(({ start, end }) => /^\s*\p{Lu}[^.,;:!?]*$/u.test(text.slice(start, end)));
  const isWide = lines.some(({ start, end }) => end - start > maxVerseChars);
  return lines.length < minThings || (isFull && !areNames) || isWide ? undefined : [...lines];
}

const maxVerseChars = 60;

/** Quote marks at the beginning of further lines. */
function withoutPrefixes(words: string, text: string, prefixes: readonly { start: number; end: number }[]): string {
  let bare = words;
  for (const { start, end } of prefixes) {
    const mark = text.slice(start, end);
    if (mark.trim() !== '') bare = bare.replace(`\n${mark}`, '\n');
  }
  return bare;
}

/** An enumeration: a head that ends in a colon, and at least three things. */
const enumeration = /^([^:]{3,120}:)\s+(?=\S)([^:;]+?)\.?$/u;
const minThings = 3;

/** At commas, and at `and` or `or` behind the last one. */
function thingsIn(list: string): string[] {
  const parts = list.split(/,\s+(?:and\s+|or\s+)?/u);
  const last = parts.pop()!;
  const from = last.lastIndexOf(',') + 1;
  const [first = '', ...others] = last.slice(from).split(/(?<!\s)\s+(?:and|or)\s+/u);
  return [...parts, last.slice(0, from) + first, ...others];
}

/** @param isAlone the paragraph has no other sentence */
function points(sentence: string, isAlone: boolean): ListPoint[] {
  const parts = sentence.split(/;\s+/u);
  if (isAlone && parts.length >= minThings && !/["“„«()]/u.test(sentence)) {
    return parts.map((part) => ({ text: part, depth: 0 }));
  }
  const listed = enumeration.exec(sentence);
  const things = thingsIn(listed?.[2] ?? '').filter((thing) => thing.trim() !== '');
  const isQuoted = /["“„«]/u.test(listed?.[2] ?? '');
  if (listed && !isQuoted && things.length >= minThings && things.every((thing) => thing.split(/\s+/u).length <= 6)) {
    return [{ text: listed[1]!, depth: 0 }, ...things.map((thing): ListPoint => ({ text: thing.trim(), depth: 1 }))];
  }
  return [{ text: withoutConnective(sentence), depth: 0 }];
}

/** `However, the …` leans on the sentence before it, which a point does not have. */
function withoutConnective(sentence: string): string {
  const bare = sentence.replace(
    /^(?:Also|Additionally|In addition|Furthermore|Moreover|Then|Next|Besides|And|Finally|Firstly|Secondly|Thirdly|First|Second|Third),\s+/u,
    '',
  );
  return bare === sentence ? sentence : capitalized(bare);
}
