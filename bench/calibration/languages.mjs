// node bench/calibration/languages.mjs AUTHOR --as RECORDING [--seeds 1] [--learn AUTHOR,…] [--learn-seeds 5] [--calibration FILE]
// What another model is worth in a language (record.mjs with INKLING_BENCH_MODEL): as its probabilities stand, through a
// calibration that is kept with it, and through one that is measured on recordings of other authors of that language, as
// `inkling calibrate` measures it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { markdownTable, percent } from '../table.mjs';
import { loadReplay } from './loadWriting.mjs';
import { recordedOf, typed } from './replayRecorded.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    as: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    learn: { type: 'string', default: '' },
    'learn-seeds': { type: 'string', default: '5' },
    calibration: { type: 'string' },
  },
});
const writing = await loadReplay();
const settings = writing.resolveCompletionSettings({});
/** As `inkling calibrate` asks. */
const asked = writing.resolveCompletionSettings({ minFirstWordProbability: 0.1, length: 'short', maxNewTokens: 12 });

const stretches = await recordedBy(positionals[0], values.seeds);
const learnt = await recordedBy(values.learn, values['learn-seeds']);
const kept = values.calibration && JSON.parse(readFileSync(values.calibration, 'utf8'));
const measured = learnt.length > 0 ? await measuredOn(learnt) : undefined;
const ways = [
  ['as they stand', undefined],
  ...(kept ? [['through the calibration that it has', kept]] : []),
  ...(measured ? [[`through one of ${measured.carets} suggestions in this language`, measured]] : []),
];
const rows = [];
for (const [name, calibration] of ways) {
  const { tallies } = await typed(stretches, 'words', settings, writing, { calibration });
  const figures = writing.textFigures(writing.sumOf(tallies.map(({ all }) => all)));
  const { shown, precisionWhenShown, wrongShow, keystrokesSaved, netKeystrokesSaved } = figures;
  rows.push([name, figures.carets, shown, ...[precisionWhenShown, wrongShow, keystrokesSaved, netKeystrokesSaved]]);
}
process.stdout.write(
  `${markdownTable([
    ['probabilities', 'carets', 'shown', 'right', 'wrong shows', 'keys saved', 'net'],
    ...rows.map((row) => row.map((cell, index) => (index > 2 ? percent(cell ?? 0) : String(cell)))),
  ])}\n${measured ? `${JSON.stringify(measured)}\n` : ''}`,
);

async function recordedBy(names, seeds) {
  const all = [];
  for (const name of names.split(',').filter(Boolean)) {
    all.push(...(await recordedOf(name, seeds.split(',').map(Number), values.as)));
  }
  return all;
}

async function measuredOn(others) {
  const { carets } = await typed(others, 'words', asked, writing, { losesPatience: false });
  const seen = carets
    .filter(({ suggestion, kindShown }) => suggestion && kindShown !== 'sentenceStart')
    .map(({ kindShown: kind, suggestion, run, stretch }) => ({
      ...{ kind, probability: suggestion.firstWordProbability, right: run.words > 0 },
      text: others.findIndex(({ file }) => file === stretch.file),
    }));
  process.stderr.write(`${seen.length} suggestions, ${seen.filter(({ right }) => right).length} right\n`);
  return writing.fitCalibration(seen, undefined);
}
