import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { dayName, type Horizon, sumSince, type UsageCounts } from '../../writing/usage/usageCounts.ts';
import type { UsageFile } from './usageFile.ts';

/** Statistics of suggestions, for some spans of time; the person can delete them. */
export async function showUsage(file: UsageFile): Promise<void> {
  const days = await file.read();
  const now = new Date();
  const total = sumSince(days, '');
  const spans: readonly vscode.QuickPickItem[] = [
    item(l10n.t('Today'), sumSince(days, dayName(now))),
    item(l10n.t('Last 7 days'), sumSince(days, dayName(now, 6))),
    item(l10n.t('Last 30 days'), sumSince(days, dayName(now, 29))),
    item(l10n.t('All time'), total),
  ];
  const forget: vscode.QuickPickItem = { label: `$(trash) ${l10n.t('Delete these statistics')}` };
  const isEmpty = Object.keys(days).length === 0;
  const picked = await vscode.window.showQuickPick(isEmpty ? spans : [...spans, forget], {
    title: l10n.t('Suggestion Statistics'),
    placeHolder: l10n.t('Only counts, no text. They stay on this machine.'),
  });
  if (picked === forget) await file.clear();
}

function item(label: string, counts: UsageCounts): vscode.QuickPickItem {
  const { accepted, acceptedParts, rejected, characters } = counts;
  const taken = l10n.t(
    'Accepted {0}, partly {1}, ignored {2} · {3} characters saved',
    accepted,
    acceptedParts,
    rejected,
    characters,
  );
  const kept = [
    l10n.t('Kept after 30 seconds: {0}', share(counts, 30)),
    l10n.t('2 minutes: {0}', share(counts, 120)),
    l10n.t('10 minutes: {0}', share(counts, 600)),
  ];
  return { label, description: taken, detail: kept.join(' · ') };
}

function share({ survival }: UsageCounts, horizon: Horizon): string {
  const { kept, gone } = survival[horizon];
  return kept + gone === 0 ? '–' : l10n.t('{0} of {1}', kept, kept + gone);
}
