import { expect, test } from 'vitest';
import { resolveCompletionSettings } from '../../../../src/writing/completion/completionSettings.ts';
import { type SimulationOptions, simulate } from '../../../../src/writing/simulator/simulation.ts';
import type { WrittenText } from '../../../../src/writing/simulator/writtenText.ts';
import { ScriptedGenerator } from '../support/scriptedGenerator.ts';

const first = 'Once upon a time there was a king who had seven daughters.\n';
const second = 'Once upon a time there was a mill that ground nothing but salt.\n';
const texts = [first, second].map((text, i) => ({ path: `/tales/${i}.md`, languageId: 'markdown', text }));

/** Knows how tales go on: right in both, then right in the first only. */
const teller = () =>
  new ScriptedGenerator((prompt) => {
    if (prompt.endsWith('a time th')) return ['ere', ' was', ' a'];
    if (prompt.endsWith('was a ')) return ['king', ' who'];
    return [[' nothing', 0.01]];
  });

async function report(
  more: Partial<SimulationOptions> = {},
  generator = teller(),
  typed: readonly WrittenText[] = texts,
) {
  let nowMs = 0;
  const stopwatch = { now: () => nowMs++ };
  return simulate(generator, typed, { policy: 'gated', seed: 1, stopwatch, ...more });
}

test('the figures are those of the definition', async () => {
  const { carets, shown, characters, keys, files, ...figures } = await report();
  expect(characters).toBe(first.length + second.length);
  expect(files.map((file) => [file.path, file.shown, file.keys, file.characters])).toEqual([
    ['/tales/0.md', 2, first.length - 'ere was a '.length - 'king who '.length + 2, first.length],
    ['/tales/1.md', 2, second.length - 'ere was a '.length + 1, second.length],
  ]);
  expect(shown).toBe(4);
  expect(carets).toBe(characters - 9 - 9 - 8); // within accepted text nobody asks
  expect(figures.precisionWhenShown).toBe(3 / 4);
  expect(figures.wrongShow).toBe(1 / carets);
  expect(figures.keystrokesSaved).toBeCloseTo(1 - keys / characters, 12);
  expect(figures.netKeystrokesSaved).toBeCloseTo(1 - (keys + 1) / characters, 12);
  expect(figures.latencyMs).toEqual({ p50: 1, p95: 1 });
  expect(figures.reuse).toBe(0);
});

test.each([{}, { maxCarets: 20 }, { maxCarets: 20, midLine: true }])('it tells how far it is: %j', async (more) => {
  const told: number[] = [];
  const { carets } = await report({ ...more, onProgress: (fraction) => told.push(fraction) });
  expect(told).toHaveLength(carets + 1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told[0]).toBeLessThan(0.2);
  expect(told.at(-2)).toBeLessThan(1);
  expect(told.at(-1)).toBe(1);
});

test('groups add up to the whole', async () => {
  const { byCaretKind, byZone, carets, shown, keystrokesSaved } = await report();
  expect(byZone).toEqual({ prose: expect.objectContaining({ carets, shown }) });
  const kinds = Object.values(byCaretKind);
  expect(kinds.reduce((sum, kind) => sum + kind.carets, 0)).toBe(carets);
  expect(kinds.reduce((sum, kind) => sum + kind.keystrokesSaved!, 0)).toBeCloseTo(keystrokesSaved!);
  expect(byCaretKind.midWord).toMatchObject({ shown: 2, precisionWhenShown: 1 });
  expect(byCaretKind.afterSpace).toMatchObject({ shown: 2, precisionWhenShown: 0.5 });
});

test('exact matches count over carets that have so many words left on their line', async () => {
  const seen: number[] = [];
  const { exactMatch } = await report({ onCaret: ({ wordsOnLine }) => seen.push(wordsOnLine) });
  const followedBy = (words: number) => seen.filter((count) => count >= words).length;
  expect(exactMatch).toEqual({ 1: 3 / followedBy(1), 2: 3 / followedBy(2), 3: 2 / followedBy(3), 5: 0 });
});

test('settings of one text hold for it alone', async () => {
  const strict = resolveCompletionSettings({ minFirstWordProbability: 1 });
  const { files } = await report({
    settings: ({ path }) => (path.endsWith('1.md') ? strict : resolveCompletionSettings({})),
  });
  expect(files.map(({ path, shown }) => [path, shown])).toEqual([
    ['/tales/0.md', 2],
    ['/tales/1.md', 0],
  ]);
});

test('a text in a language that the model does not know is typed with surer suggestions, one beside it is not', async () => {
  const unsure = () =>
    new ScriptedGenerator((prompt) =>
      prompt.endsWith('a time th')
        ? [
            ['ere', 0.58],
            [' was', 0.5],
          ]
        : [[' nothing', 0.01]],
    );
  const one = (text: string, isForeign: boolean) => ({
    path: `/${isForeign}.md`,
    languageId: 'markdown',
    text,
    isForeign,
  });
  const mixed = [one(first, true), one(first, false)];
  const keys = async (more: Partial<SimulationOptions> = {}) =>
    (await report(more, unsure(), mixed)).files.map((file) => first.length - file.keys);
  expect(await keys()).toEqual([0, 'ere was '.length - 1]);
  const all = await keys({ policy: 'always' });
  expect(all[0]).toBe(all[1]);
});

test('off asks nothing of the model, always shows what it is unsure of', async () => {
  const off = await report({ policy: 'off' });
  expect(off).toMatchObject({ shown: 0, precisionWhenShown: null, keystrokesSaved: 0, reuse: null });
  expect(off.carets).toBe(off.characters);
  expect(off.latencyMs).toEqual({ p50: null, p95: null });
  const always = await report({ policy: 'always' });
  expect(always.shown).toBeGreaterThan(40);
  expect(always.precisionWhenShown).toBeLessThan(0.2);
});

test('the same seed gives the same report, another one other stretches and intervals', async () => {
  expect(await report({ maxCarets: 60 })).toEqual(await report({ maxCarets: 60 }));
  expect(await report({ maxCarets: 60 })).not.toEqual(await report({ maxCarets: 60, seed: 2 }));
});

test('intervals hold the value; one text has none', async () => {
  const { intervals, precisionWhenShown } = await report();
  const [low, high] = intervals.precisionWhenShown!;
  expect([low, high]).toEqual([0.5, 1]);
  expect(precisionWhenShown).toBeGreaterThan(low);
  let nowMs = 0;
  const one = await simulate(teller(), texts.slice(0, 1), {
    policy: 'gated',
    seed: 1,
    stopwatch: { now: () => nowMs++ },
  });
  expect(Object.values(one.intervals)).toEqual([null, null, null, null, null]);
});
