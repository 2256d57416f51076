import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '../../src/protocol/errors.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { goldenPath } from './goldenFiles.ts';

/** Byte for byte: each damage ends in a model, or in an error of the model that leaves nothing behind. */
test('three hundred seeded damages to what stands before the weights', async () => {
  const right = readFileSync(goldenPath('mixed.gguf'));
  const headerBytes = right.indexOf('output_norm.weight') > 0 ? 12_000 : right.length;
  let seed = 11;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const folder = await temporaryFolder();
  const source = join(folder, 'damaged.gguf');
  const models = join(folder, 'models');
  const odd: string[] = [];
  for (let round = 0; round < 300; round++) {
    const bytes = Buffer.from(right);
    const places = Array.from({ length: 1 + random(3) }, () => random(Math.min(headerBytes, bytes.length)));
    for (const place of places) bytes[place] = [0, 1, 127, 128, 255, random(256)][random(6)]!;
    writeFileSync(source, bytes);
    try {
      await convertModel({ source, target: join(models, String(round)) }, () => {});
    } catch (error) {
      const isPlain = error instanceof InklingError && error.code.startsWith('model');
      if (!isPlain) odd.push(`${places.join()}: ${String(error)}`);
      if (readdirSync(folder).includes('models') && readdirSync(models).some((name) => name.startsWith('.'))) {
        odd.push(`${places.join()}: something was left`);
      }
    }
  }
  expect(odd).toEqual([]);
});
