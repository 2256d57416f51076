import { languageOfText } from '../../../text/language.ts';
import { sentenceEnds } from '../../../text/sentenceEnd.ts';
import { joinedLines } from '../../../text/unspaced.ts';
import { refine } from '../wordChanges.ts';
import type { FileChange } from './gitDiff.ts';
import { isOfName, moved, type ProseChange } from './proseChange.ts';
import { codeIndent, headingIn, itemsOf, plain, proseLines } from './proseLines.ts';
import { isFigure, isMisspelt, isVersion, isWholeFigure, singular } from './wordKinds.ts';

const proseNames =
  /\.(?:md|mdx|markdown|qmd|rmd|rst|adoc|asciidoc|tex|txt|typ|org|html?)$|^(?:readme|changelog|contributing|authors|news)$/iu;

/** A file of no kind in a folder of documents, unless its name says that a program reads it. */
const unnamedProse = /(?:^|\/)(?:docs?|documentation|man)\/(?:[^/]+\/)*(?![^/]*file$)[^/.]+$/iu;

export const isProseFile = (path: string): boolean =>
  proseNames.test(path.split('/').at(-1) ?? '') || unnamedProse.test(path);

/** Lines that follow each other and were replaced, put in or taken out, with the heading that they stand under. */
interface Run {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly section: string | undefined;
}

/** Most telling first; empty where nothing can be said but that something changed. */
export function proseChanges(file: FileChange): ProseChange[] {
  const runs = file.hunks.flatMap((hunk) => runsOf(hunk.place, proseLines(hunk, file.path)));
  const changed = runs.flatMap(({ removed, added }) => [...removed, ...added]);
  if (changed.length > 0 && changed.every((line) => line.trim() === '')) return [{ kind: 'blanks' }];
  const only = onlyWords(runs);
  if (only) return [only];
  const sections = sectionChanges(runs);
  const wording = wordingChanges(runs).filter((change) => !isOfName(change, sections));
  const changes = [...sections, ...wording, ...moved(textChanges(runs))];
  const told = new Map(changes.map((change) => [JSON.stringify(change), change])); // each once
  return [...told.values()].sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
}

const rank: readonly ProseChange['kind'][] = [
  'sectionAdded',
  'sectionRemoved',
  'sectionRenamed',
  'version',
  'replaced',
  'itemsAdded',
  'textAdded',
  'itemsRemoved',
  'textRemoved',
  'moved',
  'wordsAdded',
  'wordsRemoved',
  'number',
  'figures',
  'reworded',
  'spelling',
  'links',
  'code',
  'markup',
  'punctuation',
  'rewrapped',
  'blanks',
];

/** The first heading of a text that is new. */
export const titleOf = ({ hunks, path }: FileChange): string | undefined =>
  hunks
    .flatMap((hunk) => proseLines(hunk, path).map((line) => headingIn(line.slice(1))))
    .find((title) => title !== undefined);

function runsOf(place: string, lines: readonly string[]): Run[] {
  const runs: { removed: string[]; added: string[]; section: string | undefined }[] = [];
  let section = headingIn(place);
  let open: (typeof runs)[number] | undefined;
  for (const line of lines) {
    const [sign, text] = [line[0], line.slice(1)];
    if (sign === ' ' || sign === undefined) open = undefined;
    else if (sign === '+' || sign === '-') {
      if (!open) {
        open = { removed: [], added: [], section };
        runs.push(open);
      }
      (sign === '+' ? open.added : open.removed).push(text);
    }
    if (sign !== '-') section = headingIn(text) ?? section;
  }
  return runs;
}

function sectionChanges(runs: readonly Run[]): ProseChange[] {
  const titles = (side: 'removed' | 'added') =>
    runs.flatMap((run) => run[side].flatMap((line) => headingIn(line) ?? []));
  const [removed, added] = [titles('removed'), titles('added')];
  const isIn = (all: readonly string[], title: string) => all.some((each) => sameWords(each, title));
  const gone = removed.filter((title) => !isIn(added, title));
  const come = added.filter((title) => !isIn(removed, title));
  const isNamedAnew = gone.length === come.length && (gone.length === 1 || runs.every(holdsAsManyHeadings));
  if (isNamedAnew) return gone.map((from, i) => ({ kind: 'sectionRenamed', from, to: come[i]! }));
  return [
    ...come.map((what) => ({ kind: 'sectionAdded' as const, what })),
    ...gone.map((what) => ({ kind: 'sectionRemoved' as const, what })),
  ];
}

const holdsAsManyHeadings = ({ removed, added }: Run): boolean =>
  removed.filter((line) => headingIn(line)).length === added.filter((line) => headingIn(line)).length;

