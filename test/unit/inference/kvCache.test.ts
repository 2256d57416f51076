import { expect, test } from 'vitest';
import { KvCache } from '../../../src/inference/kvCache.ts';
import type { ModelConfig } from '../../../src/model/modelConfig.ts';

const config = { layers: 2, kvHeads: 2, headDim: 1 } as ModelConfig;

/** new_kv as the graph returns it: (2·layers·kvHeads, S, headDim); a value tells its array, head and token. */
const newKv = (tokenIds: readonly number[], arrayType: typeof Float32Array | typeof Uint16Array = Float32Array) =>
  new arrayType(
    Array.from(
      { length: 8 * tokenIds.length },
      (_, i) => 1000 * Math.floor(i / tokenIds.length) + tokenIds[i % tokenIds.length]!,
    ),
  );

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
  for (let i = 0; i < 300; i += 50) cache.append(tokens.slice(i, i + 50), newKv(tokens.slice(i, i + 50), arrayType));
  expect(cache.feeds()['past_key.0']!.data).toBeInstanceOf(arrayType);
  expect(read(cache, 'past_key.0', 0)).toEqual(tokens);
  expect(read(cache, 'past_key.0', 1)).toEqual(tokens.map((t) => 1000 + t));
  expect(read(cache, 'past_value.1', 1)).toEqual(tokens.map((t) => 7000 + t));
});

test('a prompt that shares its beginning reuses it', () => {
  const cache = new KvCache(config, 100, 'float32');
  cache.append([5, 6, 7, 8], newKv([5, 6, 7, 8]));
  expect(cache.reuse([5, 6, 9])).toBe(2);
  expect(cache.tokenIds).toEqual([5, 6]);
  cache.append([9], newKv([9]));
  expect(read(cache, 'past_key.0', 0)).toEqual([5, 6, 9]);
  expect(cache.reuse([1])).toBe(0);
  expect(cache.length).toBe(0);
});

test('more tokens than there is room for are an error, not an overflow', () => {
  const cache = new KvCache(config, 10, 'float32');
  expect(() => cache.append(Array(11).fill(1), newKv(Array(11).fill(1)))).toThrow(/holds 10 tokens, 11/);
});
