import { calibrated, type GateCalibration } from './gateCalibration.ts';
import type { Gate } from './inference.ts';

/**
 * Probability of the first word: the product over the tokens that make it. Within a word it is what is left of it.
 * A Chinese or Japanese character counts as a word of its own: without spaces the first token is all that is certain.
 */
export class FirstWord {
  readonly #calibration: GateCalibration | undefined;
  #product = 1;
  #text = '';
  /** has something after the word been seen? */
  ended = false;

  /** @param calibration of the model, if it has one */
  constructor(calibration?: GateCalibration) {
    this.#calibration = calibration;
  }

  /** as the thresholds of the gate mean it */
  get probability(): number {
    return calibrated(this.#product, this.#calibration);
  }

  /** Has a word begun that may go on? */
  get isOpen(): boolean {
    return !this.ended && /[\p{L}\p{N}]/u.test(this.#text) && !unspacedEnd.test(this.#text);
  }

  /** What makes all of it less likely, beside its tokens. */
  weigh(probability: number): void {
    this.#product *= probability;
  }

  /** @param released text that the token added, possibly '' */
  add(released: string, tokenProbability: number): void {
    if (this.ended) return;
    if (wordEnded(this.#text, released)) {
      this.ended = true;
      return;
    }
    this.#text += released;
    this.#product *= tokenProbability;
  }
}

function wordEnded(text: string, next: string): boolean {
  if (next === '' || !/[\p{L}\p{N}]/u.test(text)) return false;
  return !goesOnWord(next) || unspacedEnd.test(text);
}

const unspacedEnd = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/** Does a word go on with this text? */
export const goesOnWord = (text: string): boolean => /^[\p{L}\p{N}\p{M}'’]/u.test(text);

/**
 * Is a model no longer sure enough of what it says?
 * @param said log-probabilities of the last token, and of all together
 */
export function doubtOf(
  gate: Gate | undefined,
  firstWord: FirstWord,
  { logprob, totalLogprob }: { readonly logprob: number; readonly totalLogprob: number },
): 'gate' | 'unsure' | undefined {
  if (!gate) return undefined;
  if (firstWord.probability < gate.minFirstWordProbability) return 'gate';
  if (!firstWord.ended) return undefined;
  const isUnsure = logprob < Math.log(gate.minWordProbability) || totalLogprob < Math.log(gate.minTotalProbability);
  return isUnsure ? 'unsure' : undefined;
}
