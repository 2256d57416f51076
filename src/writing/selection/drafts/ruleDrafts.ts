import { type ActionRun, type Draft, type Drafter, noDraft } from '../actionRun.ts';
import { type Note, note } from '../notes.ts';
import { protectedParts } from '../protection/protectedParts.ts';
import { commitMessageOf } from '../rules/commitSubject.ts';
import { fixText } from '../rules/fixText.ts';
import { bulletsOf, proseOf, tableOf } from '../rules/listRules.ts';
import { formalWording, friendlyWording, plainWording, tightWording } from '../rules/wordingRules.ts';
import { centrality, sentenceVectors } from '../summary/centrality.ts';
import { contentStems } from '../text/contentWords.ts';
import { allSentences, type Sentence } from '../text/sentences.ts';
import { holdsSentences, textBlocks } from '../text/textBlocks.ts';
import { wordCount } from '../text/words.ts';
import { applyEdits, type Edit, refine } from '../wordChanges.ts';
import { draftPieces } from './pieces.ts';

const asIs = noDraft('nothingToChange', note('rulesFindNothing'));

/** Changes the words of every paragraph, item and quote; headings, tables and code stay. */
function wording(change: (text: string) => string, what: Note): Drafter {
  return async (run) => {
    const { text } = run.request;
    const pieces = textBlocks(text)
      .filter(holdsSentences)
      .map(({ contentStart, end }) => ({ start: contentStart, end }));
    if (pieces.length === 0) return noDraft('noProse', note('noProse'));
    const draft = await draftPieces(run, pieces, async ({ start, end }) => {
      const before = text.slice(start, end);
      const after = change(before);
      return after === before ? { kind: 'unchanged' } : { kind: 'changed', text: after };
    });
    return draft.edits.length === 0 && !draft.stopped ? asIs : { ...draft, notes: [what] };
  };
}

const byRules = note('byRules');

export const fixByRules = wording(fixText, note('mendedByRules'));
export const formalByRules = wording(formalWording, byRules);
export const friendlyByRules = wording(friendlyWording, byRules);
export const simplifyByRules = wording(plainWording, byRules);

const tighten = wording(tightWording, byRules);

/** First words that can go, then, as far as the bound demands it, the sentences that add least. */
export const shortenByRules: Drafter = async (run) => {
  const tightened = await tighten(run);
  const edits = tightened.kind === 'draft' ? (tightened.edits ?? []) : [];
  if (tightened.kind === 'draft' && tightened.stopped) return tightened;
  const { text } = run.request;
  const dropped = sentencesToDrop(run, edits);
  if (edits.length === 0 && dropped.length === 0) return tightened.kind === 'none' ? tightened : asIs;
  const notes = [note('shortenedByRules')];
  if (dropped.length > 0) notes.push(note('sentencesLeftOut', dropped.length));
  return { kind: 'draft', edits: withoutSentences(text, edits, dropped), notes };
};

/** Sentences that are compared with each other: bounds the work on long texts. */
const windowSentences = 100;

/** Never the first sentence of a paragraph, never one with a number, a name, a link or another protected part. */
function sentencesToDrop({ request: { text }, spec }: ActionRun, edits: readonly Edit[]): Sentence[] {
  const allWords = wordCount(text);
  const target = spec.length.maximum * allWords;
  let words = wordCount(applyEdits(text, edits));
  const shrunk = words / allWords;
  if (words <= target) return [];
  const sentences = allSentences(text);
  const candidates: { sentence: Sentence; rank: number }[] = [];
  for (let from = 0; from < sentences.length; from += windowSentences) {
    const window = sentences.slice(from, from + windowSentences);
    const texts = window.map(({ start, end }) => text.slice(start, end));
    const ranks = centrality(sentenceVectors(texts.map(contentStems)));
    for (const [i, sentence] of window.entries()) {
      const opens = sentences[from + i - 1]?.block !== sentence.block;
      if (opens || sentence.block.kind !== 'prose' || protectedParts(texts[i]!).length > 0) continue;
      candidates.push({ sentence, rank: ranks[i]! });
    }
  }
  const dropped: Sentence[] = [];
  for (const { sentence } of candidates.sort((a, b) => a.rank - b.rank)) {
    if (words <= target) break;
    dropped.push(sentence);
    words -= Math.floor(shrunk * wordCount(text.slice(sentence.start, sentence.end)));
  }
  return dropped.sort((a, b) => a.start - b.start);
}

/** Word edits outside of the dropped sentences, and the dropped sentences with the blanks before them. */
function withoutSentences(text: string, edits: readonly Edit[], dropped: readonly Sentence[]): Edit[] {
  const cuts = dropped.map(({ start, end }): Edit => {
    return { start: text.slice(0, start).trimEnd().length, end, replacement: '' };
  });
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

export const bulletsByRules: Drafter = async (run) =>
  whole(run, bulletsOf(run.request.text, run.request.languageId), note('bulletsByRules'));

export const proseByRules: Drafter = async (run) => {
  const prose = proseOf(run.request.text);
  if (prose === undefined) return noDraft('notAList', note('needsList'));
  return whole(run, prose, note('proseByRules'));
};

export const tableByRules: Drafter = async (run) => {
  const table = tableOf(run.request.text);
  if (table === undefined) {
    return noDraft('notAList', note('noCommonSeparator'));
  }
  return whole(run, table, note('columnsUnnamed'));
};

export const commitByRules: Drafter = async ({ request }) => {
  const text = commitMessageOf(request.text);
  if (text === undefined) return noDraft('noProse', note('noDiff'));
  return { kind: 'draft', text, notes: [note('whyIsYours')] };
};

/** The text between leading and trailing blank lines becomes another one. */
function whole({ request: { text } }: ActionRun, result: string, what: Note): Draft | ReturnType<typeof noDraft> {
  const start = /^(?:[ \t]*\r?\n)*/u.exec(text)![0].length;
  const end = start + text.slice(start).trimEnd().length;
  const lines = text.includes('\r\n') ? result.replace(/\r?\n/gu, '\r\n') : result;
  if (text.slice(start, end) === lines) return asIs;
  return { kind: 'draft', edits: [{ start, end, replacement: lines }], notes: [what] };
}
