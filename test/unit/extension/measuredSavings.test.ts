import { expect, test } from 'vitest';
import { MeasuredSavings } from '../../../src/extension/models/measuredSavings.ts';
import type { WhatItSaved } from '../../../src/extension/whatItSaves.ts';

const saved = (modelFolder: string, share: number, comparable: string | undefined = 'these texts'): WhatItSaved => ({
  modelFolder,
  savings: { share, interval: null },
  comparable,
});

/** @param answers of the texts that are typed again, one after the other */
function savingsWith(...answers: (WhatItSaved | undefined)[]) {
  let kept: unknown;
  const memento = {
    get: () => kept,
    update: async (_: string, value: unknown) => {
      kept = structuredClone(value);
    },
  };
  const asked: (string | undefined)[] = [];
  const typeAgain = async (folder?: string) => {
    asked.push(folder);
    return answers[asked.length - 1];
  };
  let changes = 0;
  const savings = new MeasuredSavings(memento as never, typeAgain, () => changes++);
  return { savings, asked, changes: () => changes };
}

test('models that typed the same texts stand side by side, whichever was asked for how', async () => {
  const { savings, asked, changes } = savingsWith(saved('/usual', 0.2), saved('/other', 0.3));
  await savings.measure();
  await savings.measure('/other');
  expect(asked).toEqual([undefined, '/other']);
  expect([savings.of('/usual'), savings.of('/other')]).toMatchObject([{ share: 0.2 }, { share: 0.3 }]);
  expect(savings.of('/third')).toBeUndefined();
  expect(changes()).toBeGreaterThan(1);
});

test('the newest figure of a model counts', async () => {
  const { savings } = savingsWith(saved('/one', 0.2), saved('/one', 0.25));
  await savings.measure('/one');
  await savings.measure('/one');
  expect(savings.of('/one')).toMatchObject({ share: 0.25 });
});

test('figures of other texts are no measure for these, and go', async () => {
  const { savings } = savingsWith(saved('/one', 0.2), saved('/two', 0.3, 'other texts'));
  await savings.measure('/one');
  await savings.measure('/two');
  expect(savings.of('/one')).toBeUndefined();
  expect(savings.of('/two')).toMatchObject({ share: 0.3 });
});

test('a model that comes into the place of another one does not have its figure', async () => {
  const { savings } = savingsWith(saved('/one', 0.2), saved('/two', 0.3));
  await savings.forget('/one'); // nothing is known yet
  await savings.measure('/one');
  await savings.measure('/two');
  await savings.forget('/one');
  expect(savings.of('/one')).toBeUndefined();
  expect(savings.of('/two')).toMatchObject({ share: 0.3 });
});

test.each([
  ['was stopped, or had nothing to type', undefined],
  ['ran with an adapter, which the others did not have', { ...saved('/two', 0.4), comparable: undefined }],
])('what %s changes no figure', async (_, answer) => {
  const { savings } = savingsWith(saved('/one', 0.2), answer);
  await savings.measure('/one');
  await savings.measure();
  expect(savings.of('/one')).toMatchObject({ share: 0.2 });
  expect(savings.of('/two')).toBeUndefined();
});

test('while it is typed once it is not begun again, and a failure leaves it as it was', async () => {
  let fail: (error: Error) => void = () => undefined;
  const asked: unknown[] = [];
  const typeAgain = (folder?: string) =>
    new Promise<WhatItSaved>((_, reject) => {
      asked.push(folder);
      fail = reject;
    });
  const savings = new MeasuredSavings({ get: () => undefined } as never, typeAgain, () => undefined);
  const first = savings.measure('/one');
  await savings.measure('/one');
  expect([asked, savings.of('/one')]).toEqual([['/one'], 'measuring']);
  fail(new Error('no memory'));
  await expect(first).rejects.toThrow('no memory');
  expect(savings.of('/one')).toBeUndefined();
});
