// nice -n 19 node bench/calibration/keptAuthors.mjs [--carets 500] [--seeds 1,2] [--print]
// What suggestions are worth to the ten authors that nothing was fitted to (authors.mjs, `kept`), with their other files as own
// words and without: recorded once (record.mjs, hours on a busy machine), replayed by the simulated writer, printed as
// Markdown tables for docs/lab/simulator.md. Over night: `--carets 1500`. Broken off and started again it goes on with the
// stretch that it had begun; `--print` prints what is there.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../runScript.mjs';
import { markdownTable, signed } from '../table.mjs';
import { authors } from './authors.mjs';
import { loadReplay } from './loadWriting.mjs';
import { recordedOf, single, typed } from './replayRecorded.mjs';

const { values } = parseArgs({
  options: {
    carets: { type: 'string', default: '500' },
    seeds: { type: 'string', default: '1' },
    print: { type: 'boolean', default: false },
  },
});
const seeds = values.seeds.split(',').map(Number);
const names = Object.keys(authors).filter((name) => authors[name].part === 'kept');
const record = path.join(import.meta.dirname, 'record.mjs');
const asked = ['--carets', values.carets, '--everywhere'];
for (const seed of values.print ? [] : seeds) {
  await runCommand('node', [record, names.join(), ...asked, '--seed', String(seed)]); // what is there stays
}
const writing = await loadReplay();
const settings = writing.resolveCompletionSettings({});
/** As it was before blanks came along with what is taken (docs/adr/0042). */
const blanksTyped = writing.resolveCompletionSettings({ spaceAfterWord: false });
const open = writing.resolveCompletionSettings({ minFirstWordProbability: 0.01 });
/** Not in English. */
const others = ['beckert', 'chineseHandbook'];
const kinds = ['midWord', 'wordEnd', 'afterSpace', 'sentenceStart'];
const seed = 1;

const written = [];
for (const name of names) {
  const stretches = await recordedOf(name, seeds);
  if (stretches.length === 0) continue;
  const off = await typed(stretches, 'plain', settings, writing);
  const on = await typed(stretches, 'words', settings, writing);
  const byHand = await typed(stretches, 'words', blanksTyped, writing);
  const alone = [];
  for (const stretch of stretches) alone.push(...(await single(stretch, 'words', open, writing)));
  written.push({ name, off: off.tallies, on: on.tallies, byHand: byHand.tallies, alone });
}
const all = {
  name: 'all',
  off: written.flatMap(({ off }) => off),
  on: written.flatMap(({ on }) => on),
  byHand: written.flatMap(({ byHand }) => byHand),
  alone: written.flatMap(({ alone }) => alone),
};

print('With own words, and what they win', [
  [
    'author',
    'carets',
    'shown',
    'right when shown',
    'wrong shows',
    'keys saved',
    'net [95 %]',
    'without: right',
    'without: net',
    'words win, net [95 %]',
    'blanks typed by hand: net',
    'the blank wins, net [95 %]',
  ],
  ...[...written, all].map(row),
]);
const english = written.filter(({ name }) => !others.includes(name));
print('What it must reach', [
  ['', 'wanted', 'measured'],
  [
    'net, average of the authors',
    '≥ 32 %',
    `${percent(mean(written.map(netOf)))} %; in English ${percent(mean(english.map(netOf)))} %`,
  ],
  [
    'the same, blanks typed by hand',
    '',
    `${percent(mean(written.map(({ byHand }) => netOf({ on: byHand }))))} %; in English ${percent(mean(english.map(({ byHand }) => netOf({ on: byHand }))))} %`,
  ],
  [
    'right when shown, of each author',
    '≥ 70 %',
    reached(written, ({ precisionWhenShown }) => precisionWhenShown >= 0.7),
  ],
  ['wrong shows, of all carets', '≤ 8 %', reached(written, ({ wrongShow }) => wrongShow <= 0.08)],
  [
    'own words win, net, average',
    '≥ 2 points',
    signed(mean(written.map(wordsWin).map(({ difference }) => difference))),
  ],
  [
    'own words win for sure',
    'at 5 of 8 authors',
    `at ${written.filter((one) => wordsWin(one).interval?.[0] > 0).length} of ${written.length}`,
  ],
]);
print('By kind of caret, all authors', [
  ['caret', 'carets', 'shown', 'right', 'wrong shows', 'keys saved'],
  ...kinds.map((kind) => {
    const sum = writing.sumOf(all.on.map(({ byCaretKind }) => byCaretKind.get(kind)).filter(Boolean));
    const { precisionWhenShown, wrongShow } = writing.textFigures(sum);
    const { characters } = writing.sumOf(all.on.map(({ all }) => all));
    return [
      kind,
      sum.carets,
      sum.shown,
      percent(precisionWhenShown),
      percent(wrongShow),
      percent(sum.saved / characters),
    ];
  }),
]);
print('Single carets: right, when the surest are shown', [
  ['author', '30 % of the carets', '40 %', 'inside a word: 60 %', 'at a word’s end and after a space: 15 %'],
  ...[...written, all].map(({ name, alone }) => [
    name,
    rightOf(alone, 0.3),
    rightOf(alone, 0.4),
    rightOf(
      alone.filter(({ kind }) => kind === 'midWord'),
      0.6,
    ),
    rightOf(
      alone.filter(({ kind }) => kind === 'wordEnd' || kind === 'afterSpace'),
      0.15,
    ),
  ]),
]);

