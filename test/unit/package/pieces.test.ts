import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { bundles } from '../../../esbuild.config.mjs';
import type { Tagger } from '../../../src/writing/selection/checks/tagger.ts';

const [extension] = bundles;
const tagger = path.resolve('src/writing/selection/checks/tagger.ts');

test('a piece that is read later is what its source exports, a CommonJS package’s default export too', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkling-pieces-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const entry = path.join(folder, 'entry.ts');
  writeFileSync(entry, `export const later = async () => (await import(${JSON.stringify(tagger)})).loadTagger();`);
  await build({ ...extension, entryPoints: [entry], outdir: path.join(folder, 'dist') });
  const { later } = createRequire(import.meta.url)(path.join(folder, 'dist/entry.js')) as { later(): Promise<Tagger> };
  const tag = await later();
  expect(tag('She goes home.').map((each) => each.tag)).toEqual(['PRP', 'VBZ', 'NN', '.']);
}, 600_000);
