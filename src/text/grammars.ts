import { asciidoc } from './asciidoc.ts';
import { commitMessage } from './commitMessage.ts';
import { html } from './html/html.ts';
import { type GrammarName, languageById } from './languages.ts';
import { latex } from './latex.ts';
import { markdown, mdx } from './markdown/markdown.ts';
import { org } from './org.ts';
import { plainText } from './plainText.ts';
import { restructuredText } from './restructuredText.ts';
import { codeStyles } from './sourceCode/codeStyle.ts';
import { sourceCode } from './sourceCode/sourceCode.ts';
import type { TextLanguage } from './textLanguage.ts';
import { typst } from './typst.ts';

const grammars: Readonly<Record<GrammarName, TextLanguage>> = {
  markdown,
  mdx,
  html,
  latex,
  restructuredText,
  asciidoc,
  typst,
  org,
  commitMessage,
  plainText,
};

/** How a text of a language is read; a language that nobody described is text without markup. */
export function languageFor(languageId: string): TextLanguage {
  const grammar = languageById(languageId)?.grammar ?? 'plainText';
  return typeof grammar === 'string' ? grammars[grammar] : sourceCode(codeStyles[grammar.style]);
}
