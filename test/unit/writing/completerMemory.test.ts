import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Typist } from './support/typist.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Every keystroke brings the whole document as a new string; one that is held on to is a page per key. */
test('hundreds of keystrokes in a long document hold on to a bounded part of it', async () => {
  const page = 'It was a dark and stormy night, and the rain fell on the roof of the house.\n\n';
  const chapter = page.repeat(5_000); // 380 kB
  const typist = new Typist(`${chapter}And then the |`, { script: () => [['old', 0.2]] });
  await typist.ask();
  const early = heapBytes();
  for (let key = 0; key < 400; key++) await typist.edit(`${key} `).ask();
  typist.generator.calls.length = 0; // the stand-in for the model remembers all that it was asked
  expect((heapBytes() - early) / chapter.length).toBeLessThan(8);
});
