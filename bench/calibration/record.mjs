// node bench/calibration/record.mjs AUTHOR[,AUTHOR …] [--carets N] [--seed N] [--blends NAME,…] [--likely] [--before CHECKOUT]
//   [--adapter FOLDER] [--at names|dates|code] [--everywhere] [--only plain|words] [--as NAME] [--window TOKENS]
// Asks the model, at every caret of some stretches of an author's texts, with and without the author's own words, with hardly any
// gate, and keeps the answers (`--everywhere`: also in code and wherever else suggestions are off by default): out/bench/calibration/recorded/AUTHOR-SEED[-NAME].jsonl, one line per caret. replayRecorded.mjs
// lets the product's simulated writer type over them, with any rules and thresholds, without a model. What was broken off goes on:
// stretches that are there whole are not asked again.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distFolder, modelFolder, outFolder } from '../product.mjs';
import { fetchAuthor } from './authors.mjs';
import { blendsOf } from './blends.mjs';
import { likelyWords } from './likelyWords.mjs';
import { loadEngine } from './loadWriting.mjs';
import { MemoDecoder } from './memoDecoder.mjs';
import { recordingOf, wholeStretches } from './replayRecorded.mjs';
import { collectStretches, everywhere, requestAt, stretchesIn, textsIn } from './stretches.mjs';

const loose = { minFirstWordProbability: 0.2, minWordProbability: 0.15, minTotalProbability: 0.05 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    carets: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    blends: { type: 'string', default: '' },
    before: { type: 'string' },
    likely: { type: 'boolean', default: false },
    adapter: { type: 'string' },
    at: { type: 'string' },
    everywhere: { type: 'boolean', default: false },
    only: { type: 'string' },
    as: { type: 'string' },
    window: { type: 'string' },
  },
});
const writing = await loadEngine();
const before =
  values.before &&
  (await (await import(path.join(values.before, 'bench', 'calibration', 'loadWriting.mjs'))).loadEngine());
const model = await writing.openModel(
  {
    ...{ modelFolder, device: 'cpu', threads: 1, precision: 'default', idleUnloadMs: 0, maxContextTokens: 1024 },
    ...(values.adapter && { adapter: { folder: values.adapter, strength: writing.adapterStrength.default } }),
  },
  undefined,
  () => undefined,
);
const { tokenizer } = model;
const decoder = new MemoDecoder(model.decoder, model.caches.completion);
const training = new writing.TrainingClient({ modulePath: path.join(distFolder, 'training.js'), log: () => undefined });
const turn = () => Promise.resolve();
const never = writing.CancellationToken.None;
const limits = { maxTokens: 1024 - 32, emptyPromptToken: 0 };
mkdirSync(path.join(outFolder, 'calibration', 'recorded'), { recursive: true });

for (const author of positionals[0].split(',')) {
  const file = path.join(outFolder, 'calibration', 'recorded', recordingOf(author, values.seed, values.as));
  const folders = await fetchAuthor(author);
  const texts = textsIn(folders.typed);
  const stretches = stretchesIn(texts, values, writing);
  const done = keepWhole(file);
  if (stretches.every((_, index) => done.has(index))) continue;
  const variants = await variantsOf(folders.workspace, author);
  await collectStretches(texts, { stretches, done }, (stretch, text, place) =>
    collect({ file, author, variants }, stretch, text, place),
  );
}
await training.dispose();

/** Takes out of a recording what was broken off. @returns the stretches that are whole */
function keepWhole(file) {
  if (!existsSync(file)) return new Set();
  const whole = wholeStretches(readFileSync(file, 'utf8'));
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, whole.flatMap(({ lines }) => lines.map((line) => `${line}\n`)).join(''));
  renameSync(unfinished, file);
  return new Set(whole.map(({ stretch }) => stretch));
}

async function variantsOf(workspace, author) {
  if (values.only === 'plain') return { plain: undefined };
  const found = await training.prose({ paths: [workspace], modelFolder, corpus: writing.ownWordsCorpus });
  const tokens = found.texts.map(({ path, tokens }) => ({ name: path, tokens }));
  const words = await writing.OwnWords.of(tokens, turn);
  process.stderr.write(`${author}: ${words.tokens} tokens\n`);
  return {
    ...(values.only !== 'words' && { plain: undefined }),
    words,
    ...(await blendsOf(tokens, values.blends.split(',').filter(Boolean), writing, turn)),
  };
}

async function collect({ file, author, variants }, stretch, { name, text }, { start, end }) {
  decoder.forget();
  const ask = asker(writing);
  const askBefore = before && asker(before);
  const settings = writing.resolveCompletionSettings({
    ...(values.everywhere && { zones: everywhere(writing) }),
    ...(values.window && { promptTokens: Number(values.window) }),
  });
  const zones = new writing.CaretReader();
  const counted = { runs: decoder.runs, spared: decoder.spared };
  const earlier = new Map(); // first all of one, then all of the other: they read different texts
  for (let offset = start; askBefore && offset < end; offset++) {
    const { asked } = await askBefore(requestAt({ name, text }, offset, writing), settings);
    if (asked) earlier.set(offset, await answers(asked, { plain: undefined, words: variants.words }, before));
  }
  for (let offset = start; offset < end; offset++) {
    const request = requestAt({ name, text }, offset, writing);
    const { asked, outcome } = await ask(request, settings);
    const caret = writing.caretOf(request);
    const record = {
      author,
      file: name,
      stretch,
      start,
      end,
      offset,
      zone: zones.zoneAt(request, request.prefix, caret),
      kind: writing.kindOf(caret.place, text.slice(offset)),
      before: text.slice(Math.max(0, offset - 60), offset),
      following: text.slice(offset, offset + 100),
      ...(asked ? await answers(asked, variants) : { reason: outcome.reason, detail: outcome.detail }),
      ...(earlier.has(offset) && { earlier: earlier.get(offset) }),
    };
    appendFileSync(file, `${JSON.stringify(record)}\n`);
  }
  process.stderr.write(`runs ${decoder.runs - counted.runs}, spared ${decoder.spared - counted.spared}; `);
}

/** What the completer asks the model at a caret. */
function asker({ Completer }) {
  let asked;
  const generator = {
    async generate(request) {
      asked = request;
      return { kind: 'cancelled' };
    },
  };
  const completer = new Completer(generator, performance);
  return async (request, settings) => {
    asked = undefined;
    const outcome = await completer.complete(request, settings, never);
    return { asked, outcome };
  };
}

async function answers(asked, variants, engine = writing) {
  const found = { key: createHash('sha1').update(asked.prompt.text).digest('hex').slice(0, 16) };
  const assembled = writing.assemblePrompt(asked.prompt, { tokenizer, chatTemplate: undefined }, limits);
  const options = writing.resolveGenerationOptions(asked.options);
  const request = { ...asked, id: 1, stream: false, options, gate: loose };
  for (const [name, words] of Object.entries(variants)) {
    const parts = { decoder, tokenizer, cache: decoder, turn, onPartial: () => undefined, words };
    const answer = await engine.generate(request, assembled, parts, never);
    const shown = { kind: answer.kind, probability: answer.firstWordProbability };
    if (answer.kind === 'text') {
      const [{ tokens, ...sequence }] = answer.sequences;
      shown.sequence = {
        ...sequence,
        tokens: tokens.map(({ id, text, logprob }) => [id, text, Number(logprob.toFixed(4))]),
      };
    }
    found[name] = shown;
    if (name === 'words' && values.likely) found[name].likely = await likelyWords(assembled, parts, writing);
  }
  return found;
}
