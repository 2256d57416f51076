// The same numbers as PyTorch? fp32: every logit on 1,000 tokens. Default format: perplexity and most likely tokens on
// at least 9,000 tokens of prose, prefilled and token by token. Needs Python 3.10 or newer with 2 GB of memory. With
// --model the default format alone, prefilled: a larger model would take an hour otherwise.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { givenModel, modelFolder, openTokenizer, outFolder, product, root, startClient } from './product.mjs';
import { fetchProse } from './prose.mjs';
import { dequantisedModel, findPython } from './python.mjs';
import { runCommand } from './runScript.mjs';
import { bootstrap } from './statistics.mjs';
import { markdownTable, withInterval } from './table.mjs';

const fullTokens = givenModel ? 128 : 1000; // of another model with a large vocabulary they would be a gigabyte
const windowTokens = 512;
const chunkTokens = 64; // as the engine prefills

/** @param {{ python?: string }} options */
export async function runParity({ python }) {
  const tokenizer = openTokenizer();
  const texts = [
    { name: 'test/golden/texts/prose.txt (ours), an essay', text: readOwnProse() },
    ...(await fetchProse()),
  ];
  const ids = tokenizer.encodeFromBeginning(texts[0].text).slice(0, fullTokens);
  const windows = texts.flatMap(({ text }) => windowsOf(tokenizer.encode(text), tokenizer.beginning));
  const reference = await askPyTorch(await findPython(python), { ids, windows });

  const fp32 = await runDecoder('fp32', async (decoder) => ({
    logits: await compareLogits(decoder, ids, reference.logits),
    prefill: givenModel ? undefined : await runWindows(decoder, windows, chunkTokens),
  }));
  const stored = await runDecoder('default', async (decoder) => ({
    prefill: await runWindows(decoder, windows, chunkTokens),
    oneByOne: givenModel ? undefined : await runWindows(decoder, windows, 1),
  }));
  const ways = {
    'fp32, prefill': fp32.prefill,
    'default, prefill': stored.prefill,
    'default, token by token': stored.oneByOne,
  };
  const rows = Object.entries(ways).flatMap(([name, ours]) => (ours ? [summary(name, ours, reference.windows)] : []));
  const throughProcess = await scoreThroughProcess(texts[0].text, ids, reference);
  const figures = {
    logits: fp32.logits,
    tokens: windows.flat().length,
    rows,
    throughProcess,
    texts: texts.map(({ name }) => name),
  };
  return { figures, markdown: markdownOf(figures) };
}

const readOwnProse = () => readFileSync(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');

/** Whole windows only, each with what the model wants before all that it reads; what is left over is not used. */
const windowsOf = (ids, beginning) => {
  const step = windowTokens - beginning.length;
  return Array.from({ length: Math.floor(ids.length / step) }, (_, i) => [
    ...beginning,
    ...ids.slice(i * step, (i + 1) * step),
  ]);
};

/**
 * The same questions are not asked twice: PyTorch's answers stay in out/bench/parity.
 * @returns {Promise<{ logits: Float32Array, windows: { logprobs: number[], argmax: number[] }[] }>}
 */
async function askPyTorch(python, questions) {
  const folder = path.join(outFolder, 'parity', givenModel ? path.basename(givenModel) : '');
  await mkdir(folder, { recursive: true });
  const asked = path.join(folder, 'questions.json');
  const answered = path.join(folder, 'windows.json');
  const isAnswered = existsSync(answered) && readFileSync(asked, 'utf8') === JSON.stringify(questions);
  if (!isAnswered) {
    await rm(answered, { force: true });
    const isBegun = existsSync(asked) && readFileSync(asked, 'utf8') === JSON.stringify(questions);
    if (!isBegun) await rm(path.join(folder, 'windows.jsonl'), { force: true });
    await writeFile(asked, JSON.stringify(questions));
    await runCommand(python, ['reference.py', await dequantisedModel(python), asked, folder]);
  }
  const bytes = readFileSync(path.join(folder, 'logits.f32'));
  return {
    logits: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4),
    windows: JSON.parse(readFileSync(answered, 'utf8')),
  };
}

async function runDecoder(precision, work) {
  process.stderr.write(`parity: ${precision}\n`);
  const { Decoder, openModelFolder } = product();
  const options = { precision, dialect: 'fused', maxPositions: 1024, device: 'cpu', threads: 2 };
  const decoder = await Decoder.create(openModelFolder(modelFolder), options);
  const result = await work(decoder);
  await decoder.release();
  return result;
}

