/** The page of adapters: what is on this machine, and which one is in use in this workspace. Plain data. */
import type { AdapterDetails, AdapterSummary } from './adapters.ts';

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
