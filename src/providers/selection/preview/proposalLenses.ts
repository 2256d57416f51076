import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { actionCatalogue } from '../../../writing/selection/actionCatalogue.ts';
import type { OpenProposal } from '../openProposal.ts';
import type { Proposals } from '../proposals.ts';
import { provenance, wayTitle } from '../provenance.ts';

/** A row of verbs above what is proposed: in the document, and where it is shown apart. */
export class ProposalLenses implements vscode.CodeLensProvider {
  readonly #proposals: Proposals;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(proposals: Proposals) {
    this.#proposals = proposals;
    this.onDidChangeCodeLenses = proposals.onDidChange;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const proposal = this.#proposals.about(document.uri);
    if (!proposal) return [];
    const line = proposal.lineIn(document.uri);
    const range = new vscode.Range(line, 0, line, 0);
    const origin = originOf(proposal);
    const verbs = proposalVerbs(proposal).filter(({ isSecondary }) => !isSecondary);
    return [
      new vscode.CodeLens(range, { title: stateOf(proposal), command: 'inkling.showProposalMenu' }),
      ...(origin ? [new vscode.CodeLens(range, { title: origin, command: 'inkling.showProposalDetails' })] : []),
      ...verbs.map(({ icon, label, command, tooltip }) => {
        return new vscode.CodeLens(range, { title: `$(${icon}) ${label}`, command, ...(tooltip && { tooltip }) });
      }),
    ];
  }
}

/** Something that can be done with a proposal right now. */
interface ProposalVerb {
  /** name of a codicon */
  readonly icon: string;
  readonly label: string;
  readonly command: string;
  /** left out where there is little room */
  readonly isSecondary: boolean;
  /** its key, as it is unless the person has chosen another */
  readonly tooltip?: string;
}

/** As package.json binds them. */
const keys =
  process.platform === 'darwin'
    ? { accept: '⌘K ⌘Y', reject: '⌘K ⌘⌫' }
    : { accept: 'Ctrl+K Ctrl+Y', reject: 'Ctrl+K Ctrl+Backspace' };

/** In the order in which they are offered. */
export function proposalVerbs({ session, task }: OpenProposal): ProposalVerb[] {
  const verb = (icon: string, label: string, command: string, isSecondary = false) => ({
    icon,
    label,
    command,
    isSecondary,
  });
  const reject = (label: string) => ({ ...verb('close', label, 'inkling.rejectProposal'), tooltip: keys.reject });
  if (session.isRunning) {
    return [verb('debug-stop', l10n.t('Stop and Keep'), 'inkling.stopAction'), reject(l10n.t('Cancel'))];
  }
  const verbs: ProposalVerb[] = [];
  const { changes, isStale, output } = session;
  if (changes.length > 0 && !isStale) {
    const label = changes.length > 1 ? l10n.t('Accept All') : l10n.t('Accept');
    verbs.push({ ...verb('check-all', label, 'inkling.acceptProposal'), tooltip: keys.accept });
  }
  verbs.push(reject(output === 'panel' ? l10n.t('Close') : l10n.t('Reject')));
  if (changes.length > 1 && !isStale) verbs.push(verb('checklist', l10n.t('Choose…'), 'inkling.chooseChanges'));
  if ((output === 'replace' || output === 'panel') && !isStale) {
    verbs.push(verb('arrow-down', l10n.t('Insert Below'), 'inkling.insertProposalBelow'));
  }
  if (isStale || mayDiffer(session)) verbs.push(verb('refresh', l10n.t('Try Again'), 'inkling.retryAction'));
  if (actionCatalogue[task.action].instruction !== 'none') {
    const label = task.action === 'table' ? l10n.t('Name the Columns…') : l10n.t('Change Instruction…');
    verbs.push(verb('edit', label, 'inkling.changeInstruction'));
  }
  verbs.push(
    verb('copy', l10n.t('Copy'), 'inkling.copyProposal', true),
    verb('info', l10n.t('Details'), 'inkling.showProposalDetails', true),
  );
  return verbs;
}

/** Another try may give another result: rules and quotations are the same each time. */
const mayDiffer = ({ proposals, isUnexamined }: OpenProposal['session']): boolean =>
  isUnexamined || proposals.length === 0 || proposals.some(({ way }) => way === 'model' || way === 'pipeline');

/** One phrase: what is going on. */
export function stateOf({ session, task }: OpenProposal): string {
  const { progress } = session;
  if (session.isRunning) {
    const count = progress && progress.total > 1 ? ` ${progress.done}/${progress.total}` : '';
    return `$(loading~spin) ${task.title}${count}`;
  }
  if (session.isStale) return `$(warning) ${l10n.t('{0}: the text has changed meanwhile', task.title)}`;
  return session.output === 'replace' ? countOf(session, task) : task.title;
}

/** Who made what is proposed, in plain words; '' while it is being made. */
export function originOf({ session }: OpenProposal): string {
  if (session.isRunning) return '';
  // What is put in or shown is read as a text of its own.
  if (session.output !== 'replace') return provenance(session.proposals);
  const ways = new Set(session.proposals.map(({ way }) => way));
  if (session.isUnexamined) ways.add('model');
  return [...ways].map(wayTitle).join(' · ');
}

function countOf({ changes }: OpenProposal['session'], { title }: OpenProposal['task']): string {
  const flagged = changes.filter(({ lost, invented }) => lost.length + invented.length > 0).length;
  const count = changes.length;
  if (flagged > 0) return `$(warning) ${l10n.t('{0}: {1} changes, {2} to look at', title, count, flagged)}`;
  return count === 1 ? l10n.t('{0}: 1 change', title) : l10n.t('{0}: {1} changes', title, count);
}
