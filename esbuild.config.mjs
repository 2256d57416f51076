// Bundles every process entry. Each bundle names what it may not contain: the editor's API is external to the
// extension only, ONNX Runtime to the processes that run it, so a wrong import arrow fails the build.
import { pathToFileURL } from 'node:url';
import { build, context } from 'esbuild';

const common = {
  bundle: true,
  platform: /** @type {const} */ ('node'),
  format: /** @type {const} */ ('cjs'),
  target: 'node20',
  outdir: 'dist',
  sourcemap: process.argv.includes('--sourcemap'),
  minify: process.argv.includes('--minify'),
  logLevel: /** @type {const} */ ('warning'),
  legalComments: /** @type {const} */ ('none'),
};

export const bundles = [
  { ...common, entryPoints: { extension: 'src/extension/extension.ts' }, external: ['vscode'] },
  { ...common, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    ...common,
    entryPoints: { inference: 'src/inference/main.ts', training: 'src/training/main.ts', store: 'src/store/main.ts' },
    external: ['onnxruntime-node'],
  },
  {
    ...common,
    platform: /** @type {const} */ ('browser'),
    format: /** @type {const} */ ('iife'),
    target: 'es2023',
    outdir: 'dist/webview',
    entryPoints: {
      fineTuning: 'src/webview/fineTuning/main.ts',
      adapters: 'src/webview/adapters/main.ts',
      page: 'src/webview/page.css',
    },
  },
];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--watch')) {
    for (const options of bundles) await (await context(options)).watch();
  } else {
    await Promise.all(bundles.map((options) => build(options)));
  }
}
