import { describe, expect, test } from 'vitest';
import { calibrated, isCalibration, logistic, logit, uncalibrated } from '../../../../src/protocol/gateCalibration.ts';
import type { TextGenerator } from '../../../../src/protocol/inference.ts';
import { seededRandom } from '../../../../src/protocol/seededRandom.ts';
import type { CaretKind } from '../../../../src/writing/completion/gate.ts';
import { figuresOfStretches, sampleSuggestions } from '../../../../src/writing/simulator/calibration.ts';
import {
  fitCalibration,
  type SeenSuggestion,
  shareInterval,
} from '../../../../src/writing/simulator/calibrationCurve.ts';
import { ScriptedGenerator } from '../support/scriptedGenerator.ts';

/** Suggestions of a model whose words are right as often as `chance` says of its probability. */
function suggestions(
  count: number,
  chance: (probability: number) => number,
  kind: CaretKind = 'midWord',
): SeenSuggestion[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, () => {
    const probability = 0.02 + 0.96 * random();
    return { kind, probability, right: random() < chance(probability), text: 0 };
  });
}

/** slope, intercept */
const honest = [1, 0] as const;
const boastful = [1, -1.5] as const;
const modest = [1, 1.2] as const;
const overSharp = [0.5, 0] as const;
const blunt = [2, 0.3] as const;

test.each([
  ['honest', honest],
  ['boastful', boastful],
  ['modest', modest],
  ['over-sharp', overSharp],
  ['blunt', blunt],
])('a model that is %s is found to be so', (_, [slope, intercept]) => {
  const found = fitCalibration(
    suggestions(4000, (p) => logistic(slope * logit(p) + intercept)),
    undefined,
  )!;
  expect(found.carets).toBe(4000);
  expect(Math.abs(found.slope - slope)).toBeLessThan(0.15);
  expect(Math.abs(found.intercept - intercept)).toBeLessThan(0.15);
  expect(isCalibration(found)).toBe(true);
  // within a word the threshold is where a word is right half of the time
  const threshold = uncalibrated(0.5, found);
  expect(Math.abs(logistic(slope * logit(threshold) + intercept) - 0.5)).toBeLessThan(0.05);
});

test('what was measured twice is what was measured: through the first calibration the second finds nothing new', () => {
  const [slope, intercept] = boastful;
  const raw = suggestions(4000, (p) => logistic(slope * logit(p) + intercept));
  const first = fitCalibration(raw, undefined)!;
  const through = raw.map((one) => ({ ...one, probability: calibrated(one.probability, first) }));
  const second = fitCalibration(through, first)!;
  expect(second.slope).toBeCloseTo(first.slope, 1);
  expect(second.intercept).toBeCloseTo(first.intercept, 1);
});

test('after a space the bundled model’s words at the threshold are right half of the time: that is no fault of a model', () => {
  const likeBundled = suggestions(4000, (p) => logistic(logit(p) - logit(0.65)), 'afterSpace');
  const { slope, intercept } = fitCalibration(likeBundled, undefined)!;
  expect(slope).toBeCloseTo(1, 0);
  expect(Math.abs(intercept)).toBeLessThan(0.15);
});

/** A model that is right less often than it says, in texts that differ: its suggestions in some, and in others. */
function inTexts(count: number, { texts, differ, seed }: { texts: number; differ: number; seed: number }) {
  const random = seededRandom(seed);
  const aroundZero = () => random() + random() + random() + random() - 2; // standard deviation 0.58
  const kinds: readonly CaretKind[] = ['midWord', 'wordEnd', 'afterSpace'];
  const harder: Partial<Record<CaretKind, number>> = { midWord: 0, wordEnd: logit(0.6), afterSpace: logit(0.65) };
  const part = (many: number, of: number) => {
    const shift = Array.from({ length: of }, () => (differ / 0.58) * aroundZero());
    return Array.from({ length: many }, (_, i): SeenSuggestion => {
      const kind = kinds[Math.floor(3 * random())]!;
      const logOdds = 2.8 * aroundZero() - 0.3;
      const chance = logistic(0.87 * logOdds - 0.37 + shift[i % of]! - harder[kind]!);
      return { kind, probability: logistic(logOdds), right: random() < chance, text: i % of };
    });
  };
  return { here: part(count, texts), elsewhere: part(200, 6) };
}

