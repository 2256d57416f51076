// What other people wrote and we bundle: where it is, and that its licence travels with it.
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundles } from '../../../esbuild.config.mjs';
import { thirdPartyNotices } from '../../../scripts/thirdPartyNotices.mjs';

/** The sources of each bundle that hold anything in it, by the names of what it starts with. */
const sourcesByEntry = new Map<string, readonly string[]>();

beforeAll(async () => {
  for (const options of bundles as readonly (BuildOptions & { readonly plugins?: readonly Plugin[] })[]) {
    const plugins = (options.plugins ?? []).filter(({ name }) => name !== 'in-pieces'); // which writes files
    const { metafile } = await build({ ...options, plugins, write: false, metafile: true, logLevel: 'silent' });
    const held = Object.values(metafile!.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    sourcesByEntry.set(Object.keys(options.entryPoints!).join(' '), held);
  }
}, 600_000); // bundling takes seconds, and minutes on a machine that does much else

const packageOf = (file: string): string | undefined =>
  /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(file.replaceAll('\\', '/'))?.[1];

describe('bundles', () => {
  test('transformers.js is in the pipelines process alone, without its runtime for browsers and its image library', () => {
    for (const [entry, sources] of sourcesByEntry) {
      const files = sources.join('\n');
      expect(files.includes('/@xenova/transformers/'), entry).toBe(entry === 'pipelines');
      expect(files).not.toMatch(/node_modules\/(?:onnxruntime|sharp|@img)/u);
    }
  });

  test('the notices name each package that the product carries', async () => {
    const notices = await thirdPartyNotices(process.cwd());
    const named = [...notices.matchAll(/^## (\S+) \d+\.\d+\.\d+/gmu)].map(([, name]) => name!);
    const product = [...sourcesByEntry].filter(([entry]) => entry !== 'cli').flatMap(([, sources]) => sources);
    const carried = new Set(product.flatMap((file) => packageOf(file) ?? []));
    const beside = ['onnxruntime-node', 'onnxruntime-common']; // carried as they are
    expect(carried.size).toBeGreaterThan(20);
    expect([...carried, ...beside].filter((name) => !named.includes(name))).toEqual([]);
  });
});
