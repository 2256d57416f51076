import type { Span } from '../../../text/span.ts';
import type { TaggedWord, Tagger } from '../checks/tagger.ts';
import { isInName, protectedStretches } from '../protection/protectedStretches.ts';
import { escaped } from '../text/words.ts';
import type { Edit } from '../wordChanges.ts';
import { sentenceSpans } from './soundEdits.ts';
import { verbForms } from './verbForms.ts';

/**
 * Words and what they become. A key is one or more words in small letters, `…` at its end demands that a word follows;
 * the longest key wins. A replacement of '' takes the words away together with a blank beside them. Values end up in
 * the case that the place needs.
 */
export type PhraseTable = ReadonlyMap<string, Replacement>;

interface Replacement {
  readonly text: string;
  /** the part of speech that the key's first word must have here */
  readonly tag?: RegExp | undefined;
  /** the part of speech that must follow the key */
  readonly next?: RegExp | undefined;
}

/** What a whole table asks of the words around its keys; see {@link Replacement}. */
type Surroundings = Pick<Replacement, 'tag' | 'next'>;

/** `utilize>use; in order to>to; very well`: the notation of the tables. What has no `>` stays, whatever its parts become. */
export function phraseTable(rows: string, { tag, next }: Surroundings = {}): PhraseTable {
  return new Map(
    rows
      .split(/[;\n]/u)
      .filter((row) => row.trim() !== '')
      .map((row) => row.split('>').map((side) => side.trim()))
      .map(([key, text = key]) => [key!, { text: text!, tag, next }]),
  );
}

/** As {@link phraseTable}, for verbs in all their forms. */
export function verbTable(rows: string): PhraseTable {
  return new Map(
    [...phraseTable(rows)].flatMap(([from, { text: to }]) => {
      const [verb, ...particle] = to.split(' ');
      const theirs = [from, ...Object.values(verbForms(from))];
      const ours = [verb!, ...Object.values(verbForms(verb!))];
      return theirs.map((key, form) => [key, { text: [ours[form]!, ...particle].join(' '), tag: /^VB/u }]);
    }),
  );
}

export interface PhraseSearch {
  /** what somebody else said is not ours to change, unless it is misspelt */
  readonly inQuotations?: boolean;
  /** needed for rows that ask for a part of speech */
  readonly tag?: Tagger;
}

/**
 * The edits that replace the table's phrases wherever they stand as whole words outside of code, links, math and other
 * parts.
 */
export function phraseEdits(text: string, table: PhraseTable, { inQuotations = false, tag }: PhraseSearch): Edit[] {
  const isProtected = protectedStretches(text, {
    withNumbers: false,
    more: () => (inQuotations ? [] : quotations(text)),
  });
  const tagsAt = tag && sentenceTags(text, tag);
  const edits: Edit[] = [];
  for (const match of text.matchAll(patternOf(table))) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (
      isPartOfName(text, span) ||
      isInEmphasis(text, span) ||
      isAcronym(match[0]) ||
      isProtected(span) ||
      isInName(text, span)
    )
      continue;
    const key = match[0].toLowerCase().replace(/’/gu, "'").replace(/\s+/gu, ' ');
    const replacement = table.get(key) ?? table.get(`${key} …`)!;
    // With its comma it opens a sentence; elsewhere it is an aside, which can only go as a whole.
    if (key.endsWith(',') && replacement.text !== '' && !opensSentence(text, span.start)) continue;
    if (isBeside(text, span.end, replacement.text)) continue;
    if (key !== replacement.text && fits(replacement, span, tagsAt)) edits.push(fitted(text, span, replacement.text));
  }
  return edits;
}

/** Tells the part of speech of the word that begins at an offset, or of the first one behind it. */
type TagsAt = (offset: number) => string;

function fits({ tag, next }: Replacement, { start, end }: Span, tagsAt: TagsAt | undefined): boolean {
  if (tag && !(tagsAt && tag.test(tagsAt(start)))) return false;
  return !next || (tagsAt !== undefined && next.test(tagsAt(end)));
}

/** For offsets in order: a sentence is tagged when the first question about it comes. */
function sentenceTags(text: string, tag: Tagger): TagsAt {
  const sentences = sentenceSpans(text);
  let at = 0;
  let words: readonly TaggedWord[] | undefined;
  return (offset) => {
    for (; offset >= sentences[at]!.end && at < sentences.length - 1; at++) words = undefined;
    const { start, end } = sentences[at]!;
    words ??= tag(text.slice(start, end));
    return words.find((word) => start + word.start >= offset)?.tag ?? '';
  };
}

const patterns = new WeakMap<PhraseTable, RegExp>();

