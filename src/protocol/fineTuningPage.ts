/** The page of fine-tuning: the extension says what is to be seen, the page says what a person did there. Plain data. */
import type { AdapterReport, BlindTest } from './adapters.ts';
import type { CorpusReport } from './corpus.ts';
import type { DoneEvent, PlanEvent, Preparation, ProofProgress, StepEvent } from './training.ts';

export type FineTuningPhase =
  | 'planning' // reads the texts, measures a step
  | 'ready' // waits for a person to start it
  | 'running'
  | 'paused'
  | 'proving' // compares before and after on texts that were kept apart
  | 'done'
  | 'discarded'
  | 'failed';

/** Everything that the page shows. */
export interface FineTuningView {
  readonly phase: FineTuningPhase;
  /** of the adapter */
  readonly name: string;
  /** what was asked for has not happened yet */
  readonly isBusy: boolean;
  readonly corpus?: CorpusReport;
  readonly plan?: PlanEvent;
  /** steps in order, thinned out where there are many */
  readonly steps: readonly StepEvent[];
  readonly evaluations: readonly EvaluationPoint[];
  readonly samples: readonly WritingSample[];
  /** how far planning is */
  readonly preparation?: Preparation;
  /** how far the comparison is; it goes on for a while after its first figures are known */
  readonly proof?: ProofProgress | undefined;
  readonly done?: DoneEvent;
  readonly report?: AdapterReport;
  /** the adapter is in use in this workspace */
  readonly isSwitchedOn: boolean;
  /** why it failed, in the person's language as far as possible */
  readonly problem?: string;
  /** it failed because there is too little text: another folder may have more */
  readonly isTooLittle: boolean;
  /** a checkpoint is left to go on from */
  readonly canResume: boolean;
  readonly blindTest?: BlindTestView;
  /** suggestions that were kept for learning; none when there are none */
  readonly kept?: { readonly count: number; readonly areUsed: boolean };
}

export interface EvaluationPoint {
  readonly step: number;
  readonly validationLoss: number;
}

/** How a text that was kept apart goes on, by the model as it was and as it is by now. */
export interface WritingSample {
  /** the end of what is given */
  readonly prompt: string;
  readonly before?: string;
  readonly after?: string;
  /** at which `after` was written */
  readonly step?: number;
}

export type BlindTestView =
  | { readonly kind: 'preparing' }
  /** who wrote which is not told yet */
  | {
      readonly kind: 'asking';
      readonly index: number;
      readonly count: number;
      readonly prompt: string;
      readonly left: string;
      readonly right: string;
    }
  | { readonly kind: 'answered'; readonly result: BlindTest; readonly pairs: readonly RevealedPair[] };

export interface RevealedPair {
  readonly prompt: string;
  readonly base: string;
  readonly adapted: string;
  readonly choice: 'base' | 'adapted' | 'neither';
}

/** extension → page */
export interface FineTuningPageUpdate {
  readonly view: FineTuningView;
  /** translations by English text; empty in English */
  readonly texts: Readonly<Record<string, string>>;
}

/** page → extension */
export type FineTuningPageAction =
  | { readonly kind: 'opened' } // the page is there and asks for its first update
  | { readonly kind: 'start' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'stop'; readonly keep: boolean }
  | { readonly kind: 'stopProof' }
  /** learns from a folder that the person chooses then */
  | { readonly kind: 'chooseFolder' }
  | { readonly kind: 'tryAgain'; readonly resume: boolean }
  | { readonly kind: 'switchAdapter'; readonly on: boolean }
  | { readonly kind: 'startBlindTest' }
  | { readonly kind: 'prefer'; readonly side: 'left' | 'right' | 'neither' }
  /** prepares anew, with the suggestions that were kept for learning, or without them */
  | { readonly kind: 'useKept'; readonly on: boolean }
  | { readonly kind: 'showKept' }
  | { readonly kind: 'openSettings' }
  | { readonly kind: 'openAdapters' };
