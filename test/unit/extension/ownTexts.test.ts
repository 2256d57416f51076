import picomatch from 'picomatch';
import { expect, test, vi } from 'vitest';
import { asGlob } from '../../../src/extension/workspaceWords.ts';

vi.mock('vscode', () => ({}));

const files = [
  'a.md',
  'notes/a.md',
  'notes/deep/a.md',
  'a [1].md',
  'a (b).md',
  'a{b,c}.md',
  'ab.md',
  '*.md',
  'a?.md',
  '!a.md',
  '+(a).md',
  '@a.md',
  'a|b.md',
  'ü 字.md',
];

test.each(files)('%s as a pattern matches itself alone', (file) => {
  const matches = picomatch([asGlob(file)]);
  expect(files.filter((each) => matches(each))).toEqual([file]);
});
