import { expect, test } from 'vitest';
import { chooseDevice, reportDevices } from '../../../src/inference/devices/deviceChoice.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

const request = { modelFolder: goldenPath('exported/plain'), precision: 'default', threads: 1 } as const;

test('an exported decoder is not tried on a device that its graph was not made for', async () => {
  expect(await chooseDevice({ ...request, device: 'webgpu' })).toEqual({
    device: 'cpu',
    dialect: 'fused',
    notes: ['webgpu: Exported ONNX decoders run on the CPU.'],
  });
  expect((await chooseDevice({ ...request, device: 'auto' })).device).toBe('cpu');
  const { chosen, devices } = await reportDevices(request);
  expect(chosen).toBe('cpu');
  const others = devices.filter(({ name }) => name !== 'cpu');
  expect(others.every(({ reason }) => reason === 'Exported ONNX decoders run on the CPU.')).toBe(true);
});
