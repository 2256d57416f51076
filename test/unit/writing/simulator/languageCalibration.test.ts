import { describe, expect, test } from 'vitest';
import { calibrationIn, isCalibration, logistic, logit } from '../../../../src/protocol/gateCalibration.ts';
import type { GenerateRequest, TextGenerator } from '../../../../src/protocol/inference.ts';
import { seededRandom } from '../../../../src/protocol/seededRandom.ts';
import { sampleSuggestions } from '../../../../src/writing/simulator/calibration.ts';
import { fitCalibration, type SeenSuggestion } from '../../../../src/writing/simulator/calibrationCurve.ts';
import { groupsOf, measuredIn, withMeasured } from '../../../../src/writing/simulator/languageCalibration.ts';
import { ScriptedGenerator } from '../support/scriptedGenerator.ts';

/** Suggestions in a language of which more are right, or fewer, than their probabilities say. */
function suggestions(language: string | undefined, count: number, intercept: number): SeenSuggestion[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, () => {
    const probability = 0.02 + 0.96 * random();
    return {
      kind: 'midWord',
      probability,
      right: random() < logistic(logit(probability) + intercept),
      text: 0,
      language,
    };
  });
}

const english = suggestions('en', 2000, -1);
const chinese = suggestions('zh', 1500, 1);

describe('a model that is boastful in one language and modest in another', () => {
  test('is measured in each, and in both together where nothing was known', () => {
    const measured = measuredIn([...english, ...chinese], undefined);
    expect(measured.map(({ language, calibration }) => [language, calibration.carets])).toEqual([
      [undefined, 3500],
      ['en', 2000],
      ['zh', 1500],
    ]);
    const kept = withMeasured(undefined, measured)!;
    expect(isCalibration(JSON.parse(JSON.stringify(kept)))).toBe(true);
    expect(calibrationIn(kept, 'en')!.intercept).toBeLessThan(kept.intercept);
    expect(calibrationIn(kept, 'zh')!.intercept).toBeGreaterThan(kept.intercept);
    expect(calibrationIn(kept, 'fr')).toBe(kept);
    expect(calibrationIn(kept, undefined)).toBe(kept);
  });

  test('keeps what was measured before in others', () => {
    const before = fitCalibration(english, undefined)!;
    const measured = measuredIn(chinese, before);
    expect(measured.map(({ language }) => language)).toEqual(['zh']);
    const kept = withMeasured(before, measured)!;
    expect(kept).toEqual({ ...before, languages: { zh: measured[0]!.calibration } });
    const german = measuredIn(suggestions('de', 300, 0), kept);
    expect(Object.keys(withMeasured(kept, german)!.languages!)).toEqual(['zh', 'de']);
    // and what is of no language is of any
    const ofAny = measuredIn(suggestions(undefined, 400, 0), kept);
    expect(withMeasured(kept, ofAny)).toEqual({ ...ofAny[0]!.calibration, languages: kept.languages });
  });

  test('is not measured by too few of one language, however many there are of others', () => {
    const few = suggestions('zh', 60, 0);
    const before = fitCalibration(english, undefined)!;
    expect(measuredIn([...few, ...suggestions('de', 70, 0)], before)).toEqual([]);
    expect(measuredIn([...few, ...suggestions('de', 70, 0)], undefined).map(({ language }) => language)).toEqual([
      undefined,
    ]);
    expect(groupsOf([...few, ...suggestions('de', 70, 0)], before)[0]).toMatchObject({ language: 'de' });
    expect(groupsOf([], before)[0]).toEqual({ language: undefined, seen: [] });
    expect(withMeasured(undefined, [])).toBeUndefined();
  });
});

test('the gate is told the language of the text, and so is what is measured', async () => {
  const asked: GenerateRequest['gate'][] = [];
  const sentence = '我们在这个文件里面写下所有的设置，然后再次打开它。';
  const texts = [{ path: '/zh.md', languageId: 'markdown', text: `${sentence.repeat(12)}\n` }];
  const said = new ScriptedGenerator((prompt) => (prompt.endsWith('文') ? ['件', '里面'] : []));
  const listening: TextGenerator = {
    generate: (request, ...more) => {
      asked.push(request.gate);
      return said.generate(request, ...more);
    },
  };
  const { seen } = await sampleSuggestions(listening, texts, {
    ...{ seed: 1, maxCarets: 200, before: undefined, isOver: () => false },
    ...{ onProgress: () => undefined, onTooFew: () => undefined },
  });
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.every((gate) => gate?.language === 'zh')).toBe(true);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.every(({ language, right }) => language === 'zh' && right)).toBe(true);
});
