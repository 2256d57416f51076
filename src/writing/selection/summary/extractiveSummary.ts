import { joinedLines } from '../../../text/unspaced.ts';
import type { SummaryForm } from '../selectionAction.ts';
import { contentStems } from '../text/contentWords.ts';
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
  text: string,
  form: SummaryForm,
  breathe: (done: number, total: number) => Promise<boolean> = async () => true,
  count?: number,
): Promise<ExtractiveSummary | undefined> {
  const sections = sectionsOf(text);
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
  const finalists = weighed(local);
  if (form === 'outline') return outline(sections, finalists);
  const wanted = count ?? sentenceBudget(form, sections);
  const filled = new Set(finalists.map(({ section }) => section)).size;
  // Points go round the sections; a paragraph may dwell where the text says most.
  const chosen = choose(finalists, sections, wanted, form === 'bullets' ? Math.ceil(wanted / filled) : wanted);
  return { text: laidOut(chosen, form), sentences: chosen };
}

/** How many sentences: points for every section, never more than a third of the text. */
function sentenceBudget(form: SummaryForm, sections: readonly Section[]): number {
  const available = sections.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const filled = sections.filter(({ sentences }) => sentences.length > 0).length;
  if (form === 'sentence') return 1;
  const wanted = form === 'bullets' ? Math.min(Math.max(3, filled), 9) : paragraphSentences;
  return Math.max(1, Math.min(wanted, Math.ceil(available / 3)));
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
  sections: readonly Section[],
  count: number,
  perSection: number,
): SourceSentence[] {
  const terms = keyTerms(sections);
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
        weights.coverage * coverageGain(finalist, terms, covered) -
        penalty(finalist, chosen, finalists);
      if (gain > bestGain) [best, bestGain] = [finalist, gain];
    }
    if (!best) break;
    left.delete(best);
    chosen.push(best);
    for (const stem of best.sentence.stems) covered.add(stem);
  }
  return chosen.map(({ sentence }) => sentence).sort((a, b) => a.start - b.start);
}

function penalty({ sentence, vector }: Finalist, chosen: readonly Finalist[], finalists: readonly Finalist[]): number {
  const alike = Math.max(0, ...chosen.map((other) => similarity(vector, other.vector)));
  const at = finalists.findIndex((other) => other.sentence === sentence);
  const before = finalists[at - 1];
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
  terms: ReadonlyMap<string, number>,
  covered: ReadonlySet<string>,
): number {
  let gain = 0;
  for (const stem of new Set(sentence.stems)) if (!covered.has(stem)) gain += terms.get(stem) ?? 0;
  const total = [...terms.values()].reduce((sum, weight) => sum + weight, 0);
  return Math.min(1, (gain / (total || 1)) * Math.min(8, Math.max(3, terms.size / keyTermsPerSection)));
}

function laidOut(sentences: readonly SourceSentence[], form: SummaryForm): string {
  if (form === 'bullets') return sentences.map(({ text }) => `- ${text}`).join('\n');
  const parts = sentences.map(({ text }) => (/[\p{L}\p{N})`*_]$/u.test(text) ? `${text}.` : text)); // a tagline
  return parts.reduce(joinedLines);
}

/** The headings with the best sentence below each; without headings the best sentence of each part. */
function outline(sections: readonly Section[], finalists: readonly Finalist[]): ExtractiveSummary {
  const top = Math.min(...sections.filter(({ level }) => level > 0).map(({ level }) => level), 6);
  const sentences: SourceSentence[] = [];
  const lines: string[] = [];
  let lastTitle: string | undefined;
  for (const [index, { title, level }] of sections.entries()) {
    const own = finalists.filter(({ section }) => section === index);
    const best = own.reduce<Finalist | undefined>((a, b) => (!a || meritAlone(b) > meritAlone(a) ? b : a), undefined);
    const isNew = title !== '' && title !== lastTitle;
    if (!isNew && !best) continue;
    const indent = '  '.repeat(level > 0 ? level - top : 0);
    if (isNew) lines.push(`${indent}- **${title}**${best ? `: ${best.sentence.text}` : ''}`);
    else lines.push(`${title === '' ? '' : `${indent}  `}- ${best!.sentence.text}`);
    if (best) sentences.push(best.sentence);
    lastTitle = title;
  }
  return { text: lines.join('\n'), sentences };
}

const meritAlone = ({ merit, sentence }: Finalist) => merit - (leansOnPrevious(sentence.text) ? weights.dangling : 0);
