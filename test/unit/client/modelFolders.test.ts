import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { findModelFolder, modelFolders } from '../../../src/client/modelFolders.ts';

const root = mkdtempSync(join(tmpdir(), 'inkling-test-'));
const folders = { bundled: join(root, 'bundled'), user: join(root, 'user') };
for (const folder of ['bundled/small', 'user/small', 'user/large', 'elsewhere']) {
  mkdirSync(join(root, folder), { recursive: true });
}
afterAll(() => rmSync(root, { recursive: true }));

function check(name: string, expected: string | RegExp): void {
  if (typeof expected === 'string') expect(findModelFolder(name, folders)).toBe(join(root, expected));
  else expect(() => findModelFolder(name, folders)).toThrow(expected);
}

test('a name is looked up among the bundled models first, then among the own ones', () => {
  check('small', 'bundled/small');
  check('large', 'user/large');
  check('huge', /no model named huge: looked in .*bundled and .*user/);
});

test('a path is used as it is', () => {
  check(join(root, 'elsewhere'), 'elsewhere');
  check(relative(process.cwd(), join(root, 'elsewhere')), 'elsewhere');
  check(join(root, 'nowhere'), /no model folder .*nowhere/);
  check('./small', /no model folder/);
});

test('the own folder can be set, and else is where the system keeps data', () => {
  expect(modelFolders('/dist', { INKLING_MODELS: '/mine' })).toEqual({
    bundled: join('/dist', 'models'),
    user: '/mine',
  });
  if (process.platform !== 'linux') return;
  expect(modelFolders('/dist', { XDG_DATA_HOME: '/data' }).user).toBe('/data/inkling/models');
  const usual = /^\/.*\.local\/share\/inkling\/models$/;
  for (const none of [{}, { XDG_DATA_HOME: '' }, { XDG_DATA_HOME: 'data' }, { XDG_DATA_HOME: './data' }]) {
    expect(modelFolders('/dist', none).user).toMatch(usual);
  }
  const home = process.env['HOME'];
  onTestFinished(() => {
    if (home === undefined) delete process.env['HOME'];
    else process.env['HOME'] = home;
  });
  for (const none of ['', 'home', '.']) {
    process.env['HOME'] = none;
    expect(modelFolders('/dist', {}).user).toMatch(usual);
  }
});
