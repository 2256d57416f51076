import { describe, expect, test } from 'vitest';
import { DecoderState } from '../../../src/inference/decoderState.ts';
import { KvCache } from '../../../src/inference/kvCache.ts';
import { fillMask } from '../../../src/model/decoder/attentionMask.ts';

const all = undefined;
const config = {
  mixers: ['attention', 'shortConvolution', 'attention'],
  windows: [all, all, all],
  kvHeads: 2,
  headDim: 1,
} as const;

/** Writes new_kv as the graph does, (2·layers·kvHeads, S, headDim); a value tells its array, head and token. */
function append(cache: KvCache, tokenIds: readonly number[]): void {
  const { data } = cache.roomForNew(tokenIds.length)['new_kv']!;
  const count = tokenIds.length;
  for (let i = 0; i < data.length; i++) data[i] = 1000 * Math.floor(i / count) + tokenIds[i % count]!;
  cache.append(count);
}

/** What the graph would read of one head. */
function read(cache: KvCache, name: string, head: number): number[] {
  const { data, shape } = cache.feeds()[name]!;
  expect(shape).toEqual([2, 1, cache.rows, 1]);
  return [...data].slice(head * cache.rows, head * cache.rows + cache.length) as number[];
}

test.each([
  ['float32', Float32Array],
  ['float16', Uint16Array],
] as const)('keys and values lie where the graph looks for them, also after growing, as %s', (element, arrayType) => {
  const cache = new KvCache({ config, maxTokens: 400, element, window: all });
  const tokens = Array.from({ length: 300 }, (_, i) => i);
  for (let i = 0; i < 300; i += 50) append(cache, tokens.slice(i, i + 50));
  expect(cache.feeds()['past_key.0']!.data).toBeInstanceOf(arrayType);
  expect(read(cache, 'past_key.0', 0)).toEqual(tokens);
  expect(read(cache, 'past_key.0', 1)).toEqual(tokens.map((t) => 1000 + t));
  expect(read(cache, 'past_value.2', 1)).toEqual(tokens.map((t) => 7000 + t));
});

test('a prompt that shares its beginning reuses it', () => {
  const cache = new KvCache({ config, maxTokens: 100, element: 'float32', window: all });
  const state = new DecoderState([cache]);
  const run = (tokenIds: number[]) => {
    expect(state.unread()).toEqual([]);
    const { data } = state.roomForNew(tokenIds.length)['new_kv']!;
    for (let i = 0; i < data.length; i++) data[i] = tokenIds[i % tokenIds.length]!;
    state.append(tokenIds);
  };
  run([5, 6, 7, 8]);
  expect(state.reuse([5, 6, 9])).toBe(2);
  expect(state.tokenIds).toEqual([5, 6]);
  run([9]);
  expect(read(cache, 'past_key.0', 0)).toEqual([5, 6, 9]);
  expect(state.reuse([1])).toBe(0);
  expect(state.length).toBe(0);
});

test.each([
  [500, 0, 64],
  [500, 1, 64],
  [500, 63, 64],
  [500, 64, 64],
  [500, 65, 128],
  [500, 300, 320],
  [500, 383, 384],
  [500, 385, 512], // less than two steps are idle: what was taken back mostly comes again
  [500, 485, 512],
  [193, 60, 64],
  [192, 60, 64],
  [129, 100, 192],
  [1000, 940, 1000],
  [1000, 700, 704],
])(
  'after %i tokens, taken back to %i, there are %i rows, and the tokens that are left lie in them',
  (long, short, rows) => {
    const cache = new KvCache({ config, maxTokens: 1000, element: 'float32', window: all });
    const tokens = Array.from({ length: long }, (_, i) => i);
    for (let i = 0; i < long; i += 50) append(cache, tokens.slice(i, i + 50));
    cache.rewindTo(short);
    cache.feeds();
    expect(cache.rows).toBe(rows);
    const check = (kept: readonly number[]) => {
      expect(read(cache, 'past_key.0', 0)).toEqual(kept);
      expect(read(cache, 'past_key.0', 1)).toEqual(kept.map((token) => 1000 + token));
      expect(read(cache, 'past_value.2', 1)).toEqual(kept.map((token) => 7000 + token));
    };
    check(tokens.slice(0, short));
    const more = Array.from({ length: Math.min(90, 1000 - short) }, (_, i) => 900 - i);
    append(cache, more);
    check([...tokens.slice(0, short), ...more]);
  },
);

