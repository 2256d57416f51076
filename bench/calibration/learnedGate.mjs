// node bench/calibration/learnedGate.mjs [--seed 84] [--carets 1000]
// Whether something beside the model's own probability says that its first word is right: logistic models of more and more
// features, each fitted to nine authors and judged on the tenth (`learnt` and `judged` of authors.mjs, in English; none that is
// kept). At single carets, the surest first, of what record.mjs recorded; what is missing is recorded (ten minutes).
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../runScript.mjs';
import { markdownTable, percent } from '../table.mjs';
import { fetchAuthor } from './authors.mjs';
import { loadReplay } from './loadWriting.mjs';
import { dot, fit, sigmoid } from './logisticRegression.mjs';
import { recordedOf, single } from './replayRecorded.mjs';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '84' }, carets: { type: 'string', default: '1000' } },
});
const names = 'exim,melville,reference,vim,postgres,austen,sqlite,handbook,git,history'.split(',');
const kinds = ['midWord', 'wordEnd', 'afterSpace'];
const word = /[\p{L}\p{M}]+(?:['’]\p{L}+)*/gu;
/** Characters before the caret that count as near. */
const near = 3000;

/** Each set has the features of the one before it and some more. */
const added = {
  'the model’s probability': ({ logOdds }) => [logOdds],
  'and the kind of caret': ({ kind, logOdds }) => [...kinds.map((one) => Number(kind === one)), logOdds * +isMid(kind)],
  'and letters typed and missing': ({ typed, rest }) => [typed, rest].map(Math.log1p),
  'and the word in the document': ({ document, nearby }) => [...countsOf(document), Math.log1p(nearby.of)],
  'and in the author’s other texts': ({ workspace }) => countsOf(workspace),
  'and what the model says without own words': ({ plainLogOdds, isSaidPlain }) => [plainLogOdds, isSaidPlain],
  'and how the typed letters fit, and a capital': ({ healed, isCapital }) => [healed, isCapital],
};

const record = path.join(import.meta.dirname, 'record.mjs');
await runCommand('node', [record, names.join(), '--carets', values.carets, '--seed', values.seed]); // what is there stays
const writing = await loadReplay();
const open = writing.resolveCompletionSettings({ minFirstWordProbability: 0.01 });
const carets = [];
for (const name of names) carets.push(...(await caretsOf(name)));
const said = carets.filter(({ isSaid }) => isSaid);

const rows = [['', 'log loss', ...shares().map(({ label }) => label)]];
rows.push(['as it is', ...figures(({ probability }) => probability)]);
const inUse = [() => [1]];
for (const [label, features] of Object.entries(added)) {
  inUse.push(features);
  const score = judged((caret) => inUse.flatMap((one) => one(caret)));
  rows.push([label, ...figures((caret) => score.get(caret))]);
}
process.stdout.write(`${carets.length} carets, ${said.length} with a first word\n\n${markdownTable(rows)}\n`);

/** Every caret of an author's stretches, with what is known of the word that the model says there. */
async function caretsOf(author) {
  const { workspace: folder } = await fetchAuthor(author);
  const workspace = new Map();
  for (const file of readdirSync(folder)) count(readFileSync(path.join(folder, file), 'utf8'), workspace);
  const found = [];
  for (const stretch of await recordedOf(author, [Number(values.seed)])) {
    const plain = new Map((await single(stretch, 'plain', open, writing)).map((caret) => [caret.offset, caret]));
    for (const caret of await single(stretch, 'words', open, writing)) {
      const { offset, kind, suggestion, isRight } = caret;
      const { words } = stretch.carets.find((one) => one.offset === offset);
      const of = { before: stretch.text.slice(0, offset), plain: plain.get(offset).suggestion, workspace };
      const features = suggestion && { ...featuresOf(caret, of), healed: words.sequence?.healedLogprob ?? 0 };
      found.push({ author, kind, isRight, isSaid: suggestion !== undefined, ...features });
    }
  }
  return found;
}

function featuresOf({ kind, suggestion: { text, firstWordProbability } }, { before, plain, workspace }) {
  const typed = isMid(kind) ? before.match(/[\p{L}\p{M}'’]*$/u)[0] : '';
  const [said, rest] = text.match(/^\s*([\p{L}\p{M}'’]*)/u);
  const isSaidPlain = Number(plain?.text.startsWith(said) ?? false);
  const standing = before.slice(0, before.length - typed.length);
  const countsIn = (counts) => ({ of: counts.get(typed + rest) ?? 0, all: beginningWith(typed, counts) });
  return {
    probability: firstWordProbability,
    logOdds: boundedLogit(firstWordProbability),
    plainLogOdds: boundedLogit(isSaidPlain ? plain.firstWordProbability : 0),
    ...{ isSaidPlain, typed: typed.length, rest: rest.length, isCapital: Number(/^\p{Lu}/u.test(typed + rest)) },
    document: countsIn(count(standing)),
    nearby: countsIn(count(standing.slice(-near))),
    workspace: countsIn(workspace),
  };
}

function count(text, counts = new Map()) {
  for (const [one] of text.matchAll(word)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
/** Of what begins with the typed letters and goes on; nothing typed: unknown. */
function beginningWith(typed, counts) {
  if (typed === '') return 0;
  let sum = 0;
  for (const [one, times] of counts) if (one.length > typed.length && one.startsWith(typed)) sum += times;
  return sum;
}
/** How often the word stands there, and its share of all that begins as it does. */
function countsOf({ of, all }) {
  return [Math.log1p(of), Number(of > 0), all > 0 ? (of + 0.5) / (all + 1) : 0, Math.log1p(Math.max(0, all - of))];
}

/** What a model of these features says of each author's carets, fitted to all others. */
function judged(featuresAt) {
  const score = new Map();
  for (const name of names) {
    const others = said.filter(({ author }) => author !== name);
    const weights = fit(others.map((caret) => ({ x: featuresAt(caret), y: Number(caret.isRight) })));
    for (const caret of said) if (caret.author === name) score.set(caret, sigmoid(dot(featuresAt(caret), weights)));
  }
  return score;
}

function shares() {
  const outside = carets.filter(({ kind }) => kind === 'wordEnd' || kind === 'afterSpace');
  const inside = carets.filter(({ kind }) => isMid(kind));
  return [
    ...[0.3, 0.4, 0.5].map((share) => ({ label: `${100 * share} % of the carets`, of: carets, share })),
    { label: 'inside a word: 60 %', of: inside, share: 0.6 },
    { label: 'at a word’s end and after a space: 15 %', of: outside, share: 0.15 },
  ];
}
function figures(score) {
  const loss = said.reduce((sum, caret) => sum - Math.log(Math.abs(Number(!caret.isRight) - score(caret))), 0);
  return [(loss / said.length).toFixed(4), ...shares().map((one) => rightOf(one, score))];
}
/** Right, of the surest. */
function rightOf({ of, share }, score) {
  const surest = of.filter(({ isSaid }) => isSaid).sort((a, b) => score(b) - score(a));
  const shown = surest.slice(0, Math.round(share * of.length));
  return percent(shown.filter(({ isRight }) => isRight).length / shown.length);
}
function isMid(kind) {
  return kind === 'midWord';
}
function boundedLogit(probability) {
  return writing.logit(Math.min(0.9995, Math.max(0.0005, probability)));
}
