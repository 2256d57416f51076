import type { Block, TextReading } from '../../../text/block.ts';
import { languageOfText } from '../../../text/language.ts';
import { contentOf, type Sentence, unwrapped } from '../../../text/sentences.ts';
import type { Span } from '../../../text/span.ts';
import { type ActionRun, type Draft, type Drafter, noDraft } from '../actionRun.ts';
import { loadTagger } from '../checks/tagger.ts';
import { type Note, note } from '../notes.ts';
import { changedAround } from '../protection/hidden.ts';
import { protectedParts } from '../protection/protectedParts.ts';
import { commitMessageOf } from '../rules/commitSubject.ts';
import type { Wording } from '../rules/wordingRules.ts';
import type { ActionRequest } from '../selectionAction.ts';
import { leansOnPrevious } from '../summary/sentenceCues.ts';
import { contentStems } from '../text/contentWords.ts';
import { numberWordsFrom } from '../text/numberWords.ts';
import { holdsProse, isSomebodyElses, proseBlocks, proseSentences, readWhole, spansWithin } from '../text/reading.ts';
import { isVerse } from '../text/verse.ts';
import { wordCount } from '../text/words.ts';
import { applyEdits, type Edit, refine } from '../wordChanges.ts';
import { draftPieces } from './pieces.ts';

const asIs = noDraft('nothingToChange', note('rulesFindNothing'));

/** Changes the words of every paragraph, item and quote; headings, tables and code stay. */
function wording(load: () => Promise<Wording>, what: Note): Drafter {
  return async (run) => {
    const { text } = run.request;
    const language = run.request.textLanguage ?? languageOfText(aroundOf(run.request));
    const pieces = proseBlocks(run.reading)
      .filter((block) => !isSomebodyElses(run.reading, block))
      .filter((block) => run.request.action === 'fix' || !isVerse(unprefixedLines(run.reading, block)))
      .map((block) => ({ ...contentOf(block), block }));
    if (pieces.length === 0) return holdsProse(run.reading) ? asIs : noDraft('noProse', note('noProse'));
    const [tag, change] = await Promise.all([loadTagger(), load()]);
    const { onPartial: _, ...listener } = run.listener; // what rules propose is nothing to look at before it is checked
    const draft = await draftPieces({ ...run, listener }, pieces, async (piece) => {
      const before = text.slice(piece.start, piece.end);
      const after = changedAround(text, piece, {
        spans: run.reading.spansOf(piece.block),
        change: (words) => change(words, { language, raw: before, tag }),
      });
      return after === before ? { kind: 'unchanged' } : { kind: 'changed', text: after };
    });
    return draft.edits.length === 0 && !draft.stopped ? asIs : { ...draft, notes: [what] };
  };
}

const unprefixedLines = ({ text }: TextReading, { contentStart, contentEnd }: Block): string[] =>
  text
    .slice(contentStart, contentEnd)
    .split(/\r?\n/u)
    .map((line) => line.replace(/^[ \t>]+/u, ''));

/** Enough of a document to tell its language. */
const languageChars = 20_000;
const aroundOf = ({ before = '', text, after = '' }: ActionRequest): string =>
  before.slice(-languageChars / 2) + text.slice(0, languageChars) + after.slice(0, languageChars / 2);

const byRules = note('byRules');

/** With word lists and a list of misspellings, which no start needs: read when the first text is to be changed. */
const wordings = () => import('../rules/wordingRules.ts');

export const fixByRules = wording(async () => (await import('../rules/fixText.ts')).fixText, note('mendedByRules'));
export const formalByRules = wording(async () => (await wordings()).formalWording, byRules);
export const friendlyByRules = wording(async () => (await wordings()).friendlyWording, byRules);
export const simplifyByRules = wording(async () => (await wordings()).plainWording, byRules);

const tighten = wording(async () => (await wordings()).tightWording, byRules);
const tightenMore = wording(async () => (await wordings()).barestWording, byRules);

/**
 * As far as the bound demands it: first words that say nothing, then asides, then sentences that say again what others
 * say. A text where each sentence says something of its own stays.
 */
