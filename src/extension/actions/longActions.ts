import { Worker } from 'node:worker_threads';
import type { CancellationToken } from 'vscode-jsonrpc';
import { type ErrorCode, InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { note, noteText } from '../../writing/selection/notes.ts';
import { waysFor } from '../../writing/selection/runAction.ts';
import type {
  ActionEngine,
  ActionListener,
  ActionOutcome,
  ActionProgress,
  ActionRequest,
} from '../../writing/selection/selectionAction.ts';

export type ToThread = { readonly kind: 'run'; readonly request: ActionRequest } | { readonly kind: 'cancel' };
export type FromThread =
  | { readonly kind: 'progress'; readonly progress: ActionProgress }
  | { readonly kind: 'outcome'; readonly outcome: Exclude<ActionOutcome, { kind: 'failed' }> }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly sentence?: Sentence };

export interface LongActionsOptions {
  /** the bundle that runs in the thread */
  readonly file: string;
  /** Longer texts keep the thread that types for more than a moment; UTF-16 code units. */
  readonly minChars?: number;
  /** What is not done by then is given up. */
  readonly budgetMs?: number;
  /** How long a thread that is to stop may take to give what it has. */
  readonly graceMs?: number;
}

/** Actions by rules on long texts, in a thread of their own: typing goes on, and one that takes too long ends. */
export class LongActions {
  readonly #options: Required<LongActionsOptions>;

  constructor(options: LongActionsOptions) {
    this.#options = { minChars: 50_000, budgetMs: 120_000, graceMs: 1_000, ...options };
  }

  /** @returns undefined for what is short, or needs a model: that runs where it is */
  async run(
    request: ActionRequest,
    engine: ActionEngine,
    token: CancellationToken,
    listener: ActionListener,
  ): Promise<ActionOutcome | undefined> {
    if (request.text.length < this.#options.minChars || request.action === 'custom') return undefined;
    const ways = await waysFor({ request, spec: actionCatalogue[request.action], engine }).catch(() => undefined);
    if (!ways || 'kind' in ways || !ways.every((way) => way === 'rules' || way === 'extractive')) return undefined;
    return this.#inThread({ ...request, way: ways[0]! }, token, listener);
  }

  #inThread(request: ActionRequest, token: CancellationToken, listener: ActionListener): Promise<ActionOutcome> {
    const { file, budgetMs, graceMs } = this.#options;
    return new Promise((resolve) => {
      const worker = new Worker(file);
      const end = (outcome: ActionOutcome) => {
        clearTimeout(budget);
        clearTimeout(grace);
        listening.dispose();
        resolve(outcome);
        void worker.terminate();
      };
      let grace: NodeJS.Timeout | undefined;
      const tooLong = note('takesTooLong');
      const givenUp = { kind: 'none', reason: 'tooLarge', note: tooLong, detail: noteText(tooLong) } as const;
      const budget = setTimeout(() => end(givenUp), budgetMs);
      const stop = () => {
        worker.postMessage({ kind: 'cancel' } satisfies ToThread);
        grace = setTimeout(() => end({ kind: 'cancelled' }), graceMs);
      };
      const listening = token.onCancellationRequested(stop);
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'progress') void listener.onProgress?.(message.progress);
        else if (message.kind === 'outcome') end(message.outcome);
        else end({ kind: 'failed', error: new InklingError(message.code, message.sentence ?? message.message) });
      });
      worker.on('error', (error) => end({ kind: 'failed', error: failed(error) }));
      worker.on('exit', () => end({ kind: 'failed', error: failed(undefined) }));
      worker.postMessage({ kind: 'run', request } satisfies ToThread);
      if (token.isCancellationRequested) stop();
    });
  }
}

const failed = (cause: unknown): InklingError =>
  new InklingError('internal', sentence`The action failed inside Inkling. Your text is unchanged.`, { cause });
