import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { outFolder, root } from '../product.mjs';

const modules = `
  export { InferenceClient } from './src/client/inferenceClient.ts';
  export { languageOf } from './src/cli/languageOf.ts';
  export { caretOf } from './src/writing/completion/caret.ts';
  export { Completer } from './src/writing/completion/completer.ts';
  export { resolveCompletionSettings } from './src/writing/completion/completionSettings.ts';
  export { gateThresholds, kindOf } from './src/writing/completion/gate.ts';
  export { confidence } from './src/writing/completion/postprocess/confidence.ts';
  export { visibleLength } from './src/writing/completion/segment.ts';
  export { ZoneReader } from './src/writing/completion/zones/zoneReader.ts';
  export { rightRun } from './src/writing/simulator/rightRun.ts';
  export { stretchesOf } from './src/writing/simulator/stretches.ts';
  export { CancellationToken } from 'vscode-jsonrpc/node.js';
`;

/** The product's own writing logic, bundled as it stands. */
export async function loadWriting() {
  const outfile = path.join(outFolder, 'calibration', 'writing.cjs');
  const stdin = { contents: modules, resolveDir: root, loader: 'ts' };
  await build({ stdin, bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile, logLevel: 'warning' });
  return createRequire(import.meta.url)(outfile);
}
