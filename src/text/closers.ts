/** Finds the first closer behind an offset; offsets only grow, so each character is looked at once. */
export class Closers {
  #next: { readonly start: number; readonly end: number } | undefined;
  #done = false;

  readonly #words: string;
  readonly #pattern: RegExp;

  constructor(words: string, pattern: RegExp) {
    this.#words = words;
    this.#pattern = pattern;
  }

  after(offset: number): { readonly start: number; readonly end: number } | undefined {
    while (!this.#done && (this.#next === undefined || this.#next.start < offset)) {
      this.#pattern.lastIndex = Math.max(offset, this.#next?.end ?? 0);
      const found = this.#pattern.exec(this.#words);
      this.#next = found ? { start: found.index, end: found.index + found[0].length } : undefined;
      this.#done = found === null;
    }
    return this.#done ? undefined : this.#next;
  }
}
