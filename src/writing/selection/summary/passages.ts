import type { TextReading } from '../../../text/block.ts';
import { contentStems } from '../text/contentWords.ts';
import { type SourceSentence, sectionsOf } from './sections.ts';

/** Okapi BM25 (Robertson & Zaragoza 2009) */
const saturation = 1.2;
const lengthInfluence = 0.75;
const maxSentences = 3;
/** Of the best sentence's score: weaker ones are about something else. */
const minShare = 0.45;

/** The sentences of a text that have most to do with a question, in the order of the text; none when no word is shared. */
export function passagesAbout(reading: TextReading, question: string): SourceSentence[] {
  const asked = new Set(contentStems(question));
  const sections = sectionsOf(reading);
  const sentences = sections.flatMap((section) =>
    section.sentences.map((sentence) => ({ sentence, stems: [...sentence.stems, ...contentStems(section.title)] })),
  );
  const meanLength = sentences.reduce((sum, { stems }) => sum + stems.length, 0) / (sentences.length || 1);
  const documents = new Map<string, number>();
  for (const { stems } of sentences)
    for (const stem of new Set(stems)) documents.set(stem, (documents.get(stem) ?? 0) + 1);
  const scored = sentences
    .map(({ sentence, stems }) => ({
      sentence,
      score: [...asked].reduce((sum, stem) => {
        const n = stems.filter((other) => other === stem).length;
        const rarity = Math.log(
          1 + (sentences.length - (documents.get(stem) ?? 0) + 0.5) / ((documents.get(stem) ?? 0) + 0.5),
        );
        return (
          sum +
          (rarity * n * (saturation + 1)) /
            (n + saturation * (1 - lengthInfluence + (lengthInfluence * stems.length) / meanLength))
        );
      }, 0),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored
    .slice(0, maxSentences)
    .filter(({ score }) => score >= minShare * best)
    .map(({ sentence }) => sentence)
    .sort((a, b) => a.start - b.start);
}
