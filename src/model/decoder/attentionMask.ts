const hidden = -1e9;

/** What a run's queries may look at. */
export interface Seen {
  /** tokens that the cache holds, and rows that it has for them */
  readonly length: number;
  readonly rows: number;
  /** new tokens */
  readonly count: number;
  /** how many tokens each of them sees, itself included; undefined: all before it */
  readonly window: number | undefined;
}

/** (queries, cache rows + count): 0 where a token may look, a large negative number elsewhere */
export function fillMask(data: Float32Array, { length, rows, count, window }: Seen): void {
  const width = rows + count;
  for (let row = 0; row * width < data.length; row++) {
    const token = row % count;
    const start = row * width;
    data.fill(0, start, start + width);
    data.fill(hidden, start + length, start + rows); // rows without a token
    data.fill(hidden, start + rows + token + 1, start + width); // tokens yet to come
    if (window === undefined) continue;
    const first = length + token + 1 - window; // the first token that is seen, counted in the whole text
    data.fill(hidden, start, start + Math.max(0, Math.min(first, length)));
    data.fill(hidden, start + rows, start + rows + Math.max(0, first - length));
  }
}
