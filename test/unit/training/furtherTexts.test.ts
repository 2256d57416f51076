import { describe, expect, test } from 'vitest';
import { withFurtherTexts } from '../../../src/training/corpus/readCorpus.ts';
import { corpusOf, folderWith, proseOf } from './corpusFolder.ts';

const names = Array.from({ length: 40 }, (_, i) => `chapter${i}.md`);
const files = Object.fromEntries(names.map((name, i) => [name, proseOf(i, 2_000)]));

/** The corpus of 40 chapters with one text added to each of the given paths. */
async function withTexts(...furtherTexts: readonly { path: string; text: string }[]) {
  const corpus = await corpusOf(await folderWith(files));
  const extended = withFurtherTexts(corpus, { modelFolder: '', paths: [], corpus: {}, furtherTexts });
  return { corpus, added: extended.documents.slice(corpus.documents.length), extended };
}

describe('further texts', () => {
  test('are learnt from', async () => {
    const { corpus } = await withTexts();
    const { path } = corpus.documents.find(({ split }) => split === 'train')!;
    const { added, extended } = await withTexts({ path, text: 'The tide was out when she came home.' });
    expect(added).toMatchObject([{ path, languageId: 'markdown', split: 'train' }]);
    expect(extended.digest).not.toBe(corpus.digest);
  });

  test('are passed over when their file is kept apart, or is not read', async () => {
    const { corpus } = await withTexts();
    const apart = corpus.documents.filter(({ split }) => split !== 'train').map(({ path }) => path);
    expect(apart.length).toBeGreaterThan(2);
    const { added, extended } = await withTexts(
      ...[...apart, 'elsewhere.md'].map((path) => ({ path, text: 'The tide was out when she came home.' })),
    );
    expect(added).toEqual([]);
    expect(extended.digest).toBe(corpus.digest);
  });

  test('with a password are passed over', async () => {
    const { corpus } = await withTexts();
    const { path } = corpus.documents.find(({ split }) => split === 'train')!;
    const { added } = await withTexts({ path, text: 'The password = "hunter2hunter2" opens the gate to the harbour.' });
    expect(added).toEqual([]);
  });
});
