import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { InklingError } from '../../protocol/errors.ts';
import { isWritten } from '../../providers/completion/completionProvider.ts';
import { contextChars, type OpenProposal } from '../../providers/selection/openProposal.ts';
import { rangeOf, spanOf } from '../../providers/selection/preview/previewDocuments.ts';
import type { Proposals } from '../../providers/selection/proposals.ts';
import type { ActionTask, RunAction } from '../../providers/selection/proposed.ts';
import type { TextReading } from '../../text/block.ts';
import type { Span } from '../../text/span.ts';
import { type Reach, sectionAt, type Target, targetsOf } from '../../writing/proposal/targets.ts';
import { hasTrait } from '../../writing/selection/actionCatalogue.ts';
import type { NoteCode } from '../../writing/selection/notes.ts';
import { refusalBeforehand } from '../../writing/selection/runAction.ts';
import type { ActionId, ActionOutcome, Refusal } from '../../writing/selection/selectionAction.ts';
import { readSelection } from '../../writing/selection/text/reading.ts';
import type { Scope } from './actionArguments.ts';
import { chooseCandidate } from './chooseCandidate.ts';
import { refusalMessage, refusalText } from './noteTexts.ts';

type Refused = Extract<ActionOutcome, { kind: 'none' }>;

/** How long a line about what happens stays in the status bar. */
const messageMs = 6000;

/**
 * Runs a task in the editor in front: on what is selected or the paragraph at the caret, on the section there, or on all of
 * it. Leaves its proposal open.
 * @throws InklingError when the engine failed
 */
export async function runOnSelection(
  task: ActionTask,
  proposals: Proposals,
  run: RunAction,
  scope: Scope = 'selection',
): Promise<void> {
  const place = await placeOf(task, scope);
  if (typeof place === 'string') return tell(place);
  const { editor, targets } = place;
  const { document } = editor;
  const isOfParagraph = scope === 'selection' && !hasTrait(task.action, 'ofWord');
  if (isOfParagraph && editor.selections.every(({ isEmpty }) => isEmpty)) {
    const message = l10n.t('{0}: this paragraph, as nothing is selected', task.title);
    vscode.window.setStatusBarMessage(message, messageMs);
  }
  const proposal = proposals.open({ document, task, targets, run });
  await carryOut(proposal, () => proposal.run());
}

interface Place {
  readonly editor: vscode.TextEditor;
  readonly targets: readonly Target[];
}

/** @returns a sentence where there is nothing to work on */
async function placeOf(task: Pick<ActionTask, 'action' | 'output'>, scope: Scope): Promise<Place | string> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return l10n.t('Open a document first.');
  if (task.output !== 'panel') {
    if (await isReadOnly(editor.document)) return l10n.t('This document cannot be changed: it is read-only.');
    if (!isWritten(editor.document)) {
      return l10n.t('Inkling works in files, drafts, notebook cells and commit messages, but not here.');
    }
  }
  const targets = targetsIn(editor, scope, task);
  return targets.length === 0 ? refusalText('emptySelection') : { editor, targets };
}

/**
 * To be asked before the person is asked for anything: whether there is a text here that the task could be done on.
 * Where there is none, that is told.
 */
export async function isPossibleHere(
  task: Pick<ActionTask, 'action' | 'output'>,
  scope: Scope = 'selection',
): Promise<boolean> {
  const place = await placeOf(task, scope);
  if (typeof place === 'string') {
    await tell(place);
    return false;
  }
  const { document } = place.editor;
  const between = (start: number, end: number) => document.getText(rangeOf(document, Math.max(0, start), end));
  const refused = place.targets.map(({ request: { start, end } }) =>
    refusalBeforehand({
      action: task.action,
      text: between(start, end),
      languageId: document.languageId,
      before: between(start - contextChars, start),
      after: between(end, end + contextChars),
    }),
  );
  const [first] = refused;
  if (!first || refused.includes(undefined)) return true; // what can be done is done
  await explain(first);
  return false;
}

/** What an action would work on now. */
export function targetsIn(
  { document, selections }: vscode.TextEditor,
  scope: Scope,
  { action, output }: Pick<ActionTask, 'action' | 'output'>,
): Target[] {
  const text = document.getText();
  const selected = selections.map((selection) => spanOf(document, selection));
  const spans = spansOf(scope, { text, languageId: document.languageId }, selected);
  return targetsOf(text, spans, output, reachOf(action));
}

const reachOf = (action: ActionId): Reach =>
  hasTrait(action, 'ofSentences') ? 'sentences' : hasTrait(action, 'ofWord') ? 'word' : 'words';

