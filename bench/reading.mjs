// node bench/reading.mjs --against CHECKOUT [--model FOLDER] [--tokens 512] [--rounds 5] [--threads 1] [--precision fp32]
// How long this checkout and another one (a git worktree with its node_modules) take to read a text anew, after a text of
// the same length was read: in turn in one process, so that ratios hold on a busy machine, too. With --precision fp32 the
// logits after the text have to be the same to 1e-3, and the likeliest token as well.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, root } from './bundle.mjs';
import { median, spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const { values } = parseArgs({
  options: {
    against: { type: 'string', default: root },
    model: { type: 'string', default: path.join(root, 'dist', 'models', 'smollm2-135m-instruct') },
    tokens: { type: 'string', default: '512' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '1' },
    precision: { type: 'string', default: 'default' },
  },
});
const tokens = Number(values.tokens);
const chunk = 64; // as the product reads
const maxTokens = Math.max(1024, tokens);

/** @param {string} checkout @param {string} name of its bundle */
async function readerOf(checkout, name) {
  const contents = `
    export { Decoder } from './src/inference/decoder.ts';
    export { openModelFolder } from './src/model/modelFolder.ts';`;
  const stdin = { contents, resolveDir: path.resolve(checkout), loader: 'ts' };
  const { Decoder, openModelFolder } = await bundle(name, contents, { stdin });
  const decoder = await Decoder.create(openModelFolder(path.resolve(values.model)), {
    device: 'cpu',
    threads: Number(values.threads),
    precision: values.precision,
    dialect: 'fused',
    maxPositions: maxTokens,
  });
  const cache = decoder.newCache(maxTokens);
  return {
    /** @param {number} seed any tokens will do */
    async read(seed) {
      cache.rewindTo(0);
      let logits;
      for (let at = 0; at < tokens; at += chunk) {
        const count = Math.min(chunk, tokens - at);
        const ids = Array.from({ length: count }, (_, i) => 100 + ((7919 * (at + i) + seed) % 20_000));
        logits = await decoder.run(cache, ids, at + count === tokens ? [count - 1] : []);
      }
      return logits;
    },
    close: () => decoder.release(),
  };
}

/** Clock and processor time of a reading, ms. */
async function timed(reader, seed) {
  const [clock, processor] = [performance.now(), process.cpuUsage()];
  const logits = await reader.read(seed);
  const { user, system } = process.cpuUsage(processor);
  return { clock: performance.now() - clock, processor: (user + system) / 1000, logits };
}

const likeliest = (logits) => logits.indexOf(logits.reduce((most, logit) => Math.max(most, logit)));
const readers = { here: await readerOf(root, 'reading-here'), there: await readerOf(values.against, 'reading-there') };
for (const reader of Object.values(readers)) await reader.read(1);
const times = { here: [], there: [] };
let [greatest, same] = [0, 0];
const rounds = Number(values.rounds);
for (let round = 0; round < rounds; round++) {
  const order = round % 2 === 0 ? ['here', 'there'] : ['there', 'here'];
  const logits = {};
  for (const way of order) {
    const of = await timed(readers[way], round);
    times[way].push(of);
    logits[way] = of.logits;
  }
  for (const [i, logit] of logits.here.entries()) greatest = Math.max(greatest, Math.abs(logit - logits.there[i]));
  if (likeliest(logits.here) === likeliest(logits.there)) same++;
}
for (const reader of Object.values(readers)) await reader.close();

const rows = ['processor', 'clock'].map((kind) => {
  const of = (way) => times[way].map((time) => time[kind]);
  const ratios = of('there').map((there, i) => there / of('here')[i]);
  return [
    kind === 'clock' ? 'clock, ms' : 'processor time, ms',
    ...['here', 'there'].map((way) => withSpread(spread(of(way)), 0)),
    `${withSpread(spread(ratios), 2)}, median ${median(ratios).toFixed(3)}`,
  ];
});
process.stdout.write(`${markdownTable([[`${tokens} tokens`, 'here', 'there', 'there / here'], ...rows])}\n`);
process.stdout.write(
  `Greatest difference of a logit ${greatest.toExponential(1)}; likeliest token alike ${same} of ${rounds}.\n`,
);
if (values.precision === 'fp32' && (greatest > 1e-3 || same < rounds)) process.exitCode = 1;
