// node bench/calibration/gap.mjs AUTHOR[,AUTHOR …] [--seeds 1] [--list]
// Why keys were pressed that the model's answers would have spared: typed by the product over recorded answers (record.mjs), each
// character that was typed by hand counts once, by what the model said where it first said the right thing, and by what kept
// that from being seen.
import { parseArgs } from 'node:util';
import { markdownTable } from '../table.mjs';
import { loadReplay } from './loadWriting.mjs';
import { recordedOf, typed } from './replayRecorded.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '1' }, list: { type: 'boolean', default: false } },
});
const writing = await loadReplay();
const settings = writing.resolveCompletionSettings({});
const classes = new Map();
const totals = { characters: 0, keys: 0, wrong: 0 };

for (const name of positionals[0].split(','))
  for (const stretch of await recordedOf(name, values.seeds.split(',').map(Number))) {
    const { tallies, carets } = await typed([stretch], 'words', settings, writing);
    const [{ all }] = tallies;
    totals.characters += all.characters;
    totals.keys += all.keys;
    totals.wrong += all.shown - all.right;
    count(stretch, carets);
  }

const percent = (value) => `${((100 * value) / totals.characters).toFixed(1)} %`;
const saved = percent(totals.characters - totals.keys);
const net = percent(totals.characters - totals.keys - totals.wrong);
process.stdout.write(`${totals.characters} characters, ${saved} of the keys saved, ${net} net of wrong shows\n\n`);
process.stdout.write(
  `${markdownTable([
    ['typed by hand', 'times', 'characters', 'of all'],
    ...[...classes]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([of, { times, characters }]) => [of, String(times), String(characters), percent(characters)]),
  ])}\n`,
);

function add(of, characters) {
  const entry = classes.get(of) ?? { times: 0, characters: 0 };
  classes.set(of, { times: entry.times + 1, characters: entry.characters + characters });
}

function count({ text, carets: recorded }, carets) {
  const [{ start, end }] = recorded;
  const taken = new Set();
  for (const { offset, run } of carets) for (let at = offset; at < offset + run.chars; at++) taken.add(at);
  const asked = new Map(carets.map((caret) => [caret.offset, caret]));
  const byHand = (from, to) =>
    Array.from({ length: to - from }, (_, at) => from + at).filter((at) => !taken.has(at)).length;
  const short = tooShort({ text, recorded, carets, taken });
  for (const { 0: part, index } of text.slice(start, end).matchAll(/[\p{L}\p{N}\p{M}'’_]+|[^\p{L}\p{N}\p{M}'’_]+/gu)) {
    const from = start + index;
    const to = from + part.length;
    if (short.has(from)) add('a suggestion was cut before it', byHand(from, to));
    else if (!/[\p{L}\p{N}]/u.test(part)) add('blanks, marks, line ends', byHand(from, to));
    else inWord({ text, from, to, recorded, asked, byHand });
  }
}

function inWord({ text, from, to, recorded, asked, byHand }) {
  let before = from;
  for (let at = from; at < to; at++) {
    const caret = asked.get(at);
    const answer = recorded[at - recorded[0].start]?.words;
    if (!caret || caret.run.chars > 0 || !isRight(text, at, answer)) continue;
    const left = byHand(at, to);
    if (left === 0) break;
    if (before === from) add('before the model said the word', byHand(from, at));
    before = at;
    add(`the model said it: ${placeOf(at, from)}, ${whyNot(caret, answer, left)}`, left);
    if (values.list && left > 3)
      process.stderr.write(
        `${caret.reason} ${answer.probability ?? answer.sequence.firstWordProbability} ${JSON.stringify(text.slice(at - 30, at))}|${text.slice(at, to)}\n`,
      );
    return;
  }
  const isAsked = recorded.slice(from - recorded[0].start, to - recorded[0].start).some(({ words }) => words);
  const left = byHand(from, to);
  if (left > 0) add(isAsked ? 'the model never said the word' : 'nothing is asked there', left);
}

function isRight(text, at, answer) {
  return (
    answer?.kind === 'text' && writing.runAt(text, at, { end: text.length, suggestion: answer.sequence.text }).words > 0
  );
}

function placeOf(at, from) {
  return at === from
    ? 'at its beginning'
    : `after ${Math.min(3, at - from)}${at - from > 2 ? ' or more' : ''} of its letters`;
}

function whyNot({ suggestion, reason }, answer, left) {
  if (suggestion) return 'another stood there';
  if (reason !== 'lowConfidence') return reason === 'tooShort' || left < 3 ? 'its last letters' : reason;
  const probability = answer.sequence.firstWordProbability;
  const band = [0.35, 0.5, 0.65, 1].find((limit) => probability < limit);
  return `surer than ${{ 0.35: '0.2', 0.5: '0.35', 0.65: '0.5', 1: '0.65' }[band]} only`;
}

/** Where the parts begin that the model had said rightly, behind the end of what was shown. */
function tooShort({ text, recorded, carets, taken }) {
  const places = new Set();
  for (const { offset, suggestion, run } of carets) {
    if (!suggestion || run.taken < suggestion.text.length) continue;
    const answer = recorded[offset - recorded[0].start]?.words;
    if (answer?.kind !== 'text') continue;
    const all = writing.runAt(text, offset, { end: text.length, suggestion: answer.sequence.text });
    for (let at = offset + run.chars; at < offset + all.chars; at++) if (!taken.has(at)) places.add(at);
  }
  return places;
}
