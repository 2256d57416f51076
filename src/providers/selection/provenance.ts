import { l10n } from 'vscode';
import type { Proposal, Way } from '../../writing/selection/selectionAction.ts';

/** Who did the work: a person who is to trust a text has to know. */
export function wayTitle(way: Way): string {
  const titles: Readonly<Record<Way, () => string>> = {
    pipeline: () => l10n.t('Written by a model made for it; check it'),
    model: () => l10n.t('Written by the model; check it'),
    extractive: () => l10n.t('Quoted from your text'),
    rules: () => l10n.t('Changed by fixed rules'),
  };
  return titles[way]();
}

/** Who made a result and how much of the text was read for it; '' for none. What was made in several ways names them all. */
export function provenance(proposals: readonly Proposal[]): string {
  if (proposals.length === 0) return '';
  const ways = [...new Set(proposals.map(({ way }) => wayTitle(way)))];
  const sum = (count: (proposal: Proposal) => number) => proposals.reduce((total, each) => total + count(each), 0);
  const words = sum((proposal) => proposal.words);
  const readWords = sum((proposal) => proposal.readWords);
  const read =
    readWords === words ? l10n.t('all {0} words read', words) : l10n.t('{0} of {1} words read', readWords, words);
  return `${ways.join(' · ')} (${read})`;
}
