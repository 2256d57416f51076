import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { leanTables } from '../../../esbuild.config.mjs';

const load = createRequire(import.meta.url);

/** What a module is in the bundles. */
async function bundled(contents: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    plugins: [leanTables],
  });
  const module = { exports: {} };
  runInThisContext(`(function (module, exports, require) {${outputFiles[0]!.text}\n})`)(module, module.exports, load);
  return module.exports;
}

test('the tagger knows the same words in the bundles', async () => {
  const { words } = (await bundled(`export { default as words } from 'wink-lexicon/src/wn-words.js';`)) as {
    words: Record<string, number>;
  };
  expect(Object.keys(words).length).toBeGreaterThan(70_000);
  expect(words).toEqual({ ...(load('wink-lexicon/src/wn-words.js') as Record<string, number>) });
  expect(Object.getPrototypeOf(words)).toBe(null);
});

test('Markdown is parsed the same way in the bundles', async () => {
  const text = '# One\n\n- a *b* `c`\n\n| d | e |\n|---|---|\n| f | g |\n\n> [h](i)\n\n[^1]: j\n\n```k\nl\n```\n';
  const { read } = (await bundled(`
    import { readText } from './src/text/readText.ts';
    export const read = (text) => {
      const { blocks, spansOf } = readText(text, 'markdown');
      return blocks.map((block) => ({ block, spans: spansOf(block) }));
    };
  `)) as { read(text: string): unknown };
  const { readText } = await import('../../../src/text/readText.ts');
  const { blocks, spansOf } = readText(text, 'markdown');
  expect(read(text)).toEqual(blocks.map((block) => ({ block, spans: spansOf(block) })));
});
