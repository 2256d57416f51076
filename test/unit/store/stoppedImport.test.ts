import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { convertModel } from '../../../src/store/convertModel.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { writePipelineModel } from '../../support/pipelineModel.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

const sources: Record<string, () => Promise<string>> = {
  'a GGUF file': async () => goldenPath('mixed.gguf'),
  'a folder of safetensors': async () => writeTinyModel(join(await temporaryFolder(), 'tiny')),
  'a decoder in ONNX': async () => goldenPath(join('exported', 'plain')),
  'a model for one task': async () => writePipelineModel('t5', join(await temporaryFolder(), 't5')),
};

test.each(
  Object.entries(sources).flatMap(([what, source]) =>
    ['at once', 'at its first word', 'at its last word'].map((when) => [what, when, source] as const),
  ),
)('%s that is stopped %s leaves nothing', async (_, when, source) => {
  const models = join(await temporaryFolder(), 'models');
  const stop = new AbortController();
  if (when === 'at once') stop.abort();
  const onProgress = (done: number, total: number) => {
    if (when === 'at its first word' || done >= total) stop.abort();
  };
  const adding = convertModel({ source: await source(), target: join(models, 'new') }, onProgress, {
    signal: stop.signal,
  });
  await expect(adding).rejects.toMatchObject({ code: 'cancelled' });
  expect(await readdir(models)).toEqual([]);
});
