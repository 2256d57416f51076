// The product's own code for measurements that its command line does not carry: bundled when they start, run as it is.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** Generated files; ignored by git. */
export const outFolder = path.join(root, 'out', 'bench');

const load = createRequire(import.meta.url);

/**
 * @param {string} name of the bundle below `outFolder`, without its extension
 * @param {string} modules lines of `export { … } from './src/…'`
 * @param {Partial<import('esbuild').BuildOptions>} [more] what is taken in place of packages or globals
 * @returns {Promise<any>} what they export
 */
export async function bundle(name, modules, more = {}) {
  const outfile = bundleFile(name);
  await build({
    stdin: { contents: modules, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['onnxruntime-node'],
    outfile,
    logLevel: 'warning',
    ...more,
  });
  return loadBundle(name);
}

/** What an earlier process bundled. */
export const loadBundle = (name) => load(bundleFile(name));

const bundleFile = (name) => path.join(outFolder, `${name}.cjs`);
