import { expect, test } from 'vitest';
import { coresOf } from '../../../src/model/threads.ts';

/** One logical processor as /proc/cpuinfo lists it. */
const processor = (id: number, socket: number, core: number) =>
  `processor\t: ${id}\nmodel name\t: A Processor\nphysical id\t: ${socket}\nsiblings\t: 4\ncore id\t\t: ${core}\ncpu cores\t: 2\n`;

const cases: [string, string[], number][] = [
  ['two cores', [processor(0, 0, 0), processor(1, 0, 1)], 2],
  ['two cores with two threads each', [0, 1, 2, 3].map((id) => processor(id, 0, id % 2)), 2],
  ['two sockets', [processor(0, 0, 0), processor(1, 1, 0)], 2],
  ['core numbers with gaps', [processor(0, 0, 0), processor(1, 0, 8), processor(2, 0, 12)], 3],
  ['an ARM machine, which names no cores', ['processor\t: 0\nBogoMIPS\t: 50.00\n'], 0],
  ['a hidden file', [], 0],
];

test.each(cases)('%s', (_, processors, expected) => {
  expect(coresOf(processors.join('\n'))).toBe(expected);
});
