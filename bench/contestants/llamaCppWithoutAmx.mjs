// llama.cpp without its kernels for AMX, the matrix unit of server processors: what it does on other machines, here.
// A copy of its package without that one library; it then takes the best of the others by itself.
import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { outFolder } from '../product.mjs';

const installed = fileURLToPath(new URL('../node_modules', import.meta.url));
const copied = path.join(outFolder, 'without-amx', 'node_modules');
const own = ['node-llama-cpp', '@node-llama-cpp'];

await rm(copied, { recursive: true, force: true });
await mkdir(copied, { recursive: true });
for (const name of own) {
  await cp(path.join(installed, name), path.join(copied, name), {
    recursive: true,
    filter: (file) => !/libggml-cpu-sapphirerapids\.|[\\/]linux-x64-|[\\/](mac|win)-/.test(file),
  });
}
for (const name of await readdir(installed)) {
  if (!own.includes(name)) await symlink(path.join(installed, name), path.join(copied, name), 'junction');
}
const { runLlamaCpp } = await import('./llamaCppEngine.mjs');
await runLlamaCpp(await import(pathToFileURL(path.join(copied, 'node-llama-cpp', 'dist', 'index.js')).href));
