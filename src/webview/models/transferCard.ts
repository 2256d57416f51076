import type { ModelsPageAction, ModelsView, Transfer } from '../../protocol/modelsPage.ts';
import { formatFigure, formatPercent, l10n } from '../editorHost.ts';
import { button, element } from '../element.ts';

/** A model on its way: how far it is, and what can be done about it. */
export function transferCard(
  transfer: Transfer,
  { isReadOnly }: ModelsView,
  send: (action: ModelsPageAction) => void,
): HTMLElement {
  const { name, title, state, problem } = transfer;
  const act = (kind: 'stop' | 'goOn' | 'discard', label: string) =>
    Object.assign(
      button(label, () => send({ kind, name }), kind === 'goOn' ? 'primary' : 'secondary'),
      {
        id: `${kind} ${name}`,
        ariaLabel: `${label}: ${title}`,
        disabled: isReadOnly,
      },
    );
  const isRunning = state === 'running';
  const buttons = isRunning
    ? [act('stop', l10n.t('Stop'))]
    : [act('goOn', l10n.t('Resume')), act('discard', l10n.t('Discard'))];
  return element(
    'section',
    { className: 'card', ariaLabel: title },
    element('h3', {}, title),
    problem === undefined ? undefined : element('p', { className: 'problem', role: 'alert' }, problem),
    element('p', {}, isRunning ? stageText(transfer) : l10n.t('Stopped. What was fetched is kept.')),
    isRunning ? bar(transfer) : undefined,
    element('div', { className: 'buttons' }, ...buttons),
  );
}

function bar({ title, done, total }: Transfer): HTMLElement {
  const made = element('progress', { max: 1, ariaLabel: title });
  if (total > 0) made.value = done / total;
  return made;
}

function stageText({ stage, done, total }: Transfer): string {
  if (stage === 'move') return l10n.t('Moving it: {0}', formatPercent(done / (total || 1)));
  if (total === 0) return stage === 'fetch' ? l10n.t('Connecting to the hub…') : l10n.t('Preparing it…');
  const percent = formatPercent(done / total);
  if (stage === 'convert') return l10n.t('Preparing it: {0}', percent);
  return l10n.t('Fetching: {0} of {1} MB ({2})', formatFigure(done / 1e6), formatFigure(total / 1e6), percent);
}
