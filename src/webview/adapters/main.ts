/** The page of adapters. It keeps nothing: what it shows comes from the extension. */
import type { AdapterSummary } from '../../protocol/adapters.ts';
import type { AdaptersPageAction, AdaptersPageUpdate, AdaptersView } from '../../protocol/fineTuningPages.ts';
import { connect, formatCount, formatDay, formatFigure, l10n } from '../editorHost.ts';
import { button, element, facts } from '../element.ts';
import { perplexities, shares } from '../reportTable.ts';
import { comparisonSection } from './comparisonSection.ts';

const host = connect<AdaptersPageAction, AdaptersPageUpdate>(({ view, texts }) => {
  l10n.use(texts);
  const focused = document.activeElement?.id;
  document.body.replaceChildren(page(view));
  if (focused) document.getElementById(focused)?.focus();
});
host.send({ kind: 'opened' });

function page(view: AdaptersView): HTMLElement {
  const { adapters, model, isReadOnly } = view;
  const tuning = button(l10n.t('Fine-tune on this workspace'), () => host.send({ kind: 'fineTune' }), 'primary');
  const adding = button(l10n.t('Add one from a folder'), () => host.send({ kind: 'import' }));
  tuning.disabled = adding.disabled = isReadOnly;
  const none = element('p', {}, l10n.t('There are none yet.'));
  return element(
    'main',
    {},
    element('h1', {}, l10n.t('Adapters')),
    element(
      'p',
      {},
      l10n.t('What was learnt on top of the model {0}. One of them can be in use in this workspace.', model),
    ),
    isReadOnly ? element('p', { className: 'problem' }, l10n.t('This workspace is not trusted')) : undefined,
    element('div', { className: 'buttons' }, tuning, adding),
    ...(adapters.length > 0 ? adapters.map((adapter) => card(adapter, view)) : [none]),
    view.comparison && comparisonSection(view.comparison, () => host.send({ kind: 'writeSamples' })),
  );
}

function card(adapter: AdapterSummary, view: AdaptersView): HTMLElement {
  const { name, folder, isUsable, problem, report, base, createdAt, steps } = adapter;
  const isInUse = folder === view.inUse;
  const saved = shares(report?.writing?.keystrokesSaved);
  return element(
    'section',
    { className: isInUse ? 'card in-use' : 'card', ariaLabel: name },
    element('h2', {}, name, isInUse ? element('span', { className: 'badge' }, l10n.t('in use')) : undefined),
    problem ? element('p', { className: 'problem' }, problem) : undefined,
    facts([
      report ? [l10n.t('Perplexity of texts that were kept apart'), perplexities(report.heldOut)] : undefined,
      saved ? [l10n.t('Keystrokes saved'), saved] : undefined,
      [l10n.t('Trained on'), base ?? l10n.t('made elsewhere')],
      createdAt ? [l10n.t('Made'), formatDay(createdAt)] : undefined,
      steps === undefined ? undefined : [l10n.t('Steps'), formatCount(steps)],
    ]),
    isInUse ? strengthSlider(view) : undefined,
    cardButtons(adapter, view, isInUse),
    view.adapters.length > 1 && isUsable ? tickBox(adapter, view) : undefined,
  );
}

function tickBox({ name, folder }: AdapterSummary, { ticked }: AdaptersView): HTMLElement {
  const id = `tick ${folder}`;
  const box = element('input', { type: 'checkbox', id, checked: ticked.includes(folder) });
  box.addEventListener('change', () => host.send({ kind: 'tick', folder, on: box.checked }));
  const label = element('label', { htmlFor: id }, l10n.t('Compare side by side'));
  label.append(element('span', { className: 'visually-hidden' }, `: ${name}`));
  return element('div', { className: 'choice' }, box, label);
}

function cardButtons({ name, folder, isUsable }: AdapterSummary, { isReadOnly }: AdaptersView, isInUse: boolean) {
  const action = (kind: 'show' | 'rename' | 'export' | 'remove', label: string) =>
    named(
      button(label, () => host.send({ kind, folder })),
      kind,
    );
  const named = (made: HTMLButtonElement, kind: string) =>
    Object.assign(made, { id: `${kind} ${folder}`, ariaLabel: `${made.textContent}: ${name}` });
  const use = isInUse
    ? button(l10n.t('Switch off'), () => host.send({ kind: 'use', folder: '' }))
    : button(l10n.t('Switch on'), () => host.send({ kind: 'use', folder }), 'primary');
  use.disabled = isReadOnly || !(isUsable || isInUse);
  return element(
    'div',
    { className: 'buttons' },
    named(use, 'use'),
    action('show', l10n.t('Details')),
    action('rename', l10n.t('Rename')),
    action('export', l10n.t('Export')),
    action('remove', l10n.t('Delete')),
  );
}

function strengthSlider({ strength, isReadOnly }: AdaptersView): HTMLElement {
  const shown = element('output', {}, formatFigure(strength));
  const slider = element('input', {
    type: 'range',
    id: 'strength',
    min: '0',
    max: '2',
    step: '0.1',
    value: String(strength),
  });
  slider.disabled = isReadOnly;
  slider.addEventListener('input', () => {
    shown.textContent = formatFigure(Number(slider.value));
  });
  slider.addEventListener('change', () => host.send({ kind: 'setStrength', strength: Number(slider.value) }));
  const label = element('label', { htmlFor: 'strength' }, l10n.t('Strength (1: as it was trained)'));
  return element('div', { className: 'strength' }, label, slider, shown);
}
