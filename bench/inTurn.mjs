// node bench/inTurn.mjs --model FILE.gguf [--as FOLDER,FOLDER] [--rounds 5] [--tokens 512] [--steps 16]
// Inkling and llama.cpp in one process, in turn, one thread, in processor time: so ratios hold on a machine that has other work, too.
// Reading `tokens` anew in portions of 64, as the product does; then writing after 256 tokens (the median of `steps`, with the sums
// over the vocabulary that the product takes of each token). --as: folders that `inkling models add` made of the file.
// Needs bench/node_modules: npm ci in bench/.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { bundle } from './bundle.mjs';
import { median, spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    as: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    tokens: { type: 'string', default: '512' },
    steps: { type: 'string', default: '16' },
  },
});
const [tokens, steps] = [Number(values.tokens), Number(values.steps)];
const contextTokens = 256;
const chunk = 64;

/** Any tokens will do, as long as no round reads those of another. */
const someTokens = (count, seed) => Array.from({ length: count }, (_, i) => 100 + ((7919 * (i + seed)) % 20_000));

/** Processor time of this process while `work` runs, ms. */
async function timed(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function llamaCpp() {
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error, maxThreads: 1 });
  const model = await llama.loadModel({ modelPath: path.resolve(values.model) });
  const context = await model.createContext({ contextSize: 1024, batchSize: 512, threads: 1 });
  const sequence = context.getSequence();
  return {
    async read(seed) {
      await sequence.clearHistory();
      for await (const _ of sequence.evaluate(someTokens(tokens, seed), { temperature: 0 })) break;
    },
    async write(seed) {
      await sequence.clearHistory();
      const written = sequence.evaluate(someTokens(contextTokens, seed), { temperature: 0, yieldEogToken: true });
      await written.next();
      const times = [];
      for (let step = 0; step < steps; step++) times.push(await timed(() => written.next()));
      await written.return();
      return median(times);
    },
  };
}

async function inkling(folder) {
  const { Decoder, openModelFolder, logPartition, createSampler, defaultGenerationOptions } = await bundle(
    'in-turn',
    `export { Decoder } from './src/inference/decoder.ts';
     export { openModelFolder } from './src/model/modelFolder.ts';
     export { logPartition } from './src/inference/sampling/logitsProcessors.ts';
     export { createSampler } from './src/inference/sampling/sampler.ts';
     export { defaultGenerationOptions } from './src/protocol/generationOptions.ts';`,
  );
  const decoder = await Decoder.create(openModelFolder(path.resolve(folder)), {
    device: 'cpu',
    threads: 1,
    precision: 'default',
    dialect: 'fused',
    maxPositions: Math.max(1024, tokens),
  });
  const cache = decoder.newCache(Math.max(1024, tokens));
  const sample = createSampler({ ...defaultGenerationOptions, temperature: 0 }, () => 0);
  const logits = new Float32Array(decoder.config.vocabularySize);
  const readAll = async (count, seed) => {
    cache.rewindTo(0);
    const ids = someTokens(count, seed);
    for (let at = 0; at < count; at += chunk) {
      const some = ids.slice(at, at + chunk);
      if (at + some.length < count) await decoder.run(cache, some, []);
      else await decoder.run(cache, some, [some.length - 1], logits);
    }
  };
  return {
    read: (seed) => readAll(tokens, seed),
    async write(seed) {
      await readAll(contextTokens, seed);
      const times = [];
      for (let step = 0; step < steps; step++) {
        const time = await timed(async () => {
          logPartition(logits);
          await decoder.run(cache, [sample(logits)], [0], logits);
        });
        times.push(time);
      }
      return median(times);
    },
  };
}

const contestants = [{ name: 'llama.cpp', engine: await llamaCpp(), read: [], write: [] }];
for (const folder of values.as?.split(',') ?? [])
  contestants.push({ name: path.basename(folder), engine: await inkling(folder), read: [], write: [] });
for (let round = 0; round <= Number(values.rounds); round++) {
  const order = round % 2 === 0 ? contestants : contestants.toReversed();
  for (const { engine, read, write } of order) {
    const [reading, writing] = [await timed(() => engine.read(round)), await engine.write(round)];
    if (round === 0) continue; // everything is touched for the first time
    read.push(reading);
    write.push(writing);
  }
}
const rows = contestants.map(({ name, read, write }) => {
  const ratios = (kind, own) => withSpread(spread(contestants[0][kind].map((theirs, i) => theirs / own[i])), 2);
  return [
    name,
    withSpread(spread(read), 0),
    ratios('read', read),
    withSpread(spread(write), 1),
    ratios('write', write),
  ];
});
const head = ['processor time', `${tokens} tokens, ms`, 'times llama.cpp', 'a decoded token, ms', 'times llama.cpp'];
process.stdout.write(`${markdownTable([head, ...rows])}\n`);
process.exit(0); // llama.cpp keeps threads of its own
