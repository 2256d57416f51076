import { describe, expect, test } from 'vitest';
import { MessageControl } from '../../../src/training/loop/trainingControl.ts';

/** A loop as it is in a run: so many computations, with a look at the control before each. */
async function loop(control: MessageControl, computations: number, onComputed: () => void = () => undefined) {
  try {
    for (let i = 0; i < computations; i++) {
      await control.pause();
      if (control.isStopped) return;
      onComputed();
    }
  } finally {
    control.end();
  }
}

describe('a request to pause', () => {
  test('is answered when the loop rests, and nothing is computed until it goes on', async () => {
    const control = new MessageControl();
    let computed = 0;
    const run = loop(control, 3, () => computed++);
    await control.requestPause();
    const atRest = computed;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(computed).toBe(atRest);
    control.resume();
    await run;
    expect(computed).toBe(3);
  });

  test.each([0, 1])('is answered when the run ends instead (after %d computations)', async (computations) => {
    const control = new MessageControl();
    const asked = control.requestPause();
    control.resume();
    const again = control.requestPause();
    control.end();
    await Promise.all([asked, again, loop(new MessageControl(), computations)]);
  });

  test('is answered when the run has ended already', async () => {
    const control = new MessageControl();
    await loop(control, 1);
    await control.requestPause();
  });

  test('is answered when the run ends by itself before the loop looks again', async () => {
    const control = new MessageControl();
    let asked: Promise<void> | undefined;
    await loop(control, 1, () => {
      asked = control.requestPause();
    });
    await asked;
  });

  test('is answered when the run fails', async () => {
    const control = new MessageControl();
    let asked: Promise<void> | undefined;
    const failing = loop(control, 1, () => {
      asked = control.requestPause();
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    await asked;
  });

  test('is answered at once while the loop rests', async () => {
    const control = new MessageControl();
    const run = loop(control, 2);
    await control.requestPause();
    await control.requestPause();
    await control.requestPause();
    control.requestStop(false);
    await run;
  });

  test('is answered when the run is stopped, or told to go on, before it rests', async () => {
    for (const end of ['stop', 'resume'] as const) {
      const control = new MessageControl();
      const asked = control.requestPause();
      if (end === 'stop') control.requestStop(true);
      else control.resume();
      await asked;
    }
  });
});

test.each([true, false])('a stop that keeps (%s) is told, and cancels what reads', (keep) => {
  const control = new MessageControl();
  expect([control.isStopped, control.keepsResult]).toEqual([false, true]);
  control.requestStop(keep);
  expect([control.isStopped, control.keepsResult]).toEqual([true, keep]);
  expect(control.token.isCancellationRequested).toBe(true);
});
