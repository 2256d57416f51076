import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleOf, type LearntExample, LearntExamples } from '../../../../src/extension/usage/learntExamples.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const example = (written: string): LearntExample => ({
  at: '2026-03-01T12:00:00.000Z',
  kind: 'accepted',
  path: 'notes/a.md',
  languageId: 'markdown',
  before: 'The tide is ',
  suggested: written,
  written,
});
const newExamples = async () => new LearntExamples(join(await temporaryFolder(), 'storage', 'learnt.jsonl'));

describe('examples', () => {
  test('are there in their order, and can be deleted one by one', async () => {
    const examples = await newExamples();
    expect(await examples.read()).toEqual([]);
    await examples.add(example('out'));
    await examples.add(example('in'));
    await examples.remove(example('out'));
    expect(await examples.read()).toEqual([example('in')]);
  });

  test('follow what a person does to the file', async () => {
    const examples = await newExamples();
    await examples.add(example('out'));
    appendFileSync(examples.path, `no example\n\n${JSON.stringify(example('turning'))}\n{"kind":"accepted"}\n`);
    expect(await examples.read()).toEqual([example('out'), example('turning')]);
  });

  test('are all forgotten', async () => {
    const examples = await newExamples();
    await examples.add(example('out'));
    await examples.clear();
    expect(await examples.read()).toEqual([]);
    expect(() => readFileSync(examples.path)).toThrow(/ENOENT/);
  });

  test('of two windows are all kept, also while one deletes', async () => {
    const one = await newExamples();
    const other = new LearntExamples(one.path);
    const first = Array.from({ length: 10 }, (_, i) => example(`first ${i}`));
    const second = Array.from({ length: 10 }, (_, i) => example(`second ${i}`));
    for (const each of first) await one.add(each);
    await Promise.all([...first.map((each) => one.remove(each)), ...second.map((each) => other.add(each))]);
    expect(await one.read()).toEqual(second);
  });

  test('take a megabyte at most: the newest stay', async () => {
    const examples = await newExamples();
    const long = (i: number) => example(`${i} ${'x'.repeat(100_000)}`);
    for (let i = 0; i < 12; i++) await examples.add(long(i));
    expect(statSync(examples.path).size).toBeLessThanOrEqual(1_000_000);
    const kept = (await examples.read()).map(({ written }) => Number.parseInt(written, 10));
    expect(kept.at(-1)).toBe(11);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });
});

describe('what is learnt from a place', () => {
  /** What was accepted, or was written in its place, stands between bars. */
  const check = (kind: 'accepted' | 'rejected', suggested: string, drawn: string, expected: object | undefined) =>
    test(`${kind}: ${drawn}`, () => {
      const [start, end] = [drawn.indexOf('|'), drawn.lastIndexOf('|') - 1];
      const text = drawn.replaceAll('|', '');
      expect(exampleOf({ kind, text, start, end, suggested })).toEqual(expected);
    });

  const before = 'The tide is ';
  check('accepted', 'going out', 'The tide is |going out| now.\nNext', {
    kind: 'accepted',
    before,
    suggested: 'going out',
    written: 'going out',
  });
  check('accepted', 'going out', 'The tide is |at its lowest| now.\nNext', {
    kind: 'rejected',
    before,
    suggested: 'going out',
    written: 'at its lowest now.',
  });
  check('rejected', 'going out', 'The tide is |c|oming in.\r\nNext', {
    kind: 'rejected',
    before,
    suggested: 'going out',
    written: 'coming in.',
  });
  check('accepted', 'going out', 'The tide is ||\nNext', undefined);

  test('is cut to whole words', () => {
    const text = `${'word '.repeat(200)}${'later '.repeat(200)}`;
    const learnt = exampleOf({ kind: 'rejected', text, start: 1000, end: 1005, suggested: 'x' })!;
    expect(learnt.before.length).toBeLessThanOrEqual(300);
    expect(learnt.before).toMatch(/^(word )+$/);
    expect(learnt.written.length).toBeLessThanOrEqual(200);
    expect(learnt.written).toMatch(/^later( later)+$/);
  });
});
