import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packageReadme } from '../../../scripts/packageReadme.mjs';

describe('the page that the editor shows of the package', () => {
  const readme = readFileSync('README.md', 'utf8');
  const page = packageReadme(readme);

  test('leads to nothing that the package does not hold', () => {
    expect(page).not.toMatch(/\]\((?!https?:)/u);
    expect(page).not.toMatch(/npm |dist\/cli\.js|clone|<!--/u);
  });

  test('says what a person who writes needs', () => {
    const headings = [...page.matchAll(/^## (.+)$/gmu)].map(([, heading]) => heading);
    const needed = [
      'Install',
      'The first minute',
      'Nothing appears?',
      'What stays on your machine, and where',
      'Limits',
    ];
    expect(headings).toEqual(expect.arrayContaining(needed));
    expect(headings).not.toContain('For those who build');
    expect(page).toContain('MIT licence');
  });

  test.each([
    ['a\n\n![p](docs/p.png)\n\nb\n', 'a\n\nb\n'],
    ['[one](docs/one.md#two), [three](https://example.org)', 'one, [three](https://example.org)\n'],
    ['a\n\n<!-- only in a clone -->\n## B\n\nc\n<!-- /only in a clone -->\n\nd\n', 'a\n\nd\n'],
    [
      '<!-- only in a clone -->\nb\n<!-- /only in a clone -->\nc\n<!-- only in a clone -->\nd\n<!-- /only in a clone -->\n',
      'c\n',
    ],
  ])('%j becomes %j', (from, to) => expect(packageReadme(from)).toBe(to));
});
