const hidden = -1e9;

/** What a run's queries may look at. */
export interface Seen {
  /** tokens read before */
  readonly length: number;
  /** of the cache; the key of token n lies in row n modulo their number, if it is still there */
  readonly rows: number;
  /** new tokens */
  readonly count: number;
  /** how many tokens each of them sees, itself included; undefined: all before it */
  readonly window: number | undefined;
}

/** (queries, cache rows + count): 0 where a token may look, a large negative number elsewhere */
export function fillMask(data: Float32Array, { length, rows, count, window }: Seen): void {
  const width = rows + count;
  data.fill(hidden);
  for (let row = 0; row * width < data.length; row++) {
    const token = row % count;
    const start = row * width;
    const first = window === undefined ? 0 : Math.max(0, length + token + 1 - window); // the first token that is seen
    data.fill(0, start + rows + Math.max(0, first - length), start + rows + token + 1);
    if (first >= length) continue;
    const [from, end] = [first % rows, ((length - 1) % rows) + 1]; // in the cache, where they may go round its end
    if (from < end) data.fill(0, start + from, start + end);
    else {
      data.fill(0, start, start + end);
      data.fill(0, start + from, start + rows);
    }
  }
}
