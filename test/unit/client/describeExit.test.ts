import { expect, test } from 'vitest';
import { describeExit } from '../../../src/client/processLife.ts';

function check(exit: [number | null, NodeJS.Signals | null, string], code: string, message: string): void {
  const error = describeExit('inference', ...exit);
  expect([error.code, error.message]).toEqual([code, `The inference process ended unexpectedly ${message}`]);
}

test('the reason of an end is said in words', () => {
  check([null, 'SIGKILL', ''], 'processDied', '(SIGKILL). Something killed it; often the system had no memory left.');
  check([null, 'SIGILL', ''], 'processDied', '(SIGILL). This processor lacks an instruction that the runtime needs.');
  check([3, null, ''], 'processDied', '(exit code 3).');
  check([1, null, 'at x\nTypeError: a bug\n    at y'], 'processDied', '(exit code 1). TypeError: a bug');
  check(
    [null, 'SIGABRT', "terminate called after 'std::bad_alloc'"],
    'outOfMemory',
    '(SIGABRT). There was not enough memory.',
  );
  check(
    [134, null, 'FATAL ERROR: JavaScript heap out of memory'],
    'outOfMemory',
    '(exit code 134). There was not enough memory.',
  );
  check(
    [null, 'SIGABRT', 'FATAL ERROR: Zone Allocation failed - process out of memory'],
    'outOfMemory',
    '(SIGABRT). There was not enough memory.',
  );
});
