import type { TextReading } from '../../../text/block.ts';
import { joinedLines } from '../../../text/unspaced.ts';
import type { SummaryForm } from '../selectionAction.ts';
import { contentStems } from '../text/contentWords.ts';
import { type Dialect, dialectOf, type ListPoint } from '../text/dialect.ts';
import { centrality, type SentenceVector, sentenceVectors, similarity } from './centrality.ts';
import { type Section, type SourceSentence, sectionsOf } from './sections.ts';
import { leansOnPrevious, linkShare, speaksOfItself } from './sentenceCues.ts';

/**
 * What counts how much when sentences are chosen; terms are 0 … 1, but for `wordiness`. Set on one half of the documents
 * of bench/actions; the other half judges.
 */
const weights = {
  centrality: 1.5, // among the best sentences of all sections
  opening: 2, // of the text: what follows the first sentence counts less and less
  sectionOpening: 0.2,
  speaksOfItself: 1,
  coverage: 0.45, // key terms of sections that the summary does not have yet
  redundancy: 0.45,
  dangling: 0.3, // begins with a word that leans on a sentence that is left out
  links: 0.45,
  wordiness: 0.5, // per twenty words beyond `conciseWords`
};
const openingSentences = 3;
const conciseWords = 8;
/** As many as the baseline that a summary is measured against. */
const paragraphSentences = 3;
/** Sentences that are compared with each other across sections: bounds time and memory. */
const maxFinalists = 240;
/** The first sentence of every section is one of them, as long as these are not too many. */
const maxCompared = 4 * maxFinalists;
const keyTermsPerSection = 6;

interface Finalist {
  readonly sentence: SourceSentence;
  readonly section: number;
  readonly vector: SentenceVector;
  readonly merit: number;
}

/** Sentences of the text, word by word, in their order. */
export interface ExtractiveSummary {
  readonly text: string;
  readonly sentences: readonly SourceSentence[];
}

/**
 * Chooses the sentences that say most about a text: central (LexRank), early, concise, and together about all of its
 * sections (maximal marginal relevance, Carbonell & Goldstein 1998, over key terms). Invents nothing.
 * @param breathe called after each section, so that other work gets its turn; false stops
 * @param count sentences; default: by form and length of the text
 * @returns undefined when nothing in the text is worth quoting, or when stopped
 */
export async function extractiveSummary(
  reading: TextReading,
  form: SummaryForm,
  breathe: (done: number, total: number) => Promise<boolean> = async () => true,
  count?: number,
): Promise<ExtractiveSummary | undefined> {
  const sections = sectionsOf(reading);
  const perSection = Math.max(1, Math.floor(maxFinalists / sections.length));
  const local: { sentence: SourceSentence; section: number }[] = [];
  for (const [section, { sentences }] of sections.entries()) {
    if (!(await breathe(section, sections.length))) return undefined;
    const central = centrality(sentenceVectors(sentences.map(({ stems }) => stems)));
    local.push(
      ...sentences
        .map((sentence, i) => ({ sentence, central: central[i]! }))
        .sort((a, b) => b.central - a.central)
        .filter(({ sentence }, rank) => rank < perSection || sentence.place === 0)
        .map(({ sentence }) => ({ sentence, section }))
        .sort((a, b) => a.sentence.start - b.sentence.start),
    );
  }
  if (local.length === 0) return undefined;
  const terms = keyTerms(sections);
  const finalists = weighed(strongest(local, terms));
  const dialect = dialectOf(reading.languageId);
  if (form === 'outline') return outline(sections, finalists, dialect);
  const wanted = count ?? sentenceBudget(form, sections);
  const filled = new Set(finalists.map(({ section }) => section)).size;
  // Points go round the sections; a paragraph may dwell where the text says most.
  const chosen = choose(finalists, terms, wanted, form === 'bullets' ? Math.ceil(wanted / filled) : wanted);
  return { text: laidOut(chosen, form, dialect), sentences: chosen };
}

/** How many sentences: points for every section, never more than a third of the text. */
function sentenceBudget(form: SummaryForm, sections: readonly Section[]): number {
  const available = sections.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const filled = sections.filter(({ sentences }) => sentences.length > 0).length;
  if (form === 'sentence') return 1;
  const wanted = form === 'bullets' ? Math.min(Math.max(3, filled), 9) : paragraphSentences;
  return Math.max(1, Math.min(wanted, Math.ceil(available / 3)));
}

/** Of a text with very many sections: the sentences that speak of most of them, so that comparing stays bounded. */
function strongest<T extends { readonly sentence: SourceSentence }>(
  local: readonly T[],
  terms: ReadonlyMap<string, number>,
): readonly T[] {
  if (local.length <= maxCompared) return local;
  const weight = ({ sentence }: T) =>
    [...new Set(sentence.stems)].reduce((sum, stem) => sum + (terms.get(stem) ?? 0), 0) / Math.sqrt(sentence.words);
  const weights = new Map(local.map((each) => [each, weight(each)]));
  const kept = new Set([...local].sort((a, b) => weights.get(b)! - weights.get(a)!).slice(0, maxCompared));
  return local.filter((each) => kept.has(each));
}

