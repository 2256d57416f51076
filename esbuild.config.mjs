// Bundles every process entry. Each bundle names what it may not contain: the editor's API is external to the
// extension only, ONNX Runtime to the processes that run it, so a wrong import arrow fails the build.
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
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

/**
 * The editor's API as one module with named exports. Left to itself the bundler copies the whole API object for every
 * file that imports it, which is a fifth of the time that the extension takes to load.
 * @type {import('esbuild').Plugin}
 */
const editorApi = {
  name: 'editor-api',
  setup({ onResolve, onLoad }) {
    const namespace = 'editor-api';
    onResolve({ filter: /^vscode$/ }, ({ namespace: importer }) =>
      importer === namespace ? { path: 'vscode', external: true } : { path: 'vscode', namespace },
    );
    onLoad({ filter: /.*/, namespace }, () => {
      const declarations = readFileSync(fileURLToPath(import.meta.resolve('@types/vscode/index.d.ts')), 'utf8');
      const values = declarations.matchAll(/^\s*export (?:abstract )?(?:class|enum|namespace|const) (\w+)/gm);
      const exported = [...new Set([...values].map(([, name]) => `export const ${name} = api.${name};`))];
      return { contents: [`const api = require('vscode');`, ...exported].join('\n') };
    });
  },
};

export const bundles = [
  {
    ...common,
    entryPoints: { extension: 'src/extension/extension.ts' },
    external: ['vscode'],
    plugins: [editorApi],
  },
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
