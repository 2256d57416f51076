import type { ZoneKind } from '../../text/zone.ts';
import type { CaretKind } from '../completion/gate.ts';
import type { CaretRecord } from './simulatedWriter.ts';

export const exactMatchWords = [1, 2, 3, 5] as const;
export type ExactMatchWords = (typeof exactMatchWords)[number];

/** Counts from which every figure is computed; those of several texts are added up. */
export interface Tally {
  /** UTF-16 code units of the text */
  characters: number;
  /** pressed for them, accepts included */
  keys: number;
  /** of the slips that a writer makes who types all of it */
  slipKeys: number;
  /** positions at which the completer was asked and no visible suggestion simply went on */
  carets: number;
  /** carets at which a new suggestion became visible */
  shown: number;
  /** shown with a first word that is wholly right */
  right: number;
  /** characters that were accepted and keys of slips in them, minus the keys for it */
  saved: number;
  /** carets with at least so many words left on the line */
  readonly followed: Record<ExactMatchWords, number>;
  /** those of them at which the first so many words of the suggestion are right */
  readonly matched: Record<ExactMatchWords, number>;
}

/** The tally of one text, in all and by what its carets are. */
export interface TextTally {
  readonly all: Tally;
  readonly byZone: Map<ZoneKind, Tally>;
  readonly byCaretKind: Map<CaretKind, Tally>;
}

export function emptyTally(): Tally {
  const none = { 1: 0, 2: 0, 3: 0, 5: 0 };
  return {
    characters: 0,
    keys: 0,
    slipKeys: 0,
    carets: 0,
    shown: 0,
    right: 0,
    saved: 0,
    followed: { ...none },
    matched: { ...none },
  };
}

export const emptyTextTally = (): TextTally => ({ all: emptyTally(), byZone: new Map(), byCaretKind: new Map() });

/** Counts a caret in all groups that it belongs to. Characters and keys are counted per stretch, not here. */
export function countCaret(tally: TextTally, caret: CaretRecord): void {
  count(tally.all, caret);
  count(groupOf(tally.byZone, caret.zone), caret);
  count(groupOf(tally.byCaretKind, caret.kind), caret);
}

export function groupOf<K>(groups: Map<K, Tally>, key: K): Tally {
  const group = groups.get(key) ?? emptyTally();
  groups.set(key, group);
  return group;
}

function count(tally: Tally, { suggestion, run, avoidedKeys, wordsOnLine }: CaretRecord): void {
  tally.carets++;
  if (suggestion !== undefined) tally.shown++;
  if (run.words > 0) tally.right++;
  tally.saved += run.chars + avoidedKeys - run.keys;
  countWords(tally, run.words, wordsOnLine);
}

/** @param right words at the beginning of what is suggested, of those that follow on the line */
export function countWords(tally: Tally, right: number, wordsOnLine: number): void {
  for (const words of exactMatchWords) {
    if (wordsOnLine < words) continue;
    tally.followed[words]++;
    if (right >= words) tally.matched[words]++;
  }
}

const summed = ['characters', 'keys', 'slipKeys', 'carets', 'shown', 'right', 'saved'] as const;

/** Adds `other` to `sum`. */
export function addTally(sum: Tally, other: Tally): void {
  for (const name of summed) sum[name] += other[name];
  for (const words of exactMatchWords) {
    sum.followed[words] += other.followed[words];
    sum.matched[words] += other.matched[words];
  }
}

/** Adds `other` to `sum`, group by group. */
export function addTextTally(sum: TextTally, other: TextTally): void {
  addTally(sum.all, other.all);
  for (const [zone, tally] of other.byZone) addTally(groupOf(sum.byZone, zone), tally);
  for (const [kind, tally] of other.byCaretKind) addTally(groupOf(sum.byCaretKind, kind), tally);
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally();
  for (const tally of tallies) addTally(sum, tally);
  return sum;
}