test.each([
  { count: 110, texts: 1, differ: 0, least: 0.94 },
  { count: 110, texts: 10, differ: 0, least: 0.94 },
  { count: 230, texts: 3, differ: 0.3, least: 0.93 },
  { count: 230, texts: 13, differ: 0, least: 0.95 },
  { count: 230, texts: 13, differ: 0.3, least: 0.94 },
  { count: 400, texts: 10, differ: 0.3, least: 0.95 },
  { count: 400, texts: 10, differ: 0.6, least: 0.93 },
])('what $count suggestions in $texts texts promise holds in others', ({ count, texts, differ, least }) => {
  const runs = 400;
  const thresholds: Partial<Record<CaretKind, number>> = { midWord: 0.5, wordEnd: 0.6, afterSpace: 0.65 };
  let holds = 0;
  for (let seed = 1; seed <= runs; seed++) {
    const { here, elsewhere } = inTexts(count, { texts, differ, seed });
    const found = fitCalibration(here, undefined)!;
    const shown = elsewhere
      .map((one) => ({ ...one, worth: calibrated(one.probability, found) }))
      .filter(({ kind, worth }) => worth >= thresholds[kind]!);
    const promised = shown.map(({ kind, worth }) => logistic(logit(worth) - logit(thresholds[kind]!)));
    const right = shown.filter((one) => one.right).length;
    const missing = promised.reduce((sum, chance) => sum + chance, 0) - right;
    const spread = Math.sqrt(promised.reduce((sum, chance) => sum + chance * (1 - chance), 0));
    if (missing <= 1.96 * spread) holds++;
  }
  expect(holds / runs).toBeGreaterThan(least);
});

test.each([
  [29, 42, 0.54, 0.809],
  [32, 40, 0.652, 0.895],
  [0, 10, 0, 0.278],
  [10, 10, 0.722, 1],
  [1, 1, 0.207, 1],
  [0, 0, 0, 1],
  [500, 1000, 0.469, 0.531],
])('%i right of %i: between %d and %d of many more', (right, shown, low, high) => {
  const [from, to] = shareInterval(right, shown);
  expect(from).toBeCloseTo(low, 3);
  expect(to).toBeCloseTo(high, 3);
});

test('many suggestions leave a small margin, texts that differ a larger one', () => {
  const marginOf = (seen: readonly SeenSuggestion[]) => -fitCalibration(seen, undefined)!.intercept;
  const alike = (count: number) => suggestions(count, (p) => p).map((one, i) => ({ ...one, text: i % 10 }));
  const differing = alike(1000).map((one) => ({
    ...one,
    right: one.text < 5 ? one.probability > 0.3 : one.probability > 0.7,
  }));
  expect(marginOf(alike(20_000))).toBeLessThan(0.06);
  expect(marginOf(alike(150))).toBeGreaterThan(0.1);
  expect(marginOf(differing)).toBeGreaterThan(marginOf(alike(1000)) + 0.1);
});

describe('too little to tell', () => {
  const half = () => 0.5;
  test.each<[string, SeenSuggestion[]]>([
    ['nothing', []],
    ['a few', suggestions(99, half)],
    ['all right', suggestions(500, () => 1)],
    ['all wrong', suggestions(500, () => 0)],
    ['at sentence starts only', suggestions(500, half, 'sentenceStart')],
    ['certainties', suggestions(500, half).map((one) => ({ ...one, probability: 1 }))],
    ['impossibilities', suggestions(500, half).map((one) => ({ ...one, probability: 0 }))],
  ])('%s', (_, seen) => {
    expect(fitCalibration(seen, undefined)).toBeUndefined();
  });
});

test.each<[string, (probability: number) => number]>([
  ['chance', () => 0.5],
  ['the contrary of what the model thinks', (p) => 1 - p],
  ['a step', (p) => Number(p > 0.9)],
  ['nearly always wrong', () => 0.04],
  ['nearly always right', () => 0.96],
])('%s still gives a curve that rises', (_, chance) => {
  const found = fitCalibration(suggestions(1000, chance), undefined)!;
  expect(found.slope).toBeGreaterThanOrEqual(0.2);
  expect(Number.isFinite(found.intercept)).toBe(true);
});

test('where a probability says nothing, as many are expected to be right as were', () => {
  const sure = suggestions(4000, () => 0.5).filter(({ probability }) => probability > 0.6);
  const found = fitCalibration(sure, undefined)!;
  const expected = sure.reduce((sum, { probability }) => sum + calibrated(probability, found), 0) / sure.length;
  expect(found.slope).toBeCloseTo(0.2, 9);
  expect(Math.abs(expected - 0.5)).toBeLessThan(0.03);
});

test('0 and 1 stay what they are, and the way back leads back', () => {
  const of = { slope: 0.7, intercept: -1, carets: 1 };
  expect([0, 1].map((p) => calibrated(p, of))).toEqual([0, 1]);
  expect(calibrated(0.3, undefined)).toBe(0.3);
  for (const p of [0.001, 0.3, 0.5, 0.99]) expect(uncalibrated(calibrated(p, of), of)).toBeCloseTo(p, 9);
});

test.each([
  null,
  [],
  'x',
  7,
  {},
  { slope: 1 },
  { slope: 0, intercept: 0, carets: 1 },
  { slope: -1, intercept: 0, carets: 1 },
  { slope: '1', intercept: 0, carets: 1 },
  { slope: 1, intercept: null, carets: 1 },
  ...[null, [], 'zh', 1, { zh: null }, { zh: {} }, { zh: { slope: 0, intercept: 0, carets: 1 } }].map((languages) => ({
    ...{ slope: 1, intercept: 0, carets: 1 },
    languages,
  })),
])('%j is no calibration', (json) => {
  expect(isCalibration(json)).toBe(false);
});

