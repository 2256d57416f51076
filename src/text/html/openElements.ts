import { endedBy } from './elements.ts';

export interface OpenElement {
  readonly name: string;
  /** of its opening tag */
  readonly start: number;
  readonly end: number;
}

/** Deeper elements are not remembered: what they hold is read as if they were not there. */
const maxDepth = 200;

/** The elements that are open, outermost first; end tags that are missing are added as browsers do. */
export class OpenElements {
  readonly #elements: OpenElement[];

  constructor(elements: readonly OpenElement[] = []) {
    this.#elements = [...elements];
  }

  /** as they are now: it changes with the next tag */
  get all(): readonly OpenElement[] {
    return this.#elements;
  }

  /** The elements that an opening tag ends are gone; undefined when it ends none. */
  endBefore(name: string): void {
    const { ends, within } = endedBy(name);
    if (ends.length === 0) return;
    for (let i = this.#elements.length - 1; i >= 0; i--) {
      const open = this.#elements[i]!.name;
      if (ends.includes(open)) {
        this.#elements.length = i;
        return;
      }
      if (within.includes(open)) return;
    }
  }

  open(element: OpenElement): void {
    if (this.#elements.length < maxDepth) this.#elements.push(element);
  }

  /** Ends the innermost element of that name and all in it; nothing when none is open. */
  close(name: string): OpenElement | undefined {
    const index = this.#elements.findLastIndex((element) => element.name === name);
    if (index < 0) return undefined;
    const closed = this.#elements[index]!;
    this.#elements.length = index;
    return closed;
  }

  has(names: ReadonlySet<string>): boolean {
    return this.#elements.some(({ name }) => names.has(name));
  }

  innermost(holds: (name: string) => boolean): OpenElement | undefined {
    return this.#elements.findLast(({ name }) => holds(name));
  }
}
