/** The page of fine-tuning: the extension says what is to be seen, the page says what a person did there. Plain data. */
import type { AdapterDetails, AdapterReport, AdapterSummary, BlindTest } from './adapters.ts';
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

/** The page of adapters: what is on this machine, and which one is in use in this workspace. Plain data. */
export interface AdaptersView {
  readonly model: string;
  readonly adapters: readonly AdapterSummary[];
  /** folder of the one in use; '' for none */
  readonly inUse: string;
  /** multiplies what the adapter in use adds, 0 … 2 */
  readonly strength: number;
  /** nothing can be switched: the workspace is not trusted */
  readonly isReadOnly: boolean;
  /** folders that are ticked for comparing: two at most */
  readonly ticked: readonly string[];
  /** when two are ticked */
  readonly comparison?: ComparisonView;
}

/** Two adapters side by side. */
export interface ComparisonView {
  readonly left: AdapterDetails;
  readonly right: AdapterDetails;
  /** undefined: nobody has asked for them */
  readonly samples?: { readonly isWriting: boolean; readonly texts: readonly ComparedSample[] };
}

/** How a text goes on, without an adapter and with each of the two; what is not written yet is missing. */
export interface ComparedSample {
  readonly prompt: string;
  readonly base?: string;
  readonly left?: string;
  readonly right?: string;
}

/** extension → page */
export interface AdaptersPageUpdate {
  readonly view: AdaptersView;
  readonly texts: Readonly<Record<string, string>>;
}

/** page → extension */
export type AdaptersPageAction =
  | { readonly kind: 'opened' }
  | { readonly kind: 'use'; readonly folder: string } // '' = none
  | { readonly kind: 'setStrength'; readonly strength: number }
  | { readonly kind: 'show' | 'rename' | 'export' | 'remove'; readonly folder: string }
  | { readonly kind: 'tick'; readonly folder: string; readonly on: boolean }
  | { readonly kind: 'writeSamples' }
  | { readonly kind: 'import' }
  | { readonly kind: 'fineTune' };
