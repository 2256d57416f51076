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
   * @param rowCost time of one more row in a run, in runs of a single row
   * @param isEnd does nothing follow this token?
   */
  propose(most: number, rowCost: number, isEnd: (id: number) => boolean): readonly number[] {
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

/** What a further row of a run costs before it was measured; of the bundled model on two processors. */
const usualRowCost = 0.15;
const settling = 0.2;

/** How the time of a run grows with its rows, on this machine and with this model. Measured as it goes. */
export class RunTimes {
  readonly #now: () => number;
  /** of a run of one row, in milliseconds */
  #single: number | undefined;
  #rowCost = usualRowCost;

  /** @param now milliseconds of a clock that does not go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Time of one more row in a run, in runs of a single row. */
  get rowCost(): number {
    return this.#rowCost;
  }

  async measure(rows: number, run: () => Promise<unknown>): Promise<void> {
    const began = this.#now();
    await run();
    this.#add(rows, this.#now() - began);
  }

  /** Machines stumble: a sample counts for twice what was expected at most. */
  #add(rows: number, ms: number): void {
    const single = this.#single;
    if (rows === 1) {
      this.#single = single === undefined ? ms : single + settling * (Math.min(ms, 2 * single) - single);
      // What was measured grows old while there are no drafts; so they are tried again some time.
      this.#rowCost += 0.02 * (usualRowCost - this.#rowCost);
    } else if (single) {
      const sample = Math.max(0, (ms / single - 1) / (rows - 1));
      this.#rowCost += settling * (Math.min(sample, 2 * this.#rowCost + 0.05) - this.#rowCost);
    }
  }
}
