import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { availableBytes } from '../../../src/model/availableMemory.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const megabyte = 1 << 20;
const meminfo = (available: number) => `MemTotal: 99999999 kB\nMemFree: 1 kB\nMemAvailable:   ${available * 1024} kB\n`;

/** A machine whose files say this. */
async function available(files: Readonly<Record<string, string>>): Promise<number> {
  const root = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return availableBytes(root, 'linux') / megabyte;
}

const group = (place: string, limit: number | 'max', used: number, cached = 0) => ({
  [`${place}/memory.max`]: `${limit === 'max' ? 'max' : limit * megabyte}\n`,
  [`${place}/memory.current`]: `${used * megabyte}\n`,
  [`${place}/memory.stat`]: `anon 5\nactive_file ${cached * megabyte}\ninactive_file ${cached * megabyte}\nfile 7\n`,
});

test.each([
  ['no group', {}, 5000],
  ['a group without a limit', { 'proc/self/cgroup': '0::/a\n', ...group('sys/fs/cgroup/a', 'max', 100) }, 5000],
  ['a limit', { 'proc/self/cgroup': '0::/a\n', ...group('sys/fs/cgroup/a', 1000, 400) }, 600],
  ['what files are cached', { 'proc/self/cgroup': '0::/a\n', ...group('sys/fs/cgroup/a', 1000, 900, 300) }, 700],
  [
    'a limit above',
    { 'proc/self/cgroup': '0::/a/b\n', ...group('sys/fs/cgroup/a/b', 'max', 1), ...group('sys/fs/cgroup/a', 800, 500) },
    300,
  ],
  [
    'the nearer limit',
    { 'proc/self/cgroup': '0::/a/b\n', ...group('sys/fs/cgroup/a/b', 300, 100), ...group('sys/fs/cgroup/a', 800, 500) },
    200,
  ],
  [
    'a container that sees its own group only',
    { 'proc/self/cgroup': '0::/\n', ...group('sys/fs/cgroup', 512, 12) },
    500,
  ],
  [
    'a path that the container does not have',
    { 'proc/self/cgroup': '0::/docker/xyz\n', ...group('sys/fs/cgroup', 512, 12) },
    500,
  ],
  [
    'the first version',
    {
      'proc/self/cgroup': '11:cpu,cpuacct:/x\n5:memory:/x\n1:name=systemd:/x\n',
      'sys/fs/cgroup/memory/x/memory.limit_in_bytes': `${700 * megabyte}`,
      'sys/fs/cgroup/memory/x/memory.usage_in_bytes': `${500 * megabyte}`,
      'sys/fs/cgroup/memory/x/memory.stat': `total_inactive_file ${50 * megabyte}\n`,
    },
    250,
  ],
  [
    'the first version without a limit',
    {
      'proc/self/cgroup': '5:memory:/x\n',
      'sys/fs/cgroup/memory/x/memory.limit_in_bytes': '9223372036854771712',
      'sys/fs/cgroup/memory/x/memory.usage_in_bytes': `${500 * megabyte}`,
    },
    5000,
  ],
  ['more in use than allowed', { 'proc/self/cgroup': '0::/a\n', ...group('sys/fs/cgroup/a', 100, 400) }, 0],
  ['nonsense', { 'proc/self/cgroup': 'x\n0:\n\0', 'sys/fs/cgroup/memory.max': 'lots' }, 5000],
])('%s', async (_, files, expected) => {
  expect(await available({ 'proc/meminfo': meminfo(5000), ...files })).toBe(expected);
});

test('this machine has some memory', () => {
  expect(availableBytes()).toBeGreaterThan(megabyte);
  expect(availableBytes('/', 'win32')).toBeGreaterThan(megabyte);
  expect(availableBytes('/', 'darwin')).toBeGreaterThan(megabyte);
});
