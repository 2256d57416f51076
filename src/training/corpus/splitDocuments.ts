import { createHash } from 'node:crypto';
import type { CorpusOptions, CorpusReport, Split } from '../../protocol/corpus.ts';
import { paragraphSpans } from './cleaning/paragraphs.ts';

/** A file, or a section of one, with its cleaned text. */
export interface ProseText {
  readonly path: string;
  readonly languageId: string;
  /** counted from 0 within the file; a whole file is section 0 */
  readonly section: number;
  readonly text: string;
}

export interface CorpusDocument extends ProseText {
  readonly split: Split;
}

type Fractions = Pick<CorpusOptions, 'validationFraction' | 'testFraction' | 'seed'>;

/**
 * Decides what is learned from and what is kept aside, by a hash of path and seed, so that the same files give the same
 * splits on any machine and a new file moves no other one. Files stay whole: neighboring pages tell too much about
 * one another. Three ways, the first that gives every split a fair share of the text:
 * 1. each file by its hash alone;
 * 2. few or unequal files: in the order of their hashes, until each split has its share;
 * 3. fewer files than splits, or one that is most of the text: files are cut into sections, at headings where possible.
 */
export function splitDocuments(
  files: readonly ProseText[],
  fractions: Fractions,
): { documents: CorpusDocument[]; splitBy: CorpusReport['splitBy'] } {
  const hashed = byHash(files, fractions);
  if (isFair(hashed, fractions)) return { documents: hashed, splitBy: 'file' };
  const ranked = byRank(files, fractions);
  if (isFair(ranked, fractions)) return { documents: ranked, splitBy: 'file' };
  const smallest = Math.min(...heldOut(fractions).map(([, fraction]) => fraction));
  const sectionChars = Math.min(maxSectionChars, (charactersIn(files) * smallest) / sectionsPerSplit);
  const sections = files.flatMap((file) => sectionsOf(file, sectionChars));
  return { documents: byRank(sections, fractions), splitBy: 'section' };
}

/** So that a held-out split of one book is a sample of it and not one page. */
const sectionsPerSplit = 4;
const maxSectionChars = 20_000;

/** Uniform in [0, 1), the same for the same name and seed. */
export function splitScore({ path, section }: Pick<ProseText, 'path' | 'section'>, seed: number): number {
  const digest = createHash('sha256').update(`${seed}\n${path}\n${section}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

function byHash(texts: readonly ProseText[], { validationFraction, testFraction, seed }: Fractions): CorpusDocument[] {
  return texts.map((text) => {
    const score = splitScore(text, seed);
    const split = score < testFraction ? 'test' : score < testFraction + validationFraction ? 'validation' : 'train';
    return { ...text, split };
  });
}

/** Takes texts in the order of their scores, passing over those that would overfill a split. */
function byRank(texts: readonly ProseText[], fractions: Fractions): CorpusDocument[] {
  const total = charactersIn(texts);
  const taken = { test: 0, validation: 0 };
  const splitOf = new Map<ProseText, Split>();
  for (const text of [...texts].sort((a, b) => splitScore(a, fractions.seed) - splitScore(b, fractions.seed))) {
    const room = heldOut(fractions).find(
      ([split, fraction]) =>
        taken[split] < fraction * total && taken[split] + text.text.length <= maxShare * fraction * total,
    );
    splitOf.set(text, room?.[0] ?? 'train');
    if (room !== undefined) taken[room[0]] += text.text.length;
  }
  return texts.map((text) => ({ ...text, split: splitOf.get(text)! }));
}

const heldOut = ({ testFraction, validationFraction }: Fractions) =>
  (
    [
      ['test', testFraction],
      ['validation', validationFraction],
    ] as const
  ).filter(([, fraction]) => fraction > 0);

/** A split may have from half to twice of what it should have. */
const minShare = 0.5;
const maxShare = 2;

function isFair(documents: readonly CorpusDocument[], fractions: Fractions): boolean {
  const total = charactersIn(documents);
  return heldOut(fractions).every(([split, fraction]) => {
    const share = charactersIn(documents.filter((document) => document.split === split)) / total;
    return share >= minShare * fraction && share <= maxShare * fraction;
  });
}

const charactersIn = (texts: readonly ProseText[]): number => texts.reduce((sum, { text }) => sum + text.length, 0);

/** Cuts at the first heading after `chars` characters, or at a paragraph once a section has twice as many. */
function sectionsOf(file: ProseText, chars: number): ProseText[] {
  const sections: string[] = [];
  let from = 0;
  for (const { start, end } of paragraphSpans(file.text)) {
    const length = start - from;
    const isBoundary = length >= 2 * chars || (length >= chars && startsWithHeading(file.text.slice(start, end)));
    if (!isBoundary) continue;
    sections.push(file.text.slice(from, start).trimEnd());
    from = start;
  }
  sections.push(file.text.slice(from));
  return sections.map((text, section) => ({ ...file, text, section }));
}

/** Markdown, AsciiDoc and Typst · Org · LaTeX · underlined, as in reStructuredText. */
function startsWithHeading(paragraph: string): boolean {
  return (
    /^(?:#{1,6}|={1,6})\s|^\*{1,8}\s\S.{0,80}(?:\n|$)|^\\(?:part|chapter|(?:sub)*section)\b/u.test(paragraph) ||
    /^\S.{0,100}\n([=\-~^"'`#*+])\1{2,}\s*(?:\n|$)/u.test(paragraph)
  );
}
