import { expect, test } from 'vitest';
import { DecoderState } from '../../../src/inference/decoderState.ts';
import { KvCache } from '../../../src/inference/kvCache.ts';

const config = { mixers: ['attention', 'shortConvolution', 'attention'], kvHeads: 2, headDim: 1 } as const;

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
  const cache = new KvCache(config, 400, element);
  const tokens = Array.from({ length: 300 }, (_, i) => i);
  for (let i = 0; i < 300; i += 50) append(cache, tokens.slice(i, i + 50));
  expect(cache.feeds()['past_key.0']!.data).toBeInstanceOf(arrayType);
  expect(read(cache, 'past_key.0', 0)).toEqual(tokens);
  expect(read(cache, 'past_key.0', 1)).toEqual(tokens.map((t) => 1000 + t));
  expect(read(cache, 'past_value.2', 1)).toEqual(tokens.map((t) => 7000 + t));
});

test('a prompt that shares its beginning reuses it', () => {
  const cache = new KvCache(config, 100, 'float32');
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

test('more tokens than there is room for are an error, not an overflow', () => {
  const cache = new KvCache(config, 10, 'float32');
  expect(() => append(cache, Array(11).fill(1))).toThrow(/holds 10 tokens, 11/);
});
