import type { CancellationToken } from 'vscode-jsonrpc';
import type { LoadedModel } from '../../protocol/inference.ts';
import type { TextReading } from '../../text/block.ts';
import type { Span } from '../../text/span.ts';
import type { ActionSpec } from './actionCatalogue.ts';
import type { Note } from './notes.ts';
import type {
  ActionEngine,
  ActionListener,
  ActionProgress,
  ActionRequest,
  Candidate,
  Refusal,
} from './selectionAction.ts';
import type { Edit } from './wordChanges.ts';

/** What every drafter works with. */
export interface ActionRun {
  readonly request: ActionRequest;
  /** the request's text as its document reads it */
  readonly reading: TextReading;
  readonly spec: ActionSpec;
  readonly engine: ActionEngine;
  readonly token: CancellationToken;
  readonly listener: ActionListener;
}

/** What a drafter works with that lets the model write: the model is loaded. */
export interface ModelRun extends ActionRun {
  readonly model: LoadedModel;
}

/** A result before it is examined as a whole. */
export interface Draft {
  readonly kind: 'draft';
  /** what becomes of the request's text; only for actions that replace it */
  readonly edits?: readonly Edit[];
  /** what is inserted or shown, for the others */
  readonly text?: string;
  readonly candidates?: readonly Candidate[];
  /** sentences of the request's text that the edits take out, in order */
  readonly leftOut?: readonly Span[];
  readonly notes: readonly Note[];
  /** offset up to which the text was read; left out when all of it was */
  readonly readChars?: number;
  /** stopped by the person before the end */
  readonly stopped?: boolean;
  /** its pieces were examined one by one: what they say together is the author's, repetitions included */
  readonly examined?: boolean;
}

/** The way had nothing to offer, and why. */
export interface NoDraft {
  readonly kind: 'none';
  readonly reason: Refusal;
  readonly note: Note;
}

export type Drafter = (run: ActionRun) => Promise<Draft | NoDraft>;
export type ModelDrafter = (run: ModelRun) => Promise<Draft | NoDraft>;

export const noDraft = (reason: Refusal, why: Note): NoDraft => ({ kind: 'none', reason, note: why });

/** Tells how far the work is and lets other work happen; false when the person has had enough. */
export async function goOn({ listener, token }: ActionRun, progress: ActionProgress): Promise<boolean> {
  await listener.onProgress?.(progress);
  return !token.isCancellationRequested;
}
