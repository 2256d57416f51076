// Converts models/*/ (a GGUF file and its card) into dist/models/, the layout that runs. Skips what is up to date.
import { fork } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node.js';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const name of readdirSync(join(root, 'models'))) {
  const from = join(root, 'models', name);
  const gguf = statSync(from).isDirectory() && readdirSync(from).find((file) => file.endsWith('.gguf'));
  if (!gguf) continue;
  const source = join(from, gguf);
  const target = join(root, 'dist', 'models', name);
  if (isCurrent(source, target)) continue;
  rmSync(target, { recursive: true, force: true });
  const started = Date.now();
  await convert(source, target);
  for (const file of ['README.md', 'LICENSE']) cpSync(join(from, file), join(target, file));
  console.log(`models: ${name} converted in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Newer than the GGUF and than the code that converts. */
function isCurrent(source, target) {
  const made = join(target, 'inkling.json');
  if (!existsSync(made) || !existsSync(join(target, 'LICENSE'))) return false;
  return statSync(made).mtimeMs > statSync(source).mtimeMs;
}

/** Asks the product's own store process, so that the bundled model goes the way of any imported GGUF. */
async function convert(source, target) {
  const child = fork(join(root, 'dist', 'store.js'), { execArgv: [] });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  try {
    await connection.sendRequest('store/convert', { source, target });
  } finally {
    connection.dispose();
    child.kill();
  }
}