function patternOf(table: PhraseTable): RegExp {
  let pattern = patterns.get(table);
  if (!pattern) {
    const phrases = [...table.keys()].sort((a, b) => b.length - a.length);
    const sources = phrases.map((phrase) =>
      escaped(phrase)
        .replace(/'/gu, "['’]")
        .replace(/ …$/u, String.raw`(?=[\t\x20]+\p{L})`)
        .replace(/ /gu, String.raw`\s+`),
    );
    pattern = new RegExp(
      String.raw`(?<![\p{L}\p{N}_'’$%&~-])(?:${sources.join('|')})(?![\p{L}\p{N}_'’-]|\]?\[\p{L})`,
      'giu',
    );
    patterns.set(table, pattern);
  }
  return pattern;
}

const quotations = (text: string): Span[] =>
  [...text.matchAll(/"[^"\n]{1,500}"|“[^”]{1,500}”|«[^»]{1,500}»|„[^“]{1,500}“/gu)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));

/** `Mr. Teh`, `Professor Freind`, `J. Wich` */
const titled =
  /(?<!\p{L})(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Capt|Col|Gen|Lt|Sgt|St|Sr|Jr|Herr|Frau|Mme|M)\.?|Sir|Lady|Lord|Dame|Miss|Professor|Doctor|Captain|President|Judge|Saint|Sister|Brother|Aunt|Uncle|(?<!\.\s{0,3})\p{Lu}\.)\s{1,3}$/u;
/** A capitalized word within a sentence is a name, whatever the table says about it. */
export function isPartOfName(text: string, { start }: Span): boolean {
  return (
    /^\p{Lu}\p{Ll}/u.test(text.slice(start)) &&
    (/[\p{Ll}\p{N},;] $/u.test(text.slice(Math.max(0, start - 2), start)) ||
      titled.test(text.slice(Math.max(0, start - 20), start)))
  );
}

/** A list of slips has the right word behind the wrong one: `teh the`. */
export const isBeside = (text: string, end: number, word: string): boolean =>
  word !== '' &&
  text
    .slice(end, end + 40)
    .trimStart()
    .startsWith(word);

/** A word in quotes or emphasis of its own is spoken of: “teh”, `\\emph{teh}`, whose braces are hidden; so is one that is quoted with its slip: `teh [sic]`. */
export const isInEmphasis = (text: string, { start, end }: Span): boolean =>
  (/["“‘'*_`\uE000-\uF8FF]/u.test(text.charAt(start - 1)) && /["”’'*_`\uE000-\uF8FF]/u.test(text.charAt(end))) ||
  /^\s?[[(]sic[\])]/iu.test(text.slice(end, end + 6)) ||
  /\p{L}\[$/u.test(text.slice(Math.max(0, start - 2), start)); // `folddoc[losed]`

/** `IM` is no slip for `I'm`; text in capitals is left alone as a whole. */
const isAcronym = (found: string): boolean =>
  (found.length > 1 && !/\p{Ll}/u.test(found)) ||
  /(?<=.)\p{Lu}/u.test(found.replace(/\b(?:I|Sirs?|Madam)\b/gu, (word) => word.toLowerCase()));

function fitted(text: string, { start, end }: Span, replacement: string): Edit {
  const found = text.slice(start, end);
  if (replacement === '') return removal(text, start, end);
  const isCurly = /'/u.test(replacement) && (/’/u.test(found) || (text.includes('’') && !text.includes("'")));
  const curly = isCurly ? replacement.replace(/'/gu, '’') : replacement;
  const isCapital = /^\p{Lu}/u.test(found) && !/^I\b/u.test(found);
  const atStart = isCapital || (/^I(?!\p{L})/u.test(found) && opensSentence(text, start));
  return { start, end, replacement: atStart ? capitalized(curly) : curly };
}

/** Takes words away with one blank beside them and hands a capital letter on to the next word. */
export function removal(text: string, start: number, end: number): Edit {
  const comma = /^,?[ \t]+/u.exec(text.slice(end, end + 100))?.[0] ?? '';
  const opens = opensSentence(text, start);
  if (opens) {
    const next = text.slice(end + comma.length, end + comma.length + 1);
    return { start, end: end + comma.length + next.length, replacement: next.toUpperCase() };
  }
  const behindComma = /,\s$/u.test(text.slice(Math.max(0, start - 2), start));
  if (behindComma && text.charAt(end - 1) === ',') return { start: start - 2, end, replacement: '' };
  const isAside = behindComma && /^[,.;:!?]/u.test(text.slice(end, end + 1));
  if (isAside) return { start: start - 2, end: end + (comma.startsWith(',') ? 1 : 0), replacement: '' };
  const lead = text.slice(0, start);
  const blanks = lead.length - lead.trimEnd().length;
  const before = /(?<![ \t])[ \t]*$/u.exec(lead.slice(lead.length - blanks))![0];
  return { start: start - before.length, end, replacement: '' };
}

/** Nothing but marks stands before it in its sentence. */
export const opensSentence = (text: string, start: number): boolean =>
  /(?:^|[.!?]\s{1,40}|\n\s{0,40}\n\s{0,40})["“(*_]{0,40}$/u.test(text.slice(Math.max(0, start - 40), start));

/** But for `iPhone` and the like, which begin small everywhere. */
export const capitalized = (text: string): string =>
  /^\p{Ll}+\p{Lu}/u.test(text) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
