import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest } from '../../../src/model/manifest.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const entry = { sizeBytes: 5, sha256: 'a'.repeat(64) };
const right = { name: 'm', source: 's', licence: '', weightFormat: 'Q4_0', files: { 'config.json': entry } };

async function manifestOf(json: unknown) {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'inkling.json'), typeof json === 'string' ? json : JSON.stringify(json));
  return readManifest(folder);
}

test('one that is right', async () => {
  expect(await manifestOf(right)).toEqual(right);
  expect(readManifest(await temporaryFolder())).toBeUndefined();
});

const outside = [
  '../config.json',
  '..',
  '.',
  '',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'C:x',
  'a/../b',
  'x\0y',
  'sub/config.json',
];

test.each(outside)('the file name %j', async (name) => {
  const manifest = { ...right, files: { [name]: entry } };
  await expect(manifestOf(manifest)).rejects.toMatchObject({ code: 'modelBroken' });
});

test.each<[string, unknown]>([
  ['no JSON', '{'],
  ['a list', []],
  ['null', null],
  ['no files', { ...right, files: undefined }],
  ['files that are a list', { ...right, files: ['config.json'] }],
  ['files that are null', { ...right, files: null }],
  ['a file that is null', { ...right, files: { a: null } }],
  ['a file without a size', { ...right, files: { a: { sha256: entry.sha256 } } }],
  ['a size that is a text', { ...right, files: { a: { ...entry, sizeBytes: '5' } } }],
  ['half a size', { ...right, files: { a: { ...entry, sizeBytes: 1.5 } } }],
  ['a checksum that is none', { ...right, files: { a: { ...entry, sha256: 'x' } } }],
  ['a checksum that is a number', { ...right, files: { a: { ...entry, sha256: 5 } } }],
  ['no name', { ...right, name: undefined }],
  ['a name that is a number', { ...right, name: 5 }],
  ['a licence that is a list', { ...right, licence: [] }],
  ['two megabytes', { ...right, source: 'x'.repeat(2 << 20) }],
])('%s', async (_, json) => {
  await expect(manifestOf(json)).rejects.toMatchObject({ code: 'modelBroken' });
});
