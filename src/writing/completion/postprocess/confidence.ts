import { kindOf, minHealedLogprob } from '../gate.ts';
import { wordPieces } from '../segment.ts';
import type { Rule, RuleContext } from './rule.ts';

/**
 * Cuts back to the words of which the model is sure: the first passed the gate or nothing is shown, each later one
 * must be likely itself and leave the whole likely.
 */
export const confidence: Rule = (text, context) => {
  const { thresholds, caret, tokens, firstWordProbability } = context;
  const kind = kindOf(caret.place, text);
  const needed = thresholds.firstWord[kind];
  if (firstWordProbability < needed) {
    const [had, threshold] = [firstWordProbability.toFixed(2), needed.toFixed(2)];
    return { drop: 'lowConfidence', detail: `${kind}: probability ${had}, needed ${threshold}` };
  }
  let end = 0;
  let total = firstWordProbability;
  for (const part of wordsAndMarks(text)) {
    if (end > 0) {
      const probability = Math.exp(logprobOf(tokens, end, end + part.length));
      total *= probability;
      if (probability < thresholds.minWordProbability || total < thresholds.minTotalProbability) break;
    }
    end += part.length;
  }
  return text.slice(0, end);
};

/** The words with their leading blanks, and the marks after them on their own: a comma may be less sure than its word. */
function wordsAndMarks(text: string): string[] {
  return wordPieces(text).flatMap((piece) => {
    const marks = /(?<![\p{P}\s])[\p{P}\s]*$/u.exec(piece)!.index;
    return [piece.slice(0, marks), piece.slice(marks)].filter((part) => part !== '');
  });
}

/** Sum over the tokens that begin within [start, end) of the decoded text; natural logarithm. */
export function logprobOf(tokens: RuleContext['tokens'], start: number, end: number): number {
  let offset = 0;
  let sum = 0;
  for (const token of tokens) {
    if (offset >= end) break;
    if (offset >= start) sum += token.logprob;
    offset += token.text.length;
  }
  return sum;
}

const shortestWord = 3; // characters; shorter beginnings are not judged

/**
 * Says nothing while the word under the caret is misspelt, rather than complete the typo: a beginning that the model
 * finds very unlikely is one, unless the writer has used it before, as with a name.
 */
export const misspelling: Rule = (text, { healedLogprob, before }) => {
  const word = /[\p{L}\p{M}'’]{1,100}$/u.exec(before.slice(-100))?.[0] ?? '';
  if (healedLogprob >= minHealedLogprob || word.length < shortestWord) return text;
  const isKnown = before.slice(0, -word.length).toLowerCase().includes(word.toLowerCase());
  return isKnown ? text : { drop: 'misspelt' };
};
