import type { CancellationToken } from 'vscode-jsonrpc';
import { resolveCorpusOptions } from '../protocol/corpus.ts';
import type { HeldOutRequest, HeldOutTexts } from '../protocol/training.ts';
import type { CorpusDocument } from './corpus/splitDocuments.ts';
import type { ReadTexts } from './dataset/tokenizedCorpus.ts';

/**
 * The cleaned texts that a run with the same options would keep apart.
 * @returns undefined when cancelled
 */
export async function heldOutTexts(
  request: HeldOutRequest,
  token: CancellationToken,
  read: ReadTexts,
): Promise<HeldOutTexts | undefined> {
  const corpus = await read(request.paths, resolveCorpusOptions(request.corpus), token);
  if (!corpus) return undefined;
  const ofSplit = (split: CorpusDocument['split']) =>
    corpus.documents.filter((document) => document.split === split && document.text !== '');
  const test = ofSplit('test');
  const [split, documents] =
    test.length > 0 ? (['test', test] as const) : (['validation', ofSplit('validation')] as const);
  return { split, texts: cutToShares(documents, request.maxCharacters) };
}

/** Short texts stay whole; what they leave is shared by the longer ones. The order stays. */
function cutToShares(documents: readonly CorpusDocument[], maxCharacters: number): HeldOutTexts['texts'] {
  const kept = new Map<CorpusDocument, string>();
  let room = maxCharacters;
  const byLength = [...documents].sort((a, b) => a.text.length - b.text.length);
  for (const [i, document] of byLength.entries()) {
    const text = document.text.slice(0, Math.floor(room / (byLength.length - i)));
    kept.set(document, text);
    room -= text.length;
  }
  return documents.map((document) => {
    const { path, languageId } = document;
    return { path, languageId, text: kept.get(document)! };
  });
}
