import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readGgufModel } from '../../../src/store/ggufFiles.ts';
import { GgufBytes } from '../../support/ggufFile.ts';

const root = mkdtempSync(join(tmpdir(), 'inkling-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

/** Bytes of one part with one tensor. */
const part = (no: number, count: number, { tensor = `t${no}`, total = count } = {}) =>
  new GgufBytes()
    .header(1, 3)
    .key('split.no', no)
    .key('split.count', count)
    .key('split.tensors.count', total)
    .tensor(tensor, [4])
    .raw(Buffer.alloc(64)).bytes;

function folderWith(files: Readonly<Record<string, Buffer>>): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

const three = {
  'm-00001-of-00003.gguf': part(0, 3),
  'm-00002-of-00003.gguf': part(1, 3),
  'm-00003-of-00003.gguf': part(2, 3),
};

test.each(Object.keys(three))('the whole set, given %s', (name) => {
  const { tensors, paths } = readGgufModel(join(folderWith(three), name));
  expect([...tensors.values()].map(({ name: tensor, file }) => [tensor, basename(file)])).toEqual([
    ['t0', 'm-00001-of-00003.gguf'],
    ['t1', 'm-00002-of-00003.gguf'],
    ['t2', 'm-00003-of-00003.gguf'],
  ]);
  expect(paths.map((path) => basename(path))).toEqual(Object.keys(three));
});

test('a file that is not split is its own set', () => {
  const bytes = new GgufBytes().header(1, 0).tensor('a', [4]).raw(Buffer.alloc(64)).bytes;
  const path = join(folderWith({ 'a.gguf': bytes }), 'a.gguf');
  expect(readGgufModel(path).paths).toEqual([path]);
});

const { 'm-00001-of-00003.gguf': first, 'm-00002-of-00003.gguf': second, 'm-00003-of-00003.gguf': third } = three;

test.each<[name: string, files: Record<string, Buffer>, given: string, code: string, message: RegExp]>([
  [
    'one part alone',
    { 'm-00002-of-00003.gguf': second },
    'm-00002-of-00003.gguf',
    'modelMissing',
    /one part of 3.*m-00001-of-00003\.gguf, m-00003-of-00003\.gguf/,
  ],
  [
    'the last part missing',
    { 'm-00001-of-00003.gguf': first, 'm-00002-of-00003.gguf': second },
    'm-00001-of-00003.gguf',
    'modelMissing',
    /m-00003-of-00003/,
  ],
  [
    'a part of another name',
    { 'model.gguf': first },
    'model.gguf',
    'modelUnsupported',
    /one part of 3 and has lost its name/,
  ],
  [
    'a name that counts otherwise',
    { 'm-00001-of-00002.gguf': first },
    'm-00001-of-00002.gguf',
    'modelUnsupported',
    /lost its name/,
  ],
  [
    'parts in the wrong order',
    { ...three, 'm-00002-of-00003.gguf': third, 'm-00003-of-00003.gguf': second },
    'm-00001-of-00003.gguf',
    'modelBroken',
    /do not belong together/,
  ],
  [
    'a part of another set',
    { ...three, 'm-00003-of-00003.gguf': part(2, 4) },
    'm-00001-of-00003.gguf',
    'modelBroken',
    /do not belong together/,
  ],
  [
    'a tensor twice',
    { ...three, 'm-00003-of-00003.gguf': part(2, 3, { tensor: 't0' }) },
    'm-00001-of-00003.gguf',
    'modelBroken',
    /do not belong together/,
  ],
  [
    'too few tensors',
    { ...three, 'm-00001-of-00003.gguf': part(0, 3, { total: 9 }) },
    'm-00001-of-00003.gguf',
    'modelBroken',
    /do not belong together/,
  ],
  [
    'a part that is no GGUF',
    { ...three, 'm-00003-of-00003.gguf': Buffer.from('x') },
    'm-00001-of-00003.gguf',
    'modelBroken',
    /not a GGUF/,
  ],
  ['two thousand million parts', { 'm.gguf': part(0, 2_000_000_000) }, 'm.gguf', 'modelBroken', /2000000000 parts/],
  ['no parts at all', { 'm.gguf': part(0, 0) }, 'm.gguf', 'modelBroken', /0 parts/],
])('%s', (_, files, given, code, message) => {
  const read = () => readGgufModel(join(folderWith(files), given));
  expect(read).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
});