export const shortenByRules: Drafter = async (run) => {
  const { text } = run.request;
  const isShort = ({ edits = [] }: Draft) => wordCount(applyEdits(text, edits)) <= targetWords(run);
  const tight = await tighten(run);
  const tightened = tight.kind === 'draft' && (tight.stopped || isShort(tight)) ? tight : await tightenMore(run);
  const edits = tightened.kind === 'draft' ? (tightened.edits ?? []) : [];
  if (tightened.kind === 'draft' && tightened.stopped) return tightened;
  if (tightened.kind === 'none' && tightened.reason !== 'nothingToChange') return tightened;
  const dropped = sentencesToDrop(run, edits);
  const shorter = withoutSentences(run.reading, edits, dropped);
  if (wordCount(applyEdits(text, shorter)) > (1 - leastShorter) * wordCount(text)) return nothingToSpare;
  const notes = [note('shortenedByRules')];
  if (dropped.length > 0) notes.push(note('sentencesLeftOut', dropped.length));
  return { kind: 'draft', edits: shorter, leftOut: dropped, notes };
};

/** Who wants a shorter text is not served with a word of a page. */
const leastShorter = 0.03;
const nothingToSpare = noDraft('nothingToChange', note('nothingToSpare'));
const targetWords = ({ request, spec }: ActionRun): number => spec.length.maximum * wordCount(request.text);

/** Sentences that are compared with each other: bounds the work on long texts. */
const windowSentences = 100;

/** A paragraph of fewer sentences has none to spare. */
const minSentencesToDrop = 4;
/** What somebody must not miss, or is told, asked or promised: no sentence with it is left out. */
const weighty =
  /\b(?:not|no|never|none|nobody|nothing|cannot|must|may|shall|should|have to|has to|need(?:s|ed)?|required?|only|unless|if|except|please|will|would|could|can|because|recommend\w*|warn\w*|otherwise|instead|others?|even|else|all|each|every|both)\b|n['’]t\b|['’](?:ll|d)\b|[“”"«»„?!]|:["”’)]*$/iu;
const numberWord = new RegExp(`\\b(?:${numberWordsFrom(0)}|half|first|second|third|once|twice)\\b`, 'iu');
/** The next sentence needs the one before it, to be understood. */
const leansAnywhere = (sentence: string): boolean =>
  leansOnPrevious(sentence) ||
  /\b(?:it|they|them|their|its|this|these|those|he|she|him|her|his|such|there)\b/iu.test(sentence);

