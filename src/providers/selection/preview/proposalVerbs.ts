import { l10n } from 'vscode';
import { actionCatalogue } from '../../../writing/selection/actionCatalogue.ts';
import type { OpenProposal } from '../openProposal.ts';

/** Something that can be done with a proposal right now. */
export interface ProposalVerb {
  /** name of a codicon */
  readonly icon: string;
  readonly label: string;
  readonly command: string;
  /** left out where there is little room */
  readonly isSecondary: boolean;
}

/** In the order in which they are offered. */
export function proposalVerbs({ session, task }: OpenProposal): ProposalVerb[] {
  const verb = (icon: string, label: string, command: string, isSecondary = false) => ({
    icon,
    label,
    command,
    isSecondary,
  });
  if (session.isRunning) {
    return [
      verb('debug-stop', l10n.t('Stop and keep'), 'inkling.stopAction'),
      verb('close', l10n.t('Cancel'), 'inkling.rejectProposal'),
    ];
  }
  const verbs: ProposalVerb[] = [];
  const { changes, isStale, output } = session;
  if (changes.length > 0 && !isStale) {
    verbs.push(
      verb('check-all', changes.length > 1 ? l10n.t('Accept all') : l10n.t('Accept'), 'inkling.acceptProposal'),
    );
  }
  verbs.push(
    output === 'panel'
      ? verb('close', l10n.t('Close'), 'inkling.rejectProposal')
      : verb('close', l10n.t('Reject'), 'inkling.rejectProposal'),
  );
  if (changes.length > 1 && !isStale) verbs.push(verb('checklist', l10n.t('Choose…'), 'inkling.chooseChanges'));
  if ((output === 'replace' || output === 'panel') && !isStale) {
    verbs.push(verb('arrow-down', l10n.t('Insert below'), 'inkling.insertProposalBelow'));
  }
  verbs.push(verb('refresh', l10n.t('Try again'), 'inkling.retryAction'));
  if (actionCatalogue[task.action].instruction !== 'none') {
    verbs.push(verb('edit', l10n.t('Change the instruction'), 'inkling.changeInstruction'));
  }
  verbs.push(
    verb('copy', l10n.t('Copy'), 'inkling.copyProposal', true),
    verb('info', l10n.t('Details'), 'inkling.showProposalDetails', true),
  );
  return verbs;
}
