import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { describe, expect, test, vi } from 'vitest';
import { parseAst } from 'vitest/node';

/**
 * Rooms that read what others wrote. A pattern there must need no more than linear time: a quadratic one freezes the
 * editor for seconds on a long run of blanks, a cubic one for minutes.
 */
const rooms = ['cli', 'extension', 'protocol', 'providers', 'text', 'training', 'webview', 'writing'];

/** Rooms whose patterns are also put together at run time. */
const builders = ['text', 'training/corpus', 'writing'];

const filesIn = (room: string): string[] =>
  readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join('src', room, file));

/** The regular expressions of a TypeScript text, as `/source/flags`. */
function patternsIn(text: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) walk(each);
    else if (typeof node === 'object' && node !== null) {
      const { regex } = node as { readonly regex?: { readonly pattern: string; readonly flags: string } };
      if (regex) found.push(`/${regex.pattern}/${regex.flags}`);
      for (const each of Object.values(node)) walk(each);
    }
  };
  walk(parseAst(text, { lang: 'ts' }));
  return found;
}

const isSlow = (pattern: string): boolean => {
  const end = pattern.lastIndexOf('/');
  return analyse({ source: pattern.slice(1, end), flags: pattern.slice(end + 1) }).reports.length > 0;
};

const slowPatternsIn = (text: string): string[] => [...new Set(patternsIn(text))].filter(isSlow);

describe('regular expressions', () => {
  test.each(rooms)('%s: none takes more than linear time', (room) => {
    const slow = filesIn(room).flatMap((file) =>
      slowPatternsIn(readFileSync(file, 'utf8')).map((pattern) => `${file}: ${pattern}`),
    );
    expect(slow).toEqual([]);
  });

  test('none that is put together at run time does either', async () => {
    const built = new Set<string>();
    vi.stubGlobal(
      'RegExp',
      new Proxy(RegExp, {
        construct(target, parts: [string, string]) {
          const pattern = new target(...parts);
          built.add(String(pattern));
          return pattern;
        },
      }),
    );
    vi.doMock('../../../src/text/lazy.ts', () => ({
      lazy: (source: string, flags: string) => new RegExp(source, flags),
    }));
    for (const file of builders.flatMap(filesIn)) await import(join('../../..', file));
    vi.unstubAllGlobals();
    expect(built.size).toBeGreaterThan(30);
    expect([...built].filter(isSlow)).toEqual([]);
  });

  test.each([
    String.raw`/\{\{\s*([^{}]*?)\s*\}\}/gu`,
    '/^-+|-+$/gu',
    String.raw`/\s*\S*$/u`,
    String.raw`/\s+$/`,
    '/(a+)+$/',
    String.raw`/^(\w+\s?)*$/`,
  ])('%s is seen', (pattern) => {
    expect(slowPatternsIn(`export const found = ${pattern}.exec('');`)).toEqual([pattern]);
  });

  test.each([String.raw`/\{\{([^{}]*)\}\}/gu`, String.raw`/^[ \t]*$/u`, String.raw`/\r?\n/u`])(
    '%s is left alone',
    (pattern) => {
      expect(slowPatternsIn(`export const found = ${pattern}.exec('');`)).toEqual([]);
    },
  );
});
