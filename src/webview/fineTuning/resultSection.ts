import type { AdapterReport } from '../../protocol/adapters.ts';
import type { FineTuningView } from '../../protocol/fineTuningPage.ts';
import { button, element } from '../element.ts';
import { formatCount, formatPercent, l10n } from '../l10n.ts';
import { reportTable } from '../reportTable.ts';
import type { Section, Send } from './section.ts';

/** Before and after on texts that were kept apart, and the switch. */
export function resultSection(send: Send): Section {
  const proof = element('div');
  const typing = element('p', { className: 'note' });
  const state = element('p', { className: 'status' });
  const on = button(l10n.t('Switch on'), () => send({ kind: 'switchAdapter', on: true }), 'primary');
  const off = button(l10n.t('Switch off'), () => send({ kind: 'switchAdapter', on: false }));
  const all = button(l10n.t('All adapters'), () => send({ kind: 'openAdapters' }));
  const row = element('div', { className: 'buttons' }, on, off, all);
  const root = element(
    'section',
    { hidden: true },
    element('h2', {}, l10n.t('Does it help?')),
    proof,
    typing,
    state,
    row,
  );
  return {
    root,
    update(view) {
      root.hidden = view.phase !== 'done';
      if (root.hidden) return;
      proof.replaceChildren(...(view.report ? proofOf(view.report) : [noProof()]));
      typing.hidden = view.typedFraction === undefined;
      typing.textContent = l10n.t(
        'How much typing it would have saved is being measured: {0}. It will be added to the report.',
        formatPercent(view.typedFraction ?? 0),
      );
      state.textContent = stateOf(view);
      on.hidden = view.isSwitchedOn;
      off.hidden = !view.isSwitchedOn;
    },
  };
}

const noProof = () =>
  element('p', {}, l10n.t('There were no texts to compare on: whether the adapter helps is not known.'));

function proofOf(report: AdapterReport): HTMLElement[] {
  const { heldOut, texts, split } = report;
  const { base, adapted, tokens, isBetter } = heldOut;
  const change = adapted.perplexity / base.perplexity - 1;
  const verdict = isBetter
    ? l10n.t('Yes: on texts that it has not seen, its perplexity is {0} lower.', formatPercent(-change))
    : l10n.t('No: on texts that it has not seen, it is no better than before. More text may help.');
  const measured = l10n.t(
    'Measured on {0} tokens of {1} texts that were kept apart.',
    formatCount(tokens),
    formatCount(texts),
  );
  const caveat = l10n.t('They also decided when to stop, so the figures are a little too good.');
  return [
    element('p', { className: isBetter ? 'verdict better' : 'verdict' }, verdict),
    reportTable(report),
    element('p', { className: 'note' }, measured, split === 'validation' ? ` ${caveat}` : ''),
    ...(report.unrelated?.isWorse
      ? [element('p', { className: 'problem' }, l10n.t('It writes texts of other kinds worse than before.'))]
      : []),
  ];
}

function stateOf({ isSwitchedOn, report }: FineTuningView): string {
  if (isSwitchedOn) return l10n.t('It is in use in this workspace.');
  return report && !report.heldOut.isBetter
    ? l10n.t('It is not in use: only what helps is switched on by itself.')
    : l10n.t('It is not in use.');
}
