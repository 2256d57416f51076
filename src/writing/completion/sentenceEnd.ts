import { compiledLater } from './compiledLater.ts';

/**
 * Where a sentence ends, as regular expression sources (flag `u`), shared by the stop pattern that travels with a
 * request, by post-processing and by accept-sentence. An end is not a decimal point, a list number, an abbreviation,
 * an initial or an ellipsis, and a small letter behind it shows that the sentence goes on.
 */
const abbreviations = [
  'Mr|Mrs|Ms|Mx|Dr|Prof|Sr|Jr|St|Rev|Hon|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Mt|Ave|Blvd|Rd',
  String.raw`vs|etc|cf|al|approx|ca|est|e\.\s?g|i\.\s?e|a\.m|p\.m|U\.S|U\.K|Ph\.D`,
  'Fig|fig|No|Nr|Vol|vol|pp|p|ed|eds|ch|Ch|sec|Sec|eq|Eq|Inc|Ltd|Co|Corp|Dept|dept',
  'Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec',
  String.raw`bzw|usw|vgl|z\.\s?B|d\.\s?h|Mme|Mlle|p\.\s?ex`,
].join('|');
const wordStart = String.raw`(?<![\p{L}\p{N}])`;
/** What stands before a full stop that ends nothing. The pronoun `I` is no initial. */
const unfinished = [
  `${wordStart}(?:${abbreviations})`,
  String.raw`${wordStart}(?!I)\p{Lu}`,
  String.raw`(?:^|\n)[\t >]*\d{1,3}`, // list number
  String.raw`\.`, // ellipsis
].join('|');
const closers = String.raw`["'”’»)\]*_]*`;
const spacedEnd = `(?:(?<!${unfinished})\\.|[!?]+)${closers}`;
/** Punctuation that ends a sentence without a space behind it. */
const wideEnd = `[。！？｡؟।॥]+[”’」』）】》]*`;

/** A sentence end that more text has confirmed: for text that is still being decoded. */
export const decodedSentenceEnd = String.raw`(?:${spacedEnd}(?=\s+[^\p{Ll}\s])|${wideEnd})`;
/** A clause or sentence end in text that is still being decoded. */
export const decodedClauseEnd = String.raw`(?:${decodedSentenceEnd}|[,;:](?=\s)|[，；：、،])`;

const finishedSentenceEnd = compiledLater(String.raw`(?:${spacedEnd}(?=\s+[^\p{Ll}\s]|\s*$)|${wideEnd})`, 'gu');
const finishedClauseEnd = compiledLater(
  String.raw`(?:${spacedEnd}(?=\s+[^\p{Ll}\s]|\s*$)|${wideEnd}|[,;:](?=\s|$)|[，；：、،])`,
  'gu',
);
const endAtCaret = compiledLater(
  String.raw`(?:(?<!\d)${spacedEnd}|(?:${spacedEnd}|${wideEnd})(?=\s)|${wideEnd})\s*$`,
  'u',
);

/** Characters of the preceding text that are looked at. */
const lookBehindChars = 200;

/**
 * @param before text left of `text`, so that `Mr` + `. Smith` is no end
 * @returns length of the first sentence of `text` with its closing quotes; undefined when it does not end
 */
export function sentenceEnd(text: string, before = ''): number | undefined {
  return firstEnd(finishedSentenceEnd(), text, before);
}

/** As {@link sentenceEnd}, for the first clause: a comma, semicolon or colon ends it too. */
export function clauseEnd(text: string, before = ''): number | undefined {
  return firstEnd(finishedClauseEnd(), text, before);
}

/** True when a new sentence begins after this text. */
export function endsSentence(text: string): boolean {
  return endAtCaret().test(text.slice(-lookBehindChars));
}

function firstEnd(pattern: RegExp, text: string, before: string): number | undefined {
  const behind = before.slice(-lookBehindChars);
  for (const match of (behind + text).matchAll(pattern)) {
    const end = match.index + match[0].length - behind.length;
    if (end > 0) return end;
  }
  return undefined;
}
