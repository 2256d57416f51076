/** A context is compared this far back: what agreed so long mostly goes on agreeing. */
const longestMatch = 8;
/** One run stays short: who types, and who cancels, waits for its end. */
export const longestDraft = 15;

/**
 * How often the token that followed an earlier occurrence of a context follows again, by the length of the context;
 * what is expected before a text has shown its own.
 */
const expectedRates = [0, 0.15, 0.3, 0.5, 0.65, 0.7, 0.75, 0.8, 0.95];
const learning = 0.1;

/**
 * Time of one more row in a run, in runs of a single row: of the bundled model on a processor. It is not measured as one
 * writes: a run of several rows rounds otherwise on the quantized graph, and the same seed is to give the same text.
 */
const rowCost = 0.15;

/** What an earlier occurrence of the last tokens says of the next one. */
interface Match {
  /** of the token that followed there */
  readonly at: number;
  /** tokens before it that are the last ones here, at most `longestMatch` */
  readonly length: number;
}

/**
 * Drafts of a text from the text itself (prompt lookup, Saxena 2023): where its last tokens occurred before, prompt
 * included, the tokens that followed there are likely to follow again. Most of a rewritten paragraph is found this way.
 * What was found is compared with every token that is chosen, whether it was drafted or not, so the text itself tells
 * how far it can be guessed, and drafts come back where copying begins again.
 */
export class Drafts {
  readonly #tokenIds: number[];
  readonly #rates = [...expectedRates];
  #match: Match | undefined;

  /** @param tokenIds prompt and what was written so far */
  constructor(tokenIds: readonly number[]) {
    this.#tokenIds = [...tokenIds];
    this.#match = this.#find();
  }

  /** Takes in a token that was chosen. */
  add(id: number): void {
    const expected = this.#match;
    const isHit = expected !== undefined && this.#tokenIds[expected.at] === id;
    if (expected) this.#rates[expected.length]! += learning * (Number(isHit) - this.#rates[expected.length]!);
    this.#tokenIds.push(id);
    this.#match = isHit ? { at: expected.at + 1, length: longer(expected.length) } : this.#find();
  }

  /**
   * The tokens that probably follow, as many as are worth it: the next one is worth its row as long as it brings more
   * tokens for its time than the run does without it.
   * @param most tokens that are wanted
   * @param isEnd does nothing follow this token?
   */
  propose(most: number, isEnd: (id: number) => boolean): readonly number[] {
    const draft: number[] = [];
    if (!this.#match) return draft;
    let { at, length } = this.#match;
    let probability = 1; // that all of the draft is right
    let tokens = 1; // that the run is expected to bring
    let cost = 1;
    for (const limit = Math.min(most, longestDraft); draft.length < limit; at++) {
      const id = this.#tokenIds[at] ?? draft[at - this.#tokenIds.length]!; // what is repeated may reach into the draft
      probability *= this.#rates[length]!;
      if (isEnd(id) || probability * cost <= tokens * rowCost) break;
      draft.push(id);
      tokens += probability;
      cost += rowCost;
      length = longer(length);
    }
    return draft;
  }

  /** The longest match; of several the newest. */
  #find(): Match | undefined {
    const ids = this.#tokenIds;
    const last = ids.length - 1;
    let best: Match | undefined;
    for (let end = last - 1; end >= 0; end--) {
      let length = 0;
      while (length < longestMatch && length <= end && ids[end - length] === ids[last - length]) length++;
      if (length > (best?.length ?? 0)) best = { at: end + 1, length };
    }
    return best;
  }
}

const longer = (length: number) => Math.min(longestMatch, length + 1);
