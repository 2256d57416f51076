/** Adapters on this machine, kept by the store process: what was learned, from what, for which model, and whether it helps. */
import { RequestType } from 'vscode-jsonrpc';
import type { Problem } from './errors.ts';
import type { ErrorData } from './inference.ts';

/** Every folder with an adapter below the given one; a damaged one is listed with its problem. */
export const listAdaptersRequest = new RequestType<ListAdaptersRequest, AdapterSummary[], ErrorData>('adapters/list');
export const showAdapterRequest = new RequestType<ShowAdapterRequest, AdapterDetails, ErrorData>('adapters/show');
/** Copies an adapter in PEFT's layout, after it was checked against the model. */
export const addAdapterRequest = new RequestType<AddAdapterRequest, AdapterDetails, ErrorData>('adapters/add');
/** Writes a copy that PEFT loads. */
export const exportAdapterRequest = new RequestType<{ folder: string; target: string }, null, ErrorData>(
  'adapters/export',
);
export const renameAdapterRequest = new RequestType<{ folder: string; name: string }, { folder: string }, ErrorData>(
  'adapters/rename',
);
/** Of the folder of adapters only, whatever the name is; answers what was deleted. */
export const removeAdapterRequest = new RequestType<RemoveAdapterRequest, { folder: string }, ErrorData>(
  'adapters/remove',
);
/** Of the run that makes the adapter of that folder. */
export const runStateRequest = new RequestType<{ outputFolder: string }, RunState, ErrorData>('runs/state');
/** Deletes what a run has left; one that is going on is left alone. */
export const removeRunRequest = new RequestType<{ outputFolder: string }, null, ErrorData>('runs/remove');
/** Deletes what is of no use: runs that died before their first checkpoint. */
export const removeDeadRunsRequest = new RequestType<{ adaptersFolder: string }, null, ErrorData>('runs/removeDead');
/** Puts the proof beside the adapter, where it stays with it. */
export const saveReportRequest = new RequestType<{ folder: string; report: AdapterReport }, null, ErrorData>(
  'adapters/saveReport',
);

/** `running`: a process is at it; `interrupted`: none is, and there is a checkpoint to go on from. */
export type RunState = 'running' | 'interrupted' | 'none';

export interface ListAdaptersRequest {
  readonly adaptersFolder: string;
  /** adapters that do not fit this model are listed with the reason */
  readonly modelFolder?: string;
}

export interface ShowAdapterRequest {
  readonly folder: string;
  readonly modelFolder?: string;
}

export interface AddAdapterRequest {
  readonly source: string;
  readonly adaptersFolder: string;
  /** of the folder that is made there; must not exist */
  readonly name: string;
  readonly modelFolder: string;
}

export interface RemoveAdapterRequest {
  readonly adaptersFolder: string;
  readonly name: string;
}

/** Its problem says what is wrong with it; a report that cannot be read does not keep it from being used. */
export interface AdapterSummary extends Partial<Pick<Problem, 'problem' | 'problemSentence'>> {
  readonly name: string;
  readonly folder: string;
  /** name of the model that it was trained on; undefined when it was made elsewhere */
  readonly base?: string;
  /** ISO 8601 */
  readonly createdAt?: string;
  readonly steps?: number;
  readonly rank: number;
  readonly sizeBytes: number;
  readonly report?: AdapterReport;
  /** with the model that was asked about */
  readonly isUsable: boolean;
}

export interface AdapterDetails extends AdapterSummary {
  readonly alpha: number;
  readonly targets: readonly string[];
  readonly parameters: number;
  readonly baseFingerprint?: string;
  readonly dataDigest?: string;
  /** training options */
  readonly options?: object;
  readonly versions?: Readonly<Record<string, string>>;
}

/** How likely a text is: mean negative log-probability per token in nats, and e to that power. */
export interface TextFit {
  readonly loss: number;
  readonly perplexity: number;
}

