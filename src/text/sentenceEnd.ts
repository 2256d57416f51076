import { type SentenceRules, sentenceRules } from './sentenceRules.ts';

/**
 * Where a sentence ends, as regular expression sources (flag `u`), shared by the stop pattern that travels with a
 * request, by post-processing and by accept-sentence. An end is not a decimal point, a list number, an abbreviation,
 * an initial or an ellipsis, and a small letter behind it shows that the sentence goes on. Languages differ in all of
 * this: they are codes such as `de`; English where none is given.
 */
const wordStart = String.raw`(?<![\p{L}\p{N}])`;
/** French sets a blank before what closes a quotation, in whatever language it is quoted. */
const spacedCloser = String.raw`[ \u00A0\u202F][»›](?![\p{L}\p{N}])`;
/** Of other scripts' quotations, and of notes. */
const furtherClosers = String.raw`[」』》〉】）］¹²³⁴-⁹⁰]|\[\d{1,3}\]`;
const latinClosers = String.raw`["'”’»›«‹)\]*_]|${spacedCloser}`;
/** Marks that end a sentence without a blank behind them. */
const wideMarks = '。！？｡؟।॥።፧։។៕။᠃᠉';
/** A straight quote closes what a straight quote near above has opened. */
const wideCloser = String.raw`(?:[”’」』）】》〉〕〗｣］｝〟〞＂＇)\]]|"(?<=(?:^|[\n：，:,（(])"[^"\n]{1,200}"))`;
/** Behind a closed quotation or parenthesis they go on with the sentence around it. */
const wideOther = '[。！？，、；]';

interface EndPatterns {
  /** an end that more text has confirmed: for text that is still being decoded */
  readonly decoded: string;
  /** the same, with something behind it */
  readonly second: string;
  /** an end that is confirmed, or is the text's */
  readonly finished: string;
  readonly clause: string;
  readonly decodedClause: string;
  readonly atCaret: string;
}

function endPatterns(rules: SentenceRules): EndPatterns {
  const { unfinished = [], mayEnd = [], mark, notFirst = '', goesOn, ellipsis } = rules;
  const closers = `(?:${rules.closers ?? latinClosers}|${furtherClosers})*`;
  const abbreviations = rules.alsoCapital ? inBothCases(rules.abbreviations) : rules.abbreviations;
  // What stands before a full stop that ends nothing. The pronoun `I` is no initial, but behind a comma, nor is `5 °C`.
  const before = [
    `${wordStart}(?:${abbreviations})`,
    String.raw`${wordStart}(?<!°)(?:(?!I)\p{Lu}|(?<=, )I)`,
    String.raw`(?:^|\n)[\t >]*\d{1,3}`, // list number
    String.raw`\.`, // ellipsis
  ].join('|');
  const exceptions = unfinished.map((source) => `(?<!${source})`).join('');
  // The full stop first: what stands before it is looked for there alone, not at every character.
  const shown = mayEnd
    .map(({ words, follows }) => String.raw`\.(?<=${wordStart}(?:${words})\.)(?=${closers}\s+(?:${follows}))|`)
    .join('');
  const spaced = `(?:(?<!${before})\\.${exceptions}|${shown}(?<![!?])[!?]+)${closers}`;
  const wideMark = mark === undefined ? `[${wideMarks}]` : `(?:[${wideMarks}]|${mark})`;
  // Closers are taken as a whole: a shorter match would hide that the sentence goes on.
  const further = goesOn === undefined ? wideOther : `${goesOn}|${wideOther}`;
  const wide = `(?<!${wideMark})${wideMark}+(?!${wideMark})(?!${wideCloser}+(?:${further}))${wideCloser}*`;
  // A dash before a small letter goes on, too: `— Ты идёшь? — спросила она.`
  const next = String.raw`\s+(?![»›](?![\p{L}\p{N}])|[—–-]\s?\p{Ll})[^\p{Ll}\s${notFirst}]`;
  const points = ellipsis === undefined ? '' : `|(?<![.…])(?:\\.{3}|…)(?![.…])${closers}(?=${next})${ellipsis}`;
  const decoded = `(?:${spaced}(?=${next})${points}|${wide})`;
  const finished = `(?:${spaced}(?=${next}|\\s*$)${points}|${wide})`;
  return {
    decoded,
    second: String.raw`${decoded}[^]*\S`,
    finished,
    clause: String.raw`(?:${spaced}(?=${next}|\s*$)${points}|${wide}|[,;:](?=\s|$)|[，；：、،])`,
    decodedClause: String.raw`(?:${decoded}|[,;:](?=\s)|[，；：、،])`,
    atCaret: String.raw`(?:(?<!\d)${spaced}|(?:${spaced}|${wide})(?=\s)|${wide})\s*$`,
  };
}

/** `vgl|ca` → `[vV]gl|[cC]a` */
const inBothCases = (words: string): string =>
  words.replace(/(?<=^|\|)\p{Ll}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);

const known = new Map<SentenceRules, EndPatterns & { readonly compiled: Map<string, RegExp> }>();

function patternsOf(language: string | undefined) {
  const rules = sentenceRules(language);
  let patterns = known.get(rules);
  if (!patterns) {
    patterns = { ...endPatterns(rules), compiled: new Map() };
    known.set(rules, patterns);
  }
  return patterns;
}

/** Compiled when first used: compiling all of them would slow every start down. */
function compiled(language: string | undefined, which: keyof EndPatterns, flags: string): RegExp {
  const patterns = patternsOf(language);
  let pattern = patterns.compiled.get(which);
  if (!pattern) {
    pattern = new RegExp(patterns[which], flags);
    patterns.compiled.set(which, pattern);
  }
  return pattern;
}

/** A sentence end that more text has confirmed: for text that is still being decoded. */
export const decodedSentenceEnd = (language?: string): string => patternsOf(language).decoded;
/** No second sentence has begun. */
export const isOneSentence = (text: string, language?: string): boolean =>
  !compiled(language, 'second', 'u').test(text);

/** A clause or sentence end in text that is still being decoded. */
export const decodedClauseEnd = (language?: string): string => patternsOf(language).decodedClause;

/** Characters of the preceding text that are looked at. */
const lookBehindChars = 200;

/** The ends of the sentences in a text, in order: each the offset behind the mark and what closes a quotation. */
export function* sentenceEnds(text: string, language?: string): Generator<number> {
  for (const match of text.matchAll(compiled(language, 'finished', 'gu'))) yield match.index + match[0].length;
}

/**
 * @param before text left of `text`, so that `Mr` + `. Smith` is no end
 * @returns length of the first sentence of `text` with its closing quotes; undefined when it does not end
 */
export function sentenceEnd(text: string, before = '', language?: string): number | undefined {
  return firstEnd(compiled(language, 'finished', 'gu'), text, before);
}

/** As {@link sentenceEnd}, for the first clause: a comma, semicolon or colon ends it too. */
export function clauseEnd(text: string, before = '', language?: string): number | undefined {
  return firstEnd(compiled(language, 'clause', 'gu'), text, before);
}

/** True when a new sentence begins after this text. */
export function endsSentence(text: string, language?: string): boolean {
  return compiled(language, 'atCaret', 'u').test(text.slice(-lookBehindChars));
}

function firstEnd(pattern: RegExp, text: string, before: string): number | undefined {
  const behind = before.slice(-lookBehindChars);
  for (const match of (behind + text).matchAll(pattern)) {
    const end = match.index + match[0].length - behind.length;
    if (end > 0) return end;
  }
  return undefined;
}