function weighed(local: readonly { sentence: SourceSentence; section: number }[]): Finalist[] {
  const vectors = sentenceVectors(local.map(({ sentence }) => sentence.stems));
  const global = centrality(vectors);
  return local.map(({ sentence, section }, i) => {
    const merit =
      weights.centrality * global[i]! +
      weights.opening * Math.max(0, 1 - i / openingSentences) +
      (sentence.place === 0 ? weights.sectionOpening : 0) +
      (speaksOfItself(sentence.text) ? weights.speaksOfItself : 0) -
      weights.links * linkShare(sentence.text) -
      (weights.wordiness * Math.max(0, sentence.words - conciseWords)) / 20;
    return { sentence, section, vector: vectors[i]!, merit };
  });
}

/** Greedy: the best sentence given those that are in already, of sections that are not used up. */
function choose(
  finalists: readonly Finalist[],
  terms: ReadonlyMap<string, number>,
  count: number,
  perSection: number,
): SourceSentence[] {
  const total = [...terms.values()].reduce((sum, weight) => sum + weight, 0);
  const places = new Map(finalists.map((finalist, i) => [finalist, i]));
  const covered = new Set<string>();
  const chosen: Finalist[] = [];
  const left = new Set(finalists);
  while (chosen.length < count && left.size > 0) {
    let best: Finalist | undefined;
    let bestGain = Number.NEGATIVE_INFINITY;
    for (const finalist of left) {
      if (chosen.filter(({ section }) => section === finalist.section).length >= perSection) continue;
      const gain =
        finalist.merit +
        weights.coverage * coverageGain(finalist, { terms, total, covered }) -
        penalty(finalist, chosen, finalists[places.get(finalist)! - 1]);
      if (gain > bestGain) [best, bestGain] = [finalist, gain];
    }
    if (!best) break;
    left.delete(best);
    chosen.push(best);
    for (const stem of best.sentence.stems) covered.add(stem);
  }
  return chosen.map(({ sentence }) => sentence).sort((a, b) => a.start - b.start);
}

function penalty({ sentence, vector }: Finalist, chosen: readonly Finalist[], before: Finalist | undefined): number {
  const alike = Math.max(0, ...chosen.map((other) => similarity(vector, other.vector)));
  const leans = leansOnPrevious(sentence.text) && !chosen.some((other) => other === before);
  return weights.redundancy * alike + (leans ? weights.dangling : 0);
}

/** Stems that say what a section is about, with the share of the text's sections' weight that each has. */
export function keyTerms(sections: readonly Section[]): ReadonlyMap<string, number> {
  const filled = sections.filter(({ sentences }) => sentences.length > 0);
  const spread = new Map<string, number>();
  const counts = filled.map(({ sentences, title }) => {
    const count = new Map<string, number>();
    for (const stem of [...sentences.flatMap(({ stems }) => stems), ...contentStems(title)])
      count.set(stem, (count.get(stem) ?? 0) + 1);
    for (const stem of count.keys()) spread.set(stem, (spread.get(stem) ?? 0) + 1);
    return count;
  });
  const terms = new Map<string, number>();
  for (const count of counts) {
    const weight = ([stem, n]: [string, number]) => n * Math.log(1 + filled.length / spread.get(stem)!);
    const best = [...count].sort((a, b) => weight(b) - weight(a)).slice(0, keyTermsPerSection);
    for (const [stem] of best) terms.set(stem, (terms.get(stem) ?? 0) + 1 / (best.length * filled.length));
  }
  return terms;
}

/** Share of the key terms' weight that the sentence adds, scaled so that one whole section is 1. */
function coverageGain(
  { sentence }: Finalist,
  {
    terms,
    total,
    covered,
  }: { readonly terms: ReadonlyMap<string, number>; readonly total: number; readonly covered: ReadonlySet<string> },
): number {
  let gain = 0;
  for (const stem of new Set(sentence.stems)) if (!covered.has(stem)) gain += terms.get(stem) ?? 0;
  return Math.min(1, (gain / (total || 1)) * Math.min(8, Math.max(3, terms.size / keyTermsPerSection)));
}

function laidOut(sentences: readonly SourceSentence[], form: SummaryForm, { list }: Dialect): string {
  if (form === 'bullets') return list(sentences.map(({ text }) => ({ text, depth: 0 })));
  const parts = sentences.map(({ text }) => (/[\p{L}\p{N})`*_]$/u.test(text) ? `${text}.` : text)); // a tagline
  return parts.reduce(joinedLines);
}

/** The headings with the best sentence below each; without headings the best sentence of each part. */
function outline(sections: readonly Section[], finalists: readonly Finalist[], dialect: Dialect): ExtractiveSummary {
  const top = sections.reduce((least, { level }) => (level > 0 ? Math.min(least, level) : least), 6);
  const best = new Map<number, Finalist>();
  for (const finalist of finalists) {
    const known = best.get(finalist.section);
    if (!known || meritAlone(finalist) > meritAlone(known)) best.set(finalist.section, finalist);
  }
  const sentences: SourceSentence[] = [];
  const points: ListPoint[] = [];
  let lastTitle: string | undefined;
  for (const [index, { title, level }] of sections.entries()) {
    const sentence = best.get(index)?.sentence;
    const isNew = title !== '' && title !== lastTitle;
    if (!isNew && !sentence) continue;
    const depth = level > 0 ? level - top : 0;
    if (isNew) points.push({ text: `${dialect.strong(title)}${sentence ? `: ${sentence.text}` : ''}`, depth });
    else points.push({ text: sentence!.text, depth: title === '' ? 0 : depth + 1 });
    if (sentence) sentences.push(sentence);
    lastTitle = title;
  }
  return { text: dialect.list(points), sentences };
}

const meritAlone = ({ merit, sentence }: Finalist) => merit - (leansOnPrevious(sentence.text) ? weights.dangling : 0);