/** Hands out the logits (vocabulary) after each token: kept together they would take gigabytes. */
async function eachLogits(decoder, ids, tokensPerRun, onLogits) {
  const cache = decoder.newCache(ids.length);
  const width = decoder.config.vocabularySize;
  for (let start = 0; start < ids.length; start += tokensPerRun) {
    const run = ids.slice(start, start + tokensPerRun);
    const logits = await decoder.run(cache, run, [...run.keys()]);
    for (const row of run.keys()) onLogits(logits.subarray(row * width, (row + 1) * width), start + row);
  }
}

async function compareLogits(decoder, ids, reference) {
  let maxDifference = 0;
  let same = 0;
  await eachLogits(decoder, ids, chunkTokens, (row, position) => {
    const theirs = reference.subarray(position * row.length, (position + 1) * row.length);
    for (let id = 0; id < row.length; id++) {
      const difference = Math.abs(row[id] - theirs[id]);
      if (!(difference <= maxDifference)) maxDifference = difference; // also when it is NaN
    }
    if (argmax(row) === argmax(theirs)) same++;
  });
  return { tokens: ids.length, maxDifference, sameArgmax: same / ids.length };
}

async function runWindows(decoder, windows, tokensPerRun) {
  const results = [];
  for (const ids of windows) {
    const result = { logprobs: [], argmax: [] };
    await eachLogits(decoder, ids, tokensPerRun, (row, position) => {
      if (position + 1 < ids.length) result.logprobs.push(logprobOf(row, ids[position + 1]));
      result.argmax.push(argmax(row));
    });
    results.push(result);
  }
  return results;
}

/** Against PyTorch, with windows as the units of the bootstrap. */
function summary(name, ours, theirs) {
  const units = ours.map((window, i) => ({ ours: window, theirs: theirs[i] }));
  const perplexity = (side) => (drawn) => {
    const logprobs = drawn.flatMap((unit) => unit[side].logprobs);
    return Math.exp(-logprobs.reduce((sum, value) => sum + value, 0) / logprobs.length);
  };
  const agreement = (drawn) => {
    const same = drawn.flatMap((unit) => unit.ours.argmax.map((id, at) => Number(id === unit.theirs.argmax[at])));
    return (100 * same.reduce((sum, value) => sum + value, 0)) / same.length;
  };
  return {
    name,
    perplexity: bootstrap(units, perplexity('ours')),
    reference: bootstrap(units, perplexity('theirs')),
    differencePercent: bootstrap(units, (drawn) => 100 * (perplexity('ours')(drawn) / perplexity('theirs')(drawn) - 1)),
    agreementPercent: bootstrap(units, agreement),
  };
}

/** The same text through the inference process and its `score` request: what `inkling score` prints. */
async function scoreThroughProcess(text, ids, reference) {
  const client = startClient({ threads: 2, precision: 'fp32' });
  const answer = await client.score({ text, windowTokens: 1024, withTokens: true });
  await client.dispose();
  const width = reference.logits.length / ids.length;
  let maxDifference = 0;
  const lead = openTokenizer().beginning.length; // which `score` reads, and does not count
  for (let position = 0; position < ids.length - 1; position++) {
    const at = position + 1 - lead;
    if (answer.ids[at] !== ids[position + 1]) throw new Error(`another token at ${at}`);
    const theirs = logprobOf(reference.logits.subarray(position * width, (position + 1) * width), ids[position + 1]);
    maxDifference = Math.max(maxDifference, Math.abs(answer.logprobs[at] - theirs));
  }
  return { maxLogprobDifference: maxDifference };
}

function markdownOf({ logits, tokens, rows, throughProcess, texts }) {
  const cells = rows.map((row) => [
    row.name,
    withInterval(row.perplexity, 3),
    withInterval(row.differencePercent, 3),
    withInterval(row.agreementPercent, 2),
  ]);
  return [
    `fp32 on ${logits.tokens} tokens: largest logit difference ${logits.maxDifference.toExponential(2)}, same most likely token at ${(100 * logits.sameArgmax).toFixed(1)} % of positions; log-probabilities through the inference process: ${throughProcess.maxLogprobDifference.toExponential(2)}.`,
    '',
    `${tokens} tokens of prose in windows of ${windowTokens}; PyTorch's perplexity ${withInterval(rows[0].reference, 3)}; 95 % intervals by bootstrap over windows:`,
    '',
    markdownTable([['', 'perplexity', 'difference to PyTorch, %', 'same most likely token, %'], ...cells]),
    '',
    `Texts: ${texts.join('; ')}.`,
  ].join('\n');
}

function argmax(row) {
  let best = 0;
  for (let id = 1; id < row.length; id++) if (row[id] > row[best]) best = id;
  return best;
}

function logprobOf(row, id) {
  const largest = row[argmax(row)];
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i] - largest);
  return row[id] - largest - Math.log(sum);
}
