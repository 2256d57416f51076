// Writes what follows from the tables of settings and commands into package.json: `npm run manifest`.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const {
  outputFiles: [bundle],
} = await build({
  entryPoints: ['src/extension/manifest.ts'],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
});
const { generatedManifest } = await import(
  `data:text/javascript,${encodeURIComponent(/** @type {import('esbuild').OutputFile} */ (bundle).text)}`
);
const manifest = generatedManifest(JSON.parse(readFileSync('package.json', 'utf8')));
writeFileSync('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
process.exitCode = spawnSync('npx', ['biome', 'format', '--write', 'package.json'], { stdio: 'inherit' }).status ?? 1;
