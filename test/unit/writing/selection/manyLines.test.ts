// More values than arguments fit on the stack.
import { expect, test } from 'vitest';
import { readText } from '../../../../src/text/readText.ts';
import { protectedParts } from '../../../../src/writing/selection/protection/protectedParts.ts';
import { listMarkEdits } from '../../../../src/writing/selection/rules/listMarks.ts';
import { dialectOf } from '../../../../src/writing/selection/text/dialect.ts';
import { isVerse } from '../../../../src/writing/selection/text/verse.ts';
import { wrapLike } from '../../../../src/writing/selection/text/wrapping.ts';

const many = 150_000;

test('a paragraph, a verse, a listing in an item and a table of 150,000 lines', () => {
  const lines = Array.from({ length: many }, () => 'call the office');
  expect(wrapLike(lines.join('\n'), 'a b', 0)).toBe('a b');
  expect(isVerse(lines)).toBe(true);
  const item = `- text\n\n  \`\`\`\n${'  a\n'.repeat(many)}  \`\`\`\n`;
  const reading = readText(item, 'markdown');
  expect(protectedParts(reading).some(({ kind }) => kind === 'code')).toBe(true);
  expect(listMarkEdits(reading, true)).not.toEqual([]);
  const rows = Array.from({ length: many }, () => ['a', 'b']);
  expect(dialectOf('markdown').table(rows, ['a', 'b'])!.length).toBeGreaterThan(many);
});
