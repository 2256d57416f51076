import type { CorpusOptions, DropReason, ExclusionReason } from '../../../protocol/corpus.ts';
import type { Block, BlockKind } from '../../../text/block.ts';
import { readText } from '../../../text/readText.ts';
import { findSecrets, isGenerated, readsLikeProse, type TextSpan } from './fileVerdict.ts';
import { htmlText } from './htmlText.ts';
import { NearDuplicates } from './nearDuplicates.ts';
import { joinParagraphs, paragraphSpans } from './paragraphs.ts';

export type CleanText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'excluded'; readonly reason: ExclusionReason };

/** Files in, prose out. It remembers the paragraphs of the files before: a corpus has one cleaner. */
export class TextCleaner {
  readonly droppedCounts: Partial<Record<DropReason, number>> = {};
  strippedCharacters = 0;
  readonly #earlier = new NearDuplicates();

  readonly #options: CorpusOptions;

  constructor(options: CorpusOptions) {
    this.#options = options;
  }

  clean(text: string, languageId: string): CleanText {
    if (isGenerated(text)) return { kind: 'excluded', reason: 'generated' };
    const prose = this.#strip(text, languageId);
    this.strippedCharacters += text.length - prose.length;
    if (!readsLikeProse(prose)) return { kind: 'excluded', reason: 'notProse' };
    const kept = joinParagraphs(prose, this.#keep(prose));
    return kept === '' ? { kind: 'excluded', reason: 'empty' } : { kind: 'text', text: kept };
  }

  #strip(text: string, languageId: string): string {
    const { stripFrontMatter, stripCode } = this.#options;
    if (languageId === 'html') return htmlText(text, { stripFrontMatter, stripCode });
    const kinds = new Set([
      ...(stripFrontMatter ? ['frontMatter' as const] : []),
      ...(stripCode ? ['code' as const] : []),
    ]);
    return stripBlocks(text, languageId, kinds);
  }

  #keep(prose: string): TextSpan[] {
    const secrets = findSecrets(prose);
    let next = 0;
    return paragraphSpans(prose).filter((span) => {
      while (next < secrets.length && secrets[next]!.end <= span.start) next++;
      const isSecret = next < secrets.length && secrets[next]!.start < span.end;
      const reason = isSecret ? 'secret' : this.#reasonAgainst(prose.slice(span.start, span.end));
      if (reason !== undefined) this.droppedCounts[reason] = (this.droppedCounts[reason] ?? 0) + 1;
      return reason === undefined;
    });
  }

  #reasonAgainst(paragraph: string): DropReason | undefined {
    if (paragraph.includes('\uFFFD')) return 'invalidCharacters';
    if (/[!-~]{300}/u.test(paragraph)) return 'embeddedData';
    return this.#options.dropDuplicates && this.#earlier.isDuplicate(paragraph) ? 'duplicate' : undefined;
  }
}

/** What may be taken out: what a document tells programs about itself, and code with the comments in it. */
type Stripped = 'frontMatter' | 'code';

const strippedAs: Readonly<Partial<Record<BlockKind, Stripped>>> = {
  frontMatter: 'frontMatter',
  code: 'code',
  comment: 'code',
};

/** Takes front matter and code out of a finished document. What stays is left as its author wrote it. */
export function stripBlocks(text: string, languageId: string, kinds: ReadonlySet<Stripped>): string {
  if (kinds.size === 0) return text;
  const kept: string[] = [];
  let next = 0;
  let above: Block | undefined;
  for (const block of readText(text, languageId).blocks) {
    // Typst's markup is its program text
    const as = languageId === 'typst' && block.kind === 'markup' ? 'code' : strippedAs[block.kind];
    if (as !== undefined && kinds.has(as)) {
      // a line of attributes belongs to the block below it: AsciiDoc's `[source,rust]`
      const isIts = above?.kind === 'markup' && above.end + 1 === block.start && above.start >= next;
      kept.push(text.slice(next, isIts ? above!.start : block.start));
      next = block.end; // the line end behind a block keeps what stands around it apart
    }
    above = block;
  }
  return kept.join('') + text.slice(next);
}
