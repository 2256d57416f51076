// What the VSIX carries: everything that runs, and nothing else.
import { readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { findVsix } from '../../scripts/findVsix.mjs';
import { zipEntries } from '../support/zipEntries.ts';

/** One row for each kind of file: what it looks like, and how many there are. */
const expected: readonly [kind: string, pattern: RegExp, count: number | 'some'][] = [
  ['what a VSIX must have', /^(\[Content_Types\]\.xml|extension\.vsixmanifest)$/, 2],
  ['manifest and its strings', /^package(\.nls(\.zh-cn)?)?\.json$/, 3],
  ['readme, licence, notices', /^(readme\.md|LICENSE\.txt|THIRD-PARTY-NOTICES\.md)$/, 3],
  ['strings of the code', /^l10n\/bundle\.l10n(\.zh-cn)?\.json$/, 2],
  ['icon', /^media\/icon\.png$/, 1],
  ['walkthrough', /^media\/walkthrough\/\w+(\.nls\.zh-cn)?\.md$/, 14],
  ['sample texts', /^media\/sample\/[\w-]+\.(md|tex)$/, 15],
  ['texts that adapters are checked on', /^media\/unrelated\/[\w-]+\.md$/, 8],
  ['list of models', /^media\/models\.json$/, 1],
  ['bundles', /^dist\/(extension|longActions|inference|training|store|pipelines)\.js$/, 6],
  ['pieces of the extension', /^dist\/extension\/[A-Z0-9]+\.js$/, 'some'],
  ['pages', /^dist\/webview\/((fineTuning|adapters|models|usage)\.js|page\.css)$/, 5],
  ['model', /^dist\/models\/smollm2-135m-instruct\/[\w.]+\.(json|safetensors|md)$/, 'some'],
  ['model’s licence', /^dist\/models\/smollm2-135m-instruct\/LICENSE$/, 1],
  ['runtime’s scripts', /^dist\/node_modules\/onnxruntime-(node\/dist|common\/dist\/cjs)\/[\w/.-]+\.js$/, 'some'],
  ['runtime’s manifests', /^dist\/node_modules\/onnxruntime-(node|common)(\/dist\/cjs)?\/package\.json$/, 3],
  [
    'binaries of this platform',
    new RegExp(`^dist/node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/[\\w.]+$`),
    'some',
  ],
];

const vsix = process.env['INKLING_VSIX'] ?? findVsix();
let names: string[];

beforeAll(async () => {
  names = (await zipEntries(vsix)).map(({ name }) => name.replace(/^extension\//, ''));
});

describe('the package', () => {
  test.each(expected)('has its %s', (_, pattern, count) => {
    const found = names.filter((name) => pattern.test(name));
    if (count === 'some') expect(found.length).toBeGreaterThan(0);
    else expect(found).toHaveLength(count);
  });

  test('has nothing else', () => {
    expect(names.filter((name) => !expected.some(([, pattern]) => pattern.test(name)))).toEqual([]);
  });

  test('is minified, without source maps', async () => {
    const bundles = (await zipEntries(vsix)).filter(({ name }) =>
      /^extension\/dist\/(extension\/)?\w+\.js$/.test(name),
    );
    const bytes = bundles.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(bytes).toBeLessThan(6_500_000); // 5.2 million when this was written, 10 as the bundler leaves it
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([]);
  });

  test('is not much larger than the model and the runtime in it', () => {
    expect(statSync(vsix).size).toBeLessThan(130e6);
  });
});

test('files of the editor that package.json names are in the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const steps: { media: { markdown: string } }[] = manifest.contributes.walkthroughs[0].steps;
  const named = [manifest.main, manifest.icon, ...steps.map(({ media }) => media.markdown)];
  expect(named.map((file: string) => file.replace(/^\.\//, '')).filter((file) => !names.includes(file))).toEqual([]);
});
