// Bundles every process entry. Each bundle names what it may not contain: the editor's API is external to the
// extension only, ONNX Runtime to the processes that run it, so a wrong import arrow fails the build.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, context, transform } from 'esbuild';

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

/**
 * What the extension loads with `import()` goes into files of its own under dist/extension: reading code that is not run
 * yet is half of the time that a start takes. The bundler cuts ES modules only, so every piece is translated afterwards.
 * @type {import('esbuild').Plugin}
 */
const inPieces = {
  name: 'in-pieces',
  setup({ initialOptions, onEnd }) {
    const { sourcemap, minify, outdir = common.outdir } = initialOptions;
    const pieces = path.resolve(outdir, 'extension');
    Object.assign(initialOptions, {
      format: 'esm',
      splitting: true,
      chunkNames: 'extension/[hash]',
      write: false,
      sourcemap: sourcemap ? 'inline' : false,
    });
    onEnd(async ({ errors, outputFiles }) => {
      if (errors.length > 0) return;
      rmSync(pieces, { recursive: true, force: true });
      mkdirSync(pieces, { recursive: true });
      for (const { path: file, text } of outputFiles ?? []) {
        const { code } = await transform(text, {
          format: 'cjs',
          platform: 'node',
          target: common.target,
          supported: { 'dynamic-import': false }, // Node's own takes all of a piece for its default export
          legalComments: 'none',
          minifyWhitespace: minify ?? false,
          minifyIdentifiers: minify ?? false, // the pieces have been shortened already: to do so again takes minutes
          sourcemap: sourcemap ? 'inline' : false,
          sourcefile: path.basename(file),
        });
        writeFileSync(file, code);
      }
    });
  },
};

/**
 * Of htmlparser2 the extension uses the tokenizer alone, which leaves character references as they stand: its trees and
 * the tables of all references are a sixth of the bundle.
 * @type {import('esbuild').Plugin}
 */
const htmlTokenizer = {
  name: 'html-tokenizer',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]htmlparser2[\\/]dist[\\/]\w+[\\/]index\.js$/ }, ({ path: file }) => ({
      contents: `export { default as Tokenizer } from './Tokenizer.js';`,
      resolveDir: path.dirname(file),
    }));
    const namespace = 'no-references';
    onResolve({ filter: /^entities\/decode$/ }, ({ path: name }) => ({ path: name, namespace }));
    onLoad({ filter: /.*/, namespace }, () => ({
      contents:
        'export class EntityDecoder {} export const DecodingMode = {}, htmlDecodeTree = [], xmlDecodeTree = [];',
    }));
  },
};

/**
 * Of the tagger's list of words each stands for its place in it: written as one text it is half as long. Of the Markdown
 * parser nobody asks how its nodes are colored.
 * @type {import('esbuild').Plugin}
 */
export const leanTables = {
  name: 'lean-tables',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]wink-lexicon[\\/]src[\\/]wn-words\.js$/ }, ({ path: file }) => {
      const words = Object.entries(createRequire(import.meta.url)(file));
      if (words.some(([word, place], i) => place !== i || word.includes(' '))) throw new Error(`${file} has changed`);
      const list = JSON.stringify(words.map(([word]) => word).join(' '));
      return {
        contents: `let place = 0;
          const words = Object.create(null);
          for (const word of ${list}.split(' ')) words[word] = place++;
          module.exports = words;`,
      };
    });
    onLoad({ filter: /[\\/]@lezer[\\/]highlight[\\/]dist[\\/]index\.js$/ }, () => ({
      contents: `const tag = () => tag;
        export class Tag {}
        export const tags = new Proxy({}, { get: () => tag });
        export const styleTags = () => () => null;`,
    }));
  },
};

/**
 * transformers.js from its sources, without what pictures and browsers need: its image library (sharp) and a second
 * runtime (onnxruntime-web) are in no bundle.
 * @type {import('esbuild').Plugin}
 */
const textPipelines = {
  name: 'text-pipelines',
  setup({ onLoad, onResolve }) {
    const sources = fileURLToPath(new URL('node_modules/@xenova/transformers/src/transformers.js', import.meta.url));
    onResolve({ filter: /^@xenova\/transformers$/ }, () => ({ path: sources, sideEffects: false }));
    const namespace = 'left-out';
    onResolve({ filter: /^(?:sharp$|onnxruntime-web)/ }, ({ path: name }) => ({ path: name, namespace }));
    onLoad({ filter: /.*/, namespace }, () => ({ contents: 'module.exports = {};' }));
  },
};

export const bundles = [
  {
    ...common,
    entryPoints: { extension: 'src/extension/extension.ts', longActions: 'src/extension/actions/longActionsThread.ts' },
    external: ['vscode'],
    plugins: [editorApi, htmlTokenizer, leanTables, inPieces],
  },
  {
    ...common,
    entryPoints: { cli: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
    plugins: [leanTables],
  },
  {
    ...common,
    entryPoints: { inference: 'src/inference/main.ts', training: 'src/training/main.ts', store: 'src/store/main.ts' },
    external: ['onnxruntime-node'],
  },
  {
    ...common,
    entryPoints: { pipelines: 'src/pipelines/main.ts' },
    external: ['onnxruntime-node', 'onnxruntime-common'],
    plugins: [textPipelines],
    define: { 'import.meta.url': 'undefined' },
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
      models: 'src/webview/models/main.ts',
      usage: 'src/webview/usage/main.ts',
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
