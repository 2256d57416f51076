import type { CorpusOptions, DropReason, ExclusionReason } from '../../../protocol/corpus.ts';
import { isGenerated, readsLikeProse } from './fileVerdict.ts';
import { htmlText } from './htmlText.ts';
import { NearDuplicates } from './nearDuplicates.ts';
import { joinParagraphs, paragraphSpans } from './paragraphs.ts';
import { findSecrets, type TextSpan } from './secrets.ts';
import { stripBlocks } from './stripBlocks.ts';

export type CleanText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'excluded'; readonly reason: ExclusionReason };

/** Files in, prose out. It remembers the paragraphs of the files before: a corpus has one cleaner. */
export class TextCleaner {
  readonly droppedCounts: Partial<Record<DropReason, number>> = {};
  strippedCharacters = 0;
  private readonly earlier = new NearDuplicates();

  constructor(private readonly options: CorpusOptions) {}

  clean(text: string, languageId: string): CleanText {
    if (isGenerated(text)) return { kind: 'excluded', reason: 'generated' };
    const prose = this.strip(text, languageId);
    this.strippedCharacters += text.length - prose.length;
    if (!readsLikeProse(prose)) return { kind: 'excluded', reason: 'notProse' };
    const kept = joinParagraphs(prose, this.keep(prose));
    return kept === '' ? { kind: 'excluded', reason: 'empty' } : { kind: 'text', text: kept };
  }

  private strip(text: string, languageId: string): string {
    const { stripFrontMatter, stripCode } = this.options;
    const kinds = new Set([
      ...(stripFrontMatter ? ['frontMatter' as const] : []),
      ...(stripCode ? ['code' as const] : []),
    ]);
    const stripped = stripBlocks(text, languageId, kinds);
    return languageId === 'html' ? htmlText(stripped, { stripCode }) : stripped;
  }

  private keep(prose: string): TextSpan[] {
    const secrets = findSecrets(prose);
    let next = 0;
    return paragraphSpans(prose).filter((span) => {
      while (next < secrets.length && secrets[next]!.end <= span.start) next++;
      const isSecret = next < secrets.length && secrets[next]!.start < span.end;
      const reason = isSecret ? 'secret' : this.reasonAgainst(prose.slice(span.start, span.end));
      if (reason !== undefined) this.droppedCounts[reason] = (this.droppedCounts[reason] ?? 0) + 1;
      return reason === undefined;
    });
  }

  private reasonAgainst(paragraph: string): DropReason | undefined {
    if (paragraph.includes('\uFFFD')) return 'invalidCharacters';
    if (/[!-~]{300}/u.test(paragraph)) return 'embeddedData';
    return this.options.dropDuplicates && this.earlier.isDuplicate(paragraph) ? 'duplicate' : undefined;
  }
}
