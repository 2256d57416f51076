import type { CorpusReport, Split } from '../../protocol/corpus.ts';
import { countReasons } from './findFiles.ts';
import type { Corpus } from './readCorpus.ts';

/** Lines that a person would still scroll through. */
const maxExcludedListed = 1_000;

/**
 * What the writer sees before anything is learnt: names and counts, no text.
 * @param tokens of each document, in the corpus's order
 */
export function corpusReport(corpus: Corpus, tokens: readonly number[]): CorpusReport {
  return {
    files: fileRows(corpus, tokens),
    excluded: corpus.excluded.slice(0, maxExcludedListed),
    excludedCounts: countReasons(corpus.excluded),
    droppedCounts: corpus.droppedCounts,
    strippedCharacters: corpus.strippedCharacters,
    splits: splitRows(corpus, tokens),
    splitBy: corpus.splitBy,
    digest: corpus.digest,
  };
}

/** One row per file: its sections are added up. */
function fileRows({ documents }: Corpus, tokens: readonly number[]): CorpusReport['files'] {
  const rows = new Map<string, { languageId: string; splits: Set<Split>; characters: number; tokens: number }>();
  documents.forEach(({ path, languageId, split, text }, i) => {
    const row = rows.get(path) ?? { languageId, splits: new Set(), characters: 0, tokens: 0 };
    row.splits.add(split);
    row.characters += text.length;
    row.tokens += tokens[i]!;
    rows.set(path, row);
  });
  return Array.from(rows, ([path, row]) => ({ path, ...row, splits: [...row.splits] }));
}

function splitRows({ documents }: Corpus, tokens: readonly number[]): CorpusReport['splits'] {
  const row = () => ({ documents: 0, characters: 0, tokens: 0 });
  const rows: Record<Split, ReturnType<typeof row>> = { train: row(), validation: row(), test: row() };
  documents.forEach(({ split, text }, i) => {
    rows[split].documents++;
    rows[split].characters += text.length;
    rows[split].tokens += tokens[i]!;
  });
  return rows;
}
