import { expect, test } from 'vitest';
import { type Decision, DecisionLog } from '../../../src/writing/completion/decision.ts';

const decision = (result: Decision['result'], line = 1): Decision => ({
  at: 0,
  documentId: 'file:///a.md',
  languageId: 'markdown',
  line,
  trigger: 'automatic',
  result,
  totalMs: 1,
});

test('a request that the next key gave up counts only until that key’s own', () => {
  const log = new DecisionLog();
  for (const line of [1, 2, 3]) log.add(decision('cancelled', line));
  log.add(decision('shown', 4));
  log.add(decision('cancelled', 5));
  expect(log.newestFirst.map(({ result, line }) => `${result} ${line}`)).toEqual(['cancelled 5', 'shown 4']);
  log.add(decision('cancelled', 6));
  log.add({ ...decision('zone', 7), documentId: 'file:///b.md' });
  expect(log.newestFirst[1]).toMatchObject({ result: 'cancelled', line: 6 }); // in another document nothing took its place
});

test('the same refusal in another document counts again', () => {
  const log = new DecisionLog();
  log.add(decision('off'));
  log.add({ ...decision('off'), documentId: 'file:///b.md' });
  log.add({ ...decision('off', 2), documentId: 'file:///b.md' });
  expect(log.newestFirst.map(({ documentId, line }) => `${documentId} ${line}`)).toEqual([
    'file:///b.md 2',
    'file:///a.md 1',
  ]);
});

test('a suggestion that is typed through counts once, with the figures of the model', () => {
  const log = new DecisionLog();
  log.add({ ...decision('shown'), source: 'model' });
  for (let key = 0; key < 3; key++) log.add({ ...decision('shown'), source: 'cache' });
  expect(log.newestFirst).toMatchObject([{ source: 'model' }]);
  log.add({ ...decision('shown', 2), documentId: 'file:///b.md', source: 'cache' });
  expect(log.newestFirst).toHaveLength(2);
});

test('old decisions are forgotten', () => {
  const log = new DecisionLog();
  for (let line = 1; line <= 60; line++) log.add(decision('shown', line));
  expect(log.newestFirst).toHaveLength(50);
  expect(log.newestFirst[0]?.line).toBe(60);
});
