import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { adaptersFolder, findAdapterFolder, newAdapterFolder } from '../../../src/client/modelFolders.ts';

const root = mkdtempSync(join(tmpdir(), 'inkling-test-'));
for (const name of ['voice', 'empty', 'running.run']) mkdirSync(join(root, name));
writeFileSync(join(root, 'voice', 'adapter_config.json'), '{}');
afterAll(() => rmSync(root, { recursive: true }));

test('an adapter is found by its name or its path, and only where there is one', () => {
  expect(findAdapterFolder('voice', root)).toBe(join(root, 'voice'));
  expect(findAdapterFolder(join(root, 'voice'), '/nowhere')).toBe(join(root, 'voice'));
  expect(() => findAdapterFolder('empty', root)).toThrow(/no adapter empty: looked in/);
  expect(() => findAdapterFolder(join(root, 'none'), root)).toThrow(/There is no adapter .*none\.$/);
});

test('a new adapter takes a name that is free and that every file system allows', () => {
  const check = (name: string, expected: string) => expect(newAdapterFolder(name, root)).toBe(join(root, expected));
  check('novel', 'novel');
  check('voice', 'voice 2');
  check('running', 'running 2');
  check('a/b: "c"', 'a b c');
  check('..', 'adapter');
});

test('the folder can be set', () => {
  expect(adaptersFolder({ INKLING_ADAPTERS: '/mine' })).toBe('/mine');
});
