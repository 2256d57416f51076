import type { GeneratedSequence } from '../../../protocol/inference.ts';
import { unspaced } from '../../../text/unspaced.ts';
import { kindOf, minHealedLogprob } from '../gate.ts';
import { startsUnspaced, wordPieces } from '../segment.ts';
import type { Rule, RuleContext } from './rule.ts';

/**
 * Cuts back to the words of which the model is sure: the first passed the gate or nothing is shown, each later one
 * must be likely itself and leave the whole likely, and the end is where most keys are won, less what a wrong end costs.
 * For a name that it does not know a model takes the commonest: one that the document does not have must be likelier, be
 * it the first word or a later one (docs/adr/0029).
 */
export const confidence: Rule = (text, context) => {
  const { thresholds, caret, tokens, firstWordProbability } = context;
  const kind = kindOf(caret.place, text);
  let end = 0;
  let total = firstWordProbability;
  let keys = 0;
  let best = { end: 0, keys: Number.NEGATIVE_INFINITY };
  for (const part of wordsAndMarks(text)) {
    const ofNames = isNewName(part, end, text, context) ? thresholds.minNewNameProbability : 0;
    const isFirst = end === 0;
    const probability = isFirst ? firstWordProbability : Math.exp(logprobOf(tokens, end, end + part.length));
    const needed = Math.max(isFirst ? thresholds.firstWord[kind] : thresholds.minWordProbability, ofNames);
    if (isFirst && probability < needed) {
      const [had, threshold] = [probability.toFixed(2), needed.toFixed(2)];
      return { drop: 'lowConfidence', detail: `${kind}: probability ${had}, needed ${threshold}` };
    }
    if (!isFirst) {
      total *= probability;
      if (probability < needed || total < thresholds.minTotalProbability) break;
    }
    end += part.length;
    keys += total * part.length;
    const net = keys - thresholds.wrongEndKeys * (1 - total);
    if (net >= best.keys) best = { end, keys: net };
  }
  return text.slice(0, best.end);
};

/** What ends a clause or a sentence, with what closes behind it. */
const markAtEnd = /(?<=[^\s.,;:!?…。，、；：！？])[ \u00A0\u202F]?[.,;:!?…。，、；：！？]\p{P}{0,9}$/u;

/**
 * A mark at the end of a suggestion wins a key where it is right and costs one where it is wrong, so it must be likelier than not
 * by itself, as the end of a word must: that its word is sure says nothing about it (docs/adr/0029).
 */
export const unsureMark: Rule = (text, { thresholds, tokens }) => {
  const [line] = text.split('\n', 1);
  const mark = markAtEnd.exec(line!.trimEnd());
  if (!mark) return text;
  const probability = Math.exp(logprobOf(tokens, mark.index, mark.index + mark[0].length));
  return probability < thresholds.firstWord.midWord ? text.slice(0, mark.index) : text;
};

/** Languages that write every noun as others write names. */
const capitalizing = new Set(['de']);
const nameStart = /(?<=[\p{L}\p{M}\p{N}'’,;][ \n])[\p{Pi}"'(]?(\p{Lu}\p{Ll}[\p{L}\p{M}]*)(?:['’]\p{L}{1,2})?$/u;
/** Characters that hold a word and what stands before it. */
const nameChars = 60;

/** With this part a word is written with a capital in the middle of a sentence that the document does not have. */
function isNewName(part: string, start: number, text: string, { before, after, zone, habits }: RuleContext): boolean {
  if (zone === 'heading' || capitalizing.has(habits.language ?? '')) return false;
  const name = nameStart.exec((before.slice(-nameChars) + text.slice(0, start + part.length)).slice(-nameChars))?.[1];
  if (name === undefined) return false;
  const whole = new RegExp(`(?<![\\p{L}\\p{M}])${name}(?![\\p{L}\\p{M}])`, 'u');
  return !whole.test(before) && !whole.test(after);
}

/** The words with their leading blanks, and the marks after them on their own. */
function wordsAndMarks(text: string): string[] {
  return wordPieces(text).flatMap((piece) => {
    const marks = marksBehind(piece);
    return [piece.slice(0, marks), piece.slice(marks)].filter((part) => part !== '');
  });
}

/** Where the marks begin that stand behind a word; a comma may be less sure than its word. */
export const marksBehind = (piece: string): number => /(?<![\p{P}\s])[\p{P}\s]*$/u.exec(piece)!.index;

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

/**
 * The probability of the first of the words that a writer takes. Where there are no blanks the engine's first word is what the first
 * token says (protocol/firstWord.ts); the word goes on with the tokens behind it.
 */
export function ofWholeFirstWord({ text, tokens, firstWordProbability }: GeneratedSequence): number {
  const [word = ''] = wordPieces(text);
  if (!startsUnspaced(word.trimStart())) return firstWordProbability;
  const first = tokens.findIndex((token) => /[\p{L}\p{N}]/u.test(token.text));
  if (first < 0) return firstWordProbability;
  const said = tokens.slice(0, first + 1).reduce((sum, token) => sum + token.text.length, 0);
  return firstWordProbability * Math.exp(logprobOf(tokens, said, marksBehind(word)));
}

const shortestWord = 3; // characters; shorter beginnings are not judged
/** Without blanks nobody knows where a word begins, and a rare character is no slip. */
const spacedWord = new RegExp(`(?:(?![${unspaced}])[\\p{L}\\p{M}'’]){1,100}$`, 'u');

/**
 * Says nothing while the word under the caret is misspelt, rather than complete the typo: a beginning that the model
 * finds very unlikely is one, unless the writer has used it before, as with a name.
 */
export const misspelling: Rule = (text, { healedLogprob, before }) => {
  const word = spacedWord.exec(before.slice(-100))?.[0] ?? '';
  if (healedLogprob >= minHealedLogprob || word.length < shortestWord) return text;
  const isKnown = before.slice(0, -word.length).toLowerCase().includes(word.toLowerCase());
  return isKnown ? text : { drop: 'misspelt' };
};
