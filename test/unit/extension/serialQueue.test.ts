import { expect, test } from 'vitest';
import { serialQueue } from '../../../src/extension/serialQueue.ts';

test('each piece of work begins when the one before it has ended, also when that failed', async () => {
  const inTurn = serialQueue();
  const events: string[] = [];
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      events.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const all = await Promise.allSettled([work('first'), work('second', true), work('third')]);
  expect(events).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(all[2]).toMatchObject({ value: 'third' });
});
