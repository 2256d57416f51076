import type { TextLanguage } from '../textLanguage.ts';
import { type Dialect, markdownDialect, mdxDialect } from './blockParser.ts';
import { MarkdownScan } from './markdownScan.ts';
import { readMarkdown } from './readMarkdown.ts';

const readBy = (dialect: Dialect): TextLanguage => ({
  read: (text) => readMarkdown(dialect, text),
  caretScan: () => new MarkdownScan(dialect),
});

/** CommonMark with what GitHub, Pandoc, MyST, Quarto, Hugo, Jekyll and Obsidian add to it. */
export const markdown = readBy(markdownDialect);

export const mdx = readBy(mdxDialect);
