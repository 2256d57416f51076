/**
 * Probability of the first word: the product over the tokens that make it. Within a word it is what is left of it.
 * A Chinese or Japanese character counts as a word of its own: without spaces the first token is all that is certain.
 */
export class FirstWord {
  probability = 1;
  #text = '';
  /** has something after the word been seen? */
  ended = false;

  /** @param released text that the token added, possibly '' */
  add(released: string, tokenProbability: number): void {
    if (this.ended) return;
    if (wordEnded(this.#text, released)) {
      this.ended = true;
      return;
    }
    this.#text += released;
    this.probability *= tokenProbability;
  }
}

function wordEnded(text: string, next: string): boolean {
  if (next === '' || !/[\p{L}\p{N}]/u.test(text)) return false;
  return !/^[\p{L}\p{N}\p{M}'’]/u.test(next) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(text);
}
