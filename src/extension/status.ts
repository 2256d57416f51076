import type * as vscode from 'vscode';
import type { EngineState } from '../client/engineState.ts';
import { isWritten } from '../providers/completion/documentSelector.ts';
import type { Settings } from './settings/settings.ts';

/** What the status bar shows; the first that holds, in this order. */
export type Status =
  | { readonly kind: 'off' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: FailureCode }
  | { readonly kind: 'paused'; readonly until: number }
  | { readonly kind: 'offHere'; readonly languageId: string }
  | { readonly kind: 'loading'; readonly fraction: number }
  | { readonly kind: 'thinking'; readonly model: ModelLine }
  | { readonly kind: 'ready'; readonly model: ModelLine }
  /** nothing runs, because nothing has been asked for a while; the next key wakes it up */
  | { readonly kind: 'asleep' };

type FailureCode = Extract<EngineState, { kind: 'failed' }>['error']['code'];
export type ModelLine = Extract<EngineState, { kind: 'ready' }>['model'];

export interface StatusInputs {
  /** undefined while Inkling is switched off */
  readonly engine: EngineState | undefined;
  readonly pausedUntil: number | undefined;
  readonly isWorking: boolean;
  readonly document: vscode.TextDocument | undefined;
  readonly settings: Settings;
}

export function statusOf({ engine, pausedUntil, isWorking, document, settings }: StatusInputs): Status {
  if (!engine || !settings.general.enabled) return { kind: 'off' };
  if (engine.kind === 'failed') return { kind: 'failed', message: engine.error.message, code: engine.error.code };
  if (pausedUntil !== undefined) return { kind: 'paused', until: pausedUntil };
  if (document && isWritten(document) && !settings.isLanguageOn(document.languageId)) {
    return { kind: 'offHere', languageId: document.languageId };
  }
  switch (engine.kind) {
    case 'starting':
      return { kind: 'loading', fraction: 0 };
    case 'loading':
      return { kind: 'loading', fraction: engine.progress.fraction };
    case 'ready':
      return { kind: isWorking ? 'thinking' : 'ready', model: engine.model };
    case 'unloaded':
    case 'stopped':
      return { kind: 'asleep' };
  }
}
