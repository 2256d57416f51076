import type * as vscode from 'vscode';
import type {
  ActionId,
  ActionListener,
  ActionOutcome,
  ActionOutput,
  ActionRequest,
  SummaryForm,
} from '../../writing/selection/selectionAction.ts';

/** What a person asked for: an action of the catalogue, or a prompt of their own. */
export interface ActionTask {
  readonly action: ActionId;
  /** in the person's language */
  readonly title: string;
  /** where the result goes; need not be where the action by itself would put it */
  readonly output: ActionOutput;
  readonly instruction?: string;
  readonly form?: SummaryForm;
}

/** Runs one action on one text; never throws. */
export type RunAction = (
  request: ActionRequest,
  token: vscode.CancellationToken,
  listener: ActionListener,
) => Promise<ActionOutcome>;
