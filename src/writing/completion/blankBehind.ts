/** The blank that comes along with a word that is taken, and what takes it back: docs/adr/0042. */
import { unspaced } from '../../text/unspaced.ts';
import type { ZoneKind } from '../../text/zone.ts';
import type { CaretRequest, CompletionOutcome } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';

/** Where words follow each other. */
const zonesOfWords: ReadonlySet<ZoneKind | undefined> = new Set<ZoneKind>([
  'prose',
  'heading',
  'listItem',
  'quote',
  'tableCell',
  'commitSubject',
  'commitBody',
  'comment',
]);

/** Scripts without blanks, and Korean, whose endings are written to the word. */
const noBlankAfter = new RegExp(`[${unspaced}\\p{Script=Hangul}]`, 'u');
/** A word of letters, no path or address, with the marks around it. */
const plainWord = /^[([“‘«„"'*_-]*\p{L}[\p{L}\p{M}]*(?:[’'-][\p{L}\p{M}]+)*[,;:.!?…)\]”’»"'*_]*$/u;
const wordChars = 80;

/** The end of a line, and what is suggested there. */
interface SuggestedAt {
  /** the text left of the caret, or the end of it */
  readonly before: string;
  readonly text: string;
  readonly zone: ZoneKind | undefined;
}

/** Whoever takes what is suggested would type a blank next, as far as the place and its last word tell. */
export function bringsBlank({ before, text, zone }: SuggestedAt): boolean {
  if (!zonesOfWords.has(zone)) return false;
  const end = (before.slice(-wordChars) + text).slice(-wordChars);
  const last = end.split(/[\s—–]/u).at(-1)!;
  return plainWord.test(last) && !noBlankAfter.test(end.slice(-8)) && !isElided(last, end);
}

/** “l’” and “dell’” go on with the next word; “the writers’” and what closes a quotation do not. */
function isElided(word: string, line: string): boolean {
  if (!/\p{L}['’]$/u.test(word) || /\p{L}[sxz]['’]$/u.test(word)) return false;
  const before = line.slice(0, -1);
  const at = Math.max(...["'", '‘', '’'].map((mark) => before.lastIndexOf(mark)));
  return before[at] !== '‘' && !(before[at] === "'" && /[\s(]/u.test(before[at - 1] ?? ' '));
}

/** Suggestions with the blanks that come along with them, where the line ends at the caret. */
export function withBlanks(
  outcome: CompletionOutcome,
  { prefix, suffix }: Pick<CaretRequest, 'prefix' | 'suffix'>,
  { spaceAfterWord }: Pick<CompletionSettings, 'spaceAfterWord'>,
): CompletionOutcome {
  if (outcome.kind !== 'text' || !spaceAfterWord || !/^(?:\r?\n|$)/u.test(suffix)) return outcome;
  const place = { before: prefix.slice(-wordChars), zone: outcome.zone };
  const suggestions = outcome.suggestions.map((one) =>
    bringsBlank({ ...place, text: one.text }) ? { ...one, text: `${one.text} ` } : one,
  );
  return { ...outcome, suggestions };
}

/** What the blank may still become. */
export interface FateOfBlank {
  /** it stands now */
  readonly stands: boolean;
  /** nothing that is typed further changes that */
  readonly isSure: boolean;
}

const stays: FateOfBlank = { stands: true, isSure: true };
const goes: FateOfBlank = { stands: false, isSure: true };
const stood: FateOfBlank = { stands: true, isSure: false };
const gone: FateOfBlank = { stands: false, isSure: false };

/** Follow their word at once, in every language. */
const closing = /^[.,…)\]}’%™®°、。，；：！？）」』》،؛؟۔।॥։]/u;
/** Have a blank before them in French. */
const perhapsSpaced = /^(?:[;:!?…]|\.{3})/u;
/** They begin something: a path, a picture, a role, a short name of an emoji, a smiley, an arrow. */
const beginning = /^(?:\.{1,2}\/|!\[|:[a-z][\w+-]*:|[:;]-?[()]|-+>)/iu;
/** The same, as far as it is typed. */
const maybeBeginning = /^(?:\.{1,3}|!|[:;]-?|:[a-z][\w+-]*)$/iu;
/** Stand between two words, with a blank on either side or on none. */
const between = /^[-–—/·]/u;
/** What follows an apostrophe inside a word, and what else may begin so. */
const maybeEnding = /^'(?:s|t|m|d|re?|ve?|ll?)?$/u;
const ending = /^'(?:s|t|m|d|re|ve|ll)?[\s\p{P}]/u;
/** The plural in brackets; the editor puts in the closing one by itself, which tells nothing. */
const maybePlural = /^\((?:e?[sn]?)\)?$/u;
const plural = /^\((?:e?[sn])\)[^)]/u;
/** What stands at its word, though its first character does not tell. */
const atTheWord: Readonly<Record<string, readonly string[]>> = {
  latex: ['~', '\\footnote', '\\index', '\\thanks'],
  tex: ['~', '\\footnote'],
  typst: ['~', '#footnote'],
  asciidoc: ['footnote:'],
  restructuredtext: ['_'], // emphasis has none there
};
/** The bracket that is open has a blank behind it: its pair has one before it. */
const hasInnerBlanks = /[([{] \S[^()[\]{}\n]*$/u;
const anyLanguage = ['[^', '^', '</']; // footnotes, raised text, the end of an element
const paragraphChars = 2_000;
/** Of the text before a blank, so much decides. */
export const decidingChars = 8_000;

/**
 * Whether the blank stays where it was put, by what is typed behind it.
 * @param typed since then, without what the extension does; '' = nothing
 * @param before the text up to the blank
 */
export function fateOfBlank(
  typed: string,
  { before, languageId }: { before: string; languageId: string },
): FateOfBlank {
  if (typed === '') return stood;
  if (/^\s/u.test(typed)) return goes; // one blank is enough, and none ends a line
  const attached = [...anyLanguage, ...(atTheWord[languageId] ?? [])];
  if (attached.some((one) => typed.startsWith(one))) return goes;
  if (attached.some((one) => one.startsWith(typed))) return stood;
  if (beginning.test(typed)) return stays;
  const first = String.fromCodePoint(typed.codePointAt(0)!);
  if (quotes[first]) return closesQuotation(first, before) ? goes : stays;
  if (first === '`' && isLatex(languageId)) return stays;
  if (/^["*_`]/u.test(typed)) return typed[1] === first || !isOpen(first, before) ? stays : goes; // two at once open
  if (first === '·' && /\p{Script=Greek}$/u.test(before)) return goes;
  if (between.test(typed)) return betweenWords(typed, before);
  if (first === "'") return maybeEnding.test(typed) ? gone : ending.test(typed) ? goes : stays;
  if (maybePlural.test(typed)) return stood;
  if (plural.test(typed)) return goes;
  if (typed === '[]' || typed === '<>') return stood; // the editor closed it
  if (/^[)\]}]/u.test(typed) && hasInnerBlanks.test(before)) return stays;
  const [spaced] = perhapsSpaced.exec(typed) ?? [];
  const stands = spaced === undefined ? !closing.test(typed) : isSpaced(spaced, before);
  return { stands, isSure: !maybeBeginning.test(typed) };
}

const isLatex = (languageId: string): boolean => languageId === 'latex' || languageId === 'tex';

/** Options of a command are written like dashes: what the writer does tells. */
function betweenWords(typed: string, before: string): FateOfBlank {
  if (/^[-–—/·]+$/u.test(typed)) return gone;
  const [marks] = /^[-–—/·]+/u.exec(typed)!;
  return /\s/u.test(typed[marks.length]!) || (marks === '--' && isSpaced('--', before)) ? stays : goes;
}

/** Marks that close a quotation somewhere, with those that open it there. */
const quotes: Readonly<Record<string, string>> = { '”': '“„', '“': '„', '‘': '‚', '»': '«', '«': '»' };

/** A quotation of its paragraph is open, and this is the mark that closes it. */
function closesQuotation(mark: string, before: string): boolean {
  const isTurned = /»\p{L}/u.test(before); // »as in German«
  if (mark === '»') return /[«»]/u.test(before) && !isTurned && !isSpaced(mark, before);
  const marks = [...paragraphOf(before)].filter((one) => one === mark || quotes[mark]!.includes(one));
  const isOpened = marks.length > 0 && quotes[mark]!.includes(marks.at(-1)!);
  if (mark === '«') return isOpened && isTurned;
  const isAlone = mark === '”' && !marks.some((one) => one !== mark); // opens and closes alike in Swedish and Finnish
  return isAlone ? marks.length % 2 === 1 : isOpened;
}

/** The writer puts a blank before this mark. */
function isSpaced(mark: string, before: string): boolean {
  const text = before.slice(-decidingChars);
  const close = text.split(mark).slice(0, -1);
  const spaced = close.filter((part) => /\S[ \u00a0\u202f]$/u.test(part)).length;
  return spaced > 0 && spaced * 2 > close.length;
}

/** Something that such a mark opened is open in its paragraph, or its point of a list. */
function isOpen(mark: string, before: string): boolean {
  const text = paragraphOf(before).replaceAll(/(?<!`)(`+)(?!`)[^`]+\1(?!`)/gu, 'x');
  if (mark === '`') return text.includes(mark);
  const end = String.raw`.,;:!?…)\]}’”»`;
  const opening = new RegExp(`(?<![\\p{L}\\p{N}\\\\${end}${mark}])[${mark}]+(?=[^\\s${end}${mark}])`, 'gu');
  const closed = new RegExp(`(?<=[^\\s\\\\${mark}])[${mark}]+(?![\\p{L}\\p{N}${mark}])`, 'gu');
  let open = 0;
  for (const part of text.split(/(?<=\s)(?=\S)/u)) {
    open += part.match(opening)?.length ?? 0;
    open = Math.max(0, open - (part.match(closed)?.length ?? 0));
  }
  return open > 0;
}

/** What stands before the caret of its paragraph, or of its point of a list. */
const paragraphOf = (before: string): string =>
  before
    .slice(-paragraphChars)
    .split(/\n[ \t\r]*\n|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]+/u)
    .at(-1)!
    .replace(/^[ \t]*[-*+][ \t]+/u, '');
