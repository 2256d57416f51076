import type { ZoneKind } from '../../text/zone.ts';
import type { CaretKind } from '../completion/gate.ts';
import { type Interval, intervalsOf } from './intervals.ts';
import { addTally, type ExactMatchWords, groupOf, sumOf, type Tally, type TextTally } from './tally.ts';

/** A share; null when there is nothing to take a share of. */
type Share = number | null;

/** What the writer had of some carets. */
export interface GroupFigures {
  /** positions asked afresh */
  readonly carets: number;
  /** of them, those at which a new suggestion became visible */
  readonly shown: number;
  /** shown with a first word that is wholly right / shown */
  readonly precisionWhenShown: Share;
  /** shown without / carets */
  readonly wrongShow: Share;
  /** of a whole text: 1 − keys / keysAlone; of a group of carets: what it contributes to that */
  readonly keystrokesSaved: Share;
}

/** What the writer had of some texts. */
export interface TextFigures extends GroupFigures {
  readonly characters: number;
  /** accepts included */
  readonly keys: number;
  /** without any suggestion: those of the characters and of the slips */
  readonly keysAlone: number;
  /** as `keystrokesSaved`, with one key more for every wrong show */
  readonly netKeystrokesSaved: Share;
  /** first N words right, over carets where N words follow on the line; silence is not right */
  readonly exactMatch: Readonly<Record<ExactMatchWords, Share>>;
}

export interface SimulationReport extends TextFigures {
  /** of the answers for which the model ran, from keystroke to answer */
  readonly latencyMs: { readonly p50: number | null; readonly p95: number | null };
  /** share of the prompt tokens whose keys and values were in the cache */
  readonly reuse: Share;
  readonly byZone: Readonly<Partial<Record<ZoneKind, GroupFigures>>>;
  readonly byCaretKind: Readonly<Partial<Record<CaretKind, GroupFigures>>>;
  /** 95 %, by bootstrap over files */
  readonly intervals: Readonly<Record<keyof Headline, Interval>>;
  readonly files: readonly ({ readonly path: string } & TextFigures)[];
}

/** What was measured of the model calls. */
export interface CallMeasures {
  readonly answersMs: number[];
  promptTokens: number;
  reusedTokens: number;
}

/** @param texts those of which something was written, with their counts */
export function simulationReport(
  texts: readonly { readonly path: string; readonly tally: TextTally }[],
  calls: CallMeasures,
  seed: number,
): SimulationReport {
  const tallies = texts.map(({ tally }) => tally.all);
  const all = sumOf(tallies);
  return {
    ...textFigures(all),
    latencyMs: { p50: percentile(calls.answersMs, 0.5), p95: percentile(calls.answersMs, 0.95) },
    reuse: share(calls.reusedTokens, calls.promptTokens),
    byZone: groups(
      texts.map(({ tally }) => tally.byZone),
      all.characters + all.slipKeys,
    ),
    byCaretKind: groups(
      texts.map(({ tally }) => tally.byCaretKind),
      all.characters + all.slipKeys,
    ),
    intervals: intervalsOf(tallies, headline, seed),
    files: texts.map(({ path, tally }) => ({ path, ...textFigures(tally.all) })),
  };
}

/** The figures that get an interval. */
type Headline = Record<
  'precisionWhenShown' | 'wrongShow' | 'keystrokesSaved' | 'netKeystrokesSaved' | 'exactMatch1',
  Share
>;

function headline(tally: Tally): Headline {
  const { precisionWhenShown, wrongShow, keystrokesSaved, netKeystrokesSaved, exactMatch } = textFigures(tally);
  return { precisionWhenShown, wrongShow, keystrokesSaved, netKeystrokesSaved, exactMatch1: exactMatch[1] };
}

export function textFigures(tally: Tally): TextFigures {
  const { characters, keys, slipKeys, shown, right, matched, followed } = tally;
  const keysAlone = characters + slipKeys;
  const exact = (words: ExactMatchWords) => share(matched[words], followed[words]);
  return {
    ...groupFigures(tally, keysAlone),
    characters,
    keys,
    keysAlone,
    netKeystrokesSaved: share(keysAlone - keys - (shown - right), keysAlone),
    exactMatch: { 1: exact(1), 2: exact(2), 3: exact(3), 5: exact(5) },
  };
}

const groupFigures = ({ carets, shown, right, saved }: Tally, keysAlone: number): GroupFigures => ({
  carets,
  shown,
  precisionWhenShown: share(right, shown),
  wrongShow: share(shown - right, carets),
  keystrokesSaved: share(saved, keysAlone),
});

function groups<K extends string>(texts: readonly Map<K, Tally>[], keysAlone: number) {
  const sums = new Map<K, Tally>();
  for (const text of texts) for (const [key, tally] of text) addTally(groupOf(sums, key), tally);
  const figures = [...sums].map(([key, tally]) => [key, groupFigures(tally, keysAlone)] as const);
  return Object.fromEntries(figures) as Partial<Record<K, GroupFigures>>;
}

const share = (part: number, whole: number): Share => (whole === 0 ? null : part / whole);

/** Nearest rank; null of nothing. */
function percentile(values: readonly number[], rank: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? null;
}
