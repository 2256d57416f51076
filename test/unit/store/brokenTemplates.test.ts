import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { convertModel } from '../../../src/store/convertModel.ts';
import { listModels, showModel } from '../../../src/store/modelCatalogue.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

const sources: Record<string, (folder: string) => Promise<string>> = {
  'a folder of safetensors': (folder) => writeTinyModel(folder),
  'a decoder in ONNX': async (folder) => {
    cpSync(goldenPath('exported/plain'), folder, { recursive: true });
    return folder;
  },
};

test.each(Object.entries(sources))('%s with a broken chat template is added, and that is told', async (_, write) => {
  const parent = await temporaryFolder();
  const source = await write(join(parent, 'source'));
  writeFileSync(join(source, 'chat_template.jinja'), '{% for %}');
  const told = { hasChatTemplate: false, chatTemplateProblem: expect.stringMatching(/chat template cannot be read/) };
  expect(showModel(source)).toMatchObject(told); // where it lies, too
  const target = join(parent, 'models', 'mine');
  expect(await convertModel({ source, target }, () => undefined)).toMatchObject(told);
  const { hasChatTemplate: _no, ...listed } = told;
  expect(listModels([join(parent, 'models')])).toEqual([expect.objectContaining(listed)]);
  expect(JSON.parse(readFileSync(join(target, 'inkling.json'), 'utf8'))).toMatchObject(listed);
});

test('of a right one nothing is told, and nothing is tried to list it', async () => {
  const parent = await temporaryFolder();
  const target = join(parent, 'models', 'mine');
  const source = await writeTinyModel(join(parent, 'source'));
  const details = await convertModel({ source, target }, () => undefined);
  expect([details.hasChatTemplate, details.chatTemplateProblem]).toEqual([true, undefined]);
  writeFileSync(join(source, 'chat_template.jinja'), '{% for %}');
  expect(listModels([parent]).map(({ name, chatTemplateProblem }) => [name, chatTemplateProblem])).toEqual([
    ['source', undefined],
  ]);
});
