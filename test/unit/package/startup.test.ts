import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { bundles } from '../../../esbuild.config.mjs';

/** What the editor's process reads before anything was asked, minified, in bytes. It was 147,000 when this was written. */
const mostBytes = 155_000;
/** Of these nothing is needed before a caret or an action asks. */
const readLater =
  /node_modules\/(?:@lezer|htmlparser2|papaparse|yaml|diff)\/|src\/text\/(?:asciidoc|html|latex|markdown|org|restructuredText|typst)\/|src\/writing\/(?:selection|prompts|proposal|simulator)\/|completion\/(?:completer|postprocess)/;

const [extension] = bundles;

/** The files of the bundle that are there once the extension has been loaded, and the sources that they are made of. */
async function loadedAtStart() {
  const outdir = mkdtempSync(path.join(tmpdir(), 'inkling-startup-'));
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  const { metafile } = await build({ ...extension, outdir, minify: true, sourcemap: false, metafile: true });
  const outputs = Object.entries(metafile!.outputs);
  const entry = outputs.find(([, { entryPoint }]) => entryPoint === 'src/extension/extension.ts')![0];
  const loaded = new Set([entry]);
  for (const file of loaded) {
    const { imports } = metafile!.outputs[file]!;
    for (const { path: imported, kind, external } of imports) {
      if (kind === 'import-statement' && !external) loaded.add(imported);
    }
  }
  const files = [...loaded].map((file) => metafile!.outputs[file]!);
  return {
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    sources: files
      .flatMap(({ inputs }) => Object.entries(inputs))
      .flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  };
}

test('the extension starts without the readers of markup, the completer and the actions', async () => {
  const { bytes, sources } = await loadedAtStart();
  expect(sources).toContain('src/extension/extension.ts');
  expect(sources.filter((file) => readLater.test(file))).toEqual([]);
  expect(bytes).toBeLessThan(mostBytes);
}, 600_000); // bundling takes seconds, and minutes on a machine that does much else
