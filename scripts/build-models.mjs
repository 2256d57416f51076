// Converts models/*/ (a GGUF file and its card) into dist/models/, the layout that runs. Skips what is up to date.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const converter = join(root, 'dist', 'store.js');
const notes = join(root, 'out', 'models');
mkdirSync(notes, { recursive: true });

for (const name of readdirSync(join(root, 'models'))) {
  const from = join(root, 'models', name);
  const gguf = statSync(from).isDirectory() && readdirSync(from).find((file) => file.endsWith('.gguf'));
  if (!gguf) continue;
  const source = join(from, gguf);
  const target = join(root, 'dist', 'models', name);
  const made = join(notes, name); // by what it was converted
  const by = digestOf(source);
  if (existsSync(join(target, 'LICENSE')) && existsSync(made) && readFileSync(made, 'utf8') === by) continue;
  rmSync(target, { recursive: true, force: true });
  const started = Date.now();
  await convert(source, target);
  for (const file of ['README.md', 'LICENSE']) cpSync(join(from, file), join(target, file));
  writeFileSync(made, by);
  console.log(`models: ${name} converted in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Of the code that converts and of which file it is: another one of either makes another model. */
function digestOf(source) {
  const { size, mtimeMs } = statSync(source);
  return createHash('sha256').update(readFileSync(converter)).update(`${size} ${mtimeMs}`).digest('hex');
}

/** Asks the product's own store process, so that the bundled model goes the way of any imported GGUF. */
async function convert(source, target) {
  const child = fork(converter, { execArgv: [] });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  try {
    await connection.sendRequest('store/convert', { source, target });
  } finally {
    connection.dispose();
    child.kill();
  }
}