function row({ name, off, on, byHand }) {
  const sum = writing.sumOf(on.map(({ all }) => all));
  const figures = writing.textFigures(sum);
  const paired = writing.pairedFigures(
    { base: off.map(({ all }) => all), adapted: on.map(({ all }) => all) },
    (tally) => {
      const { netKeystrokesSaved, precisionWhenShown } = writing.textFigures(tally);
      return { netKeystrokesSaved, precisionWhenShown };
    },
    seed,
  );
  const { netKeystrokesSaved } = writing.intervalsOf(
    on.map(({ all }) => all),
    writing.textFigures,
    seed,
  );
  return [
    name,
    sum.carets,
    sum.shown,
    percent(figures.precisionWhenShown),
    percent(figures.wrongShow),
    percent(figures.keystrokesSaved),
    `${percent(figures.netKeystrokesSaved)} ${between(netKeystrokesSaved)}`,
    percent(paired.precisionWhenShown.base),
    percent(paired.netKeystrokesSaved.base),
    won(paired.netKeystrokesSaved),
    percent(figuresOf({ on: byHand }).netKeystrokesSaved),
    won(winOver(byHand, on)),
  ];
}

function figuresOf({ on }) {
  return writing.textFigures(writing.sumOf(on.map(({ all }) => all)));
}
function netOf(one) {
  return figuresOf(one).netKeystrokesSaved;
}
function wordsWin({ off, on }) {
  return winOver(off, on);
}
/** Net keys that the second saves more than the first, stretch by stretch. */
function winOver(before, after) {
  const sides = { base: before.map(({ all }) => all), adapted: after.map(({ all }) => all) };
  const net = (tally) => ({ netKeystrokesSaved: writing.textFigures(tally).netKeystrokesSaved });
  return writing.pairedFigures(sides, net, seed).netKeystrokesSaved;
}
function won({ difference, interval }) {
  return `${signed(difference)} ${between(interval, signed)}`;
}
function mean(numbers) {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
function reached(all, isReached) {
  return `${all.filter((one) => isReached(figuresOf(one))).length} of ${all.length}`;
}

/** Of single carets, when the surest suggestions are shown at this share of them. */
function rightOf(carets, share) {
  const shown = carets
    .filter(({ suggestion }) => suggestion)
    .sort((a, b) => b.suggestion.firstWordProbability - a.suggestion.firstWordProbability)
    .slice(0, Math.round(share * carets.length));
  if (shown.length === 0) return '–';
  const right = shown.filter(({ isRight }) => isRight).length;
  return `${percent(right / shown.length)} of ${shown.length}`;
}

function percent(value) {
  return value === null ? '–' : (100 * value).toFixed(1);
}
function between(interval, shown = percent) {
  return interval === null ? '' : `[${shown(interval[0])}, ${shown(interval[1])}]`;
}
function print(title, rows) {
  process.stdout.write(`\n${title}\n\n${markdownTable(rows.map((cells) => cells.map(String)))}\n`);
}
