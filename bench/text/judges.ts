import type { TextReading } from '../../src/text/block.ts';
import { commonmarkLines } from '../../test/unit/text/support/commonmarkLines.ts';
import { htmlWordLines } from '../../test/unit/text/support/htmlWords.ts';
import { parse5Lines } from '../../test/unit/text/support/parse5Lines.ts';
import { readingLines } from '../../test/unit/text/support/readingLines.ts';

interface Judge {
  readonly files: RegExp;
  readonly lineBreak: RegExp;
  /** what each line is to the reference, '' for one that it says nothing of */
  theirs(text: string): string[];
  /** what each line is to us, in the same words */
  ours(reading: TextReading): string[];
  /** a kind that the reference does not know */
  extension(kind: string): boolean;
}

/** Reference implementations by language id. */
export const judges: Readonly<Record<string, Judge>> = {
  markdown: {
    files: /\.(?:md|markdown)$/iu,
    lineBreak: /\r\n?|\n/u,
    theirs: commonmarkLines,
    ours: (reading) => readingLines(reading).map((kind) => (kind === 'comment' ? 'markup' : kind)),
    extension: (kind) => kind === 'table' || kind === 'frontMatter' || kind === 'math',
  },
  html: {
    files: /\.(?:html?|xhtml)$/iu,
    lineBreak: /\n/u,
    theirs: parse5Lines,
    ours: htmlWordLines,
    extension: (kind) => kind === 'frontMatter',
  },
};
