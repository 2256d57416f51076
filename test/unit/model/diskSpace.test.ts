import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { demandDiskSpace } from '../../../src/model/files/diskSpace.ts';

test('what does not fit on the disk is told with what is needed and what is free', () => {
  const full = { code: 'fileAccess', message: expect.stringMatching(/^5000 MB of disk space are needed in \/a, 4 MB/) };
  expect(() => demandDiskSpace('/a', 5e9, 4e6)).toThrow(expect.objectContaining(full));
  expect(() => demandDiskSpace('/a', 5e9, 5e9)).not.toThrow();
});

test('the disk is asked; where it does not tell, nothing is refused', () => {
  expect(() => demandDiskSpace(tmpdir(), 1e18)).toThrow(/are free: make room/);
  expect(() => demandDiskSpace(tmpdir(), 1)).not.toThrow();
  expect(() => demandDiskSpace('/nowhere/at/all', 1e18)).not.toThrow();
});
