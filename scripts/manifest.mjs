// Writes what follows from the tables of settings and commands into package.json: `npm run manifest`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * The tables name what commands do, and so the editor's interface; nothing of it is used here.
 * @type {import('esbuild').Plugin}
 */
const noEditor = {
  name: 'no-editor',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'no-editor' }));
    onLoad({ filter: /.*/, namespace: 'no-editor' }, () => ({
      contents: 'module.exports = Object.create(new Proxy({}, { get: () => class {} }));',
    }));
  },
};

const folder = mkdtempSync(path.join(tmpdir(), 'inkling-manifest-'));
try {
  const outfile = path.join(folder, 'manifest.mjs');
  await build({
    entryPoints: ['src/extension/manifest.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    plugins: [noEditor],
  });
  const { generatedManifest } = await import(pathToFileURL(outfile).href);
  const manifest = generatedManifest(JSON.parse(readFileSync('package.json', 'utf8')));
  writeFileSync('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = spawnSync('npx', ['biome', 'format', '--write', 'package.json'], { stdio: 'inherit' }).status ?? 1;
