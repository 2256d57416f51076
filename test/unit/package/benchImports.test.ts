import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildFailure, build } from 'esbuild';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const taken = /^\s*export \{ ([\w, ]+) \} from '\.\/(src\/[\w/]+\.ts)';/gm;

/** All that benchmarks bundle of the product: lines of code in texts, which no compiler reads. */
const lines = readdirSync(path.join(root, 'bench'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mjs') && !file.includes('node_modules'))
  .flatMap((file) =>
    [...readFileSync(path.join(root, 'bench', file), 'utf8').matchAll(taken)].map(([, names, source]) => ({
      file,
      names,
      source,
    })),
  );

test('what the benchmarks take from the product is there', async () => {
  expect(lines.length).toBeGreaterThan(50);
  const contents = lines
    .map(
      ({ names, source }, index) =>
        `import { ${names!
          .split(', ')
          .map((name, n) => `${name} as x${index}_${n}`)
          .join(', ')} } from './${source}';`,
    )
    .join('\n');
  const problems = await build({
    stdin: { contents, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    platform: 'node',
    logLevel: 'silent',
    packages: 'external',
  }).then(
    () => [],
    ({ errors }: BuildFailure) =>
      errors.map(({ text, location }) => `${lines[(location?.line ?? 1) - 1]?.file}: ${text}`),
  );
  expect(problems).toEqual([]);
});
