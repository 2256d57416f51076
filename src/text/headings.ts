import type { Heading } from './textLanguage.ts';

interface PlacedHeading extends Heading {
  /** the place from which on it counts */
  readonly end: number;
  /** index of the heading that encloses it; -1: none */
  readonly parent: number;
}

/** The headings of one document in order. What encloses a place is found without a walk over those before it. */
export class Headings {
  readonly #placed: PlacedHeading[] = [];

  get count(): number {
    return this.#placed.length;
  }

  /** Forgets all but the first ones. */
  keep(count: number): void {
    this.#placed.length = count;
  }

  /** @param end no smaller than that of the last one */
  add(heading: Heading, end: number): void {
    let parent = this.#placed.length - 1;
    while (parent >= 0 && this.#placed[parent]!.level >= heading.level) parent = this.#placed[parent]!.parent;
    this.#placed.push({ ...heading, end, parent });
  }

  /** Those that enclose what stands at an offset, outermost first. */
  enclosing(offset: number): readonly Heading[] {
    let from = 0;
    let to = this.#placed.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#placed[middle]!.end <= offset) from = middle + 1;
      else to = middle;
    }
    const found: Heading[] = [];
    for (let at = from - 1; at >= 0; at = this.#placed[at]!.parent) found.push(this.#placed[at]!);
    return found.reverse();
  }
}
