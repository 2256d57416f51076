// node bench/calibration/account.mjs [AUTHOR,AUTHOR …] [--seeds 1] [--as NAME] [--list]
// Where the keys lie that suggestions do not save: for every word that was typed by hand, wholly or in part, who knew it before it was
// written out (the model's first choice, its next three, the words of the document, those of the author's other files,
// nobody), and what a choice that is never wrong would have saved of it. Of answers that were recorded with the likeliest words
// (record.mjs … --likely --everywhere); all authors kept apart, if none is named.
import { parseArgs } from 'node:util';
import { markdownTable } from '../table.mjs';
import { authors, fetchAuthor } from './authors.mjs';
import { loadReplay } from './loadWriting.mjs';
import { recordedOf, typed } from './replayRecorded.mjs';
import { textsIn } from './stretches.mjs';
import { WordCounts, wordCandidates } from './wordTable.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    as: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
const names = positionals[0]?.split(',') ?? Object.keys(authors).filter((name) => authors[name].part === 'kept');
const writing = await loadReplay();
const settings = writing.resolveCompletionSettings({});
const nothing = new WordCounts();
/** Candidates that a table of words may have. */
const tableWords = 2;

/** Who knew a word, in the order in which they are asked. */
const sources = [
  'the model’s first choice',
  'its next three',
  'words of the document',
  'words of the other files',
  'nobody',
  'where nothing is asked',
];
const account = new Map(sources.map((source) => [source, { words: 0, letters: 0, saved: 0 }]));
let characters = 0;
const found = { keys: 0, net: 0, taken: 0 };

for (const name of names) {
  const stretches = await recordedOf(name, values.seeds.split(',').map(Number), values.as);
  if (stretches.length === 0) continue;
  const elsewhere = new WordCounts();
  for (const { text } of textsIn((await fetchAuthor(name)).workspace)) elsewhere.add(text);
  for (const stretch of stretches) {
    const { tallies, carets } = await typed([stretch], 'words', settings, writing);
    const { all } = tallies[0];
    characters += all.characters;
    found.keys += all.saved;
    found.net += all.saved - (all.shown - all.right);
    count(stretch, savedAt(carets), elsewhere);
  }
}

const percent = (value) => `${((100 * value) / characters).toFixed(1)} %`;
process.stdout.write(
  `${characters} characters; saved ${percent(found.keys)}, net of wrong shows ${percent(found.net)}; of them within words ${percent(found.taken)}\n\n`,
);
process.stdout.write(
  `${markdownTable([
    ['who knew it first', 'words', 'letters typed by hand', 'a perfect choice would save'],
    ...[...account].map(([source, { words, letters, saved }]) => [
      source,
      String(words),
      percent(letters),
      source === 'nobody' ? '–' : percent(saved),
    ]),
  ])}\n`,
);

/** By offset: characters that were taken there, and keys for it. */
function savedAt(carets) {
  const at = new Map();
  for (const { offset, run } of carets) {
    if (run.chars === 0) continue;
    for (let place = 0; place < run.chars; place++) at.set(offset + place, 1 - run.keys / run.chars);
  }
  return at;
}

function count({ text, file, carets }, savedBy, elsewhere) {
  const document = new WordCounts();
  document.add(text.slice(0, carets[0].start));
  const [{ start, end }] = carets;
  for (const { 0: word, index } of text.slice(start, end).matchAll(/[\p{L}\p{N}\p{M}'’_]+/gu)) {
    const from = start + index;
    const to = from + word.length;
    if (to === end && /^[\p{L}\p{N}\p{M}'’_]/u.test(text.slice(to, to + 1))) continue; // goes on behind the stretch
    const saved = sum(from, to, (at) => savedBy.get(at) ?? 0);
    found.taken += saved;
    const [source, most] = best(text, { from, to, saved, carets, document, elsewhere });
    const entry = account.get(source);
    entry.words++;
    entry.letters += sum(from, to, (at) => (savedBy.has(at) ? 0 : 1));
    entry.saved += most - saved;
    if (values.list && source !== 'nobody' && most - saved >= 3)
      process.stderr.write(
        `${source}: ${JSON.stringify(text.slice(from - 30, to))} ${file}, ${(most - saved).toFixed(1)} keys\n`,
      );
  }
}

/** Who would have saved more of a word than was saved, and how much in all. */
function best(text, { from, to, saved, carets, document, elsewhere }) {
  const { start } = carets[0];
  let most = saved;
  let known = 'nobody';
  let isAsked = false;
  for (const source of [0, 1, 2, 3]) {
    for (let at = from; at < to - 1; at++) {
      const caret = carets[at - start];
      const rest = text.slice(at, to);
      if (caret?.words?.likely) isAsked = true;
      const offered =
        source < 2
          ? wordsOf(caret, source)
          : wordCandidates(
              text.slice(0, at),
              source === 2 ? { document, elsewhere: nothing } : { document: nothing, elsewhere },
              tableWords,
            ).map((one) => one.text);
      if (!offered.includes(rest)) continue;
      if (rest.length - 1 > most + 0.01) {
        most = rest.length - 1;
        known = sources[source];
      }
      break;
    }
    if (known !== 'nobody') return [known, most];
  }
  return [isAsked || to - from < 2 ? 'nobody' : 'where nothing is asked', most];
}

/** The likeliest words at a caret: the first, or the next three. */
function wordsOf(caret, source) {
  const likely = caret?.words?.likely?.words.map(([word]) => word) ?? [];
  return source === 0 ? likely.slice(0, 1) : likely.slice(1);
}

function sum(from, to, of) {
  let total = 0;
  for (let at = from; at < to; at++) total += of(at);
  return total;
}
