import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { convertModel } from '../../../src/store/convertModel.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { writePipelineModel } from '../../support/pipelineModel.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 100000\n`;

/** What lies where the graph of a decoder should be. */
const graphs: Record<string, (graph: string) => void | Promise<void>> = {
  'a pointer of Git': (graph) => writeFileSync(graph, pointer),
  'a web page': (graph) => writeFileSync(graph, '<!doctype html><title>Log in</title>'),
  nothing: (graph) => writeFileSync(graph, ''),
  'a half of it': (graph) => truncateSync(graph, Math.floor(readFileSync(graph).length / 2)),
  'all but its last byte': (graph) => truncateSync(graph, readFileSync(graph).length - 1),
  zeros: (graph) => writeFileSync(graph, Buffer.alloc(5000)),
  'an encoder': async (graph) => {
    const other = await writePipelineModel('bert-vectors', join(await temporaryFolder(), 'other'));
    writeFileSync(graph, readFileSync(join(other, 'model.onnx')));
  },
};

test.each(Object.entries(graphs))('a decoder whose graph is %s is not added', async (_, damage) => {
  const folder = await temporaryFolder();
  const [source, models] = [join(folder, 'source'), join(folder, 'models')];
  cpSync(goldenPath('exported/plain'), source, { recursive: true });
  await damage(join(source, 'onnx/model.onnx'));
  const adding = convertModel({ source, target: join(models, 'mine') }, () => undefined);
  await expect(adding).rejects.toMatchObject({
    code: expect.stringMatching(/^model(?:Broken|Unsupported|Config)$/),
    message: expect.not.stringContaining('inkling-writing'),
  });
  expect(readdirSync(models)).toEqual([]);
});

test.each(['plain', 'merged', 'quantized', 'half'])('the decoder %s is opened once, and added', async (name) => {
  const models = join(await temporaryFolder(), 'models');
  const source = goldenPath(join('exported', name));
  expect(await convertModel({ source, target: join(models, 'mine') }, () => undefined)).toMatchObject({ name: 'mine' });
});
