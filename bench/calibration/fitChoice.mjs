// node bench/calibration/fitChoice.mjs
// What the carets of collectChoices.mjs say: who knows the next word, what a learned choice between the model's word and the
// author's would be worth on authors that it was not fitted to, and what calm, normal and eager are worth.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outFolder } from '../product.mjs';
import { bootstrap } from '../statistics.mjs';
import { markdownTable } from '../table.mjs';
import { authors } from './authors.mjs';
import { loadWriting } from './loadWriting.mjs';
import { dot, fit, sigmoid } from './logisticRegression.mjs';
import { replayStretch, shownAt, total } from './replay.mjs';

const writing = await loadWriting();
const folder = path.join(outFolder, 'calibration', 'choices');
const stretches = readdirSync(folder)
  .filter((name) => Object.hasOwn(authors, name.split('-')[0]) && !name.startsWith('chinese'))
  .flatMap((name) => {
    return [...grouped(linesOf(name)).values()];
  });
const learnt = stretches.filter(([{ author }]) => authors[author].part === 'learnt');
const judged = stretches.filter(([{ author }]) => authors[author].part === 'judged');

const weights = fit(rowsOf(learnt));
print('Who knows the next word, of the carets that were asked about', whoKnows());
print('Choice: at equal shares of single carets, right on the authors kept apart', singleCarets());
print('Replayed on the authors kept apart', replayed());
print('Calm, normal, eager', showings());
process.stdout.write(
  `${JSON.stringify(Object.fromEntries(weights.map((weight, i) => [featureNames()[i], rounded(weight)])))}\n`,
);

function linesOf(name) {
  const lines = readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
  return lines.map((line) => ({ ...JSON.parse(line), run: name }));
}

function grouped(records) {
  const groups = new Map();
  for (const record of records) groups.set(record.stretch, [...(groups.get(record.stretch) ?? []), record]);
  return groups;
}

function whoKnows() {
  const rows = [['', 'carets', 'the model', 'with own words', 'own words alone', 'either of the two last']];
  const kinds = { 'inside a word': 'midWord', "at a word's end": 'wordEnd', 'after a space': 'afterSpace' };
  for (const [part, all] of Object.entries({ learnt, judged })) {
    for (const [title, kind] of Object.entries(kinds)) {
      const records = all.flat().filter((record) => !record.reason && kindOf(record, record.following) === kind);
      const counts = [0, 0, 0, 0];
      for (const record of records) {
        const plain = isRight(decodedOf(record.plain), record);
        const blended = isRight(decodedOf(record.blended), record);
        const own = record.own.length > 0 && isRight(record.own[0].text, record);
        for (const [i, is] of [plain, blended, own, blended || own].entries()) counts[i] += Number(is);
      }
      rows.push([`${part}: ${title}`, records.length, ...counts.map((count) => percent(count / records.length))]);
    }
  }
  return rows;
}

function decodedOf(answer) {
  return answer.tokens?.map(([text]) => text).join('') ?? '';
}

function kindOf({ place }, text) {
  return writing.kindOf(place, text);
}

