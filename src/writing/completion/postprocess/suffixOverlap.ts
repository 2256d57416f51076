import { wordPieces } from '../segment.ts';
import { isPaired, quotesAtEdges, singleQuotes } from './openMarks.ts';
import { cutAt, type Rule } from './rule.ts';

/** Characters of the next line that a suggestion must share to count as its repetition. */
const sameLineChars = 12;

/**
 * Stops at the first overlap with what follows on the line; repeats neither it nor the line below. Within a paragraph
 * that is broken by hand the line below is what follows.
 */
export const suffixOverlap: Rule = (text, { caret, habits }) => {
  const goesOn = habits.wrapping.kind === 'column' ? caret.nextLine.trim() : '';
  const following = caret.lineSuffix.trim() || goesOn;
  if (following !== '') {
    const overlap = overlapStart(text, following);
    return overlap === undefined ? text : cutAt(text, overlap, 'repeatsSuffix');
  }
  return repeatsLine(text, caret.nextLine) ? { drop: 'repeatsSuffix' } : text;
};

/** Whichever way round a model writes it. */
const quoteEdges = quotesAtEdges("'’‘", "'’‘");

/** Offset of the first word (or closing mark) from which on the suggestion says what follows anyway. */
function overlapStart(text: string, following: string): number | undefined {
  const closer = /^[\p{Pe}\p{Pf}"'‘*_`.,;:!?。，]+/u.exec(following)?.[0];
  if (closer !== undefined) {
    const isQuote = singleQuotes.test(closer);
    const index = isQuote ? text.search(quoteEdges) : text.indexOf(closer);
    return index < 0 || (index > 0 && isPaired(closer)) ? undefined : index; // pairs are counted: `openMarks`
  }
  let start = 0;
  for (const piece of wordPieces(text)) {
    const rest = text.slice(start).trimStart();
    if (rest !== '' && sharesWord(rest, following)) return start;
    start += piece.length;
  }
  return undefined;
}

/** One begins with the other, or both begin with the same whole word. */
function sharesWord(a: string, b: string): boolean {
  if (a.startsWith(b) || b.startsWith(a.trimEnd())) return true;
  const [wordA, wordB] = [wordPieces(a)[0]!.trim(), wordPieces(b)[0]!.trim()];
  return wordA === wordB && wordA.length > 1;
}

function repeatsLine(text: string, line: string): boolean {
  const [suggested, next] = [text.trim(), line.trim()];
  if (suggested === '' || next === '') return false;
  const shared = Math.min(suggested.length, next.length, sameLineChars);
  return shared > 1 && suggested.slice(0, shared) === next.slice(0, shared);
}
