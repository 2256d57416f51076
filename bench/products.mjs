// node bench/products.mjs [--rounds 5]
// What the linear maps of the bundled model cost in ONNX Runtime: in 4 bits, as the product has them, and in 8 bits,
// which run on a processor's matrix unit (AMX). Random weights of the model's shapes, thirty layers, one thread, nothing
// between the maps but a function that bounds their results. Prints Markdown; docs/lab/bench.md says what follows from it.
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';
import { median, spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const { Graph, Session } = await bundle(
  'products',
  `export { Graph } from './src/model/onnx/graph.ts';
   export { Session } from './src/model/session.ts';`,
);
const layers = 30;
const [hidden, narrow, wide] = [576, 192, 1536];
const blockSize = 32;
const outputs = ['y', ...Array.from({ length: layers }, (_, layer) => [`${layer}.k`, `${layer}.v`]).flat()];

/** Each multiplies x (rows, inputs) with a matrix (outputs, inputs) of its own. */
const products = {
  '4 bits': (graph, x, name, inputs, outputs) => {
    const blocks = inputs / blockSize;
    const quants = graph.initializer(
      `${name}.quants`,
      'uint8',
      [outputs, blocks, blockSize / 2],
      bytes(outputs * inputs * 0.5),
    );
    const scales = graph.initializer(`${name}.scales`, 'float32', [outputs, blocks], small(outputs * blocks));
    const attributes = { K: inputs, N: outputs, bits: 4, block_size: blockSize, accuracy_level: 4 };
    return graph.op('MatMulNBits', [x, quants, scales], attributes);
  },
  '8 bits': (graph, x, name, inputs, outputs) => {
    const weight = graph.initializer(
      `${name}.bytes`,
      'int8',
      [inputs, outputs],
      new Int8Array(bytes(inputs * outputs)),
    );
    const scales = graph.initializer(`${name}.scales`, 'float32', [outputs], small(outputs));
    return graph.op('RowQuantizedMatMul', [x, weight, scales, '', '', '']);
  },
};
/** Activations as 8 bits, and as 8 bits and 8 more of what these leave over: two rows for each; how the second comes about is left out. */
const contestants = [
  { name: '4 bits', product: '4 bits', rowsPerToken: 1 },
  { name: '8 bits', product: '8 bits', rowsPerToken: 1 },
  { name: '8 + 8 bits', product: '8 bits', rowsPerToken: 2 },
];

const sessions = {};
for (const name of Object.keys(products)) sessions[name] = await sessionOf(products[name]);
const table = [
  ['tokens at once', ...contestants.map(({ name }) => `${name}, ms`), '4 bits / 8 bits', '4 bits / 8 + 8 bits'],
];
for (const tokens of [1, 64, 256]) {
  const times = contestants.map(() => []);
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [i, { product, rowsPerToken }] of contestants.entries())
      times[i].push(await timed(sessions[product], tokens * rowsPerToken));
  }
  const ratios = [1, 2].map((other) => spread(times[0].map((ms, round) => ms / times[other][round])));
  table.push([
    String(tokens),
    ...times.map((ms) => withSpread(spread(ms), 1)),
    ...ratios.map((ratio) => withSpread(ratio, 2)),
  ]);
}
process.stdout.write(`${markdownTable(table)}\n`);

async function sessionOf(product) {
  const graph = new Graph('products');
  let x = graph.input('x', 'float32', ['S', hidden]);
  for (let layer = 0; layer < layers; layer++) {
    const map = (from, name, inputs, outputs) => product(graph, from, `${layer}.${name}`, inputs, outputs);
    const query = map(x, 'q', hidden, hidden);
    for (const name of ['k', 'v'])
      graph.output(`${layer}.${name}`, map(x, name, hidden, narrow), 'float32', ['S', narrow]);
    const attended = graph.op('Sigmoid', [map(query, 'o', hidden, hidden)]);
    const inner = graph.op('Add', [map(attended, 'gate', hidden, wide), map(attended, 'up', hidden, wide)]);
    x = graph.op('Sigmoid', [map(graph.op('Sigmoid', [inner]), 'down', wide, hidden)]);
  }
  graph.output('y', x, 'float32', ['S', hidden]);
  return Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
}

/** Milliseconds: the median of three runs after one. */
async function timed(session, rows) {
  const feeds = { x: { data: small(rows * hidden), shape: [rows, hidden] } };
  const times = [];
  for (let run = 0; run < 4; run++) {
    const started = performance.now();
    await session.run(feeds, outputs);
    if (run > 0) times.push(performance.now() - started);
  }
  return median(times);
}

function bytes(length) {
  return Uint8Array.from({ length }, (_, i) => (i * 2_654_435_761) >>> 24);
}

function small(length) {
  return Float32Array.from({ length }, (_, i) => Math.sin(i) / 100);
}
