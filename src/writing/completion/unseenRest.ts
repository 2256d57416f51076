import type { Suggestion } from './completionRequest.ts';
import type { GateThresholds } from './gate.ts';
import { endsInWord, startsInWord, startsUnspaced, visibleLength, wordPieces } from './segment.ts';

/** Fewer characters are typed as fast as they are read. */
const minVisibleCharacters = 3;
/** Letters of a word that a running hand types while its end is read. */
const typedMeanwhile = 2;

interface Circumstances {
  /** the text before the caret, or more of its end than a suggestion has characters */
  readonly before: string;
  readonly thresholds: GateThresholds;
  /** the hand types fast, and has not come to rest */
  readonly isRunning: boolean;
}

/**
 * What of an answer is worth coming up whose beginning was typed before anybody could see it. The gate has judged the first
 * word, and that is gone or nearly so: a word that begins now must be sure by itself, and under a running hand what comes up
 * must be long or sure enough (docs/adr/0034).
 * @returns a beginning of the suggestion; undefined: nothing of it
 */
export function unseenRest(suggestion: Suggestion, circumstances: Circumstances): Suggestion | undefined {
  const { before, thresholds, isRunning } = circumstances;
  const { text, firstWordProbability, logprob, typedChars = 0 } = suggestion;
  const { firstWord, minRestOfWord, minWordProbability } = thresholds;
  const typed = before.slice(before.length - typedChars);
  if (startsUnspaced(text)) return suggestion; // words of such scripts have hardly a rest
  if (typed.trim() === '') return isSureByItself(suggestion, circumstances) ? suggestion : undefined;
  if (visibleLength(text) < minVisibleCharacters) return undefined;
  const left = endsInWord(before) ? /^[\p{L}\p{M}'’]*/u.exec(text)![0].length : 0; // letters of the word under the caret
  if (left === 0 && !isSureByItself(suggestion, circumstances)) return undefined;
  const hasMore = left < text.trimEnd().length;
  if (!isRunning) return hasMore || left >= minRestOfWord ? suggestion : undefined;
  if (hasMore) {
    const later = Math.exp(logprob) / firstWordProbability; // of all words after the first
    if (later >= firstWord.afterSpace) return suggestion;
    if (later >= minWordProbability && left >= typedMeanwhile) return suggestion;
  }
  return left >= minRestOfWord + typedMeanwhile ? { ...suggestion, text: text.slice(0, left) } : undefined;
}

/**
 * At the beginning of a word this one must be surer than if it had been found just there: nobody waits for it. Of marks the
 * words' probabilities say nothing.
 */
function isSureByItself({ text, wordProbabilities }: Suggestion, { before, thresholds }: Circumstances): boolean {
  const probability = startsInWord(text.trimStart()) ? wordProbabilities?.at(-wordPieces(text).length) : undefined;
  return (probability ?? 1) >= thresholds.unseenWord[endsInWord(before) ? 'wordEnd' : 'afterSpace'];
}
