// node bench/typing/simulated.mjs [--texts letter,story] [--part development|aside] [--showing normal] [--each]
// The texts of typing.mjs typed by the simulated writer, who waits for every answer and takes what is right: keys saved, and how
// suggestions of several words end. Answers of the model are those of typing.mjs, kept in the same file.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadReplay } from '../calibration/loadWriting.mjs';
import { markdownTable, percent } from '../table.mjs';
import { openAnswers } from './answers.mjs';
import { textFilesOf } from './texts.mjs';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'development' },
    texts: { type: 'string' },
    showing: { type: 'string', default: 'normal' },
    each: { type: 'boolean', default: false },
  },
});
const writing = await loadReplay();
const answers = openAnswers(writing);
const heads = ['carets', 'shown', 'right when shown', 'keys saved', 'net', 'several words, right to the end', 'all'];

const rows = [];
for (const showing of values.showing.split(',')) {
  const settings = writing.resolveCompletionSettings({ showing });
  const all = [];
  for (const file of textFilesOf(values)) all.push({ name: path.basename(file), ...(await written(file, settings)) });
  if (values.each) for (const one of all) rows.push(rowOf(one.name, [one]));
  rows.push(rowOf(showing, all));
}
process.stdout.write(`${markdownTable([['', ...heads], ...rows])}\n`);

async function written(file, settings) {
  const text = readFileSync(file, 'utf8');
  const languageId = writing.languageOf(file);
  const isForeign = await writing.isForeign({ text, languageId }, ['en']);
  const tally = writing.emptyTextTally();
  const shown = [];
  const writer = new writing.SimulatedWriter(
    answers,
    { path: file, languageId, text, isForeign },
    {
      settings,
      midLine: false,
      losesPatience: true,
      stopwatch: { now: () => 0 },
      onCaret: (caret) => {
        writing.countCaret(tally, caret);
        if (caret.suggestion) shown.push(caret);
      },
    },
  );
  const { characters, keys } = await writer.write(0, text.length);
  answers.throwIfFailed();
  tally.all.characters += characters;
  tally.all.keys += keys;
  return { tally, shown };
}

function rowOf(title, all) {
  const sum = writing.sumOf(all.map(({ tally }) => tally.all));
  const { precisionWhenShown, keystrokesSaved, netKeystrokesSaved } = writing.textFigures(sum);
  const shown = all.flatMap((one) => one.shown);
  const several = shown.filter(({ suggestion }) => writing.wordPieces(suggestion.text).length > 1);
  const whole = (some) => some.filter(({ suggestion, run }) => run.taken === suggestion.text.length);
  const share = (some) => `${whole(some).length} of ${some.length} (${percent(whole(some).length / some.length)})`;
  return [
    title,
    String(sum.carets),
    String(sum.shown),
    percent(precisionWhenShown),
    percent(keystrokesSaved),
    percent(netKeystrokesSaved),
    share(several),
    share(shown),
  ];
}
