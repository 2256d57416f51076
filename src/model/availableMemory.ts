import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';

/**
 * How many bytes this process can still have without taking them from others: what the system would give, and what a
 * container or a limit for a group of processes leaves. What files are cached counts as free, because the system drops it.
 * @param root where Linux's /proc and /sys lie; another place for tests
 */
export function availableBytes(root = '/', platform = process.platform): number {
  // macOS counts pages that nobody has ever used; most of the others are given up when they are asked for
  if (platform === 'darwin') return Math.max(freemem(), totalmem() / 2);
  if (platform !== 'linux') return freemem();
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/mu.exec(read(join(root, 'proc/meminfo')))?.[1];
  const ofSystem = kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  return Math.max(0, Math.min(ofSystem, leftOfGroups(root)));
}

/** The least that any group which this process is in leaves, as far up as its limits can be seen; Infinity without one. */
function leftOfGroups(root: string): number {
  const lines = read(join(root, 'proc/self/cgroup')).split('\n');
  const lefts = lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/u.exec(line) ?? [];
    if (path === undefined || (controllers !== '' && !controllers!.split(',').includes('memory'))) return [];
    const isFirst = controllers !== '';
    const mount = join(root, isFirst ? 'sys/fs/cgroup/memory' : 'sys/fs/cgroup');
    // within a container the group's own files often lie at the mount itself
    const steps = path.split('/').filter(Boolean);
    const places = steps.map((_, i) => join(mount, ...steps.slice(0, steps.length - i)));
    return [...places, mount].map((place) => leftOf(place, isFirst ? first : second));
  });
  return Math.min(Number.POSITIVE_INFINITY, ...lefts);
}

/** Names of a group's files in the two versions of Linux's control groups. */
interface GroupFiles {
  readonly limit: string;
  readonly used: string;
}
const first: GroupFiles = { limit: 'memory.limit_in_bytes', used: 'memory.usage_in_bytes' };
const second: GroupFiles = { limit: 'memory.max', used: 'memory.current' };

function leftOf(place: string, files: GroupFiles): number {
  const limit = wholeNumber(read(join(place, files.limit))); // `max` is no number
  const used = wholeNumber(read(join(place, files.used)));
  if (limit === undefined || used === undefined) return Number.POSITIVE_INFINITY;
  const statistics = read(join(place, 'memory.stat'));
  const cached = ['active_file', 'inactive_file'].map(
    (name) => wholeNumber(new RegExp(`^(?:total_)?${name} (\\d+)$`, 'mu').exec(statistics)?.[1] ?? '') ?? 0,
  );
  return limit - used + cached.reduce((sum, bytes) => sum + bytes, 0);
}

const wholeNumber = (text: string) => (/^\d+$/u.test(text.trim()) ? Number(text) : undefined);

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // not every system has it
  }
}
