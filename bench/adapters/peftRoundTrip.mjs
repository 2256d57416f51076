// node bench/adapters/peftRoundTrip.mjs [--adapter FOLDER] [--tokens 256] [--python PATH]
// Adapters go both ways between Inkling and PEFT with equal logits: one that PEFT made is added with `inkling adapters
// add`, one that Inkling trained is exported with `inkling adapters export`, and both sides run both on the same tokens,
// on the float32 model. PATH: a Python that has bench/requirements.txt and peft. Prints Markdown.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';
import { distFolder, modelFolder, outFolder, root } from '../product.mjs';
import { dequantisedModel, findPython } from '../python.mjs';
import { runCommand } from '../runScript.mjs';
import { markdownTable } from '../table.mjs';

const modules = `
  export { Decoder } from './src/inference/decoder.ts';
  export { readAdapter } from './src/model/adapterFile.ts';
  export { adapterFeeds } from './src/model/adapterFeeds.ts';
  export { modelFingerprint } from './src/model/modelFingerprint.ts';
  export { openModelFolder } from './src/model/modelFolder.ts';
  export { openTokenizer } from './src/model/openTokenizer.ts';
`;

const { values: options } = parseArgs({
  options: {
    adapter: { type: 'string' },
    tokens: { type: 'string', default: '256' },
    python: { type: 'string' },
  },
});
const folder = path.join(outFolder, 'adapters', 'roundTrip');
const shelf = path.join(folder, 'shelf');
await rm(folder, { recursive: true, force: true });
await mkdir(shelf, { recursive: true });
const product = await loadProduct();
const python = await findPython(options.python);
const base = await dequantisedModel(python);
const model = product.openModelFolder(modelFolder);
const idsFile = path.join(folder, 'ids.json');
const ids = tokensOf(readFileSync(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8'));
await writeFile(idsFile, JSON.stringify(ids));

const rows = [];
const made = path.join(folder, 'made-by-peft');
await askPeft('make', base, made);
await inkling('adapters', 'add', made, '--name', 'from-peft');
rows.push(['PEFT → Inkling', ...(await compare(path.join(shelf, 'from-peft'), made))]);

const trained = options.adapter ? path.resolve(options.adapter) : await trainedHere();
const exported = path.join(folder, 'exported');
await inkling('adapters', 'add', trained, '--name', 'trained');
await inkling('adapters', 'export', 'trained', exported);
rows.push(['Inkling → PEFT', ...(await compare(trained, exported))]);
process.stdout.write(
  `${markdownTable([['', 'tokens', 'largest difference in a logit', 'the adapter’s own effect', 'same most likely token'], ...rows])}\n`,
);

/** @returns {Promise<string[]>} the cells of a row: our logits with the one folder against PEFT's with the other */
async function compare(ours, theirs) {
  const answer = path.join(folder, 'logits.f32');
  const { difference } = JSON.parse(
    (await askPeft('logits', base, theirs, idsFile, answer)).trimEnd().split('\n').at(-1),
  );
  const bytes = readFileSync(answer);
  const reference = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const logits = await logitsWith(ours);
  const width = logits.length / ids.length;
  let largest = 0;
  let same = 0;
  for (let row = 0; row < ids.length; row++) {
    const [our, their] = [logits, reference].map((all) => all.subarray(row * width, (row + 1) * width));
    for (let id = 0; id < width; id++) {
      const distance = Math.abs(our[id] - their[id]);
      if (!(distance <= largest)) largest = distance; // also when it is NaN
    }
    if (argmax(our) === argmax(their)) same++;
  }
  return [
    `${ids.length}`,
    largest.toExponential(2),
    difference.toFixed(2),
    `${((100 * same) / ids.length).toFixed(1)} %`,
  ];
}

/** (tokens, vocabulary), as the decoder computes it at inference, in chunks. */
async function logitsWith(adapterFolder) {
  const { config, weights } = model;
  const fingerprint = product.modelFingerprint(config, weights);
  const adapter = product.adapterFeeds(product.readAdapter(adapterFolder, { config, fingerprint }), model, 1);
  const settings = { precision: 'fp32', dialect: 'fused', maxPositions: 1024, device: 'cpu', threads: 1, adapter };
  const decoder = await product.Decoder.create(model, settings);
  const cache = decoder.newCache(ids.length);
  const chunks = [];
  for (let start = 0; start < ids.length; start += 64) {
    const chunk = ids.slice(start, start + 64);
    chunks.push(await decoder.run(cache, chunk, [...chunk.keys()]));
  }
  await decoder.release();
  const all = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function tokensOf(text) {
  const tokenizer = product.openTokenizer(model);
  return tokenizer.encode(text).slice(0, Number(options.tokens));
}

/** A few steps are enough: it is not to be good, only to do something. */
async function trainedHere() {
  const target = path.join(folder, 'trained-here');
  const given = ['--max-steps', '12', '--warmup-steps', '2', '--min-characters', '1000', '--sequence-length', '64'];
  await inkling(
    'finetune',
    path.join(root, 'docs'),
    '--out',
    target,
    '--no-proof',
    '--validation-fraction',
    '0',
    ...given,
  );
  return target;
}

function inkling(...commandLine) {
  process.env['INKLING_ADAPTERS'] = shelf;
  return runCommand(process.execPath, [path.join(distFolder, 'cli.js'), ...commandLine]);
}

function askPeft(...commandLine) {
  return runCommand(python, [path.join(root, 'bench/adapters/peft_adapters.py'), ...commandLine]);
}

function loadProduct() {
  if (!existsSync(modelFolder)) throw new Error('the bundled model has not been built: npm run build');
  return bundle('adapters/roundTrip', modules);
}

function argmax(row) {
  let best = 0;
  for (let id = 1; id < row.length; id++) if (row[id] > row[best]) best = id;
  return best;
}
