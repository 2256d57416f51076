// How long a person waits for the first words of an action over 300 words, and for a completion while one runs. The model
// is loaded, and nothing of the prompts is in its cache. Processor time is that of all threads, the engine's included: it
// tells more than the clock where other programs run.
import { existsSync } from 'node:fs';
import { cpuTicks } from '../procfs.mjs';
import { median } from '../statistics.mjs';
import { markdownTable } from '../table.mjs';
import { lists, passages, tables } from './texts/passages.mjs';

const selectionWords = 300;
/**
 * `way` where the default of a small model is not the model; `isAhead`: the text was read while the instruction was typed,
 * as in the editor, and the clock starts with Enter; `results`: how many times there must be something new to choose from
 * until the clock stops.
 */
const timed = [
  ...['summarize', 'shorten', 'fix', 'simplify', 'formal', 'friendly', 'bullets', 'headings', 'ask'].map((action) => ({
    action,
  })),
  { action: 'prose', text: lists[0] },
  { action: 'table', text: tables[0] },
  ...['rewrite', 'expand', 'continue'].map((action) => ({ action })),
  { action: 'title', label: 'title, phrases of the text' },
  { action: 'title', label: 'title, first one by the model', results: 2 },
  { action: 'custom', label: 'custom, nothing read before' },
  { action: 'custom', label: 'custom, from Enter', isAhead: true },
  ...['shorten', 'simplify', 'formal', 'friendly', 'fix', 'summarize', 'ask'].map((action) => ({
    action,
    way: 'model',
  })),
  { action: 'betterWord', text: 'important' },
];
const instructions = { ask: 'What is said about the price?', custom: 'Put it into the present tense.' };

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
 * @param {{ rounds: number, only: readonly string[] | undefined }} options `rounds` of the actions, with 0 only the
 *   completions are timed; `only`: these actions and no completions
 * @returns {Promise<string>} Markdown tables
 */
export async function timeActions(product, client, { rounds, only }) {
  const rows = [];
  const chosen = timed.filter(({ action }) => !only || only.includes(action));
  for (const { action, way, text, label, ...how } of rounds > 0 ? chosen : []) {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const surroundings =
        action === 'betterWord' ? { before: `${selection(round).slice(0, 400)} It is `, after: ' to say so.' } : {};
      await forgetTexts(product, client);
      const one = { action, way, text: text ?? selection(round), ...surroundings, ...how };
      times.push(await timeOne(product, client, one));
    }
    const of = (key) => median(times.map((time) => time[key])).toFixed(0);
    process.stderr.write(
      `${label ?? action} ${JSON.stringify(times.map(({ firstMs }) => Math.round(firstMs ?? 0)))}\n`,
    );
    rows.push([
      label ?? (way ? `${action}, by the model` : action),
      of('firstMs'),
      of('firstCpuMs'),
      of('totalMs'),
      of('totalCpuMs'),
      times.map(({ kind }) => kind)[0],
    ]);
  }
  const heading = ['action', 'first text, ms', 'processor, ms', 'result, ms', 'processor, ms', 'result'];
  const table = markdownTable([heading, ...rows]);
  if (only) return table;
  const typing = await typeWhileActing(product, client);
  return [
    table,
    markdownTable([
      ['completions after 400 words', 'asked', 'first keystroke, ms', 'median, ms', '95th percentile, ms'],
      ...typing,
    ]),
  ].join('\n\n');
}

/** The engine keeps the last prompt of actions: without this a second look at the same text would cost nothing. */
async function forgetTexts(product, client) {
  const prompt = { kind: 'continue', text: 'Something else.', heal: false };
  const options = { ...product.defaultGenerationOptions, maxNewTokens: 1 };
  const request = { slot: 'action', prompt, options, ignoreEndOfText: true, freshCache: true };
  await client.generate(request, product.CancellationToken.None);
}

/** Processor time of this process and the engine's, in ms; NaN where the system does not tell. */
function processorMs(client) {
  const { user, system } = process.cpuUsage();
  const engineMs = existsSync('/proc/self/stat') ? 10 * cpuTicks(client.processId) : Number.NaN;
  return (user + system) / 1000 + engineMs;
}

async function timeOne(product, client, { action, text, way, before, after, isAhead, results = 1 }) {
  const request = {
    action,
    text,
    languageId: 'markdown',
    ...(way ? { way } : {}),
    ...(before ? { before, after } : {}),
  };
  if (isAhead) await product.readAhead(request, client, product.CancellationToken.None);
  const startedAt = performance.now();
  const processorAt = processorMs(client);
  const now = () => ({ ms: performance.now() - startedAt, cpuMs: processorMs(client) - processorAt });
  let first;
  let seen = 0;
  const outcome = await product.runAction(
    { ...request, ...(instructions[action] ? { instruction: instructions[action] } : {}) },
    client,
    product.CancellationToken.None,
    {
      onPartial: (partial) => {
        if (partial.trim() !== '') first ??= now();
      },
      onCandidates: (texts) => {
        if (texts.length > 0 && ++seen >= results) first ??= now();
      },
    },
  );
  const total = now();
  first ??= total;
  return {
    firstMs: first.ms,
    firstCpuMs: first.cpuMs,
    totalMs: total.ms,
    totalCpuMs: total.cpuMs,
    kind: outcome.kind,
  };
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
  const completer = new product.Completer(client, performance);
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
      product.defaultCompletionSettings,
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
