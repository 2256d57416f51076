// node bench/calibration/places.mjs [AUTHOR,AUTHOR …] [--seeds 1,2] [--as NAME] [--showing normal] [--variant words]
// What suggestions are worth where no words stand: in code, addresses, keys, commands. Typed by the simulated writer over answers that
// were recorded everywhere (record.mjs … --everywhere): with suggestions in words alone, with one other kind of place after the
// other, and with all of them.
import { parseArgs } from 'node:util';
import { markdownTable, percent, signed } from '../table.mjs';
import { authors } from './authors.mjs';
import { loadReplay } from './loadWriting.mjs';
import { recordedOf, typed } from './replayRecorded.mjs';
import { everywhere } from './stretches.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '41' },
    as: { type: 'string' },
    showing: { type: 'string', default: 'normal' },
    variant: { type: 'string', default: 'words' },
  },
});
const names = positionals[0]?.split(',') ?? Object.keys(authors);
const writing = await loadReplay();
const recorded = [];
for (const name of names) recorded.push(...(await recordedOf(name, values.seeds.split(',').map(Number), values.as)));
const { showing } = values;
const silent = ['math', 'code', 'frontMatter', 'linkTarget', 'citation', 'command', 'directive', 'markup'];
const inWords = Object.fromEntries(writing.zoneKinds.map((zone) => [zone, !silent.includes(zone)]));
const asItIs = writing.resolveCompletionSettings({ showing, zones: inWords });

const before = await typed(recorded, values.variant, asItIs, writing);
const rows = [row('words alone', before, before)];
for (const zone of silent) {
  const { carets } = before;
  if (carets.some((caret) => caret.zone === zone)) rows.push(row(zone, await withZones({ [zone]: true }), before));
}
rows.push(row('all of them', await withZones(everywhere(writing)), before));
const heads = [
  'on',
  'carets there',
  'shown there',
  'right there',
  'shown',
  'right when shown',
  'keys saved',
  'net',
  'net − words alone [95 %]',
];
process.stdout.write(`${recorded.length} stretches\n\n${markdownTable([heads, ...rows])}\n`);

function withZones(zones) {
  return typed(
    recorded,
    values.variant,
    writing.resolveCompletionSettings({ showing, zones: { ...inWords, ...zones } }),
    writing,
  );
}

function row(title, { tallies, carets }, { tallies: base }) {
  const sum = writing.sumOf(tallies.map(({ all }) => all));
  const { precisionWhenShown, keystrokesSaved, netKeystrokesSaved } = writing.textFigures(sum);
  const there = carets.filter(({ zone }) => (title === 'all of them' ? silent.includes(zone) : zone === title));
  const shownThere = there.filter(({ suggestion }) => suggestion);
  const rightThere = shownThere.filter(({ run }) => run.words > 0);
  const { netKeystrokesSaved: net } = writing.pairedFigures(
    { base: base.map(({ all }) => all), adapted: tallies.map(({ all }) => all) },
    (tally) => ({ netKeystrokesSaved: writing.textFigures(tally).netKeystrokesSaved }),
    1,
  );
  return [
    title,
    there.length,
    shownThere.length,
    shownThere.length > 0 ? percent(rightThere.length / shownThere.length) : '–',
    sum.shown,
    percent(precisionWhenShown),
    percent(keystrokesSaved),
    percent(netKeystrokesSaved),
    `${signed(net.difference)} [${net.interval?.map(signed).join(', ') ?? '–'}]`,
  ].map(String);
}
