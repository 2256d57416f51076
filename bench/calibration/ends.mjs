// node bench/calibration/ends.mjs [AUTHOR,AUTHOR …] [--seeds 1,2] [--as NAME] [--each]
// How suggestions of several words end, with calm, normal and eager: typed by the simulated writer over the answers that were
// recorded (record.mjs) of these authors, or of all that are not kept aside. `several`: suggestions of more than one word.
import { parseArgs } from 'node:util';
import { markdownTable, percent } from '../table.mjs';
import { authors } from './authors.mjs';
import { loadReplay } from './loadWriting.mjs';
import { recordedOf, typed } from './replayRecorded.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    as: { type: 'string' },
    each: { type: 'boolean', default: false },
  },
});
/** Marks of a clause or a sentence at the end of a suggestion. */
const endMark = /[\p{P}\s]*[.,;:!?。，；：！？、][\p{P}\s]*$/u;

const names = positionals[0]?.split(',') ?? Object.keys(authors).filter((name) => authors[name].part !== 'kept');
const writing = await loadReplay();
const recorded = [];
for (const name of names) recorded.push(...(await recordedOf(name, values.seeds.split(',').map(Number), values.as)));

const rows = [];
for (const showing of ['calm', 'normal', 'eager']) {
  const written = await typed(recorded, 'words', writing.resolveCompletionSettings({ showing }), writing);
  rows.push(row(showing, written));
  if (values.each && showing === 'normal')
    for (const name of names) {
      const stretches = recorded.filter(({ author }) => author === name);
      if (stretches.length > 0)
        rows.push(row(name, await typed(stretches, 'words', writing.resolveCompletionSettings({ showing }), writing)));
    }
}
process.stdout.write(
  `${markdownTable([
    [
      '',
      'carets',
      'shown',
      'right when shown',
      'keys saved',
      'net',
      'several, right to the end',
      'all, right to the end',
      'ending in a mark, right to the end',
      'of these only the mark wrong',
      'words shown',
      'right words',
    ],
    ...rows,
  ])}\n`,
);

function row(title, { tallies, carets }) {
  const sum = writing.sumOf(tallies.map(({ all }) => all));
  const { precisionWhenShown, keystrokesSaved, netKeystrokesSaved } = writing.textFigures(sum);
  const shown = carets.filter(({ suggestion }) => suggestion);
  const several = shown.filter(({ suggestion }) => wordsOf(suggestion) > 1);
  const isWhole = ({ suggestion, run }) => run.taken === suggestion.text.length;
  const marked = shown.filter(({ suggestion }) => endMark.test(suggestion.text));
  const ofMark = marked.filter(
    (one) => !isWhole(one) && one.run.taken >= one.suggestion.text.replace(endMark, '').length,
  );
  const share = (part, all) => `${part.length} of ${all.length} (${percent(part.length / all.length)})`;
  return [
    title,
    sum.carets,
    sum.shown,
    percent(precisionWhenShown),
    percent(keystrokesSaved),
    percent(netKeystrokesSaved),
    share(several.filter(isWhole), several),
    share(shown.filter(isWhole), shown),
    share(marked.filter(isWhole), marked),
    ofMark.length,
    shown.reduce((count, { suggestion }) => count + wordsOf(suggestion), 0),
    shown.reduce((count, { run }) => count + run.words, 0),
  ].map(String);
}

function wordsOf({ text }) {
  return writing.wordPieces(text).length;
}
