// node bench/adapters/threeWay.mjs [--max-minutes 10] [--max-steps 0] [--carets 3000] [--seed 0] [--threads 0]
//   [--writers austen,exim] [--without-prose] [--with-words] [--strength S] [--folder DIR]
// Is it the writer's voice, or just prose? Three conditions on each writer's held-out texts: the model; an adapter that
// learnt other people's prose; an adapter that learnt this writer's. Two more with words: the model and the writer's
// adapter, each with the words of the texts that the adapter learnt from. All adapters are trained through the product's
// command line for the same time, or for the same number of steps (0: as many as there is time for). What is done
// already is in the folder and is not done again: give another folder for another strength. Prints Markdown.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distFolder, outFolder, root } from '../product.mjs';
import { runCommand } from '../runScript.mjs';
import { markdownTable } from '../table.mjs';
import { corpora, fetchCorpus } from './corpora.mjs';
import { loadSimulator, measure } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    'max-minutes': { type: 'string', default: '10' },
    'max-steps': { type: 'string', default: '0' },
    carets: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '0' },
    threads: { type: 'string', default: '0' },
    writers: { type: 'string', default: 'austen,exim' },
    'without-prose': { type: 'boolean', default: false },
    'with-words': { type: 'boolean', default: false },
    strength: { type: 'string' },
    folder: { type: 'string', default: path.join(outFolder, 'adapters', 'threeWay') },
  },
});
const [minutes, steps, carets, seed, threads] = ['max-minutes', 'max-steps', 'carets', 'seed', 'threads'].map((name) =>
  Number(options[name]),
);
const folder = path.resolve(options.folder, `${steps > 0 ? `${steps}steps` : `${minutes}min`}-seed${seed}`);
const writers = options.writers.split(',');
await mkdir(folder, { recursive: true });

const figures = [
  ['keystrokes saved', ({ writing }) => writing.keystrokesSaved],
  ['net of wrong shows', ({ writing }) => writing.netKeystrokesSaved],
  ['right when shown', ({ writing }) => writing.precisionWhenShown],
  ['wrong shows', ({ writing }) => writing.wrongShow],
  ['next word right', ({ words }) => words[1]],
  ['next 2 words', ({ words }) => words[2]],
  ['next 3 words', ({ words }) => words[3]],
];

const names = {
  base: 'the model',
  prose: 'other people’s prose',
  own: 'the writer’s own',
  words: 'with words',
  ownWithWords: 'own, with words',
};

const simulator = await loadSimulator();
const strength = Number(options.strength ?? simulator.adapterStrength.default);
const unrelated = readTexts(path.join(root, 'media', 'unrelated')).map(({ text }) => text);
const runs = {};
for (const name of [...(options['without-prose'] ? [] : ['prose']), ...writers]) runs[name] = await trained(name);
process.stdout.write(`${runTable()}\n`);
const results = [];
for (const writer of writers) {
  results.push(await compare(writer));
  process.stdout.write(`\n${results.at(-1).markdown}\n`);
}
await writeFile(path.join(folder, 'results.json'), JSON.stringify({ options, runs, results }, null, 1));

/** @returns {Promise<{ adapter: string, done: object, tokens: number }>} */
async function trained(name) {
  const { learn } = await fetchCorpus(name);
  const adapter = path.join(folder, name);
  const record = `${adapter}.json`;
  if (!existsSync(record)) {
    process.stderr.write(`training on ${name}\n`);
    const given = [
      '--max-minutes',
      minutes,
      '--max-steps',
      steps,
      '--epochs',
      1,
      '--seed',
      seed,
      '--test-fraction',
      0,
      '--threads',
      threads,
    ];
    const stdout = await runCommand(process.execPath, [
      path.join(distFolder, 'cli.js'),
      ...['finetune', learn, '--out', adapter, '--jsonl', '--no-proof', ...given.map(String)],
    ]);
    const events = stdout.trimEnd().split('\n').map(JSON.parse);
    const { splits } = events.find(({ event }) => event === 'corpus');
    const plan = events.find(({ event }) => event === 'plan');
    const taken = events.filter(({ event }) => event === 'step');
    const done = events.at(-1);
    const tokensPerSecond = taken.reduce((sum, step) => sum + step.tokensPerSecond, 0) / taken.length;
    await writeFile(record, JSON.stringify({ tokens: splits.train.tokens, plan, done, tokensPerSecond }));
  }
  return { adapter, ...JSON.parse(readFileSync(record, 'utf8')) };
}

