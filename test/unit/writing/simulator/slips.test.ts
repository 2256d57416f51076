import { describe, expect, test } from 'vitest';
import type { CaretRecord } from '../../../../src/writing/simulator/simulatedWriter.ts';
import { type SimulationOptions, simulate } from '../../../../src/writing/simulator/simulation.ts';
import { keysOfSlip, Slips } from '../../../../src/writing/simulator/slips.ts';
import { ScriptedGenerator } from '../support/scriptedGenerator.ts';

const words = 'Once upon a time there was a king who had seven daughters and every one of them could sing. ';
const text = { path: 'a.md', languageId: 'markdown', text: words.repeat(40) };

const slipsOf = (rate: number, seed: number, of = text) => {
  const slips = new Slips({ rate, seed });
  return [...of.text].map((_, offset) => slips.at(of, offset, 0));
};

test('as many letters are mistyped as the rate says, and the same ones for the same seed', () => {
  const letters = text.text.replaceAll(/[^a-z]/giu, '').length;
  const made = slipsOf(0.05, 1).filter((slip) => slip !== '').length;
  expect(made / letters).toBeGreaterThan(0.035);
  expect(made / letters).toBeLessThan(0.065);
  expect(slipsOf(0.05, 1)).toEqual(slipsOf(0.05, 1));
  expect(slipsOf(0.05, 2)).not.toEqual(slipsOf(0.05, 1));
  expect(slipsOf(0, 1).join('')).toBe('');
});

test('a slip is wrong from its first letter on, and of letters alone', () => {
  slipsOf(0.5, 3).forEach((slip, offset) => {
    if (slip === '') return;
    expect(slip).toMatch(/^[a-z]{1,3}$/iu);
    expect(slip[0]).not.toBe(text.text[offset]);
  });
});

test('there are slips of all kinds', () => {
  const kinds = { twice: 0, leftOut: 0, neighbor: 0 };
  slipsOf(0.5, 3).forEach((slip, offset) => {
    if (slip === '') return;
    if (slip[0] === text.text[offset - 1]) kinds.twice++;
    else if (slip[0] === text.text[offset + 1]) kinds.leftOut++;
    else kinds.neighbor++;
  });
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(100);
});

test('where there are no keys of this keyboard there are no slips', () => {
  for (const other of ['1,234.5 !? ', '世界很大。', 'йцукен ', '\n\t ', '👩‍🚀é', '']) {
    expect(slipsOf(0.5, 1, { ...text, text: other.repeat(50) }).join('')).toBe('');
  }
});

/** Knows how the tale goes on, and what nobody wanted, behind a slip or not. */
const teller = () =>
  new ScriptedGenerator((prompt) => {
    if (prompt.endsWith('a time th')) return ['ere', ' was', ' a'];
    if (/seve?[^e ]$/u.test(prompt)) return ['eral', ' friends'];
    return [[' nothing', 0.01]];
  });

/** Short enough for a few runs. */
const tale = { ...text, text: words.repeat(10) };

async function report(more: Partial<SimulationOptions> = {}) {
  const carets: CaretRecord[] = [];
  const figures = await simulate(teller(), [tale], {
    policy: 'gated',
    seed: 1,
    stopwatch: { now: () => 0 },
    onCaret: (caret) => carets.push(caret),
    ...more,
  });
  return { ...figures, carets: figures.carets, records: carets };
}

describe('keys are counted honestly', () => {
  const slips = new Slips({ rate: 0.15, seed: 1 });
  const costOf = (from: number, to: number) =>
    slipsOf(0.15, 1, tale)
      .slice(from, to)
      .reduce((sum, slip) => sum + keysOfSlip(slip), 0);

  test('without suggestions nothing is saved and nothing is lost', async () => {
    const { characters, keys, keysAlone, keystrokesSaved, netKeystrokesSaved } = await report({ policy: 'off', slips });
    expect(keysAlone).toBe(characters + costOf(0, characters));
    expect(keysAlone).toBeGreaterThan(1.05 * characters);
    expect({ keys, keystrokesSaved, netKeystrokesSaved }).toEqual({
      keys: keysAlone,
      keystrokesSaved: 0,
      netKeystrokesSaved: 0,
    });
  });

  test('what is accepted saves its letters and the slips that would have been made in them', async () => {
    const { keys, keysAlone, records, byCaretKind, keystrokesSaved } = await report({ slips });
    const accepted = records.filter(({ run }) => run.chars > 0);
    expect(accepted.length).toBeGreaterThan(5);
    const saved = accepted.reduce(
      (sum, { offset, run }) => sum + run.chars + costOf(offset, offset + run.chars) - run.keys,
      0,
    );
    expect(keysAlone - keys).toBe(saved);
    expect(accepted.some(({ avoidedKeys }) => avoidedKeys > 0)).toBe(true);
    const groups = Object.values(byCaretKind).reduce((sum, kind) => sum + kind.keystrokesSaved!, 0);
    expect(groups).toBeCloseTo(keystrokesSaved!, 12);
  });

  test('behind wrong letters nothing is accepted, and what is shown there was shown in vain', async () => {
    const { records } = await report({ slips, policy: 'always' });
    const behind = records.filter(({ slipped }) => slipped !== '');
    expect(behind.length).toBeGreaterThan(20);
    expect(behind.filter(({ suggestion }) => suggestion !== undefined).length).toBeGreaterThan(0);
    for (const { run, avoidedKeys } of behind) expect([run.chars, run.keys, avoidedKeys]).toEqual([0, 0, 0]);
  });

  test('a rate of nothing is no slips at all', async () => {
    const { records: _, ...none } = await report({ slips: new Slips({ rate: 0, seed: 1 }) });
    const { records: __, ...usual } = await report();
    expect(none).toEqual(usual);
    expect(none.keysAlone).toBe(none.characters);
  });

  test('in the middle of a text, too', async () => {
    const { characters, keys, keysAlone, shown, wrongShow, carets, netKeystrokesSaved } = await report({
      slips,
      midLine: true,
    });
    expect(keysAlone).toBeGreaterThan(characters);
    expect(keys).toBeLessThan(keysAlone);
    expect(shown).toBeGreaterThan(0);
    expect(netKeystrokesSaved).toBeCloseTo((keysAlone - keys - wrongShow! * carets) / keysAlone, 12);
  });
});