test('more tokens than there is room for are an error, not an overflow', () => {
  const cache = new KvCache({ config, maxTokens: 10, element: 'float32', window: all });
  expect(() => append(cache, Array(11).fill(1))).toThrow(/holds 10 tokens, 11/);
});

describe('of layers that see a window of 4 tokens, with 3 to spare', () => {
  const windowed = { ...config, windows: [4, all, all] };
  /** token → row, as the mask says: what the first of `count` new tokens looks at */
  function seen(cache: KvCache, count: number): number[] {
    const { data } = cache.feeds()['past_key.0']!; // makes the first rows
    const mask = cache.roomForMask(count * (cache.rows + count));
    fillMask(mask, { length: cache.length, rows: cache.rows, count, window: 4 });
    const keys = [...data].slice(0, cache.rows) as number[];
    return keys.filter((_, row) => mask[row] === 0);
  }
  const appendWindow = (cache: KvCache, tokenIds: readonly number[]) => {
    const { data } = cache.roomForNew(tokenIds.length)['new_window_kv']!;
    for (let i = 0; i < data.length; i++) data[i] = tokenIds[i % tokenIds.length]!;
    cache.append(tokenIds.length);
  };
  const cacheOf = () => new KvCache({ config: windowed, maxTokens: 1000, element: 'float32', window: 4, spare: 3 });

  test.each([1, 2, 3, 5, 6, 7, 11, 50])(
    '%i at a time: the newest three are seen by the next, and no others',
    (step) => {
      const cache = cacheOf();
      for (let at = 0; at < 100; at += step) {
        const expected = [at - 3, at - 2, at - 1].filter((token) => token >= 0);
        expect(seen(cache, 2).toSorted((a, b) => a - b)).toEqual(expected);
        appendWindow(
          cache,
          Array.from({ length: step }, (_, i) => at + i),
        );
      }
      expect(cache.rows).toBe(6);
      expect(Object.keys(cache.feeds())).toEqual(['past_key.0', 'past_value.0']);
    },
  );

  test.each([
    [20, 20],
    [19, 19],
    [17, 17],
    [16, 0],
    [3, 0],
    [0, 0],
  ])('from 20 tokens back to %i leads to %i', (length, reached) => {
    const cache = cacheOf();
    for (let at = 0; at < 20; at++) appendWindow(cache, [at]);
    expect(cache.rewindTo(length)).toBe(reached);
    const expected = [reached - 3, reached - 2, reached - 1].filter((token) => token >= 0);
    expect(seen(cache, 1).toSorted((a, b) => a - b)).toEqual(expected);
  });

  test('what was overwritten stays so: taken back twice', () => {
    const cache = cacheOf();
    for (let at = 0; at < 20; at++) appendWindow(cache, [at]);
    expect(cache.rewindTo(18)).toBe(18);
    appendWindow(cache, [18]);
    expect(cache.rewindTo(17)).toBe(17);
    expect(cache.rewindTo(16)).toBe(0);
  });

  test('a text that fits into the rows can be cut anywhere', () => {
    for (let length = 0; length <= 6; length++) {
      const cache = cacheOf();
      appendWindow(cache, [0, 1, 2, 3, 4, 5]);
      expect(cache.rewindTo(length)).toBe(length);
    }
  });
});

test('a prompt that would need much to be read again counts as less reused, so that its reading can be cancelled', () => {
  const windowed = { ...config, windows: [4, all, all] };
  const given = { config: windowed, maxTokens: 1000, element: 'float32', spare: 3 } as const;
  const state = new DecoderState([new KvCache({ ...given, window: 4 }), new KvCache({ ...given, window: all })]);
  const ids = Array.from({ length: 200 }, (_, i) => i);
  state.roomForNew(200);
  state.append(ids);
  expect(state.reuse([...ids.slice(0, 198), 7])).toBe(198);
  expect(state.unread()).toEqual([]);
  expect(state.reuse(ids.slice(0, 100))).toBe(0);
});
