import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** One core is left to the editor; a core's second hardware thread adds nothing to matrix products. */
export const defaultThreads = (): number => Math.max(1, physicalCores() - 1);

/**
 * Cores that this process may use. Linux tells which logical processors share a core; elsewhere a 64-bit Intel or AMD
 * processor is taken to have two per core, an ARM one to have one.
 */
export function physicalCores(): number {
  const logical = availableParallelism();
  if (process.platform === 'linux') return Math.min(logical, coresOf(readCpuInfo()) || logical);
  return process.arch === 'x64' ? Math.ceil(logical / 2) : logical;
}

/** Different pairs of socket and core in the text of /proc/cpuinfo; 0 when it names none, as on ARM. */
export function coresOf(cpuInfo: string): number {
  const processors = cpuInfo.split(/\n\s*\n/);
  const field = (text: string, name: string) => new RegExp(`^${name}\\s*:\\s*(\\d+)`, 'm').exec(text)?.[1];
  const cores = processors.flatMap((text) => {
    const core = field(text, 'core id');
    return core === undefined ? [] : [`${field(text, 'physical id') ?? 0}/${core}`];
  });
  return new Set(cores).size;
}

function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return ''; // hidden in some sandboxes
  }
}