/** Of the stems of a sentence: so many are in others if it is to say nothing new. */
const minSaidElsewhere = 0.9;
/** Of fewer stems all are somewhere by accident. */
const minStems = 3;
const saysNothing =
  /^(?:(?:so |well, )?that(?:['’]s| is) (?:it|all|about it)|let me explain(?: (?:this|why|what I mean))?|read on(?: [\p{L} ]{1,40})?|more (?:on|about) (?:this|that|it) later|(?:but )?more on that later|it is what it is|enough said|(?:this|that) (?:is|was) (?:just|only) the beginning|it has always been (?:like this|this way|so)|and so on(?: and so forth)?|I hope (?:this|that) helps|in conclusion)[.!…]+$/iu;

/**
 * Sentences that say again what others say, or nothing. Never the first one of a paragraph, never one that another leans
 * on, never one with a number, a name, a link or another protected part, a duty, a denial or what somebody says.
 */
function sentencesToDrop(run: ActionRun, edits: readonly Edit[]): Sentence[] {
  const { request, reading } = run;
  const { text, textLanguage } = request;
  const target = targetWords(run);
  let words = wordCount(applyEdits(text, edits));
  const shrunk = words / wordCount(text);
  if (words <= target) return [];
  if ((languageOfText(text) ?? textLanguage ?? 'en') !== 'en') return []; // what leans on what is known of English alone
  const sentences = proseSentences(reading);
  const sentencesIn = new Map<Block, number>();
  for (const { block } of sentences) sentencesIn.set(block, (sentencesIn.get(block) ?? 0) + 1);
  const dropped: Sentence[] = [];
  for (let from = 0; from < sentences.length && words > target; from += windowSentences) {
    const window = sentences.slice(from, from + windowSentences);
    const stems = window.map((sentence) => new Set(contentStems(wordsOf(reading, sentence))));
    for (const [i, sentence] of window.entries()) {
      const own = wordsOf(reading, sentence);
      const [previous, next] = [sentences[from + i - 1], sentences[from + i + 1]];
      const opens = previous?.block !== sentence.block || text.charAt(previous.end - 1) === '?'; // what answers stays
      if (opens || sentence.block.kind !== 'prose' || sentencesIn.get(sentence.block)! < minSentencesToDrop) continue;
      const isEmptyTalk = saysNothing.test(own);
      if (!isEmptyTalk && (weighty.test(own) || numberWord.test(own) || !isSaidElsewhere(stems, i))) continue;
      if (holdsParts(reading, sentence)) continue;
      const isLeantOn = next?.block === sentence.block && leansAnywhere(wordsOf(reading, next));
      if (isLeantOn && !isEmptyTalk) continue;
      dropped.push(sentence);
      stems[i] = new Set(); // of two that say the same one stays
      words -= Math.floor(shrunk * wordCount(own));
      if (words <= target) break;
    }
  }
  return dropped;
}

/** Sentences on each side among which another one may say the same. */
const near = 8;

/** On one line, without what further lines begin with. */
const wordsOf = (reading: TextReading, sentence: Sentence): string => unwrapped(reading, sentence.block, sentence);

/**
 * One other sentence has nearly all of its words: the same words here and there may well say something new.
 * @param stems of each sentence of a window
 */
function isSaidElsewhere(stems: readonly ReadonlySet<string>[], at: number): boolean {
  const own = [...stems[at]!];
  if (own.length < minStems) return false;
  return stems
    .slice(Math.max(0, at - near), at + near + 1)
    .some(
      (others) =>
        others !== stems[at] && own.filter((stem) => others.has(stem)).length >= minSaidElsewhere * own.length,
    );
}

function holdsParts(reading: TextReading, sentence: Sentence): boolean {
  if (spansWithin(reading, sentence.block, sentence).some(({ kind }) => kind !== 'prefix')) return true;
  return protectedParts(readWhole(wordsOf(reading, sentence), 'plaintext')).length > 0;
}

/** Word edits outside of the dropped sentences, and the dropped sentences with the blanks before them. */
function withoutSentences(reading: TextReading, edits: readonly Edit[], dropped: readonly Sentence[]): Edit[] {
  const { text } = reading;
  const cuts = sideBySide(reading, dropped).map((run) => ({ ...cutOf(reading, run), replacement: '' }));
  const fine = edits.flatMap((edit) =>
    refine(text.slice(edit.start, edit.end), edit.replacement).map(
      ({ start, end, replacement }): Edit => ({ start: edit.start + start, end: edit.start + end, replacement }),
    ),
  );
  const merged: Edit[] = [];
  for (const edit of [...cuts, ...fine].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start >= (merged.at(-1)?.end ?? 0)) merged.push(edit);
  }
  return merged;
}

/** Sentences with nothing but blanks and the beginnings of lines between them, as one stretch. */
function sideBySide(reading: TextReading, sentences: readonly Sentence[]): Sentence[] {
  const runs: Sentence[] = [];
  for (const sentence of sentences) {
    const last = runs.at(-1);
    if (last?.block === sentence.block && lastWordBefore(reading, sentence) <= last.end)
      runs[runs.length - 1] = { ...last, end: sentence.end };
    else runs.push(sentence);
  }
  return runs;
}

/**
 * What goes with a sentence: the blanks before it, and what its lines begin with (`//`, `>`). Where another sentence goes
 * on in its last line, the beginning of its first one stays for that.
 */
function cutOf(reading: TextReading, { start, end, block }: Sentence): Span {
  const { text } = reading;
  const from = lastWordBefore(reading, { start, block });
  const opensLine = text.slice(from, start).trim() !== '';
  const next = /[^\S\r\n]*(?=\S)/uy;
  next.lastIndex = end;
  const goesOn = end < block.contentEnd ? next.exec(text) : null;
  return opensLine && goesOn ? { start, end: end + goesOn[0].length } : { start: from, end };
}

/** Where the word before a place of a block ends: blanks and the beginnings of lines are none. */
function lastWordBefore(reading: TextReading, { start, block }: Pick<Sentence, 'start' | 'block'>): number {
  let at = blanksBefore(reading.text, start);
  for (const span of [...spansWithin(reading, block, { start: block.contentStart, end: start })].reverse()) {
    if (span.kind !== 'prefix' || span.end < at) break;
    at = blanksBefore(reading.text, span.start);
  }
  return at;
}

/** Where the blanks before a place begin. */
function blanksBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/u.test(text[start - 1]!)) start--;
  return start;
}

export const commitByRules: Drafter = async ({ request }) => {
  const text = commitMessageOf(request.text, request.earlierSubjects);
  if (text === undefined) return noDraft('noProse', note('noDiff'));
  return { kind: 'draft', text, notes: [note('whyIsYours')] };
};
