import { isInName, protectedStretches } from '../protection/protectedStretches.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';

/** What to look for and what it becomes; undefined leaves it. The pattern has the flag `g`. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly mend: (match: RegExpExecArray, text: string) => string | undefined;
}

/** Part of a pattern: what follows begins a sentence. */
export const sentenceBegins = String.raw`(?<=(?:^|[.!?]["”’)]*\s{1,9}|\n\s{0,9}\n\s{0,9}))`;

/** Applies a rule wherever it fits outside of code, math, links and other parts; names are text like any other. */
export function applyRule(text: string, { pattern, mend }: TextRule): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text; // as nearly every rule finds
  const isProtected = protectedStretches(text, { withNumbers: true });
  const edits: Edit[] = [];
  for (const match of matches) {
    const start = match.index;
    const end = start + match[0].length;
    const replacement = mend(match, text);
    if (replacement === undefined || replacement === match[0]) continue;
    if (isProtected({ start, end }) || isInName(text, { start, end })) continue;
    edits.push({ start, end, replacement });
  }
  return applyEdits(text, edits);
}

/** What a rule asks of the whole text is found out once for all of its matches. */
export function oncePerText<T>(compute: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: compute(text) };
    return last.value;
  };
}

/** As people talk: `ain't`, `sittin'`, `an he` for `and he`, one `he don't` after the other. That is no slip of a writer. */
export const speaksFreely = oncePerText(
  (text) =>
    /\b(?:c?ain['’]t|y['’]all|an (?:ah|de[nmy]?|dat|i|he|she|we|they|then|was)\b)|\p{L}{3}in['’](?!\p{L})|(?<!\p{L})['’]em\b/iu.test(
      text,
    ) || (text.match(/\b(?:he|she|it) don['’]t\b/giu)?.length ?? 0) > 1,
);

/** Left of a place, from the beginning of its sentence; of a long one the end. */
export function sentenceLead(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 300), at);
  return before.slice(1 + Math.max(...['.', '!', '?'].map((mark) => before.lastIndexOf(mark))));
}

/** The sentence of a place, without its last mark; of a long one some 300 characters on each side. */
export const sentenceAround = (text: string, at: number): string =>
  sentenceLead(text, at) + /^[^.!?]*/u.exec(text.slice(at, at + 300))![0];
