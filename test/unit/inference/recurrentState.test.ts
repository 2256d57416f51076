import { expect, test } from 'vitest';
import { DecoderState, type StatePart } from '../../../src/inference/decoderState.ts';
import { RecurrentState } from '../../../src/inference/recurrentState.ts';

/** A state of one number: what it was, times 10, plus every token. Tells in which order tokens were read. */
function run(state: DecoderState, tokenIds: readonly number[]): { again: number; value: number } {
  const again = state.unread();
  const { data: past } = state.feeds()['past_state.0']!;
  const { data: fresh } = state.roomForNew(again.length + tokenIds.length)['new_state.0']!;
  let value = Number(past[0]);
  for (const id of [...again, ...tokenIds]) value = (value * 10 + id) % 9_999_991;
  fresh[0] = value;
  state.append(tokenIds);
  return { again: again.length, value };
}

const newState = (...others: StatePart[]) => {
  const recurrent = new RecurrentState([[1]]);
  return { recurrent, state: new DecoderState([...others, recurrent]) };
};

const inOrder = (tokenIds: readonly number[]) => tokenIds.reduce((value, id) => (value * 10 + id) % 9_999_991, 0);
const digits = (count: number) => Array.from({ length: count }, (_, i) => (i * 7 + 3) % 10);

test('a cut-back goes to the nearest copy, and the tokens between are read again', () => {
  const { state } = newState();
  run(state, [1, 2, 3]);
  run(state, [4, 5]);
  state.rewindTo(4);
  expect(state.tokenIds).toEqual([1, 2, 3, 4]);
  expect(run(state, [6])).toEqual({ again: 1, value: 12346 });
  state.rewindTo(3);
  expect(run(state, [7])).toEqual({ again: 0, value: 1237 });
});

test.each([1, 3, 16, 64])(
  'every length that a text of runs of %i is cut back to gives what reading it anew gives',
  (step) => {
    const text = digits(400);
    for (let length = 0; length <= text.length; length += 7) {
      const { state } = newState();
      for (let start = 0; start < text.length; start += step) run(state, text.slice(start, start + step));
      state.rewindTo(length);
      const { again, value } = run(state, [9]);
      expect(value).toBe(inOrder([...text.slice(0, length), 9]));
      expect(again).toBeLessThanOrEqual(64 + step);
    }
  },
);

test('copies do not grow with every token', () => {
  const { state, recurrent } = newState();
  for (const id of digits(2000)) run(state, [id]);
  expect(recurrent.copies).toBeLessThan(32 + 2000 / 64 + 2);
  state.clear();
  expect(recurrent.copies).toBe(0);
  expect(run(state, [5])).toEqual({ again: 0, value: 5 });
});

test('a part that can be cut anywhere follows one that cannot', () => {
  let held = 0;
  const rows: StatePart = {
    isCutFreely: true,
    feeds: () => ({}),
    roomForNew: () => ({}),
    append: (count) => {
      held += count;
    },
    rewindTo: (length) => {
      held = Math.min(held, length);
      return held;
    },
    clear: () => undefined,
  };
  const { state } = newState(rows);
  run(state, [1, 2, 3, 4]);
  state.rewindTo(2);
  expect(run(state, [8])).toEqual({ again: 2, value: 128 });
  expect(held).toBe(3);
});

test('a run that failed leaves the state as it was', () => {
  const { state } = newState();
  run(state, [1, 2]);
  state.unread();
  state.roomForNew(1)['new_state.0']!.data[0] = 77; // the graph threw after it had written
  expect(run(state, [3])).toEqual({ again: 0, value: 123 });
});
