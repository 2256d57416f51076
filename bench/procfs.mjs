// What Linux says about a process.
import { readFileSync } from 'node:fs';

/** @param {number} pid */
export function memoryMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field) => (Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6;
  return { residentMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}

/**
 * Processor time of all threads so far, as exact as clock ticks of 10 ms.
 * @param {number} pid
 */
export const processorMs = (pid) => 10 * cpuTicks(pid);

/**
 * The same, in ticks.
 * @param {number} pid
 */
export function cpuTicks(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold blanks
  return Number(fields[11]) + Number(fields[12]); // utime, stime
}