const proseOf = (lines: readonly string[]): string =>
  lines
    .filter((line) => headingIn(line) === undefined && !/^\s*(?:```|~~~|[-=~^*_]{3,}\s*$|\|[\s|:-]+$)/u.test(line))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .reduce(joinedLines, '');

const words = (text: string): string[] => text.match(/(?<![\p{M}’'.-])[\p{L}\p{M}\p{N}’'.-]*[\p{L}\p{N}]/gu) ?? [];

const longestRun = 20_000; // characters of both sides that are compared: more is a new text

/** Words that were exchanged, and what only looks different. */
function wordingChanges(runs: readonly Run[]): ProseChange[] {
  const both = runs.map(({ removed, added }) => [proseOf(removed), proseOf(added)] as const).filter(([a, b]) => a && b);
  if (both.length === 0 || both.some(([a, b]) => a.length + b.length > longestRun)) return [];
  if (both.every(([a, b]) => a === b)) return [{ kind: runs.every(hasSameLines) ? 'blanks' : 'rewrapped' }];
  if (runs.every(isCode)) return [{ kind: 'code' }];
  if (both.every(([a, b]) => unlinked(a) === unlinked(b))) return [{ kind: 'links' }];
  if (both.every(([a, b]) => unmarked(a) === unmarked(b))) return [{ kind: 'markup' }];
  if (both.every(([a, b]) => sameWords(a, b))) return [{ kind: 'punctuation' }];
  const edits = both.flatMap(([a, b]) =>
    refine(a, b).flatMap(({ start, end, replacement }) => wordPairs(bare(a.slice(start, end)), bare(replacement))),
  );
  const exchanged = edits.filter(([from, to]) => from !== '' && to !== '');
  const small = exchanged.filter(([from, to]) => Math.max(words(from).length, words(to).length) <= 4);
  if (exchanged.length === 0 || small.length < edits.length) return [];
  return exchangedWords(small);
}

const mostWords = 6;

/** A few words that were put into a sentence or taken out of one, where nothing else changed. */
function onlyWords(runs: readonly Run[]): ProseChange | undefined {
  const filled = runs.filter((run) => !isBlank(run));
  if (filled.some(isCode) || sectionChanges(runs).length > 0) return undefined;
  const both = filled.map(({ removed, added }) => [proseOf(removed), proseOf(added)] as const);
  if (both.some(([a, b]) => a === '' || b === '' || a.length + b.length > longestRun)) return undefined;
  const edits = both.flatMap(([a, b]) => refine(a, b).map((edit) => [a.slice(edit.start, edit.end), edit.replacement]));
  const [[from = '', to = ''] = []] = edits;
  const [gone, come] = [bare(from), bare(to)];
  const what = gone || come;
  const isPhrase = /^\p{L}/u.test(what) && !/[.!?。！？|[\]<>{}\\]|:\/\//u.test(from + to);
  if (edits.length !== 1 || (gone !== '' && come !== '') || !isPhrase || words(what).length > mostWords)
    return undefined;
  return { kind: gone === '' ? 'wordsAdded' : 'wordsRemoved', what };
}

const sameWords = (a: string, b: string): boolean =>
  words(a).join(' ').toLowerCase() === words(b).join(' ').toLowerCase();
const hasSameLines = ({ removed, added }: Run): boolean =>
  removed.length === added.length && removed.every((line, i) => line.trim() === added[i]!.trim());
const isBlank = ({ removed, added }: Run): boolean => [...removed, ...added].every((line) => line.trim() === '');
const isCode = ({ removed, added }: Run): boolean =>
  [...removed, ...added].every((line) => line.startsWith(codeIndent) || line.trim() === '');
const unmarked = (text: string) => text.replace(/[*_`~]/gu, '');
const unlinked = (text: string) =>
  text.replace(/\]\([^)]*\)|<?https?:\/\/[^\s)>]*[^\s)>.,;:!?]>?|^\[[^\]]+\]:\s*\S+/gu, '');

/** Word for word, where both have as many. */
function wordPairs(from: string, to: string): (readonly [string, string])[] {
  const [a, b] = [words(from), words(to)];
  if (a.length < 2 || a.length !== b.length) return [[from, to]];
  return a.map((word, index) => [word, b[index]!] as const).filter(([one, other]) => one !== other);
}

const bare = (text: string) => text.replace(/^[\s.,;:!?()"“”*_`]+|(?<![\s.,;:!?()"“”*_`])[\s.,;:!?()"“”*_`]+$/gu, '');