/** The first word of a text with the blanks and marks before it. */
function firstWord(text) {
  return /^[^\p{L}\p{N}]*[\p{L}\p{M}\p{N}]+(?:['’_.-][\p{L}\p{M}\p{N}]+)*/u.exec(text)?.[0] ?? text;
}

function isRight(text, { following }) {
  const word = firstWord(text);
  return word !== '' && following.startsWith(word) && !/^[\p{L}\p{N}]/u.test(following.slice(word.length));
}

/** The model's word, with own words blended in, and the author's words that are not the same. */
function candidatesAt(record) {
  if (record.reason) return [];
  const { blended, own, healed = 0 } = record;
  const rest = Math.max(1e-3, (1 - own.reduce((sum, { probability }) => sum + probability, 0)) / 4);
  const candidates = [];
  const said = blended.text === undefined ? undefined : firstWord(decodedOf(blended));
  if (said !== undefined) {
    const counted = own.find(({ text }) => text === said);
    const table = log(counted?.probability ?? (own.length > 0 ? rest : 0.05));
    candidates.push({ record, isModel: true, word: said, model: log(blended.probability), table, counted });
  }
  for (const counted of own.filter(({ text }) => text !== said)) {
    const model = Math.max(-9, Math.min(0, counted.blended - healed));
    candidates.push({ record, isModel: false, word: counted.text, model, table: log(counted.probability), counted });
  }
  return candidates.map((candidate) => {
    const others = candidates.filter((other) => other !== candidate);
    return {
      ...candidate,
      rivalModel: Math.max(-9, ...others.map(({ model }) => model)),
      rivalTable: Math.max(-9, ...others.map(({ table }) => table)),
    };
  });
}

function log(probability) {
  return Math.log(Math.max(probability, 1e-4));
}

/** @returns {Record<string, number>} */
function featuresOf({ record, isModel, word, model, table, counted, rivalModel, rivalTable }) {
  const kind = kindOf(record, word);
  const midWord = Number(kind === 'midWord');
  const [p, q] = [Math.exp(model), Math.exp(table)];
  return {
    constant: 1,
    midWord,
    wordEnd: Number(kind === 'wordEnd'),
    midWordModel: midWord * model,
    otherModel: (1 - midWord) * model,
    midWordTable: midWord * table,
    otherTable: (1 - midWord) * table,
    agreement: p * q,
    model: p,
    table: q,
    rivalModel,
    rivalTable,
    isModel: Number(isModel),
    stem: midWord * Math.min(6, /[\p{L}\p{N}]*$/u.exec(record.before)[0].length),
    rest: midWord * Math.min(8, word.length),
    inDocument: Math.log1p(counted?.inDocument ?? 0),
    elsewhere: Math.log1p(counted?.elsewhere ?? 0),
    order: Math.max(0, counted?.order ?? 0),
    isUncounted: Number(counted === undefined),
    healed: midWord * Math.max(-10, record.healed ?? 0),
  };
}

function featureNames() {
  return Object.keys(featuresOf(rowsSource(learnt)[0]));
}

function rowsSource(all) {
  return all.flat().flatMap(candidatesAt);
}

function rowsOf(all) {
  return rowsSource(all).map((candidate) => ({
    x: Object.values(featuresOf(candidate)),
    y: Number(isRight(candidate.word, candidate.record)),
  }));
}

function chosenAt(record) {
  let best;
  for (const candidate of candidatesAt(record)) {
    const probability = sigmoid(dot(Object.values(featuresOf(candidate)), weights));
    if (best === undefined || probability > best.probability) best = { ...candidate, probability };
  }
  return best;
}

function singleCarets() {
  const shares = [0.25, 0.3, 0.4, 0.5];
  const asked = judged.flat().filter(({ reason }) => !reason);
  const rightAmong = (guesses) => {
    const sorted = guesses.toSorted((a, b) => b.probability - a.probability);
    return shares.map((share) => {
      const shown = sorted.slice(0, Math.round(share * sorted.length));
      return percent(shown.filter(({ right }) => right).length / shown.length);
    });
  };
  const model = asked.map((record) => ({
    probability: record.blended.text === undefined ? 0 : record.blended.probability,
    right: isRight(decodedOf(record.blended), record),
  }));
  const choice = asked.map((record) => {
    const chosen = chosenAt(record);
    return { probability: chosen?.probability ?? 0, right: chosen !== undefined && isRight(chosen.word, record) };
  });
  return [
    [`shown, of ${asked.length} carets`, ...shares.map(percent)],
    ['probability of the model’s word', ...rightAmong(model)],
    ['learned choice', ...rightAmong(choice)],
  ];
}

function replayed() {
  const rows = [['', 'shown', 'right when shown', 'keys saved', 'net', 'net − product [95 %]']];
  const product = judged.map((records) => typed(records, (record) => productShows(record, 'normal')));
  rows.push(['the product: its thresholds', ...columnsOf(total(product)), '']);
  for (const bar of [0.4, 0.45, 0.5, 0.55, 0.6, 0.7]) {
    const runs = judged.map((records) => typed(records, (record) => choiceShows(record, bar)));
    rows.push([`choice, above ${bar}`, ...columnsOf(total(runs)), difference(runs, product)]);
  }
  for (const bar of [0.6, 0.7, 0.8, 0.9]) {
    const runs = judged.map((records) => typed(records, (record) => fallbackShows(record, bar)));
    rows.push([
      `own words where the product is silent, above ${bar}`,
      ...columnsOf(total(runs)),
      difference(runs, product),
    ]);
  }
  return rows;
}

function productShows({ blended, ...record }, showing) {
  const thresholds = writing.gateThresholds({ showing, minFirstWordProbability: 0.5 }, { trigger: 'automatic' });
  const text = shownAt({ ...record, ...blended }, thresholds, writing);
  const isRest = record.place === 'afterLetter' && /^\p{Script=Latin}+$/u.test(text);
  return isRest && writing.visibleLength(text) < thresholds.minRestOfWord ? '' : text;
}

function choiceShows(record, bar) {
  const chosen = chosenAt(record);
  if (chosen === undefined || chosen.probability < bar) return '';
  const text = chosen.isModel
    ? productShows({ ...record, blended: { ...record.blended, probability: 1 } }, 'normal')
    : chosen.word;
  return writing.visibleLength(text) < 3 ? '' : text;
}

function fallbackShows(record, bar) {
  const text = productShows(record, 'normal');
  const [own] = record.own ?? [];
  if (text !== '' || own === undefined || own.probability < bar) return text;
  return writing.visibleLength(own.text) < 3 ? '' : own.text;
}

function showings() {
  const rows = [['', 'shown', 'right when shown', 'keys saved', 'net', 'of several words, right to the end']];
  for (const [part, all] of Object.entries({ learnt, judged })) {
    for (const showing of ['calm', 'normal', 'eager']) {
      const sum = total(all.map((records) => typed(records, (record) => productShows(record, showing))));
      rows.push([`${part}: ${showing}`, ...columnsOf(sum), `${sum.severalRight} of ${sum.several}`]);
    }
  }
  return rows;
}

/** One stretch, typed as the simulated writer does; what one accept wins beyond its end is chance. */
function typed(records, shows) {
  const several = { several: 0, severalRight: 0 };
  const { beyond, ...sum } = replayStretch(records, shows, writing, ({ text, run }) => {
    if (!/\S\s+\S/.test(text.trim())) return;
    several.several++;
    several.severalRight += Number(run.chars === text.length);
  });
  return { ...sum, ...several, characters: sum.characters - beyond };
}

function net({ characters, keys, shown, right }) {
  return 1 - (keys + shown - right) / characters;
}

function columnsOf(sum) {
  return [
    percent(sum.shown / sum.carets),
    `${percent(sum.right / sum.shown)} of ${sum.shown}`,
    percent(1 - sum.keys / sum.characters),
    percent(net(sum)),
  ];
}

/** Paired bootstrap over the stretches. */
function difference(runs, others) {
  const pairs = runs.map((run, i) => [run, others[i]]);
  const won = (drawn) => net(total(drawn.map(([run]) => run))) - net(total(drawn.map(([, other]) => other)));
  const { value, low, high } = bootstrap(pairs, won);
  const points = (share) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
  return `${points(value)} [${points(low)}, ${points(high)}]`;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

function rounded(value) {
  return Number(value.toFixed(2));
}

function print(title, rows) {
  process.stdout.write(`${title}\n\n${markdownTable(rows.map((row) => row.map(String)))}\n\n`);
}
