import type { TextReading } from '../../../text/block.ts';
import { joinedLines } from '../../../text/unspaced.ts';
import type { SummaryForm } from '../selectionAction.ts';
import { contentStems } from '../text/contentWords.ts';
import { type Dialect, dialectOf, type ListPoint } from '../text/dialect.ts';
import { centrality, type SentenceVector, sentenceVectors, similarity } from './centrality.ts';
import { type Section, type SourceSentence, sectionsOf } from './sections.ts';
import {
  beginsSmall,
  greets,
  isFragment,
  isTitleOfRecord,
  isWhole,
  leansOnPrevious,
  presentsItself,
  speaksOfItself,
} from './sentenceCues.ts';
import { meritsOf } from './sentenceMerit.ts';

/** What a sentence loses that is like one that is chosen already, at a likeness of 1. */
const redundancy = 0.6;
/** What it wins right behind one that is chosen. */
const following = 0.15;
/** What it wins besides behind one of the first in which the text speaks of itself: it goes on to do so. */
const goingOn = 0.6;
const firstSentences = 4;
/** What one loses in an outline that leans on another, or is not whole. */
const notAlone = 10;
/** As many as the baseline that a summary is measured against. */
const paragraphSentences = 3;
/** Of a text of fewer words three sentences would be a third. */
const shortTextWords = 200;
const shortTextSentences = 2;
/** What the first sentences win where a text presents itself, as specifications do: another one must be better by as much. */
const leadMargin = 0.4;
const presentedWithin = 6;
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
  /** the one that it stands right behind */
  readonly before: Finalist | undefined;
  readonly leans: boolean;
  /** one of the first, in which the text speaks of itself */
  readonly announces: boolean;
  readonly isWhole: boolean;
}

/** Sentences of the text, word by word, in their order. */
export interface ExtractiveSummary {
  readonly text: string;
  readonly sentences: readonly SourceSentence[];
}

/**
 * Chooses the sentences that say most about a text (`sentenceMerit.ts`) and do not repeat each other (maximal marginal
 * relevance, Carbonell & Goldstein 1998). Invents nothing, and quotes no sentence that needs one that is left out.
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
  const finalists = weighed(strongest(local, terms), sections);
  const dialect = dialectOf(reading.languageId);
  if (form === 'outline') return outline(sections, finalists, dialect);
  const wanted = count ?? sentenceBudget(form, sections);
  const filled = new Set(finalists.map(({ section }) => section)).size;
  // Points stand alone, and go round the sections; a paragraph may dwell where the text says most.
  const isList = form === 'bullets';
  const alone = isList ? finalists.filter(({ leans }) => !leans) : [];
  const chosen = choose(alone.length > 0 ? alone : finalists, wanted, isList ? Math.ceil(wanted / filled) : wanted);
  return { text: laidOut(chosen, form, dialect), sentences: chosen };
}

/** How many sentences: points for every section, never more than a third of the text. */
function sentenceBudget(form: SummaryForm, sections: readonly Section[]): number {
  const available = sections.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const filled = sections.filter(({ sentences }) => sentences.length > 0).length;
  if (form === 'sentence') return 1;
  const words = sections.reduce(
    (sum, section) => sum + section.sentences.reduce((own, each) => own + each.words, 0),
    0,
  );
  const paragraph = words < shortTextWords ? shortTextSentences : paragraphSentences;
  const wanted = form === 'bullets' ? Math.min(Math.max(3, filled), 9) : paragraph;
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

function weighed(
  local: readonly { sentence: SourceSentence; section: number }[],
  sections: readonly Section[],
): Finalist[] {
  const vectors = sentenceVectors(local.map(({ sentence }) => sentence.stems));
  const sentences = local.map(({ sentence }) => sentence);
  const merits = meritsOf(sentences, sections, centrality(vectors));
  const all = sections.flatMap((section) => section.sentences);
  const presents = all.slice(0, presentedWithin).some(({ text }) => presentsItself(text));
  const lead = new Set(presents ? all.slice(0, paragraphSentences) : []);
  const isSmall = all.every(({ text }) => /^\P{Lu}/u.test(text)); // nothing begins with a capital
  const finalists: Finalist[] = [];
  for (const [i, { sentence, section }] of local.entries()) {
    const last = finalists.at(-1);
    const isNext = last?.section === section && last.sentence.place === sentence.place - 1;
    const { text } = sentence;
    finalists.push({
      sentence,
      section,
      vector: vectors[i]!,
      merit: merits[i]! + (lead.has(sentence) ? leadMargin : 0),
      before: isNext ? last : undefined,
      leans: leansOnPrevious(text),
      announces: i < firstSentences && speaksOfItself(text),
      isWhole:
        isWhole(text) &&
        !greets(text) &&
        !isTitleOfRecord(text) &&
        ((i === 0 && sentence.block.kind !== 'listItem') || !(isFragment(text) || (!isSmall && beginsSmall(text)))),
    });
  }
  return finalists;
}

/** Greedy: the best sentence given those that are in already, of sections that are not used up. */
function choose(finalists: readonly Finalist[], count: number, perSection: number): SourceSentence[] {
  const canStand = finalists.some(standsAlone);
  const readable = canStand ? finalists.filter((finalist) => finalist.isWhole) : finalists;
  const chosen = new Set<Finalist>();
  const alike = new Map<Finalist, number>();
  const inSection = new Map<number, number>();
  while (chosen.size < count) {
    let best: Finalist | undefined;
    let bestGain = Number.NEGATIVE_INFINITY;
    for (const finalist of readable) {
      const isNext = finalist.before !== undefined && chosen.has(finalist.before);
      if (chosen.has(finalist) || (canStand && finalist.leans && !isNext)) continue;
      if ((inSection.get(finalist.section) ?? 0) >= perSection) continue;
      const gain =
        finalist.merit -
        redundancy * (alike.get(finalist) ?? 0) +
        (isNext ? following + (finalist.before!.announces ? goingOn : 0) : 0);
      if (gain > bestGain) [best, bestGain] = [finalist, gain];
    }
    if (!best) break;
    chosen.add(best);
    inSection.set(best.section, (inSection.get(best.section) ?? 0) + 1);
    for (const other of readable)
      alike.set(other, Math.max(alike.get(other) ?? 0, similarity(other.vector, best.vector)));
  }
  return [...chosen].map(({ sentence }) => sentence).sort((a, b) => a.start - b.start);
}

const standsAlone = ({ isWhole, leans }: Finalist): boolean => isWhole && !leans;

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

/** A tagline or a note has no mark at its end, within what closes emphasis either. */
const endsOpen = /(?<![.!?。！？…])[\p{L}\p{N})`*_](?<![.!?。！？…]["'”’)\]*_]{1,4})$/u;

function laidOut(sentences: readonly SourceSentence[], form: SummaryForm, { list }: Dialect): string {
  if (form === 'bullets') return list(sentences.map(({ text }) => ({ text, depth: 0 })));
  const parts = sentences.map(({ text }) => (endsOpen.test(text) ? `${text}.` : text));
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

/** In an outline each sentence stands alone: one that cannot is the last choice. */
const meritAlone = (finalist: Finalist) => finalist.merit - (standsAlone(finalist) ? 0 : notAlone);
