import { languageOfText } from '../../../text/language.ts';
import { readText } from '../../../text/readText.ts';
import { hiddenPart } from '../protection/hidden.ts';
import { protectedParts } from '../protection/protectedParts.ts';
import { wordCount } from '../text/words.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import { mendArticles } from './articles.ts';
import { type PhraseTable, removal, replacePhrases } from './phraseTable.ts';
import { formalWords, friendlyWords, plainWords, spokenContractions, wordyPhrases } from './registerLists.ts';

/** Text in, text out; the same text when a rule finds nothing to do. The lists are English: other languages stay. */
export type Wording = (text: string, around?: Around) => string;

/** What a short text does not tell itself. */
export interface Around {
  /** the document's language, where a paragraph is too short to tell */
  readonly language?: string | undefined;
  /** the paragraph with its code and formulas */
  readonly raw?: string;
}

export const formalWording: Wording = worded(formalWords);
export const friendlyWording: Wording = (text, around) =>
  worded(spokenContractions)(worded(friendlyWords)(text, around), around);
export const plainWording: Wording = (text, around) => splitAtSemicolons(worded(plainWords)(text, around));
/** Without filler words, long-winded phrases and asides in brackets. */
export const tightWording: Wording = (text, around) => worded(wordyPhrases)(withoutAsides(text), around);

function worded(table: PhraseTable): Wording {
  return (text, { language } = {}) => {
    if ((languageOfText(text) ?? language ?? 'en') !== 'en') return text;
    const changed = replacePhrases(text, table);
    return changed === text ? text : mendArticles(changed);
  };
}

const longSentenceWords = 25;

/** `…; but` within a long sentence becomes two sentences: the easiest way to make one readable. */
function splitAtSemicolons(text: string): string {
  if (wordCount(text) < longSentenceWords) return text;
  const edits = [...text.matchAll(/(?<=\p{L}{2}[^.!?;]{20,300});\s+(\p{Ll})(?=[^.;]{20})/gu)].map(
    ({ index, 0: found, 1: letter }): Edit => ({
      start: index,
      end: index + found.length,
      replacement: `.${found.slice(1, -1)}${letter!.toUpperCase()}`,
    }),
  );
  return applyEdits(text, edits);
}

const minAsideWords = 2;

/** Brackets go when they hold words only: no number, link, code or citation, no abbreviation that is introduced. */
function withoutAsides(text: string): string {
  const edits: Edit[] = [];
  for (const { index, 0: found } of text.matchAll(
    /(?<![ \t])[ \t]*\((?:[^()\n]|\n(?!\s*\n)){3,200}\)(?=[\s.,;:!?]|$)/gu,
  )) {
    const inside = found.trim().slice(1, -1);
    const isPlain = !hiddenPart.test(inside) && protectedParts(readText(inside, 'plaintext')).length === 0;
    if (isPlain && wordCount(inside) >= minAsideWords)
      edits.push(removal(text, index + found.search(/\(/u), index + found.length));
  }
  return applyEdits(text, edits);
}
