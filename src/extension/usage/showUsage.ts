import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { dayName, type Horizon, sumSince, type UsageCounts } from '../../writing/usage/usageCounts.ts';
import type { UsageFile } from './usageFile.ts';

/** Lists what became of suggestions, for some spans of time; one can delete it all. */
export async function showUsage(file: UsageFile): Promise<void> {
  const days = await file.read();
  const now = new Date();
  const total = sumSince(days, '');
  const spans: readonly vscode.QuickPickItem[] = [
    item(l10n.t('Today'), sumSince(days, dayName(now))),
    item(l10n.t('Last 7 days'), sumSince(days, dayName(now, 6))),
    item(l10n.t('Last 30 days'), sumSince(days, dayName(now, 29))),
    item(l10n.t('All together'), total),
  ];
  const forget: vscode.QuickPickItem = { label: `$(trash) ${l10n.t('Delete these counts')}` };
  const isEmpty = Object.keys(days).length === 0;
  const picked = await vscode.window.showQuickPick(isEmpty ? spans : [...spans, forget], {
    title: l10n.t('What became of the suggestions'),
    placeHolder: l10n.t('Counts only, without any text. They are kept on this machine.'),
  });
  if (picked === forget) await file.clear();
}

function item(label: string, counts: UsageCounts): vscode.QuickPickItem {
  const { accepted, acceptedParts, rejected, characters } = counts;
  const taken = l10n.t(
    '{0} taken as a whole, {1} in part, {2} passed over; {3} characters not typed',
    accepted,
    acceptedParts,
    rejected,
    characters,
  );
  const standing = [
    [l10n.t('30 s'), share(counts, 30)],
    [l10n.t('2 min'), share(counts, 120)],
    [l10n.t('10 min'), share(counts, 600)],
  ].map(([after, value]) => `${after}: ${value}`);
  return { label, description: taken, detail: l10n.t('Still there after {0}', standing.join(' · ')) };
}

function share({ survival }: UsageCounts, horizon: Horizon): string {
  const { kept, gone } = survival[horizon];
  return kept + gone === 0 ? '–' : `${Math.round((100 * kept) / (kept + gone))} % (${kept} / ${kept + gone})`;
}
