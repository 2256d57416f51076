import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';

/**
 * Rooms that read what others wrote, in the editor's own process. A pattern there must need no more than linear time: a
 * quadratic one freezes the editor for seconds on a long run of blanks, a cubic one for minutes.
 */
const rooms = ['src/cli', 'src/extension', 'src/protocol', 'src/providers', 'src/webview', 'src/writing/prompts'];

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
    const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const slow = files.flatMap((file) =>
      slowPatternsIn(readFileSync(join(room, file), 'utf8')).map((pattern) => `${file}: ${pattern}`),
    );
    expect(slow).toEqual([]);
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
