import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFloat32Tensor, readSafetensorsHeader, writeSafetensors } from '../../../src/model/files/safetensors.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const bytesOf = (view: Float32Array | Uint16Array) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

async function writeSample(): Promise<string> {
  const path = join(await temporaryFolder(), 'model.safetensors');
  writeSafetensors(
    path,
    [
      { name: 'f32', dtype: 'F32', shape: [2, 2], bytes: () => bytesOf(Float32Array.of(1, -2, 0.5, 3e-8)) },
      { name: 'f16', dtype: 'F16', shape: [4], bytes: () => bytesOf(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff)) },
      { name: 'bf16', dtype: 'BF16', shape: [2], bytes: () => bytesOf(Uint16Array.of(0x3f80, 0xc040)) },
    ],
    { metadata: { format: 'test' } },
  );
  return path;
}

test('what was written is read back, exactly', async () => {
  const { tensors, metadata } = readSafetensorsHeader(await writeSample());
  expect(metadata).toEqual({ format: 'test' });
  expect(tensors.get('f32')!.shape).toEqual([2, 2]);
  expect(readFloat32Tensor(tensors.get('f32')!)).toEqual(Float32Array.of(1, -2, 0.5, 3e-8));
  expect(readFloat32Tensor(tensors.get('f16')!)).toEqual(Float32Array.of(1, -2, 2 ** -24, 65504));
  expect(readFloat32Tensor(tensors.get('bf16')!)).toEqual(Float32Array.of(1, -3));
});

test.each([
  [
    'cut off within a tensor',
    (path: string) => truncateSync(path, readFileSync(path).length - 1),
    /cut off within tensor/,
  ],
  ['cut off within the header', (path: string) => truncateSync(path, 20), /cut off/],
  ['empty', (path: string) => truncateSync(path, 0), /cut off/],
  ['an impossible header length', (path: string) => writeFileSync(path, Buffer.alloc(64, 0xff)), /impossible/],
  ['not JSON', (path: string) => writeFileSync(path, Buffer.from('\x08\0\0\0\0\0\0\0notjson!')), /not JSON/],
])('a file that is %s is told apart', async (_, damage, message) => {
  const path = await writeSample();
  damage(path);
  expect(() => readSafetensorsHeader(path)).toThrow(
    expect.objectContaining({ code: 'modelBroken', message: expect.stringMatching(message) }),
  );
});

test('a missing file is missing, not broken', async () => {
  const path = join(await temporaryFolder(), 'none.safetensors');
  const read = () => readSafetensorsHeader(path);
  expect(read).toThrow(expect.objectContaining({ code: 'modelMissing' }));
});