describe('collecting what tells', () => {
  const words = 'river mountain orchard candle thunder whisper harbor meadow lantern kingdom'.split(' ');
  const random = seededRandom(5);
  const prose = Array.from({ length: 400 }, () => words[Math.floor(random() * words.length)]!).join(' ');
  const texts = [{ path: '/tale.txt', languageId: 'plaintext', text: `${prose}.\n` }];

  /** Says something after three letters of some words: in one half of them the right end, in the other a wrong one. */
  const teller = (known: readonly string[] = words) =>
    new ScriptedGenerator((prompt) => {
      const word = known.find((each) => prompt.endsWith(` ${each.slice(0, 3)}`));
      if (word === undefined) return [];
      const isKnown = words.indexOf(word) % 2 === 0;
      return [[isKnown ? word.slice(3) : 'zzling', 0.4 + 0.05 * words.indexOf(word)], ' '];
    });

  const sample = async (
    more: Partial<Parameters<typeof sampleSuggestions>[2]> = {},
    generator: TextGenerator = teller(),
    of: typeof texts = texts,
  ) => {
    const told: number[] = [];
    const fractions: number[] = [];
    const collected = await sampleSuggestions(generator, of, {
      seed: 3,
      maxCarets: 1000,
      before: undefined,
      isOver: () => false,
      onProgress: (fraction) => fractions.push(fraction),
      onTooFew: (count) => told.push(count),
      ...more,
    });
    const typed = collected.typed.reduce((sum, { start, end }) => sum + end - start, 0);
    return { ...collected, typed: collected.typed, characters: typed, told, fractions };
  };

  test('as many places as were asked for, where they tell enough', async () => {
    const { measured, seen, characters, told, fractions, untyped } = await sample();
    expect(measured).toMatchObject([{ language: undefined, calibration: { carets: seen.length } }]);
    expect(seen.every(({ kind }) => kind === 'midWord')).toBe(true);
    expect([characters >= 1000, characters < 1200, told]).toEqual([true, true, []]);
    expect([fractions.at(-1), fractions.toSorted((a, b) => a - b)]).toEqual([1, fractions]);
    expect(untyped.length).toBeGreaterThan(0);
  });

  test('of first words alone, with the gate that a writer has, but low', async () => {
    const asked: { gate: number | undefined; tokens: number }[] = [];
    const of = teller();
    const listening: TextGenerator = {
      generate: (request, ...more) => {
        asked.push({ gate: request.gate?.minFirstWordProbability, tokens: request.options.maxNewTokens });
        return of.generate(request, ...more);
      },
    };
    await sample({ maxCarets: 100 }, listening);
    expect(asked.every(({ gate, tokens }) => gate! > 0 && gate! < 0.2 && tokens === 6)).toBe(true);
    // one that shows nothing is tried all the same
    asked.length = 0;
    await sample({ maxCarets: 100, before: { slope: 1, intercept: -20, carets: 100 } }, listening);
    expect(asked.every(({ gate }) => gate! > 0 && gate! < 1e-8)).toBe(true);
  });

  test('more places by itself, where the first do not tell enough', async () => {
    const { measured, seen, characters, told } = await sample({}, teller(words.slice(0, 4)));
    expect(measured[0]?.calibration.carets).toBeGreaterThanOrEqual(100);
    expect(told).toHaveLength(1);
    expect(told[0]).toBeLessThan(100);
    expect(characters).toBeGreaterThan(1200);
    expect(seen.length).toBeLessThan(130); // and no more than that
  });

  test('until the text ends', async () => {
    const short = [{ ...texts[0]!, text: prose.slice(0, 500) }];
    const onlyRight = await sample({ maxCarets: 200 }, teller(['river']), short);
    expect(onlyRight).toMatchObject({ measured: [], untyped: [], told: [expect.any(Number)] });
    expect(await sample({}, teller(), short)).toMatchObject({ measured: [], untyped: [], told: [] });
  });

  test('or the time is up', async () => {
    let asked = 0;
    const { typed, untyped } = await sample({ isOver: () => ++asked > 3 });
    expect(typed).toHaveLength(3);
    expect(typed.length + untyped.length).toBeGreaterThan(25);
    const nothing = await sample({ isOver: () => true });
    expect([nothing.typed, nothing.measured]).toEqual([[], []]);
  });

  test('the proof types stretches with the gate on, at least the first of them', async () => {
    const { untyped } = await sample({ isOver: () => true });
    let steps = 0;
    const all = { isOver: () => false, onProgress: () => steps++ };
    const figures = await figuresOfStretches(teller(), { texts, stretches: untyped.slice(0, 5) }, all);
    expect(steps).toBe(5);
    expect(figures.shown).toBeGreaterThan(0);
    expect(figures.characters).toBeGreaterThan(400);
    const first = { isOver: () => true, onProgress: () => undefined };
    const { characters } = await figuresOfStretches(teller(), { texts, stretches: untyped }, first);
    expect(characters).toBeLessThan(250);
    expect(characters).toBeGreaterThan(0);
  });
});
