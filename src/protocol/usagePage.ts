/** The page of statistics: what became of suggestions, as counts. Plain data, no text of any document. */

/** Where a suggestion stood: `unspaced` is between characters of a script without blanks. */
export const suggestionPlaces = ['midWord', 'wordEnd', 'afterSpace', 'sentenceStart', 'unspaced'] as const;
export type SuggestionPlace = (typeof suggestionPlaces)[number];

/** After how many seconds it is looked whether an accepted text still stands. */
export const horizons = [30, 120, 600] as const;
export type Horizon = (typeof horizons)[number];

/** What became of a suggestion: exactly one of these. */
export const outcomes = [
  'takenWhole', // at once or word by word, also after its beginning was typed
  'takenPart',
  'takenBack', // taken, and undone
  'typedSame', // its first word at least was typed by hand, as it was suggested
  'passedOver', // something else was written in its place
  'left', // the caret, the document or the editor moved on
  'unread', // gone within 0.3 seconds
] as const;
export type Outcome = (typeof outcomes)[number];

export interface UsageFigures {
  /** the sum of all outcomes */
  readonly shown: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** characters taken, less a key for each take and one for each suggestion that was passed over */
  readonly keysSaved: number;
  /** of the takes that were looked at again, how many still stood */
  readonly kept: Readonly<Record<Horizon, { readonly kept: number; readonly of: number }>>;
}

export const usageSpans = ['week', 'month', 'all'] as const;
export type UsageSpan = (typeof usageSpans)[number];

export interface UsageView {
  readonly spans: Readonly<Record<UsageSpan, UsageFigures>>;
  /** seven days each, the last one ends today; oldest first */
  readonly weeks: readonly { readonly start: string; readonly figures: UsageFigures }[];
  /** of all time, most shown first */
  readonly languages: readonly { readonly name: string; readonly figures: UsageFigures }[];
  readonly places: readonly { readonly place: SuggestionPlace; readonly figures: UsageFigures }[];
  /** passages kept for fine-tuning; undefined where none can be: no folder, or not trusted */
  readonly learnt?: { readonly taken: number; readonly corrected: number; readonly isLearning: boolean };
  /** the counts cannot be read at present */
  readonly problem?: string;
  /** the counts were damaged; what could not be read lies in this file */
  readonly setAside?: string;
}

/** extension → page */
export interface UsagePageUpdate {
  /** undefined: being read */
  readonly view?: UsageView;
  readonly texts: Readonly<Record<string, string>>;
}

/** page → extension */
export interface UsagePageAction {
  readonly kind: 'opened' | 'forget' | 'showLearnt';
}
