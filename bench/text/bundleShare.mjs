// What the reading of markup takes in the extension's bundle, by library and room: bytes (minified) that are read when the
// extension starts, and those in pieces that are read when they are asked for.
//   node bench/text/bundleShare.mjs
import path from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../esbuild.config.mjs';
import { outFolder } from '../bundle.mjs';

const outdir = path.join(outFolder, 'text', 'extension');
const { metafile } = await build({ ...bundles[0], minify: true, metafile: true, outdir });

const outputs = Object.entries(metafile.outputs);
const entry = outputs.find(([, { entryPoint }]) => entryPoint === 'src/extension/extension.ts')[0];
const atStart = new Set();
const visit = (file) => {
  if (atStart.has(file) || !metafile.outputs[file]) return;
  atStart.add(file);
  for (const { path: imported, kind } of metafile.outputs[file].imports)
    if (kind === 'import-statement') visit(imported);
};
visit(entry);

const parts = {};
const sizes = { atStart: 0, onDemand: 0 };
for (const [file, { inputs, bytes }] of outputs) {
  const when = atStart.has(file) ? 'atStart' : 'onDemand';
  sizes[when] += bytes;
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const part = partOf(input);
    parts[part] ??= { atStart: 0, onDemand: 0 };
    parts[part][when] += bytesInOutput;
  }
}
console.log(JSON.stringify({ all: sizes }));
for (const [part, { atStart: start, onDemand }] of Object.entries(parts).sort(([, a], [, b]) => total(b) - total(a)))
  console.log(JSON.stringify({ part, atStart: start, onDemand }));

function partOf(input) {
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
  return library ?? /^src\/text\/\w+(?=\/)|^src\/\w+/.exec(input)?.[0] ?? input;
}

function total({ atStart: start, onDemand }) {
  return start + onDemand;
}
