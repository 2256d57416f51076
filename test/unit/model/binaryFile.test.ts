import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BinaryFile } from '../../../src/model/files/binaryFile.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const size = 1000;

async function opened(): Promise<{ path: string; file: BinaryFile }> {
  const path = join(await temporaryFolder(), 'model.safetensors');
  writeFileSync(path, Buffer.alloc(size, 7));
  return { path, file: new BinaryFile(path) };
}

/** Bytes that the file is cut to while it is open, then offset and length of a read that passed the check of its size. */
const cuts: [number, number, number][] = [0, 1, 7, 8, 99, 500, 998, 999].flatMap((length) => [
  [length, 0, size],
  [length, length, 1],
  [length, Math.max(0, length - 1), 2],
]);

test.each(cuts)(
  'a file cut to %i bytes while it is open: a read from %i of %i bytes says so',
  async (length, offset, count) => {
    const { path, file } = await opened();
    truncateSync(path, length);
    if (offset + count <= length) expect(file.read(offset, count)).toHaveLength(count);
    else expect(() => file.read(offset, count)).toThrow(expect.objectContaining({ code: 'modelBroken' }));
    file.close();
  },
);

test('a file that grew is read as it was', async () => {
  const { path, file } = await opened();
  writeFileSync(path, Buffer.alloc(size + 1, 7));
  expect(file.read(0, size)).toEqual(Buffer.alloc(size, 7));
  expect(() => file.read(0, size + 1)).toThrow('is cut off');
  file.close();
});
