import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../../src/inference/engine.ts';
import { calibrated, logistic, logit } from '../../../src/protocol/gateCalibration.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { continuationOf, loadRequest } from '../../support/tinyEngine.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

const nothing = () => undefined;

test('a model that runs follows its calibration: kept, changed, damaged, kept again and taken away', async () => {
  const folder = await temporaryFolder();
  await writeTinyModel(folder, { seed: 5 });
  const file = join(folder, 'calibration.json');
  const engine = new Engine({ onProgress: nothing, onMoved: nothing, onUnloaded: nothing });
  await engine.load(loadRequest(folder));
  const request = { ...continuationOf('The world'), id: 1, stream: false, freshCache: true };
  const probability = async (language?: string) => {
    const gate = { minFirstWordProbability: 0, minWordProbability: 0, minTotalProbability: 0 };
    const inLanguage = language === undefined ? request : { ...request, gate: { ...gate, language } };
    const answer = await engine.generate(inLanguage, CancellationToken.None, nothing);
    return answer.kind === 'text' ? answer.sequences[0]!.firstWordProbability : answer;
  };
  const raw = (await probability()) as number;
  expect(raw).toBeGreaterThan(0);
  for (const [slope, intercept] of [
    [1, -1],
    [0.5, 2],
    [0.5, -2],
    [3, 0.25],
  ] as const) {
    const of = { slope, intercept, carets: 100 };
    writeFileSync(file, JSON.stringify(of));
    expect(await probability()).toBeCloseTo(calibrated(raw, of), 9);
    expect(await probability()).toBeCloseTo(calibrated(raw, of), 9);
  }
  const zh = { slope: 2, intercept: -1, carets: 100 };
  writeFileSync(file, JSON.stringify({ slope: 1, intercept: 3, carets: 100, languages: { zh } }));
  const inFrench = (await probability('fr')) as number; // not measured by itself
  const asGated = logistic(logit(inFrench) - 3);
  expect(await probability('zh')).toBeCloseTo(calibrated(asGated, zh), 9);
  expect(await probability('constructor')).toBe(inFrench);
  for (const damaged of [
    '',
    '{',
    '[]',
    '{"slope": 0, "intercept": 0, "carets": 1}',
    'null',
    '{"slope": 1, "intercept": 0, "carets": 1, "languages": {"zh": 1}}',
  ]) {
    writeFileSync(file, damaged);
    await expect(probability()).rejects.toMatchObject({ code: 'modelBroken' });
    await expect(probability()).rejects.toMatchObject({ code: 'modelBroken' }); // and says so again
  }
  writeFileSync(file, '{"slope": 1, "intercept": 0, "carets": 100}');
  expect(await probability()).toBeCloseTo(raw, 9);
  rmSync(file);
  expect(await probability()).toBe(raw);
  await engine.unload();
});
