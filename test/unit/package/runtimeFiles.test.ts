import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runtimeFiles, targets } from '../../../scripts/runtimeFiles.mjs';

const nodeModules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

describe.each(targets)('the runtime for %s', (target) => {
  test('is there, each file of it', async () => {
    const files = await runtimeFiles(nodeModules, target);
    expect(files.filter((file) => !existsSync(path.join(nodeModules, file)))).toEqual([]);
  });

  test('has the binaries of no other platform', async () => {
    const own = `bin/napi-v6/${target.replace('-', '/')}/`;
    const binaries = (await runtimeFiles(nodeModules, target)).filter((file) => file.includes('/bin/'));
    expect(binaries.length).toBeGreaterThanOrEqual(2);
    expect(binaries.filter((file) => !file.includes(own))).toEqual([]);
  });

  test('is CommonJS without source maps, types or its install script', async () => {
    const files = await runtimeFiles(nodeModules, target);
    expect(files).toContain('onnxruntime-common/dist/cjs/package.json');
    expect(files.filter((file) => /\.(map|ts)$|\/script\/|\/esm\//.test(file))).toEqual([]);
  });
});