/** So much of a selection is looked at before anything is asked for; among more, some will do. */
const maxLookedAtChars = 50_000;

/** What actions would find at a selection, which no menu waits for: undefined where there is too much of it to look at, or nothing. */
export function readingHere(document: vscode.TextDocument, selection: vscode.Range): TextReading | undefined {
  const { start, end } = spanOf(document, selection);
  if (end - start > maxLookedAtChars) return undefined;
  const from = Math.max(0, start - contextChars);
  const around = document.getText(rangeOf(document, from, end + contextChars));
  const [target] = targetsOf(around, [{ start: start - from, end: end - from }], 'panel');
  if (!target) return undefined;
  const { request } = target;
  return readSelection({
    text: around.slice(request.start, request.end),
    languageId: document.languageId,
    before: around.slice(0, request.start),
    after: around.slice(request.end),
  });
}

/** What a person means by a scope; a text without headings is one section. */
function spansOf(
  scope: Scope,
  read: Pick<TextReading, 'text' | 'languageId'>,
  selected: readonly Span[],
): readonly Span[] {
  if (scope === 'selection') return selected;
  const whole = { start: 0, end: read.text.length };
  return scope === 'document' ? [whole] : selected.map(({ start }) => sectionAt(read, start) ?? whole);
}

/**
 * Runs a proposal, once more or for the first time; says why there is nothing, and closes what is empty.
 * @throws InklingError when the engine failed and nothing came of it
 */
export async function carryOut(proposal: OpenProposal, run: () => Promise<void>): Promise<void> {
  const { session } = proposal;
  if ((await chooseCandidate(proposal, run)) || proposal.isClosed || session.isRunning) return;
  const isEmpty = session.output === 'panel' ? session.text === '' : session.changes.length === 0;
  if (!isEmpty) return;
  proposal.dispose();
  const failed = session.outcomes.find((outcome) => outcome.kind === 'failed');
  if (failed) throw failed.error;
  const refused = session.outcomes.find((outcome) => outcome.kind === 'none');
  if (refused && !isWithoutWhy(refused)) return explain(refused);
  if (!refused && session.proposals.length === 0) return; // cancelled
  vscode.window.setStatusBarMessage(`Inkling: ${refusalText('nothingToChange')}`, messageMs);
}

/** The text is good as it is, and there is no more to say. */
const isWithoutWhy = ({ reason, note: { code } }: Refused): boolean =>
  reason === 'nothingToChange' && ['nothingToChange', 'rulesFindNothing', 'sameText'].includes(code);

/** What the model is not up to, another one may be. */
const byTheModel: ReadonlySet<Refusal> = new Set(['modelTooSmall', 'noChatTemplate', 'nothingGood']);

/** What was wrong with what came out is a detail. */
const areDetails: ReadonlySet<NoteCode> = new Set(['failedChecks', 'emptyAnswer']);

/** In general first, where the outcome's note speaks of checks; `The text does not say.` is the answer itself. */
export async function explain(refused: Refused): Promise<void> {
  const { reason, note } = refused;
  const isGeneral = reason === 'nothingGood' && areDetails.has(note.code);
  const choose = l10n.t('Choose a Model for Actions…');
  const details = l10n.t('Details');
  const answer = await vscode.window.showInformationMessage(
    isGeneral ? refusalText(reason) : refusalMessage(refused),
    ...(isGeneral ? [details] : []),
    ...(byTheModel.has(reason) && note.code !== 'textDoesNotSay' ? [choose] : []),
  );
  if (answer === choose) await vscode.commands.executeCommand('inkling.chooseActionModel');
  if (answer === details) {
    await vscode.window.showInformationMessage(refusalText(reason), { modal: true, detail: refusalMessage(refused) });
  }
}

async function isReadOnly({ uri }: vscode.TextDocument): Promise<boolean> {
  const isWritable = vscode.workspace.fs.isWritableFileSystem(uri.scheme);
  if (isWritable !== true) return isWritable === false; // undefined: drafts, cells, the commit box
  const permissions = await vscode.workspace.fs.stat(uri).then(
    (stat) => stat.permissions ?? 0,
    () => 0, // deleted meanwhile: its text can still be edited, and saved anew
  );
  return (permissions & vscode.FilePermission.Readonly) !== 0;
}

export async function tell(message: string): Promise<void> {
  await vscode.window.showInformationMessage(message);
}

/** For commands that need the engine while Inkling is switched off. */
export const switchedOffError = (): InklingError =>
  new InklingError('modelNotLoaded', l10n.t('Inkling is turned off.'));
