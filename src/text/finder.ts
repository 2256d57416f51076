/**
 * Finds strings from rising offsets on in one walk over the text for each: a question that has been answered is not asked
 * again, so that a thousand openers without a closer do not read the rest of the text a thousand times.
 */
export class Finder {
  readonly #known = new Map<string, number>();

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first place of `what` at or behind `from`; -1 when there is none. Offsets must not fall. */
  next(what: string, from: number): number {
    const known = this.#known.get(what);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const found = this.#text.indexOf(what, from);
    this.#known.set(what, found);
    return found;
  }
}
