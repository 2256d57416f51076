import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of the inference processes that run below the given one. Linux only: it reads /proc. */
export function engineProcesses(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        // pid (name) state ppid …
        const [state, parentId] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
        const isEngine = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('inference.js');
        return isEngine && state !== 'Z' && Number(parentId) === parent;
      } catch {
        return false; // gone meanwhile
      }
    })
    .map(Number);
}
