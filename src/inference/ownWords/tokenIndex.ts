/** Stands between texts, and before the first: contexts do not reach across. */
const boundary = -1;

/** Positions that are sorted or merged between two looks at the event loop: some 20 ms. */
const portion = 1 << 14;
/** Of a context that occurs more often than this a sample is counted. */
const sampled = 2048;

/** What followed a context: how often each token did, and how often any. */
export interface Followers {
  /** of the context */
  readonly length: number;
  readonly counts: ReadonlyMap<number, number>;
  readonly total: number;
}

/**
 * Which tokens followed which contexts in some texts: all positions, sorted by what stands before them, read backwards.
 * Positions with the same context stand together, those with a longer common context within them. Eight bytes a token.
 */
export class TokenIndex {
  readonly #tokens: Int32Array;
  readonly #positions: Uint32Array;
  readonly #longestContext: number;

  private constructor(tokens: Int32Array, positions: Uint32Array, longestContext: number) {
    this.#tokens = tokens;
    this.#positions = positions;
    this.#longestContext = longestContext;
  }

  get length(): number {
    return this.#positions.length;
  }

  /**
   * @param longestContext contexts are told apart by so many tokens
   * @param turn lets other work happen
   */
  static async of(
    texts: readonly (readonly number[])[],
    longestContext: number,
    turn: () => Promise<void>,
  ): Promise<TokenIndex> {
    const tokens = joined(texts, longestContext);
    const positions = Uint32Array.from(followed(tokens));
    await sort(positions, byContext(tokens, longestContext), turn);
    return new TokenIndex(tokens, positions, longestContext);
  }

  /** What followed the last tokens of `context`, from the shortest context to the longest that occurs. */
  *followers(context: readonly number[]): Generator<Followers> {
    let [from, to] = [0, this.#positions.length];
    for (let length = 1; length <= Math.min(this.#longestContext, context.length); length++) {
      const wanted = context.at(-length)!;
      from = this.#firstWhere(from, to, (token) => token >= wanted, length);
      to = this.#firstWhere(from, to, (token) => token > wanted, length);
      if (from === to) return;
      yield { length, ...this.#counted(from, to) };
    }
  }

  /** The first of the positions whose token `back` places before it passes; they are sorted by it. */
  #firstWhere(from: number, to: number, passes: (token: number) => boolean, back: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (passes(this.#tokens[this.#positions[middle]! - back]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #counted(from: number, to: number): Omit<Followers, 'length'> {
    const counts = new Map<number, number>();
    const step = Math.ceil((to - from) / sampled);
    let total = 0;
    for (let at = from; at < to; at += step, total++) {
      const token = this.#tokens[this.#positions[at]!]!;
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    return { counts, total };
  }
}

/** @param before so many boundaries come first, so that every token has a context of that length */
function joined(texts: readonly (readonly number[])[], before: number): Int32Array {
  const tokens = new Int32Array(texts.reduce((sum, { length }) => sum + length + 1, before)).fill(boundary);
  let at = before;
  for (const text of texts) {
    tokens.set(text, at);
    at += text.length + 1;
  }
  return tokens;
}

/** Positions of tokens with a context. */
function* followed(tokens: Int32Array): Generator<number> {
  for (let at = 1; at < tokens.length; at++) {
    if (tokens[at] !== boundary && tokens[at - 1] !== boundary) yield at;
  }
}

/** The order of positions by what stands before them, read backwards. */
function byContext(tokens: Int32Array, longestContext: number): (a: number, b: number) => number {
  return (a, b) => {
    for (let back = 1; back <= longestContext; back++) {
      const difference = tokens[a - back]! - tokens[b - back]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  };
}

/** Merge sort, bottom up, in portions: half a million positions take the better part of a second. */
async function sort(
  positions: Uint32Array,
  compare: (a: number, b: number) => number,
  turn: () => Promise<void>,
): Promise<void> {
  for (let start = 0; start < positions.length; start += portion) {
    positions.subarray(start, start + portion).sort(compare);
    await turn();
  }
  for (let width = portion; width < positions.length; width *= 2) {
    const before = positions.slice();
    for (let start = 0; start < positions.length; start += 2 * width) {
      let [left, right] = [start, start + width];
      const [leftEnd, rightEnd] = [Math.min(right, before.length), Math.min(right + width, before.length)];
      for (let at = start; at < rightEnd; at++) {
        if (at % portion === 0) await turn();
        const takesLeft = left < leftEnd && (right >= rightEnd || compare(before[left]!, before[right]!) <= 0);
        positions[at] = before[takesLeft ? left++ : right++]!;
      }
    }
  }
}
