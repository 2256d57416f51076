// The same numbers as PyTorch? fp32: every logit on 1,000 tokens. Default format: perplexity and most likely tokens on
// at least 9,000 tokens of prose, prefilled and token by token. Needs Python 3.10 or newer with 2 GB of memory.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { modelFolder, openTokenizer, outFolder, product, root, startClient } from './product.mjs';
import { fetchProse } from './prose.mjs';
import { dequantisedModel, findPython } from './python.mjs';
import { runCommand } from './runScript.mjs';
import { bootstrap } from './statistics.mjs';
import { markdownTable, withInterval } from './table.mjs';

const fullTokens = 1000;
const windowTokens = 512;
const chunkTokens = 64; // as the engine prefills

/** @param {{ python?: string }} options */
export async function runParity({ python }) {
  const tokenizer = openTokenizer();
  const texts = [
    { name: 'test/golden/texts/prose.txt (ours), an essay', text: readOwnProse() },
    ...(await fetchProse()),
  ];
  const ids = tokenizer.encode(texts[0].text).slice(0, fullTokens);
  const windows = texts.flatMap(({ text }) => windowsOf(tokenizer.encode(text)));
  const reference = await askPyTorch(await findPython(python), { ids, windows });

  const fp32 = await runDecoder('fp32', async (decoder) => ({
    logits: compareLogits(await logitsOf(decoder, ids, chunkTokens), reference.logits),
    prefill: await runWindows(decoder, windows, chunkTokens),
  }));
  const stored = await runDecoder('default', async (decoder) => ({
    prefill: await runWindows(decoder, windows, chunkTokens),
    oneByOne: await runWindows(decoder, windows, 1),
  }));
  const rows = [
    summary('fp32, prefill', fp32.prefill, reference.windows),
    summary('default, prefill', stored.prefill, reference.windows),
    summary('default, token by token', stored.oneByOne, reference.windows),
  ];
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

/** Whole windows only; what is left over is not used. */
const windowsOf = (ids) =>
  Array.from({ length: Math.floor(ids.length / windowTokens) }, (_, i) =>
    ids.slice(i * windowTokens, (i + 1) * windowTokens),
  );

/**
 * The same questions are not asked twice: PyTorch's answers stay in out/bench/parity.
 * @returns {Promise<{ logits: Float32Array, windows: { logprobs: number[], argmax: number[] }[] }>}
 */
async function askPyTorch(python, questions) {
  const folder = path.join(outFolder, 'parity');
  await mkdir(folder, { recursive: true });
  const asked = path.join(folder, 'questions.json');
  const answered = path.join(folder, 'windows.json');
  const isAnswered = existsSync(answered) && readFileSync(asked, 'utf8') === JSON.stringify(questions);
  if (!isAnswered) {
    await rm(answered, { force: true });
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

/** (tokens, vocabulary), one array per token */
async function logitsOf(decoder, ids, tokensPerRun) {
  const cache = decoder.newCache(ids.length);
  const width = decoder.config.vocabularySize;
  const rows = [];
  for (let start = 0; start < ids.length; start += tokensPerRun) {
    const run = ids.slice(start, start + tokensPerRun);
    const logits = await decoder.run(cache, run, [...run.keys()]);
    for (const row of run.keys()) rows.push(logits.slice(row * width, (row + 1) * width));
  }
  return rows;
}

function compareLogits(rows, reference) {
  let maxDifference = 0;
  let same = 0;
  for (const [position, row] of rows.entries()) {
    const theirs = reference.subarray(position * row.length, (position + 1) * row.length);
    for (let id = 0; id < row.length; id++) {
      const difference = Math.abs(row[id] - theirs[id]);
      if (!(difference <= maxDifference)) maxDifference = difference; // also when it is NaN
    }
    if (argmax(row) === argmax(theirs)) same++;
  }
  return { tokens: rows.length, maxDifference, sameArgmax: same / rows.length };
}

async function runWindows(decoder, windows, tokensPerRun) {
  const results = [];
  for (const ids of windows) {
    const rows = await logitsOf(decoder, ids, tokensPerRun);
    const logprobs = rows.slice(0, -1).map((row, position) => logprobOf(row, ids[position + 1]));
    results.push({ logprobs, argmax: rows.map(argmax) });
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
  for (let position = 0; position < ids.length - 1; position++) {
    if (answer.ids[position + 1] !== ids[position + 1]) throw new Error(`another token at ${position + 1}`);
    const theirs = logprobOf(reference.logits.subarray(position * width, (position + 1) * width), ids[position + 1]);
    maxDifference = Math.max(maxDifference, Math.abs(answer.logprobs[position + 1] - theirs));
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
