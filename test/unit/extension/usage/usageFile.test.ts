import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageFile } from '../../../../src/extension/usage/usageFile.ts';
import { type UsageCounts, usageOf } from '../../../../src/writing/usage/usageCounts.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const newPath = async () => join(await temporaryFolder(), 'storage', 'usage.json');
const day = '2026-03-01';
const taken = (takenWhole: number): ReturnType<typeof usageOf> =>
  usageOf({ day, languageId: 'markdown', place: 'midWord' }, { takenWhole });
const allOf = async (file: UsageFile): Promise<UsageCounts | undefined> => (await file.read())[day]?.all;

describe('counts', () => {
  test('of two windows end up in one file', async () => {
    const path = await newPath();
    const [one, other] = [new UsageFile(path), new UsageFile(path)];
    one.add(taken(1));
    other.add(taken(2));
    await one.flush();
    await other.flush();
    one.add(taken(4));
    expect(await one.read()).toEqual(taken(7));
  });

  test('of windows that write at the same moment are all kept', async () => {
    const path = await newPath();
    const windows = Array.from({ length: 8 }, () => new UsageFile(path));
    for (let round = 1; round <= 5; round++) {
      for (const window of windows) window.add(taken(1));
      await Promise.all(windows.map((window) => window.flush()));
      expect(await allOf(windows[0]!)).toEqual({ takenWhole: 8 * round });
    }
  });

  test('are written although another window died while it wrote', async () => {
    const path = await newPath();
    const file = new UsageFile(path);
    file.add(taken(1));
    await file.flush();
    writeFileSync(`${path}.lock`, '');
    file.add(taken(1));
    expect(await allOf(file)).toEqual({ takenWhole: 2 });
  });

  test('are forgotten, with what was put aside', async () => {
    const path = await newPath();
    mkdirSync(dirname(path));
    writeFileSync(path, 'no counts');
    const file = new UsageFile(path);
    file.add(taken(1));
    await file.flush();
    expect(await file.setAside()).toBe(`${path}.damaged`);
    await file.clear();
    expect(await new UsageFile(path).read()).toEqual({});
    expect(await file.setAside()).toBeUndefined();
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, 9)],
    ['empty', () => ''],
    ['of zeros', (text: string) => '\0'.repeat(text.length)],
    ['a list', () => '[]'],
    ['a number', () => '12'],
    ['null', () => 'null'],
    ['with a count that is a text', (text: string) => text.replace('"takenWhole":1', '"takenWhole":"1"')],
    ['with half a count', (text: string) => text.replace('"takenWhole":1', '"takenWhole":0.5')],
    ['with a count that nobody knows', (text: string) => text.replace('"takenWhole"', '"takenWhale"')],
    ['with a day that is none', (text: string) => text.replace(day, 'yesterday')],
    ['without groups', () => `{"${day}":{"all":{}}}`],
  ])('begin anew where the file is %s, and the file is put aside as it was', async (_, damage) => {
    const path = await newPath();
    const file = new UsageFile(path);
    file.add(taken(1));
    await file.flush();
    const damaged = damage(readFileSync(path, 'utf8'));
    writeFileSync(path, damaged);
    file.add(taken(1));
    expect(await allOf(file)).toEqual({ takenWhole: 1 });
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(damaged);
    expect(await allOf(new UsageFile(path))).toEqual({ takenWhole: 1 });
  });

  test('of other days go on where one day is damaged', async () => {
    const path = await newPath();
    mkdirSync(dirname(path));
    writeFileSync(path, JSON.stringify({ '2026-02-28': 7, ...taken(3) }));
    expect(await new UsageFile(path).read()).toEqual(taken(3));
    expect(existsSync(`${path}.damaged`)).toBe(true);
  });

  test('that cannot be read are left alone, and what is new waits', async () => {
    const path = await newPath();
    mkdirSync(path, { recursive: true }); // a folder is in the way
    const file = new UsageFile(path);
    file.add(taken(1));
    await expect(file.read()).rejects.toThrow(/EISDIR|EPERM|EACCES/u);
    expect(await file.setAside()).toBeUndefined();
  });

  test('of the first version are read', async () => {
    const path = await newPath();
    mkdirSync(dirname(path));
    const survival = { 30: { kept: 3, gone: 1 }, 120: { kept: 2, gone: 2 }, 600: { kept: 0, gone: 0 } };
    const first = { accepted: 3, acceptedParts: 2, rejected: 7, characters: 40, survival };
    writeFileSync(path, JSON.stringify({ [day]: first }));
    const file = new UsageFile(path);
    expect(await allOf(file)).toMatchObject({
      takenWhole: 3,
      takenPart: 2,
      passedOver: 7,
      takes: 5,
      characters: 40,
      kept30: 3,
      gone120: 2,
    });
    expect(await file.setAside()).toBeUndefined();
  });
});
