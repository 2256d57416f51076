import type { Span } from '../../../text/span.ts';
import { isInName, untouchable } from '../protection/untouchable.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import { verbForms } from './verbForms.ts';

/**
 * Words and what they become. A key is one or more words in small letters, `…` at its end demands that a word follows;
 * the longest key wins. A replacement of '' takes the words away together with a blank beside them. Values end up in
 * the case that the place needs.
 */
export type PhraseTable = ReadonlyMap<string, Replacement>;

interface Replacement {
  readonly text: string;
  /** the key is a verb here: the same word behind an article or a preposition is a noun and stays */
  readonly isVerb: boolean;
}

/** `utilize > use, in order to > to`: the notation of the tables. */
export function phraseTable(rows: string): PhraseTable {
  return new Map(
    rows
      .split(/[;\n]/u)
      .filter((row) => row.includes('>'))
      .map((row) => row.split('>').map((side) => side.trim()) as [string, string])
      .map(([key, text]) => [key, { text, isVerb: false }]),
  );
}

/** As {@link phraseTable}, for regular verbs in all their forms. */
export function verbTable(rows: string): PhraseTable {
  return new Map(
    [...phraseTable(rows)].flatMap(([from, { text: to }]) => {
      const [verb, ...particle] = to.split(' ');
      const theirs = [from, ...Object.values(verbForms(from))];
      const ours = [verb!, ...Object.values(verbForms(verb!))];
      return theirs.map((key, form) => [key, { text: [ours[form]!, ...particle].join(' '), isVerb: true }]);
    }),
  );
}

/**
 * Replaces the table's phrases wherever they stand as whole words outside of code, links, math and other parts, and
 * outside of quotations unless `inQuotations`: what somebody else said is not ours to change.
 */
export function replacePhrases(text: string, table: PhraseTable, inQuotations = false): string {
  const isUntouchable = untouchable(text, {
    withNumbers: false,
    more: () => (inQuotations ? [] : quotations(text)),
  });
  const edits: Edit[] = [];
  for (const match of text.matchAll(patternOf(table))) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (isPartOfName(text, span) || isAcronym(match[0]) || isUntouchable(span) || isInName(text, span)) continue;
    const key = match[0].toLowerCase().replace(/’/gu, "'").replace(/\s+/gu, ' ');
    const { text: replacement, isVerb } = table.get(key) ?? table.get(`${key} …`)!;
    if (!isVerb || isVerbHere(key, text.slice(Math.max(0, span.start - 40), span.start)))
      edits.push(fitted(text, span, replacement));
  }
  return applyEdits(text, edits);
}

/** Bare forms are verbs behind these words only: `to request`, but `20 requests`. */
const beforeVerb =
  /(?:^|[.!?:;]\s{1,40}|\n\s{0,40}|(?<![\p{L}\p{N}])(?:to|i|we|you|they|he|she|it|who|please|not|n['’]t|can|could|will|would|must|should|may|might|shall|cannot|do|does|did|then|also)\s{1,40})$/iu;
const afterDeterminer =
  /(?:(?<![\p{L}\p{N}])(?:an?|the|this|that|these|those|my|your|his|her|its|our|their|some|any|no|each|every|of|for|in|on|with|by|without|more|much|first|next|last)|\d)\s+$/iu;

const isVerbHere = (form: string, before: string) =>
  /(?:ed|ing)$/u.test(form) ? !afterDeterminer.test(before) : beforeVerb.test(before);

const patterns = new WeakMap<PhraseTable, RegExp>();

function patternOf(table: PhraseTable): RegExp {
  let pattern = patterns.get(table);
  if (!pattern) {
    const phrases = [...table.keys()].sort((a, b) => b.length - a.length);
    const sources = phrases.map((phrase) =>
      phrase
        .replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')
        .replace(/'/gu, "['’]")
        .replace(/ …$/u, String.raw`(?=[\t\x20]+\p{L})`)
        .replace(/ /gu, String.raw`\s+`),
    );
    pattern = new RegExp(String.raw`(?<![\p{L}\p{N}_'’-])(?:${sources.join('|')})(?![\p{L}\p{N}_'’-])`, 'giu');
    patterns.set(table, pattern);
  }
  return pattern;
}

const quotations = (text: string): Span[] =>
  [...text.matchAll(/"[^"\n]{1,500}"|“[^”]{1,500}”|«[^»]{1,500}»|„[^“]{1,500}“/gu)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));

/** A capitalised word within a sentence is a name, whatever the table says about it. */
function isPartOfName(text: string, { start }: Span): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text.slice(start)) && /[\p{Ll},;] $/u.test(text.slice(Math.max(0, start - 2), start));
}

/** `IM` is no slip for `I'm`; text in capitals is left alone as a whole. */
const isAcronym = (found: string): boolean => found.length > 1 && !/\p{Ll}/u.test(found);

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
  const comma = /^,?[ \t]+/u.exec(text.slice(end))?.[0] ?? '';
  const opens = opensSentence(text, start);
  if (opens) {
    const next = text.slice(end + comma.length, end + comma.length + 1);
    return { start, end: end + comma.length + next.length, replacement: next.toUpperCase() };
  }
  const isAside = /,\s$/u.test(text.slice(Math.max(0, start - 2), start)) && /^[,.;:!?]/u.test(text.slice(end));
  if (isAside) return { start: start - 2, end: end + (comma.startsWith(',') ? 1 : 0), replacement: '' };
  const lead = text.slice(0, start);
  const blanks = lead.length - lead.trimEnd().length;
  const before = /(?<![ \t])[ \t]*$/u.exec(lead.slice(lead.length - blanks))![0];
  return { start: start - before.length, end, replacement: '' };
}

const opensSentence = (text: string, start: number) =>
  /(?:^|[.!?]\s{1,40}|\n\s{0,40}\n\s{0,40})["“(*_]{0,40}$/u.test(text.slice(Math.max(0, start - 40), start));

export const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
