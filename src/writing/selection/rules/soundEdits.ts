import { sentenceEnds } from '../../../text/sentenceEnd.ts';
import type { Span } from '../../../text/span.ts';
import { addsFaults } from '../checks/grammarFaults.ts';
import type { Tagger } from '../checks/tagger.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import { mendArticles } from './articles.ts';

/** The sentences of English words, with the blanks behind them. */
export function sentenceSpans(text: string): Span[] {
  const ends = [...sentenceEnds(text, 'en')].filter((end) => end < text.length);
  return [0, ...ends].map((start, i) => ({ start, end: ends[i] ?? text.length }));
}

/**
 * Rules propose, checks dispose: of these edits, in order and without overlap, those that leave their sentence without a
 * new fault, each together with the ones kept before it.
 */
export function soundEdits(text: string, edits: readonly Edit[], tag: Tagger): Edit[] {
  if (edits.length === 0) return [];
  const kept: Edit[] = [];
  let next = 0;
  for (const { start, end } of sentenceSpans(text)) {
    const before = text.slice(start, end);
    const own: Edit[] = [];
    for (; next < edits.length && edits[next]!.start < end; next++) {
      const edit = withArticle(text, edits[next]!);
      const from = own.at(-1)?.end ?? start;
      if (edit.start < from || edit.end > end) continue;
      const made = (edits: readonly Edit[]) =>
        applyEdits(
          before,
          edits.map((each) => ({ ...each, start: each.start - start, end: each.end - start })),
        ).trim();
      const isSame =
        areThanks.test(edit.replacement) ||
        (saysTheSame(text.slice(edit.start, edit.end), edit.replacement) && !asks.test(text.slice(start, edit.start)));
      if (isSame || !addsFaults(made(own), made([...own, edit]), tag)) own.push(edit);
    }
    kept.push(...own);
  }
  return kept;
}

/** In a question the long form would stand elsewhere: `Can't anyone help?` */
export const asks = /(?:^[\s\p{P}]{0,9}|\b(?:why|how|when|where|what)\s{1,9}|,\s{1,9})$/iu;
/** A contraction written out cannot break a sentence, whatever a tagger makes of the words behind it. */
const saysTheSame = (before: string, after: string): boolean =>
  /^[\p{L}]+(?:n['’]t|['’](?:m|re|ve|ll))$/u.test(before) && !/['’]/u.test(after);
const areThanks = /^thanks (?:for|a lot)$/iu; // a sentence by themselves

/** The article before the first changed word changes with it: `a very old` → `an old`. */
function withArticle(text: string, edit: Edit): Edit {
  const article = /(?<![\p{L}\p{N}])an?[ \t]*$/iu.exec(text.slice(Math.max(0, edit.start - 6), edit.start))?.[0];
  if (article === undefined) return edit;
  const rest = edit.replacement + text.slice(edit.end, edit.end + 40);
  const lead = 'It is '; // an article alone at the beginning may be a letter of a list
  const mended = mendArticles(lead + article + rest);
  if (!mended.endsWith(rest)) return edit;
  const replacement = mended.slice(lead.length, mended.length - rest.length) + edit.replacement;
  return { start: edit.start - article.length, end: edit.end, replacement };
}
