import type { MarkdownParser } from '@lezer/markdown';
import type { TextLanguage } from '../textLanguage.ts';
import { markdownBlocks, mdxBlocks } from './blockParser.ts';
import { MarkdownScan } from './markdownScan.ts';
import { readMarkdown } from './readMarkdown.ts';

const readBy = (parser: MarkdownParser): TextLanguage => ({
  read: (text) => readMarkdown(parser, text),
  caretScan: () => new MarkdownScan(parser),
});

/** CommonMark with what GitHub, Pandoc, MyST, Quarto, Hugo, Jekyll and Obsidian add to it. */
export const markdown = readBy(markdownBlocks);

export const mdx = readBy(mdxBlocks);
