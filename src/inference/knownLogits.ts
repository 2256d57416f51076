/** Of 473 runs of the graph for a writer's suggestions 304 repeated one of the last eight; more rows find no more. */
export const mostKnownRows = 8;

interface Row {
  readonly tokenIds: readonly number[];
  /** were they read as a part of a long text? */
  readonly isLong: boolean;
  readonly logits: Float32Array;
}

/**
 * Logits after the texts that were looked at last. While a word is typed it is read anew after each letter from where it
 * begins, so the same tokens are looked at again and again (docs/adr/0041).
 */
export class KnownLogits {
  /** the one that was asked for last stands last */
  #rows: Row[] = [];

  /** @returns (vocabulary) as kept: not to be changed */
  find(tokenIds: readonly number[], isLong: boolean): Float32Array | undefined {
    const found = this.#rows.find((row) => row.isLong === isLong && isSame(row.tokenIds, tokenIds));
    if (found) this.#rows = [...this.#rows.filter((row) => row !== found), found];
    return found?.logits;
  }

  /** @param row what is known from now on; the oldest goes for it */
  keep(row: Row): void {
    if (this.find(row.tokenIds, row.isLong)) this.#rows.pop();
    this.#rows.push(row);
    if (this.#rows.length > mostKnownRows) this.#rows.shift();
  }

  clear(): void {
    this.#rows = [];
  }
}

/** Texts that are asked for one after the other begin alike. */
function isSame(one: readonly number[], other: readonly number[]): boolean {
  let at = one.length;
  if (at !== other.length) return false;
  while (at > 0 && one[at - 1] === other[at - 1]) at--;
  return at === 0;
}
