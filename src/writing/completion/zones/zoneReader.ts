import { asciidoc } from './asciidoc.ts';
import { commitMessage } from './commitMessage.ts';
import { DocumentScan } from './documentScan.ts';
import type { CaretLine, Grammar, Heading } from './grammar.ts';
import { html } from './html.ts';
import { latex } from './latex.ts';
import { markdown } from './markdown.ts';
import { plainText } from './plainText.ts';
import { restructuredText } from './restructuredText.ts';
import { sourceCode } from './sourceCode.ts';
import { typst } from './typst.ts';
import type { ZoneKind } from './zone.ts';

const grammars: Readonly<Record<string, Grammar>> = {
  markdown,
  mdx: markdown,
  quarto: markdown,
  rmd: markdown,
  latex,
  tex: latex,
  restructuredtext: restructuredText,
  asciidoc,
  typst,
  html,
  'git-commit': commitMessage,
  scminput: commitMessage,
  plaintext: plainText,
};

/** A language that nobody described is read as text without markup. */
const grammarOf = (languageId: string): Grammar => grammars[languageId] ?? sourceCode(languageId) ?? plainText;

/** Documents whose scans are kept; each keeps one copy of its text alive. */
const maxScans = 4;

/** Tells in which zone a caret stands and under which headings a text stands. */
export class ZoneReader {
  /** in the order of use, the latest last */
  private readonly scans = new Map<string, DocumentScan>();

  /** @param prefix the document up to the caret */
  zoneAt(document: DocumentKey, prefix: string, line: CaretLine): ZoneKind {
    const state = this.scanOf(document).stateAt(prefix, prefix.length);
    return grammarOf(document.languageId).zone(line, state);
  }

  /** The headings, outermost first, that enclose the line of `offset`. */
  headingsAt(document: DocumentKey, prefix: string, offset: number): readonly Heading[] {
    return this.scanOf(document).stateAt(prefix, offset).headings;
  }

  private scanOf({ documentId, languageId }: DocumentKey): DocumentScan {
    const key = `${languageId}\n${documentId}`;
    const scan = this.scans.get(key) ?? new DocumentScan(grammarOf(languageId));
    this.scans.delete(key);
    this.scans.set(key, scan);
    if (this.scans.size > maxScans) this.scans.delete(this.scans.keys().next().value!);
    return scan;
  }
}

/** What names a document: its identity and the editor's language id. */
export interface DocumentKey {
  readonly documentId: string;
  readonly languageId: string;
}
