import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { OpenProposal } from '../../providers/selection/openProposal.ts';
import { proposalVerbs, stateOf } from '../../providers/selection/preview/proposalLenses.ts';
import type { Proposals } from '../../providers/selection/proposals.ts';
import { provenance } from '../../providers/selection/provenance.ts';
import { actionArguments } from './actionArguments.ts';
import { instructionPrompt } from './actionTitles.ts';
import { askInstruction, type InstructionHistory } from './askInstruction.ts';
import { explainUnless } from './chooseCandidate.ts';
import { noteText } from './noteTexts.ts';
import { carryOut } from './runOnSelection.ts';

/** What can be done with the proposal in front; without one nothing happens. */
export class ProposalCommands {
  readonly #proposals: Proposals;
  readonly #history: InstructionHistory;
  readonly #demandEngine: () => unknown;

  /** @param demandEngine throws where nothing can be run at all */
  constructor(proposals: Proposals, history: InstructionHistory, demandEngine: () => unknown) {
    this.#proposals = proposals;
    this.#history = history;
    this.#demandEngine = demandEngine;
  }

  acceptAll = () => this.#onCurrent(async (proposal) => explainUnless(await proposal.accept('all'), proposal));
  rejectAll = () => this.#onCurrent((proposal) => proposal.dispose());
  chooseChanges = () => this.#onCurrent(chooseChanges);
  insertBelow = () => this.#onCurrent(async (proposal) => explainUnless(await proposal.insertBelow(), proposal));
  copy = () => this.#onCurrent(copy);
  stop = () => this.#onCurrent((proposal) => proposal.stop());
  retry = () => this.#onCurrent((proposal) => carryOut(proposal, () => proposal.retry()));
  showDetails = () => this.#onCurrent(showDetails);
  showMenu = () => this.#onCurrent(showMenu);

  /** @param given an instruction, from a key binding; without one the person is asked */
  changeInstruction = (given?: unknown) =>
    this.#onCurrent((proposal) => {
      this.#demandEngine();
      return changeInstruction(proposal, this.#history, actionArguments(given).instruction);
    });

  /**
   * Of the change that a link names, or of the one at the caret.
   * @param uri of the document that shows the change
   */
  acceptChange = (uri?: string, change?: number) =>
    this.#onChange(uri, change, async (proposal, ids) => explainUnless(await proposal.accept(ids), proposal));
  rejectChange = (uri?: string, change?: number) =>
    this.#onChange(uri, change, (proposal, ids) => proposal.reject(ids));

  #onCurrent(run: (proposal: OpenProposal) => unknown): unknown {
    return this.#proposals.current && run(this.#proposals.current);
  }

  #onChange(
    uri: string | undefined,
    change: number | undefined,
    run: (proposal: OpenProposal, ids: ReadonlySet<number>) => unknown,
  ): unknown {
    const proposal = typeof uri === 'string' ? this.#proposals.about(vscode.Uri.parse(uri)) : this.#proposals.current;
    const chosen = typeof change === 'number' ? change : proposal && changeAtCaret(proposal);
    return proposal && chosen !== undefined ? run(proposal, new Set([chosen])) : undefined;
  }
}

function changeAtCaret(proposal: OpenProposal): number | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !proposal.isAbout(editor.document.uri)) return undefined;
  const { document, selection } = editor;
  return proposal.changeAt(document.uri, document.offsetAt(selection.active))?.id;
}

async function chooseChanges(proposal: OpenProposal): Promise<void> {
  const { session, document } = proposal;
  const items = session.changes.map(({ id, start, original, replacement, lost, invented }) => ({
    id,
    label: [short(original), short(replacement)].filter(Boolean).join(' → ') || '¶',
    description: original === '' ? l10n.t('put in') : replacement === '' ? l10n.t('taken out') : '',
    detail: [
      l10n.t('line {0}', document.positionAt(start).line + 1),
      lost.length > 0 ? `⚠ ${l10n.t('Lost: {0}', lost.join(', '))}` : '',
      invented.length > 0 ? `⚠ ${l10n.t('Not in the text: {0}', invented.join(', '))}` : '',
    ]
      .filter(Boolean)
      .join(' · '),
    picked: lost.length + invented.length === 0,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Changes to accept; the others are rejected'),
    canPickMany: true,
    matchOnDetail: true,
  });
  if (!picked || proposal.isClosed) return;
  const accepted = new Set(picked.map(({ id }) => id));
  const made = accepted.size > 0 ? await proposal.accept(accepted) : 'done';
  if (made !== 'done') return explainUnless(made, proposal);
  proposal.reject('all');
}

const short = (text: string) => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};

async function copy({ session }: OpenProposal): Promise<void> {
  await vscode.env.clipboard.writeText(session.text);
  vscode.window.setStatusBarMessage(l10n.t('Copied'), 3000);
}

async function changeInstruction(proposal: OpenProposal, history: InstructionHistory, told?: string): Promise<void> {
  const { action, title, instruction = '' } = proposal.task;
  const question = { title, placeholder: instructionPrompt(action), kind: action, value: instruction };
  const answer = told ?? (await askInstruction(question, history));
  if (answer === undefined || proposal.isClosed) return;
  await carryOut(proposal, () => proposal.instruct(answer));
}

/** What kind of result it is, how much was read, and what the checks found. */
async function showDetails({ session, task }: OpenProposal): Promise<void> {
  const lines = session.proposals.flatMap((proposal) => [
    provenance([proposal]),
    ...(proposal.masked > 0 ? [l10n.t('{0} of {1} protected parts kept', proposal.kept, proposal.masked)] : []),
    ...(proposal.lost.length > 0 ? [`⚠ ${l10n.t('Lost: {0}', proposal.lost.join(', '))}`] : []),
    ...(proposal.invented.length > 0 ? [`⚠ ${l10n.t('Not in the text: {0}', proposal.invented.join(', '))}`] : []),
    ...proposal.checks.flatMap(({ note }) => (note ? [`⚠ ${noteText(note)}`] : [])),
    ...proposal.notes.map(noteText),
  ]);
  await vscode.window.showInformationMessage(task.title, { modal: true, detail: lines.join('\n') });
}

async function showMenu(proposal: OpenProposal): Promise<void> {
  const items = proposalVerbs(proposal).map(({ icon, label, command }) => ({ label: `$(${icon}) ${label}`, command }));
  const picked = await vscode.window.showQuickPick(items, { title: stateOf(proposal) });
  if (picked) await vscode.commands.executeCommand(picked.command);
}
