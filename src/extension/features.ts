import type * as vscode from 'vscode';
import type { ModelFolders } from '../client/modelFolders.ts';
import type { StoreClient } from '../client/storeClient.ts';
import type { DecisionLog } from '../writing/completion/decision.ts';
import type { PartAcceptance } from './commands/acceptPart.ts';
import type { Completions } from './completions.ts';
import type { DeferredFeatures } from './deferredFeatures.ts';
import type { Settings } from './settings/settings.ts';
import type { Usage } from './usage/usage.ts';
import type { Pause, WhileSwitchedOn } from './whileSwitchedOn.ts';

/** What commands work on. */
export interface Features {
  readonly extension: vscode.Extension<unknown>;
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
  readonly store: StoreClient;
  readonly modelFolders: ModelFolders;
  readonly pause: Pause;
  readonly decisions: DecisionLog;
  readonly usage: Usage;
  readonly completions: WhileSwitchedOn<Completions>;
  readonly partAcceptance: PartAcceptance;
  /** actions, chat and fine-tuning; settles once their code has been read */
  readonly deferred: Promise<DeferredFeatures>;
}