/** Before and after on texts that were kept apart, on the graph that runs while writing. */
export interface HeldOutComparison {
  readonly tokens: number;
  readonly base: TextFit;
  readonly adapted: TextFit;
  /** of the mean difference between the two losses, over the tokens */
  readonly standardError: number;
  /** the loss fell by more than twice its standard error */
  readonly isBetter: boolean;
}

/** By what share the perplexity changes, below 0 when it falls: the 95 % interval, by the error of the mean difference. */
export function perplexityChange({
  base,
  adapted,
  standardError,
}: HeldOutComparison): readonly [low: number, high: number] {
  const change = adapted.loss - base.loss;
  return [Math.expm1(change - 1.96 * standardError), Math.expm1(change + 1.96 * standardError)];
}

/** The same on texts that have nothing to do with the writer's: what an adapter may spoil elsewhere. */
export interface UnrelatedComparison extends HeldOutComparison {
  /** the loss rose by more than twice its standard error */
  readonly isWorse: boolean;
}

/** One figure without and with an adapter; null where it is not defined. */
export interface PairedFigure {
  readonly base: number | null;
  readonly adapted: number | null;
  /** adapted − base */
  readonly difference: number | null;
  /** of the difference: 95 %, by bootstrap over the stretches of text, both sides drawn together */
  readonly interval: readonly [low: number, high: number] | null;
}

/** What a writer would have had of an adapter: the same stretches of text typed without and with it. */
export interface WritingComparison {
  readonly stretches: number;
  /** UTF-16 code units that were typed */
  readonly characters: number;
  /** positions at which the completer was asked, without the adapter */
  readonly carets: number;
  readonly keystrokesSaved: PairedFigure;
  readonly netKeystrokesSaved: PairedFigure;
  readonly precisionWhenShown: PairedFigure;
  readonly wrongShow: PairedFigure;
  /** places at the beginning of a word at which the next words were asked for, whatever the model's confidence */
  readonly wordCarets: number;
  /** share of them at which the next one, two and three words were exactly right */
  readonly nextWords: Readonly<Record<1 | 2 | 3, PairedFigure>>;
}

/** Which of two continuations the writer preferred, without knowing whose they were. */
export interface BlindTest {
  readonly adapted: number;
  readonly base: number;
  readonly undecided: number;
}

/** The proof that stays with an adapter. */
export interface AdapterReport {
  /** ISO 8601 */
  readonly createdAt: string;
  readonly model: string;
  /** of the texts */
  readonly split: 'test' | 'validation';
  readonly texts: number;
  /** at which the adapter was used; older reports do not say */
  readonly strength?: number;
  readonly heldOut: HeldOutComparison;
  /** 0 … 1 of the texts: less than 1 when the time was up, or a person stopped the comparison; older reports do not say */
  readonly comparedShare?: number;
  /** on the bundled texts of other people */
  readonly unrelated?: UnrelatedComparison;
  /** on the held-out texts */
  readonly writing?: WritingComparison;
  readonly blindTest?: BlindTest;
}

/** Names of the files in an adapter's folder and in the folder of the run that makes it: the only place where they stand. */

/** The first two are PEFT's, and all that PEFT looks at. */
export const adapterFiles = {
  config: 'adapter_config.json',
  weights: 'adapter_model.safetensors',
  provenance: 'inkling-adapter.json',
  report: 'inkling-report.json',
  log: 'inkling-log.jsonl',
} as const;

/** While a run lasts, and afterwards if it can be gone on with. */
export const runFiles = {
  /** process id of the run, and a digest of what it learns from */
  lock: 'lock',
  checkpoint: 'checkpoint.safetensors',
  /** the checkpoint before the last one: it alone is there when a process died between two renames */
  checkpointBefore: 'checkpoint.safetensors.before',
  checkpointWriting: 'checkpoint.safetensors.writing',
  log: adapterFiles.log,
  /** folder of the adapter as it was at the last evaluation */
  samples: 'samples',
} as const;

const runEnding = '.run';

/** The folder of the run that makes an adapter lies beside the adapter's. */
export const runFolderOf = (adapterFolder: string): string => `${adapterFolder}${runEnding}`;

export const isRunFolder = (name: string): boolean => name.endsWith(runEnding);
