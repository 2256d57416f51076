import { describe, expect, test } from 'vitest';
import type { Split } from '../../../src/protocol/corpus.ts';
import { type CorpusDocument, type ProseText, splitDocuments } from '../../../src/training/corpus/splitDocuments.ts';
import { proseOf } from './corpusFolder.ts';

const fractions = { validationFraction: 0.1, testFraction: 0.1, seed: 7 };
const file = (path: string, text: string): ProseText => ({ path, languageId: 'markdown', section: 0, text });
const files = (count: number, characters = 1_000) =>
  Array.from({ length: count }, (_, i) => file(`chapter${i}.md`, proseOf(i, characters)));

const shareOf = (documents: readonly CorpusDocument[], split: Split) => {
  const count = (texts: readonly CorpusDocument[]) => texts.reduce((sum, { text }) => sum + text.length, 0);
  return count(documents.filter((document) => document.split === split)) / count(documents);
};
const splitsByPath = (documents: readonly CorpusDocument[]) =>
  Object.fromEntries(documents.map(({ path, section, split }) => [`${path}#${section}`, split]));

describe('train, validation, test', () => {
  test('each with about its share, by whole files', () => {
    const { documents, splitBy } = splitDocuments(files(200), fractions);
    expect(splitBy).toBe('file');
    expect(shareOf(documents, 'test')).toBeCloseTo(0.1, 1);
    expect(shareOf(documents, 'validation')).toBeCloseTo(0.1, 1);
    expect(documents.map(({ path }) => path)).toEqual(files(200).map(({ path }) => path));
  });

  test('a new file moves no other one', () => {
    const before = splitsByPath(splitDocuments(files(200), fractions).documents);
    const after = splitsByPath(splitDocuments([file('a/new.md', 'x'), ...files(200)], fractions).documents);
    expect(after).toMatchObject(before);
  });

  test('the seed decides', () => {
    const of = (seed: number) => splitsByPath(splitDocuments(files(200), { ...fractions, seed }).documents);
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });

  test('few files: still whole ones, and none of the splits is empty', () => {
    for (const seed of Array(20).keys()) {
      const { documents, splitBy } = splitDocuments(files(12), { ...fractions, seed });
      expect(splitBy).toBe('file');
      expect(shareOf(documents, 'test')).toBeGreaterThan(0.05);
      expect(shareOf(documents, 'validation')).toBeGreaterThan(0.05);
    }
  });

  test('one book: sections, together the whole book', () => {
    const book = file('book.md', proseOf(1, 100_000));
    const { documents, splitBy } = splitDocuments([book], fractions);
    expect(splitBy).toBe('section');
    expect(documents.map(({ text }) => text).join('\n\n')).toBe(book.text);
    expect(documents.map(({ section }) => section)).toEqual([...documents.keys()]);
    for (const split of ['validation', 'test'] as const) {
      expect(shareOf(documents, split)).toBeGreaterThan(0.05);
      expect(shareOf(documents, split)).toBeLessThan(0.2);
      expect(documents.filter((document) => document.split === split).length).toBeGreaterThanOrEqual(2);
    }
  });

  test('sections begin at headings where there are some', () => {
    const chapters = Array.from({ length: 60 }, (_, i) => `## Chapter ${i}\n\n${proseOf(i, 3_000)}`);
    const { documents } = splitDocuments([file('book.md', chapters.join('\n\n'))], fractions);
    expect(documents.length).toBeGreaterThan(10);
    expect(documents.filter(({ text }) => !text.startsWith('## Chapter'))).toEqual([]);
  });

  test('one long book beside some notes', () => {
    const { documents, splitBy } = splitDocuments([file('book.md', proseOf(1, 90_000)), ...files(3)], fractions);
    expect(splitBy).toBe('section');
    expect(shareOf(documents, 'test')).toBeGreaterThan(0.05);
  });

  test('nothing is held out when nothing is asked for', () => {
    const { documents, splitBy } = splitDocuments(files(3), { ...fractions, validationFraction: 0, testFraction: 0 });
    expect(splitBy).toBe('file');
    expect(shareOf(documents, 'train')).toBe(1);
  });
});
