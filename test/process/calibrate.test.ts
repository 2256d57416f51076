import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goldenPath } from '../golden/goldenFiles.ts';
import { runCli } from '../support/cliProcess.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** A small language model that learned from real text (test/golden/small-lstm), in a folder that can be written to. */
async function model(): Promise<string> {
  const folder = join(await temporaryFolder(), 'lstm');
  cpSync(goldenPath('small-lstm'), folder, { recursive: true });
  return folder;
}

const calibrate = (text: string, folder: string, ...more: string[]) =>
  runCli(['calibrate', text, '--model', folder, '--device', 'cpu', '--json', ...more]);

test('what a model’s probabilities are worth is kept with it and used: its thresholds are its own', async () => {
  const folder = await model();
  const { exitCode, stdout, stderr } = await calibrate(goldenPath('texts/prose.txt'), folder, '--max-carets', '300');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 }); // it may tell that more places are tried
  const report = JSON.parse(stdout);
  expect(Object.keys(report)).toEqual(['model', 'carets', 'thresholds', 'precisionWhenShown', 'keystrokesSaved']);
  expect(Object.keys(report.thresholds)).toEqual(['midWord', 'wordEnd', 'afterSpace']);
  const kept = JSON.parse(readFileSync(join(folder, 'calibration.json'), 'utf8'));
  const curve = { slope: expect.any(Number), intercept: expect.any(Number) };
  expect(kept).toMatchObject({ ...curve, carets: report.carets });
  for (const [language, of] of Object.entries(kept.languages ?? {})) {
    expect([language, of]).toEqual(['en', { ...curve, carets: expect.any(Number) }]); // the language of the text
  }

  // A model that is never worth anything is never shown.
  writeFileSync(join(folder, 'calibration.json'), JSON.stringify({ ...kept, intercept: -20, languages: {} }));
  const silent = await runCli([
    'simulate',
    goldenPath('texts/prose.txt'),
    '--model',
    folder,
    '--device',
    'cpu',
    '--json',
    '--max-carets',
    '100',
  ]);
  expect(JSON.parse(silent.stdout).shown).toBe(0);
});

test('too little text is said so, and nothing is kept', async () => {
  const folder = await model();
  const text = join(folder, 'short.txt');
  writeFileSync(text, 'The whale swam on.\n');
  const { exitCode, stderr } = await calibrate(text, folder);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^inkling: \d+ suggestions at these places do not tell/u);
  expect(existsSync(join(folder, 'calibration.json'))).toBe(false);
});

test('a calibration that is damaged is named', async () => {
  const folder = await model();
  writeFileSync(join(folder, 'calibration.json'), '{"slope": -1}');
  const { exitCode, stderr } = await runCli(['complete', '--model', folder, '--device', 'cpu'], 'The ');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('calibration.json is damaged');
});
