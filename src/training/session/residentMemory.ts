/** How much memory this process takes, measured over a stretch of work; a run blocks the thread, so nothing can sample. */
import { readFileSync, writeFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';

/** Forgets the peak so far, where the system lets us: Linux does, elsewhere `peakResidentMb` is what is resident then. */
export function restartPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5'); // proc(5): resets VmHWM
  } catch {}
}

/** The most memory that was resident since `restartPeak`, in MB. */
export function peakResidentMb(): number {
  let peak = process.memoryUsage().rss / 1e6;
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    peak = Math.max(peak, (Number(kilobytes ?? 0) * 1024) / 1e6);
  } catch {}
  return Math.round(peak);
}

/** What this process can have without taking it from others: what it has already and what is to be had, in MB. */
export function availableMb(): number {
  const { availableMemory } = process as { readonly availableMemory?: () => number }; // Node 20.13 and 22
  const free = availableMemory?.() ?? freemem();
  // macOS counts pages that nobody has ever used; most of the others are given up when they are asked for
  const obtainable = process.platform === 'darwin' ? Math.max(free, totalmem() / 2) : free;
  return (obtainable + process.memoryUsage().rss) / 1e6;
}
