import { describe, expect, test } from 'vitest';
import { argmax, logitsOf, logprobOf, maxDifference, openDecoder } from './decoders.ts';
import { bundledModel, type LogitsGolden, readGolden } from './goldenFiles.ts';

const golden = readGolden<LogitsGolden>('logits.json');
const { ids } = golden;
const chunkTokens = 64; // as the engine prefills

describe('fp32 against PyTorch on 1,000 tokens of prose', async () => {
  const decoder = await openDecoder(bundledModel(), { precision: 'fp32', dialect: 'fused' });
  const logits = await logitsOf(decoder, ids, chunkTokens);
  const serialQueue = await logitsOf(decoder, ids.slice(0, 256), 1);
  await decoder.release();

  test('the logits that were kept', () => {
    for (const { position, topIds, topLogits, columnLogits } of golden.positions) {
      const row = logits[position]!;
      expect(maxDifference(pick(row, topIds), topLogits), `position ${position}`).toBeLessThan(1e-3);
      expect(maxDifference(pick(row, golden.columns), columnLogits), `position ${position}`).toBeLessThan(1e-3);
      expect(row[topIds[0]!]! - logprobOf(row, topIds[0]!), 'log of the sum').toBeCloseTo(
        golden.positions.find((kept) => kept.position === position)!.logSumExp,
        3,
      );
    }
  });

  test('the log-probability of every token', () => {
    expect(maxDifference(scored(logits), golden.logprobs.slice(1) as number[])).toBeLessThan(1e-3);
  });

  test('the most likely token at every position', () => {
    expect(logits.map(argmax)).toEqual(golden.argmax);
  });

  test('token by token as in chunks', () => {
    for (const [position, row] of serialQueue.entries()) {
      expect(maxDifference(row, logits[position]!), `position ${position}`).toBeLessThan(1e-3);
    }
  });
});

describe('the stored, quantised numbers: near, not equal', async () => {
  const decoder = await openDecoder(bundledModel(), { precision: 'default', dialect: 'fused' });
  const inChunks = await logitsOf(decoder, ids, chunkTokens);
  const serialQueue = await logitsOf(decoder, ids.slice(0, 400), 1);
  await decoder.release();

  // Loose on purpose: int8 activations round, and not alike on every processor. docs/lab/parity.md has the figures.
  test.each([
    ['prefill', inChunks],
    ['token by token', serialQueue],
  ])('%s: same choice at most positions, same likelihood', (_, logits) => {
    const same = logits.filter((row, position) => argmax(row) === golden.argmax[position]).length;
    expect(same / logits.length).toBeGreaterThan(0.92);
    const perToken = (logprobs: readonly number[]) => logprobs.reduce((sum, value) => sum + value, 0) / logprobs.length;
    const theirs = perToken(golden.logprobs.slice(1, logits.length) as number[]);
    expect(Math.abs(perToken(scored(logits)) - theirs)).toBeLessThan(0.02); // 2 % of perplexity
  });

  test('rounding is really there', () => {
    expect(maxDifference(scored(inChunks), golden.logprobs.slice(1) as number[])).toBeGreaterThan(1e-3);
  });
});

const pick = (row: Float32Array, columns: readonly number[]) => columns.map((id) => row[id]!);

/** Log-probability of every token but the first, as far as the rows go. */
const scored = (rows: readonly Float32Array[]) =>
  rows.slice(0, -1).map((row, position) => logprobOf(row, ids[position + 1]!));
