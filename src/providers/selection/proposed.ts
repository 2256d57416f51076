import type * as vscode from 'vscode';
import type { PlacedChange, ProposalSession } from '../../writing/proposal/proposalSession.ts';
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

/** What a proposal's views look at. */
export interface Proposed {
  readonly document: vscode.TextDocument;
  readonly session: ProposalSession;
  readonly task: ActionTask;
  /** whether the changes are shown within the document */
  readonly isInPlace: boolean;
}

/** One way of showing a proposal outside of the document's text. */
export interface ProposalView extends vscode.Disposable {
  /** Shows the session as it is now. */
  draw(): void;
}

/** A view in an editor of its own. */
export interface ViewApart extends ProposalView {
  /** resolves once it is in front, if it is to be shown at all */
  readonly opened: Promise<void>;
  /** of the document that shows the result */
  readonly uri: vscode.Uri;
  /** in that document: where what is proposed begins, counted from 0 */
  readonly line: number;
  /** The change that stands at an offset of that document, or near it. */
  changeAt(offset: number): PlacedChange | undefined;
}