function exchangedWords(pairs: readonly (readonly [string, string])[]): ProseChange[] {
  const changes: ProseChange[] = [];
  const rest: (readonly [string, string])[] = [];
  const figures: (readonly [string, string])[] = [];
  const counts = new Map<string, number>();
  const key = ([from, to]: readonly [string, string]) => `${singular(from)}\n${singular(to)}`;
  for (const pair of pairs) counts.set(key(pair), (counts.get(key(pair)) ?? 0) + 1);
  for (const pair of pairs) {
    const [from, to] = pair;
    if (isVersion(from) && isVersion(to)) changes.push({ kind: 'version', to });
    else if (isFigure(from) && isFigure(to)) figures.push(pair);
    else if (isMisspelt(from, to)) rest.push(pair);
    else if (counts.get(key(pair))! > 1 || pairs.length === 1) {
      const [a, b] = pairs.length === 1 ? pair : (key(pair).split('\n') as [string, string]);
      if (Math.min(a.length, b.length) > 1 && a.length + b.length > 5)
        changes.push({ kind: 'replaced', from: a, to: b });
    }
  }
  const [figure] = figures;
  if (figure && pairs.length === 1 && figure.every(isWholeFigure)) {
    changes.push({ kind: 'number', from: figure[0], to: figure[1] });
  } else if (figure) changes.push({ kind: 'figures' });
  const mended = [...new Set(rest.map(([, to]) => to))];
  if (mended.length > 0) changes.push({ kind: 'spelling', ...(mended.length === 1 && { word: mended[0]! }) });
  return changes;
}

/** Items, sentences and rewording, section by section. */
function textChanges(runs: readonly Run[]): ProseChange[] {
  const changes: ProseChange[] = [];
  for (const run of runs) {
    const { removed, added, section: name } = run;
    const section = name === undefined ? {} : { section: name };
    if (isBlank(run)) continue;
    if (isCode(run)) {
      changes.push({ kind: 'code' });
      continue;
    }
    if ([...removed, ...added].some((line) => headingIn(line) !== undefined)) continue; // told as a section
    const [gone, come] = [proseOf(removed), proseOf(added)];
    if (come !== '' && gone === '') {
      const items = itemsOf(added);
      changes.push(
        items
          ? { kind: 'itemsAdded', items, ...section }
          : { kind: 'textAdded', quote: plain(wholeFirst(sentencesOf(come))), ...section },
      );
    } else if (gone !== '' && come === '') {
      const items = itemsOf(removed);
      changes.push(
        items
          ? { kind: 'itemsRemoved', items, ...section }
          : { kind: 'textRemoved', quote: plain(wholeFirst(sentencesOf(gone))), ...section },
      );
    } else if (gone !== come) changes.push(...rewording(gone, come, section));
  }
  return changes;
}

/** Sentences that came or went within a text that otherwise stayed, else rewording. */
function rewording(gone: string, come: string, section: { readonly section?: string }): ProseChange[] {
  if (gone.length + come.length > longestRun) return [{ kind: 'reworded', ...section }];
  if (wordingChanges([{ removed: [gone], added: [come], section: undefined }]).length > 0) return [];
  const [before, after] = [sentencesOf(gone), sentencesOf(come)];
  const put = after.filter((sentence) => isNew(sentence, before));
  const taken = before.filter((sentence) => isNew(sentence, after));
  if (put.length > taken.length && after.length > before.length)
    return [{ kind: 'textAdded', quote: plain(wholeFirst(put)), ...section }];
  if (taken.length > put.length && before.length > after.length)
    return [{ kind: 'textRemoved', quote: plain(wholeFirst(taken)), ...section }];
  const edits = refine(gone, come);
  const counted = edits.filter(({ start, end, replacement }) => /\d/u.test(gone.slice(start, end) + replacement));
  return counted.length > edits.length / 2 ? [{ kind: 'figures' }] : [{ kind: 'reworded', ...section }];
}

function sentencesOf(text: string): string[] {
  const ends = [...sentenceEnds(text, languageOfText(text) ?? 'en'), text.length];
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end).trim()).filter((sentence) => sentence !== '');
}

/** Rather one that begins within the lines than the rest of one. */
const wholeFirst = (sentences: readonly string[]): string =>
  sentences.find((sentence) => !/^\p{Ll}/u.test(sentence)) ?? `…${sentences[0]}`;

/** Shares less than this of its words with each sentence of the other side. */
const sharedWords = 0.4;
const fewestWords = 5;

function isNew(sentence: string, others: readonly string[]): boolean {
  const own = words(sentence.toLowerCase()).filter((word) => word.length > 3);
  if (own.length < fewestWords || /^\W*\|/u.test(sentence)) return false;
  return others.every((other) => {
    const known = new Set(words(other.toLowerCase()));
    return own.filter((word) => known.has(word)).length < sharedWords * own.length;
  });
}
