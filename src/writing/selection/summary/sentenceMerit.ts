import { greatest } from '../../../text/greatest.ts';
import { contentStems } from '../text/contentWords.ts';
import type { Section, SourceSentence } from './sections.ts';
import { givesExample, isFormal, linkShare, pointsElsewhere, speaksOfItself } from './sentenceCues.ts';

/**
 * What is known of a sentence, each 0 … 1 but for the last two, and what it weighs. Learned by a ridge regression of what a
 * sentence shares with its author's summary, on the tuning half of the documents of bench/actions and on more of their
 * kinds (docs/adr/0026).
 */
const weights = {
  central: 0.5, // among the best sentences of all sections (LexRank)
  first: 0.65, // of the text
  early: 0.76, // falls with the place in the text
  sectionOpening: 0.11,
  speaksOfItself: 0.49,
  speaksEarly: 0.27, // the same, falling with the place
  formal: -0.4, // rights, thanks, sources
  titleShare: 0.27, // of the title's words, in the sentence
  headingShare: 0.31, // of the sentence's words, in headings
  frequent: 0.81, // how often its words occur in the text
  pointing: -0.1, // to a place of the text
  example: -0.1,
  question: -0.21,
  links: -0.31,
  digits: -0.18,
  item: -0.13, // of a list
  wordyInShort: -1.2, // per twenty words beyond `conciseWords`, in short texts: who writes little sums up in less
  brevity: -1.07, // below `conciseWords`
};
type SentenceFeatures = Readonly<Record<keyof typeof weights, number>>;

const conciseWords = 8;
/**
 * How much each sentence would add to a summary on its own.
 * @param sentences in the order of the text
 * @param central one figure per sentence
 */
export function meritsOf(
  sentences: readonly SourceSentence[],
  sections: readonly Section[],
  central: readonly number[],
): number[] {
  return featuresOf(sentences, sections, central).map((features) =>
    (Object.keys(weights) as (keyof typeof weights)[]).reduce((sum, key) => sum + weights[key] * features[key], 0),
  );
}

function featuresOf(
  sentences: readonly SourceSentence[],
  sections: readonly Section[],
  central: readonly number[],
): SentenceFeatures[] {
  const all = sections.flatMap(({ sentences }) => sentences);
  const counts = new Map<string, number>();
  for (const { stems } of all) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const most = greatest(counts.values(), 1);
  const title = new Set(contentStems(sections.find((section) => section.title !== '')?.title ?? ''));
  const headings = new Set(sections.flatMap((section) => contentStems(section.title)));
  const words = all.reduce((sum, sentence) => sum + sentence.words, 0);
  const shortness = Math.min(1, Math.max(0, 2 - Math.log10(words / 20))); // 1 up to 200 words, 0 from 2,000 on
  const headingOf = new Map(sections.flatMap((section) => section.sentences.map((each) => [each, section.title])));
  return sentences.map((sentence, i) => {
    const { text } = sentence;
    const speaks = Number(speaksOfItself(text));
    const stems = [...new Set(sentence.stems)];
    const share = (found: number, of: number) => (of === 0 ? 0 : found / of);
    const wordiness = Math.max(0, sentence.words - conciseWords) / 20;
    return {
      central: central[i]!,
      first: Number(i === 0),
      early: 1 / (1 + i / 3),
      sectionOpening: Number(sentence.place === 0),
      speaksOfItself: speaks,
      speaksEarly: speaks / (1 + i / 10),
      formal: Number(isFormal(text, headingOf.get(sentence) ?? '')),
      titleShare: share(stems.filter((stem) => title.has(stem)).length, title.size),
      headingShare: share(stems.filter((stem) => headings.has(stem)).length, stems.length),
      frequent: share(
        stems.reduce((sum, stem) => sum + Math.sqrt(counts.get(stem)! / most), 0),
        stems.length,
      ),
      pointing: Number(pointsElsewhere(text)),
      example: Number(givesExample(text)),
      question: Number(/[?？]["”’)」]*$/u.test(text)),
      links: linkShare(text),
      digits: Math.min(1, (text.match(/\d/gu)?.length ?? 0) / 8),
      wordyInShort: wordiness * shortness,
      brevity: Math.max(0, conciseWords - sentence.words) / conciseWords,
      item: Number(sentence.block.kind === 'listItem'),
    };
  });
}
