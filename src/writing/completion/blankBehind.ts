/** The blank that comes along with a word that is taken, and what takes it back: docs/adr/0042. */
import type { ZoneKind } from '../../text/zone.ts';
import type { CaretRequest, CompletionOutcome } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';

/** Where words follow each other. */
const zonesOfWords: ReadonlySet<ZoneKind> = new Set([
  ...(['prose', 'heading', 'listItem', 'quote', 'tableCell', 'commitSubject', 'commitBody', 'comment'] as const),
]);

/** Scripts without blanks, and Korean, whose endings are written to the word. */
const noBlankAfter =
  /[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Thai}\p{Script=Laoo}\p{Script=Khmr}\p{Script=Mymr}\p{Script=Tibt}\p{Script=Hang}]/u;
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
  if (zone === undefined || !zonesOfWords.has(zone)) return false;
  const end = (before.slice(-wordChars) + text).slice(-wordChars);
  return plainWord.test(end.split(/[\s—–]/u).at(-1)!) && !noBlankAfter.test(end.slice(-8));
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

/** Follow their word at once, in every language. `;`, `:`, `!`, `?` and `»` have a blank before them in French. */
const closing = /^[.,…)\]}”’%、。，；：！？）」』》]/u;
const perhapsSpaced = /^[;:!?»]/u;
/** Opens and closes alike: the number of them so far tells which. */
const paired = /^["*_`]/u;
/** What follows an apostrophe inside a word. */
const afterApostrophe = /^'(?:[smtdrvl\s\p{P}]|$)/u;
const paragraphChars = 2_000;

/**
 * Whether the blank stays where it was put, by what is typed behind it.
 * @param typed since then, without what the extension does; '' = nothing
 * @param before the text up to the blank
 */
export function fateOfBlank(
  typed: string,
  { before, languageId }: { before: string; languageId: string },
): FateOfBlank {
  if (typed === '') return { stands: true, isSure: false };
  const [first] = typed;
  if (/^\s/u.test(typed) || closing.test(typed)) return goes; // one blank is enough, and none ends a line
  if (perhapsSpaced.test(typed)) return isSpaced(first!, before) ? stays : goes;
  if (first === '~') return languageId === 'latex' || languageId === 'tex' ? goes : stays;
  if (paired.test(typed)) return typed[1] === first || !isOpen(first!, before) ? stays : goes; // two at once open
  if (/^[-–—/]+$/u.test(typed)) return { stands: false, isSure: false };
  if (/^[-–—/]/u.test(typed)) return /^[-–—/]+\s/u.test(typed) ? stays : goes;
  if (first === "'") return { stands: !afterApostrophe.test(typed), isSure: typed.length > 1 };
  if (typed === '[') return { stands: true, isSure: false };
  if (first === '[') return typed[1] === '^' ? goes : stays; // a footnote stands at its word
  return stays;
}

/** The writer puts a blank before this mark. */
function isSpaced(mark: string, before: string): boolean {
  const text = before.slice(-4 * paragraphChars);
  const close = text.split(mark).slice(0, -1);
  const spaced = close.filter((part) => /\S[ \u00a0\u202f]$/u.test(part)).length;
  return spaced > 0 && spaced * 2 > close.length;
}

/** An odd number of such marks stands before it in its paragraph: the next one closes. */
function isOpen(mark: string, before: string): boolean {
  const paragraph = before
    .slice(-paragraphChars)
    .split(/\n[ \t\r]*\n/u)
    .at(-1)!;
  const runs = paragraph.split(mark).length - 1;
  return mark === '"' ? runs % 2 === 1 : runsOf(mark, paragraph) % 2 === 1;
}

/** Marks that stand together count as one; one before a blank is a point of a list. */
const runsOf = (mark: string, text: string): number =>
  [...text.matchAll(new RegExp(`[${mark}]+(?!\\s)|(?<=\\S)[${mark}]+`, 'gu'))].length;
