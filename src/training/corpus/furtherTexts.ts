import { createHash } from 'node:crypto';
import { resolveCorpusOptions } from '../../protocol/corpus.ts';
import type { SurveyRequest } from '../../protocol/training.ts';
import { TextCleaner } from './cleaning/textCleaner.ts';
import type { Corpus } from './readCorpus.ts';
import type { CorpusDocument } from './splitDocuments.ts';

/**
 * Adds texts that come from files, but are not read from them, to what is learnt from. One from a file that is kept
 * apart, or is not read at all, is passed over: nothing that the comparison at the end reads is learnt by a back door.
 */
export function withFurtherTexts(corpus: Corpus, { furtherTexts = [], corpus: options }: SurveyRequest): Corpus {
  if (furtherTexts.length === 0) return corpus;
  const cleaner = new TextCleaner(resolveCorpusOptions(options));
  const keptApart = new Set(corpus.documents.filter(({ split }) => split !== 'train').map(({ path }) => path));
  const languageOf = new Map(corpus.documents.map(({ path, languageId }) => [path, languageId]));
  const added = furtherTexts.flatMap(({ path, text }): CorpusDocument[] => {
    const languageId = languageOf.get(path);
    if (languageId === undefined || keptApart.has(path)) return [];
    const clean = cleaner.clean(text, languageId);
    return clean.kind === 'text' ? [{ path, languageId, section: 0, text: clean.text, split: 'train' }] : [];
  });
  if (added.length === 0) return corpus;
  const digest = createHash('sha256').update(corpus.digest);
  for (const { path, text } of added) digest.update(`${JSON.stringify([path, text])}\n`);
  return { ...corpus, documents: [...corpus.documents, ...added], digest: digest.digest('hex') };
}
