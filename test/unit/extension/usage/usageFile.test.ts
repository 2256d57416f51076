import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageFile } from '../../../../src/extension/usage/usageFile.ts';
import { noUsage, plusDays, sumSince } from '../../../../src/writing/usage/usageCounts.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const newPath = async () => join(await temporaryFolder(), 'storage', 'usage.json');

describe('counts', () => {
  test('are added up by day, and over days', async () => {
    const file = new UsageFile(await newPath());
    file.add('2026-03-01', { accepted: 1, characters: 12 });
    file.add('2026-03-01', { survival: { 30: { kept: 1, gone: 0 } } });
    file.add('2026-03-02', { rejected: 2, acceptedParts: 1 });
    const days = await file.read();
    expect(days['2026-03-01']).toEqual({
      ...noUsage,
      accepted: 1,
      characters: 12,
      survival: { ...noUsage.survival, 30: { kept: 1, gone: 0 } },
    });
    expect(sumSince(days, '2026-03-02')).toEqual({ ...noUsage, rejected: 2, acceptedParts: 1 });
    expect(sumSince(days, '').accepted).toBe(1);
  });

  test('of two windows end up in one file', async () => {
    const path = await newPath();
    const [one, other] = [new UsageFile(path), new UsageFile(path)];
    one.add('2026-03-01', { accepted: 1 });
    other.add('2026-03-01', { accepted: 2 });
    await one.flush();
    await other.flush();
    one.add('2026-03-01', { accepted: 4 });
    expect((await one.read())['2026-03-01']!.accepted).toBe(7);
  });

  test('of windows that write at the same moment are all kept', async () => {
    const path = await newPath();
    const windows = Array.from({ length: 8 }, () => new UsageFile(path));
    for (let round = 1; round <= 5; round++) {
      for (const window of windows) window.add('2026-03-01', { accepted: 1 });
      await Promise.all(windows.map((window) => window.flush()));
      expect((await windows[0]!.read())['2026-03-01']!.accepted).toBe(8 * round);
    }
  });

  test('are written although another window died while it wrote', async () => {
    const path = await newPath();
    const file = new UsageFile(path);
    file.add('2026-03-01', { accepted: 1 });
    await file.flush();
    writeFileSync(`${path}.lock`, '');
    file.add('2026-03-01', { accepted: 1 });
    expect((await file.read())['2026-03-01']!.accepted).toBe(2);
  });

  test('are forgotten', async () => {
    const path = await newPath();
    const file = new UsageFile(path);
    file.add('2026-03-01', { accepted: 1 });
    await file.flush();
    await file.clear();
    expect(await new UsageFile(path).read()).toEqual({});
  });

  test('begin anew where the file is damaged', async () => {
    const path = await newPath();
    const file = new UsageFile(path);
    file.add('2026-03-01', { accepted: 1 });
    await file.flush();
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 9));
    file.add('2026-03-01', { accepted: 1 });
    expect((await file.read())['2026-03-01']!.accepted).toBe(1);
  });

  test('of more than 400 days lose the oldest', () => {
    const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
    const many = Object.fromEntries(Array.from({ length: 450 }, (_, i) => [day(i), noUsage]));
    const kept = Object.keys(plusDays({}, many));
    expect(kept).toHaveLength(400);
    expect(kept[0]).toBe(day(50));
  });
});
