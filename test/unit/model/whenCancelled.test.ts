import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { whenCancelled } from '../../../src/model/whenCancelled.ts';

test.each<[when: string, isBefore: boolean]>([
  ['before the request is begun, as when both come at once', true],
  ['while it runs', false],
])('a cancel is heard that comes %s', (_, isBefore) => {
  const source = new CancellationTokenSource();
  if (isBefore) source.cancel();
  let heard = 0;
  whenCancelled(source.token, () => heard++);
  if (!isBefore) {
    expect(heard).toBe(0);
    source.cancel();
  }
  expect(heard).toBe(1);
});
