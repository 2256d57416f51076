import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listModels, showModel } from '../../../src/store/modelCatalogue.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

test('a link to nowhere and files named as the prototype is do not hide a model', async () => {
  const models = await temporaryFolder();
  const folder = await writeTinyModel(join(models, 'tiny'));
  symlinkSync('/nowhere/at/all', join(folder, 'link'));
  for (const name of ['constructor', '__proto__', 'toString']) writeFileSync(join(folder, name), 'x');
  const { files } = showModel(folder);
  expect(files.find(({ name }) => name === 'link')).toEqual({ name: 'link', sizeBytes: 0 });
  expect(files.find(({ name }) => name === 'constructor')).toEqual({ name: 'constructor', sizeBytes: 1 });
  expect(listModels([models])).toMatchObject([{ name: 'tiny', modelFolder: folder }]);
});
