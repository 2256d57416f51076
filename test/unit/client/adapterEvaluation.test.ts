import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { compareOnTexts, ProofBudget } from '../../../src/client/adapterEvaluation.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import type { LoadRequest, ScoreRequest } from '../../../src/protocol/inference.ts';

const load = { modelFolder: '/m', maxContextTokens: 1024 } as LoadRequest;
const adapter = { folder: '/a', strength: 0.8 };
const paragraph = `${'The tide was out when she came home, and the lamps were lit. '.repeat(15)}\n`;
const texts = Array.from({ length: 12 }, (_, i) => `Day ${i}.\n${paragraph.repeat(4)}`);
const unrelated = [`Elsewhere.\n${paragraph.repeat(8)}`];

/** A model that needs a second per piece and two to be loaded; with the adapter each token is 0.5 nats likelier. */
function slowModel({ onScore = () => undefined }: { onScore?: (scored: number) => void } = {}) {
  const clock = { ms: 0 };
  const loads: ('base' | 'adapted')[] = [];
  const scored: { side: 'base' | 'adapted'; text: string }[] = [];
  const client = {
    use: (request: LoadRequest) => {
      const side = request.adapter ? 'adapted' : 'base';
      if (loads.at(-1) === side) return;
      loads.push(side);
      clock.ms += 2000;
    },
    score: async ({ text }: ScoreRequest) => {
      const side = loads.at(-1)!;
      scored.push({ side, text });
      clock.ms += 1000;
      onScore(scored.length);
      const tokens = Math.ceil(text.length / 4);
      const loss = (i: number) => 3 + (i % 7) / 10 - (side === 'adapted' ? 0.5 : 0);
      const logprobs = Array.from({ length: tokens }, (_, i) => (i === 0 ? null : -loss(i)));
      return { tokens, logprob: 0, logprobs };
    },
  };
  return { client, clock, loads, scored, now: () => clock.ms };
}

const compared = { load, adapter, texts, unrelated };

describe('without a budget', () => {
  test('all texts are scored as they are, each side at once', async () => {
    const { client, loads, scored, now } = slowModel();
    const result = await compareOnTexts(client, compared, new ProofBudget({ now }));
    expect(loads).toEqual(['base', 'adapted']);
    expect(scored.slice(0, 13).map(({ text }) => text)).toEqual([...texts, ...unrelated]);
    expect(result).toMatchObject({ comparedShare: 1, heldOut: { isBetter: true }, unrelated: { isWorse: false } });
    expect(result!.heldOut.base.loss - result!.heldOut.adapted.loss).toBeCloseTo(0.5, 10);
  });

  test('nothing to score is no comparison', async () => {
    const { client, now } = slowModel();
    expect(await compareOnTexts(client, { ...compared, texts: [], unrelated: [] }, new ProofBudget({ now }))).toBe(
      undefined,
    );
    expect(await compareOnTexts(client, { ...compared, texts: [''] }, new ProofBudget({ now }))).toBe(undefined);
  });
});

/** ms → whether all of the texts can be compared within it */
const budgets: [number, boolean][] = [
  [0, false],
  [1, false],
  [1000, false],
  [5000, false],
  [12_000, false],
  [20_000, false],
  [33_000, false],
  [60_000, false],
  [100_000, false],
  [1_000_000, true],
];

describe('within a budget', () => {
  test.each(budgets)(
    'of %d ms both sides score the same pieces, and no more than the first few after it',
    async (ms, all) => {
      const { client, clock, scored, now } = slowModel();
      const fractions: number[] = [];
      const result = await compareOnTexts(client, compared, new ProofBudget({ ms, now }), (f) => fractions.push(f));
      expect(result!.comparedShare === 1).toBe(all);
      expect(result!.heldOut).toMatchObject({ isBetter: true });
      expect(result!.heldOut.base.loss - result!.heldOut.adapted.loss).toBeCloseTo(0.5, 10);
      const few = 2 * (4 * 1000 + 2000); // what is scored however small the budget is
      expect(clock.ms).toBeLessThanOrEqual(Math.max(few, ms + 1000));
      const of = (side: string) => scored.filter((one) => one.side === side).map(({ text }) => text);
      expect(
        of('adapted').every((text) => of('base').includes(text)) ||
          of('base').every((text) => of('adapted').includes(text)),
      ).toBe(true);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
    },
  );

  test('the first pieces are from all over the texts, and of others', async () => {
    const { client, scored, now } = slowModel();
    await compareOnTexts(client, compared, new ProofBudget({ ms: 0, now }));
    const days = scored.filter(({ side }) => side === 'base').map(({ text }) => text);
    expect(days).toHaveLength(4);
    expect(new Set(days).size).toBeGreaterThan(1);
  });

  test('pieces put together are the texts', async () => {
    const odd = ['😀'.repeat(1500), `a\r\n${'b'.repeat(2500)}`, '\n\n\n', 'x'];
    const { client, scored, now } = slowModel();
    await compareOnTexts(client, { ...compared, texts: odd, unrelated: [] }, new ProofBudget({ ms: 1e9, now }));
    const base = new Set(scored.filter(({ side }) => side === 'base').map(({ text }) => text));
    expect([...base].every((text) => !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/u.test(text))).toBe(true);
    const length = scored.filter(({ side }) => side === 'base').reduce((sum, { text }) => sum + text.length, 0);
    expect(length).toBe(3000 + 2503 + 1);
  });
});

describe('stopped by a person', () => {
  test.each([1, 3, 4])('after %d pieces, when nothing is known of both sides, nothing is told', async (after) => {
    const stop = new CancellationTokenSource();
    const { client, scored, now } = slowModel({ onScore: (count) => count === after && stop.cancel() });
    const budget = new ProofBudget({ ms: 1e9, token: stop.token, now });
    expect(await compareOnTexts(client, compared, budget)).toBe(undefined);
    expect(scored).toHaveLength(after);
  });

  test.each([5, 8, 11, 20, 47])('after %d pieces it keeps what is known of both sides', async (after) => {
    const stop = new CancellationTokenSource();
    const { client, scored, now } = slowModel({ onScore: (count) => count === after && stop.cancel() });
    const result = await compareOnTexts(client, compared, new ProofBudget({ ms: 1e9, token: stop.token, now }));
    expect(scored).toHaveLength(after);
    expect(result!.comparedShare).toBeGreaterThan(0);
    expect(result!.comparedShare).toBeLessThan(1);
    expect(result!.heldOut.base.loss - result!.heldOut.adapted.loss).toBeCloseTo(0.5, 10);
    expect(result!.heldOut.standardError).toBeGreaterThanOrEqual(0);
  });

  test('by ending the process, too', async () => {
    const stop = new CancellationTokenSource();
    const { client, now } = slowModel({
      onScore: (count) => {
        if (count < 14) return;
        stop.cancel();
        throw new InklingError('processDied', 'The inference process was stopped.');
      },
    });
    const result = await compareOnTexts(client, compared, new ProofBudget({ ms: 1e9, token: stop.token, now }));
    expect(result!.comparedShare).toBeGreaterThan(0);
  });

  test('a process that dies by itself is an error', async () => {
    const { client, now } = slowModel({
      onScore: () => {
        throw new InklingError('processDied', 'The inference process ended.');
      },
    });
    await expect(compareOnTexts(client, compared, new ProofBudget({ ms: 1e9, now }))).rejects.toThrow('ended');
  });
});
