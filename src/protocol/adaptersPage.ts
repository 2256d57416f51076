/** The page of adapters: what is on this machine, and which one is in use in this workspace. Plain data. */
import type { AdapterSummary } from './adapters.ts';

export interface AdaptersView {
  readonly model: string;
  readonly adapters: readonly AdapterSummary[];
  /** folder of the one in use; '' for none */
  readonly inUse: string;
  /** multiplies what the adapter in use adds, 0 … 2 */
  readonly strength: number;
  /** nothing can be switched: the workspace is not trusted */
  readonly isReadOnly: boolean;
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
  | { readonly kind: 'import' }
  | { readonly kind: 'fineTune' };
