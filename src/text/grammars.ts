import { asciidoc } from './asciidoc.ts';
import { latex } from './latex.ts';
import { org } from './org.ts';
import { plainText } from './plainText.ts';
import { restructuredText } from './restructuredText.ts';
import type { TextLanguage } from './textLanguage.ts';
import { typst } from './typst.ts';
import { commitMessage } from './zones/commitMessage.ts';
import { html } from './zones/html.ts';
import { markdown } from './zones/markdown.ts';
import { sourceCode } from './zones/sourceCode.ts';
import { zonesOnly } from './zones/zonesOnly.ts';

const languages: Readonly<Record<string, TextLanguage>> = {
  markdown: zonesOnly(markdown),
  mdx: zonesOnly(markdown),
  quarto: zonesOnly(markdown),
  rmd: zonesOnly(markdown),
  latex,
  tex: latex,
  restructuredtext: restructuredText,
  asciidoc,
  typst,
  org,
  html: zonesOnly(html),
  'git-commit': zonesOnly(commitMessage),
  scminput: zonesOnly(commitMessage),
  plaintext: plainText,
};

/** A language that nobody described is read as text without markup. */
export function languageFor(languageId: string): TextLanguage {
  if (Object.hasOwn(languages, languageId)) return languages[languageId]!;
  const code = sourceCode(languageId);
  return code === undefined ? plainText : zonesOnly(code);
}
