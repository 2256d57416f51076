// node bench/calibration/adapterOnTop.mjs AUTHOR[,AUTHOR …] [--carets 500] [--seed 1] [--max-minutes 10] [--max-steps 0]
// What an adapter of some minutes on an author's other files wins on top of the own words of the same files, and whether a
// probability means with it what it means without: recorded on both sides (record.mjs), replayed by the simulated writer, printed
// as Markdown. Figures of one author: docs/lab/simulator.md.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distFolder, outFolder } from '../product.mjs';
import { runCommand } from '../runScript.mjs';
import { markdownTable } from '../table.mjs';
import { fetchAuthor } from './authors.mjs';
import { loadReplay } from './loadWriting.mjs';
import { recordedOf, single, typed } from './replayRecorded.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    carets: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    'max-minutes': { type: 'string', default: '10' },
    'max-steps': { type: 'string', default: '0' },
  },
});
const script = path.join(import.meta.dirname, 'record.mjs');
const as = 'adapter';
const authors = positionals[0].split(',');
for (const author of authors) {
  const adapter = path.join(outFolder, 'calibration', 'adapters', author);
  if (!existsSync(adapter)) await train((await fetchAuthor(author)).workspace, adapter);
  const asked = [script, author, '--carets', values.carets, '--seed', values.seed];
  await runCommand('node', asked); // what is there stays
  await runCommand('node', [...asked, '--adapter', adapter, '--as', as]);
}

const writing = await loadReplay();
const settings = writing.resolveCompletionSettings({});
const open = writing.resolveCompletionSettings({ minFirstWordProbability: 0.01 });
const rows = [];
const certainties = [];
for (const author of authors) {
  const sides = {
    words: await recordedOf(author, [values.seed]),
    adapter: await recordedOf(author, [values.seed], as),
  };
  const common = sides.words.filter(({ name }) => sides.adapter.some((other) => other.name === name));
  const both = Object.fromEntries(
    Object.entries(sides).map(([side, all]) => [
      side,
      common.map(({ name }) => all.find((stretch) => stretch.name === name)),
    ]),
  );
  const tallies = {};
  for (const [side, stretches] of Object.entries(both)) {
    tallies[side] = (await typed(stretches, 'words', settings, writing)).tallies.map(({ all }) => all);
    const alone = [];
    for (const stretch of stretches) alone.push(...(await single(stretch, 'words', open, writing)));
    certainties.push([`${author}, ${side === 'words' ? 'without' : 'with'} the adapter`, ...rightByProbability(alone)]);
  }
  rows.push(row(author, tallies));
}
print('What the adapter wins on top of own words', [
  [
    'author',
    'carets',
    'shown',
    'right when shown',
    'net',
    'with the adapter: shown',
    'right',
    'net',
    'right, difference [95 %]',
    'net, difference [95 %]',
  ],
  ...rows,
]);
print('Single carets: how often a first word of such a probability is right', [
  ['', ...bounds().map(([from, to]) => `${from} – ${to}`)],
  ...certainties,
]);

async function train(workspace, adapter) {
  const limits = ['--max-minutes', values['max-minutes'], '--max-steps', values['max-steps'], '--epochs', '1'];
  const rest = ['--seed', '0', '--test-fraction', '0', '--no-proof', '--jsonl'];
  await runCommand('node', [
    path.join(distFolder, 'cli.js'),
    'finetune',
    workspace,
    '--out',
    adapter,
    ...limits,
    ...rest,
  ]);
}

function row(author, { words, adapter }) {
  const { netKeystrokesSaved, precisionWhenShown } = writing.pairedFigures(
    { base: words, adapted: adapter },
    (tally) => {
      const { netKeystrokesSaved, precisionWhenShown } = writing.textFigures(tally);
      return { netKeystrokesSaved, precisionWhenShown };
    },
    1,
  );
  const [without, withIt] = [words, adapter].map((tallies) => writing.sumOf(tallies));
  return [
    author,
    without.carets,
    without.shown,
    percent(precisionWhenShown.base),
    percent(netKeystrokesSaved.base),
    withIt.shown,
    percent(precisionWhenShown.adapted),
    percent(netKeystrokesSaved.adapted),
    signed(precisionWhenShown),
    signed(netKeystrokesSaved),
  ];
}

function bounds() {
  return [
    [0.2, 0.35],
    [0.35, 0.5],
    [0.5, 0.65],
    [0.65, 0.8],
    [0.8, 0.95],
    [0.95, 1],
  ];
}

function rightByProbability(carets) {
  const said = carets.filter(({ suggestion }) => suggestion);
  return bounds().map(([from, to]) => {
    const within = said.filter(({ suggestion: { firstWordProbability: p } }) => p >= from && (p < to || to === 1));
    const right = within.filter(({ isRight }) => isRight).length;
    return within.length === 0 ? '–' : `${percent(right / within.length)} of ${within.length}`;
  });
}

function percent(value) {
  return value === null ? '–' : (100 * value).toFixed(1);
}

function signed({ difference, interval }) {
  const one = (value) => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`;
  return `${one(difference)} [${interval ? interval.map(one).join(', ') : '–'}]`;
}

function print(title, table) {
  process.stdout.write(`\n${title}\n\n${markdownTable(table.map((cells) => cells.map(String)))}\n`);
}
