/** The page of models: what is installed, what is on this disk, what is recommended, and what runs where. Plain data. */
import type { DeviceReport } from './engineOptions.ts';
import type {
  DownloadStage,
  FoundModel,
  HubModel,
  ListedModel,
  ModelSummary,
  ModelUse,
  Recommendations,
} from './store.ts';

export interface ModelsView {
  /** undefined: being read */
  readonly installed?: readonly InstalledModel[];
  /** undefined: being read */
  readonly recommended?: Recommendations;
  /** a document is in a language that the model does not know: those that do come first */
  readonly forLanguage?: { readonly title: string; readonly models: readonly string[] };
  /** what other programs have; undefined: nobody has asked */
  readonly found?: 'looking' | readonly FoundModel[];
  /** what the hub has under a name; undefined: nobody has asked */
  readonly searched?: 'looking' | readonly HubModel[];
  readonly transfers: readonly Transfer[];
  /** of the model that types; undefined: nobody has asked */
  readonly devices?: 'looking' | DeviceReport;
  /** address of the hub */
  readonly hub: string;
  readonly hasToken: boolean;
  /** nothing can be changed: the workspace is not trusted */
  readonly isReadOnly: boolean;
}

/** It does one thing, such as translating, and suggests nothing. */
export const isForOneTask = ({ for: uses }: ListedModel): boolean =>
  !uses.includes('typing') && !uses.includes('actions');

export interface InstalledModel extends ModelSummary {
  readonly isBundled: boolean;
  /** it is used where another program keeps it: it is that program's to move and to delete */
  readonly isElsewhere: boolean;
  readonly usedFor: readonly ModelUse[];
  /** BCP 47; [] when they are not known */
  readonly languages: readonly string[];
  readonly speed?: 'measuring' | ModelSpeed;
  readonly savings?: 'measuring' | ModelSavings;
  readonly check?: 'checking' | 'right' | { readonly problem: string };
}

/** What a few seconds of reading and writing took on this machine. */
export interface ModelSpeed {
  readonly readTokensPerSecond: number;
  readonly writtenTokensPerSecond: number;
  /** of the process, while it runs */
  readonly memoryMb: number;
}

/** What its suggestions would have saved of the keys with which some of this workspace's texts were typed. */
export interface ModelSavings {
  /** of all keys, with one more for each suggestion that was read in vain; null where nothing could be counted */
  readonly share: number | null;
  /** 95 %, over texts; null for a single text */
  readonly interval: readonly [number, number] | null;
}

/** A model on its way: from the hub, from another program's folder, or to another folder. */
export interface Transfer {
  /** the folder's name here */
  readonly name: string;
  readonly title: string;
  readonly stage: DownloadStage | 'move';
  /** in one unit; bytes while it is fetched */
  readonly done: number;
  readonly total: number;
  /** `stopped`: by a person, by a closed window or by a fault; what has come is kept */
  readonly state: 'running' | 'stopped';
  readonly problem?: string;
}

/** extension → page */
export interface ModelsPageUpdate {
  readonly view: ModelsView;
  readonly texts: Readonly<Record<string, string>>;
}

/** page → extension */
export type ModelsPageAction =
  | { readonly kind: 'opened' | 'find' | 'showDevices' | 'setToken' }
  | { readonly kind: 'search'; readonly words: string }
  /** a name of the list, or OWNER/NAME */
  | { readonly kind: 'install'; readonly name: string }
  | { readonly kind: 'stop' | 'goOn' | 'discard'; readonly name: string }
  | { readonly kind: 'use'; readonly folder: string; readonly for: ModelUse }
  | { readonly kind: 'verify' | 'measure' | 'whatItSaves' | 'move' | 'remove' | 'show'; readonly folder: string }
  | { readonly kind: 'add'; readonly path: string; readonly name: string };
