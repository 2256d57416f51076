// How long a person waits for the first words of an action over 300 words, and for a completion while one runs. The model
// is loaded; each round has a text of its own, so that nothing but the constant part of the prompts is in the cache.
import { median } from '../statistics.mjs';
import { markdownTable } from '../table.mjs';
import { lists, passages, tables } from './texts/passages.mjs';

const selectionWords = 300;
/** `way` where the default of a small model is not the model. */
const timed = [
  ...['summarize', 'shorten', 'fix', 'simplify', 'formal', 'friendly', 'bullets', 'headings', 'ask'].map((action) => ({
    action,
  })),
  { action: 'prose', text: lists[0] },
  { action: 'table', text: tables[0] },
  ...['rewrite', 'expand', 'continue', 'title', 'custom'].map((action) => ({ action })),
  ...['shorten', 'simplify', 'formal', 'friendly', 'fix', 'summarize', 'ask'].map((action) => ({
    action,
    way: 'model',
  })),
  { action: 'betterWord', text: 'important' },
];
const instructions = { ask: 'What is said about the price?', custom: 'Make it sound more polite.' };

/** A selection of about `selectionWords` words that begins with another passage in each round. */
function selection(/** @type {number} */ round) {
  const turned = passages.map((_, i) => passages[(i + 4 * round) % passages.length].text);
  let text = '';
  for (const passage of turned) if (text.split(/\s+/u).length < selectionWords - 30) text += `${passage}\n\n`;
  return text.trimEnd();
}

/**
 * @param {any} product
 * @param {any} client of a loaded model
 * @param {number} rounds of the actions; with 0 only the completions are timed
 * @returns {Promise<string>} two Markdown tables
 */
export async function timeActions(product, client, rounds) {
  const rows = [];
  for (const { action, way, text } of rounds > 0 ? timed : []) {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const surroundings =
        action === 'betterWord' ? { before: `${selection(round).slice(0, 400)} It is `, after: ' to say so.' } : {};
      times.push(await timeOne(product, client, { action, way, text: text ?? selection(round), ...surroundings }));
    }
    const of = (key) => median(times.map((time) => time[key])).toFixed(0);
    process.stderr.write(`${action} ${JSON.stringify(times.map(({ firstMs }) => Math.round(firstMs ?? 0)))}\n`);
    rows.push([
      way ? `${action}, by the model` : action,
      of('firstMs'),
      of('totalMs'),
      times.map(({ kind }) => kind)[0],
    ]);
  }
  const typing = await typeWhileActing(product, client);
  return [
    markdownTable([['action', 'first text, ms', 'result, ms', 'result'], ...rows]),
    markdownTable([
      ['completions after 400 words', 'asked', 'first keystroke, ms', 'median, ms', '95th percentile, ms'],
      ...typing,
    ]),
  ].join('\n\n');
}

async function timeOne(product, client, { action, text, way, before, after }) {
  const startedAt = performance.now();
  let firstMs;
  const outcome = await product.runAction(
    {
      action,
      text,
      languageId: 'markdown',
      ...(instructions[action] ? { instruction: instructions[action] } : {}),
      ...(way ? { way } : {}),
      ...(before ? { before, after } : {}),
    },
    client,
    product.CancellationToken.None,
    { onPartial: (partial) => (firstMs ??= partial.trim() === '' ? undefined : performance.now() - startedAt) },
  );
  const totalMs = performance.now() - startedAt;
  return { firstMs: firstMs ?? totalMs, totalMs, kind: outcome.kind };
}

/** Keystrokes in a document of its own, alone and while a rewrite is being written. */
async function typeWhileActing(product, client) {
  const alone = await typed(product, client, 0);
  const source = new product.CancellationTokenSource();
  let hasBegun;
  const begun = new Promise((resolve) => (hasBegun = resolve));
  const acting = product.runAction(
    { action: 'rewrite', text: `${selection(1)}\n\n${selection(2)}`, languageId: 'markdown' },
    client,
    source.token,
    { onPartial: () => hasBegun() },
  );
  await begun;
  const meanwhile = await typed(product, client, 1);
  source.cancel();
  await acting;
  return [
    ['alone', ...alone],
    ['while a rewrite runs', ...meanwhile],
  ];
}

const keystrokes = 80;

/** As the editor asks: the completer with its default settings, one character after the other; ms where the model ran. */
async function typed(product, client, /** @type {number} */ round) {
  const completer = new product.Completer(client, () => product.defaultCompletionSettings, performance);
  const words = `${selection(round)} ${selection(round + 3)}`.split(/\s+/u);
  const start = words.slice(0, 400).join(' ').length;
  const text = words.join(' ');
  const times = [];
  for (let n = 0; n < keystrokes; n++) {
    const startedAt = performance.now();
    const outcome = await completer.complete(
      {
        documentId: `typed ${round}`,
        fileName: '',
        languageId: 'markdown',
        prefix: text.slice(0, start + n),
        suffix: '',
        trigger: 'automatic',
        lastEdit: 'insert',
      },
      product.CancellationToken.None,
    );
    if (outcome.kind === 'failed') throw outcome.error;
    if (outcome.usage && outcome.source !== 'cache') times.push(performance.now() - startedAt);
  }
  const [first, ...others] = times;
  const sorted = others.toSorted((x, y) => x - y);
  const figures = [first, median(others), sorted[Math.floor(0.95 * sorted.length)]];
  return [String(others.length), ...figures.map((ms) => ms.toFixed(0))];
}