async function compare(writer) {
  const { learn, test } = await fetchCorpus(writer);
  const typed = readTexts(test);
  const contents = typed.map(({ text }) => text);
  const stretches = simulator.stretchesOf(contents, carets, seed);
  const losses = { heldOut: contents, unrelated };
  const own = runs[writer].adapter;
  const words = readTexts(learn).map(({ text }) => text);
  const conditions = {
    base: {},
    ...(runs.prose && { prose: { adapter: runs.prose.adapter } }),
    own: { adapter: own },
    ...(options['with-words'] && { words: { words }, ownWithWords: { adapter: own, words } }),
  };
  const measured = {};
  for (const [condition, how] of Object.entries(conditions)) {
    const file = path.join(folder, `${writer}-${condition}`);
    const request = { ...how, strength, file, carets, threads, losses, typed, stretches };
    measured[condition] = await measure(simulator, request);
  }
  const pairs = [
    ['base', 'prose'],
    ['base', 'own'],
    ['prose', 'own'],
    ['base', 'words'],
    ['base', 'ownWithWords'],
    ['own', 'ownWithWords'],
  ]
    .filter((pair) => pair.every((condition) => condition in measured))
    .map(([from, to]) => ({ from, to, ...difference(measured[from], measured[to]) }));
  return { writer, pairs, markdown: markdownOf(writer, { measured, pairs, stretches }) };
}

function difference(base, adapted) {
  const typed = { base: base.typed, adapted: adapted.typed };
  const guessed = { base: base.guessed, adapted: adapted.guessed };
  return {
    writing: simulator.pairedFigures(typed, writingFigures, seed),
    words: simulator.pairedFigures(guessed, (tally) => simulator.textFigures(tally).exactMatch, seed),
    losses: { heldOut: lossDifference('heldOut'), unrelated: lossDifference('unrelated') },
  };

  /** mean difference in nats per token, and its standard error */
  function lossDifference(group) {
    const differences = adapted.losses[group].map((loss, i) => loss - base.losses[group][i]);
    const value = mean(differences);
    const variance = mean(differences.map((one) => (one - value) ** 2));
    return { value, standardError: Math.sqrt(variance / differences.length) };
  }
}

function writingFigures(tally) {
  const { keystrokesSaved, netKeystrokesSaved, precisionWhenShown, wrongShow } = simulator.textFigures(tally);
  return { keystrokesSaved, netKeystrokesSaved, precisionWhenShown, wrongShow };
}

function runTable() {
  const rows = Object.entries(runs).map(([name, { tokens, plan, done, tokensPerSecond }]) => [
    `${name}: ${corpora[name].what}`,
    corpora[name].licence,
    tokens.toLocaleString('en'),
    String(done.step),
    ((done.step * plan.sequenceLength) / tokens).toFixed(2),
    (done.seconds / 60).toFixed(1),
    tokensPerSecond.toFixed(0),
  ]);
  return markdownTable([
    ['learnt from', 'licence', 'tokens there are', 'steps', 'passes', 'minutes', 'tokens/s'],
    ...rows,
  ]);
}

function markdownOf(writer, { measured, pairs, stretches }) {
  const perplexity = (condition, group) => Math.exp(mean(measured[condition].losses[group])).toFixed(2);
  const shown = Object.keys(measured);
  const scored = shown.filter((condition) => !/words/i.test(condition)); // a score is the model's
  const lossRows = ['heldOut', 'unrelated'].map((group) => [
    group === 'heldOut' ? 'the writer, held out' : 'unrelated texts',
    measured.base.losses[group].length.toLocaleString('en'),
    ...scored.map((condition) => perplexity(condition, group)),
  ]);
  const fromBase = pairs.filter(({ from }) => from === 'base');
  const figureRows = figures.map(([name, read]) => [
    name,
    percent(read(fromBase[0]).base),
    ...fromBase.map((pair) => percent(read(pair).adapted)),
    ...pairs.map((pair) => withInterval(read(pair))),
  ]);
  const intervals = pairs.map(({ from, to }) => `${names[to]} − ${names[from]} [95 %]`);
  const carets = measured.base.typed.reduce((sum, tally) => sum + tally.carets, 0);
  const words = measured.base.guessed.reduce((sum, tally) => sum + tally.carets, 0);
  return [
    `### ${writer}`,
    '',
    markdownTable([['perplexity', 'tokens', ...scored.map((condition) => names[condition])], ...lossRows]),
    '',
    `${stretches.length} stretches, ${carets.toLocaleString('en')} carets, ${words.toLocaleString('en')} beginnings of words:`,
    '',
    markdownTable([['%', ...shown.map((condition) => names[condition]), ...intervals], ...figureRows]),
  ].join('\n');
}

function readTexts(of) {
  return readdirSync(of)
    .sort()
    .map((name) => path.join(of, name))
    .map((file) => ({ path: file, languageId: simulator.languageOf(file), text: readFileSync(file, 'utf8') }));
}

function mean(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function percent(share) {
  return share === null ? '–' : (100 * share).toFixed(1);
}

function withInterval({ difference, interval }) {
  return `${signed(difference)} [${interval ? interval.map(signed).join(', ') : '–'}]`;
}

function signed(share) {
  return share === null ? '–' : `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
}
