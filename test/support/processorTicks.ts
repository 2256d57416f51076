import { readFileSync } from 'node:fs';

/** Processor time that a process has used, in ticks of 10 ms. Linux only. */
export function processorTicks(id: number): number {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return Number(fields[11]) + Number(fields[12]); // utime, stime
}
