/** The page of adapters. It keeps nothing: what it shows comes from the extension. */
import type { AdapterDetails, AdapterSummary } from '../../protocol/adapters.ts';
import type {
  AdaptersPageAction,
  AdaptersPageUpdate,
  AdaptersView,
  ComparedSample,
  ComparisonView,
} from '../../protocol/fineTuningPages.ts';
import { connect, formatCount, formatDay, formatFigure, l10n } from '../editorHost.ts';
import { button, element, facts, table } from '../element.ts';
import { perplexities, shares } from '../reportTable.ts';

const host = connect<AdaptersPageAction, AdaptersPageUpdate>(({ view, texts }) => {
  l10n.use(texts);
  const focused = document.activeElement?.id;
  document.body.replaceChildren(page(view));
  if (focused) document.getElementById(focused)?.focus();
});
host.send({ kind: 'opened' });

function page(view: AdaptersView): HTMLElement {
  const { adapters, model, isReadOnly } = view;
  const tuning = button(l10n.t('Fine-Tune on This Workspace…'), () => host.send({ kind: 'fineTune' }), 'primary');
  const adding = button(l10n.t('Add One from a Folder…'), () => host.send({ kind: 'import' }));
  tuning.disabled = adding.disabled = isReadOnly;
  const none = element('p', {}, l10n.t('There are none yet.'));
  return element(
    'main',
    {},
    element('h1', {}, l10n.t('Adapters')),
    element(
      'p',
      {},
      l10n.t('What was learned on top of the model {0}. One of them can be in use in this workspace.', model),
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
      createdAt ? [l10n.t('Created'), formatDay(createdAt)] : undefined,
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
    ? button(l10n.t('Turn Off'), () => host.send({ kind: 'use', folder: '' }))
    : button(l10n.t('Turn On'), () => host.send({ kind: 'use', folder }), 'primary');
  use.disabled = isReadOnly || !(isUsable || isInUse);
  return element(
    'div',
    { className: 'buttons' },
    named(use, 'use'),
    action('show', l10n.t('Details')),
    action('rename', l10n.t('Rename…')),
    action('export', l10n.t('Export…')),
    action('remove', l10n.t('Delete…')),
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

type Row = readonly [name: string, of: (adapter: AdapterDetails) => string | undefined];

/** Two adapters side by side: where they come from, what was measured, and how they write. */
function comparisonSection({ left, right, samples }: ComparisonView, onWrite: () => void): HTMLElement {
  const rows = [...rowsOfAll(), ...optionRows(left, right)]
    .map(([name, of]) => [name, of(left), of(right)] as const)
    .filter(([, a, b]) => a !== undefined || b !== undefined)
    .map(([name, a, b]) => [name, a ?? '–', b ?? '–']);
  const write = button(l10n.t('Let Both Write'), onWrite);
  write.id = 'write samples';
  write.disabled = samples?.isWriting ?? false;
  return element(
    'section',
    { className: 'card', ariaLabel: l10n.t('Side by side') },
    element('h2', {}, l10n.t('Side by side')),
    element('div', { className: 'scroll-x' }, table(l10n.t('Side by side'), ['', left.name, right.name], rows)),
    ...(samples?.texts.map((sample) => continuations(sample, left.name, right.name)) ?? []),
    samples?.isWriting ? element('p', { role: 'status' }, l10n.t('Both are writing…')) : undefined,
    element('div', { className: 'buttons' }, write),
  );
}

const rowsOfAll = (): readonly Row[] => [
  [l10n.t('Trained on'), ({ base }) => base ?? l10n.t('made elsewhere')],
  [l10n.t('Created'), ({ createdAt }) => createdAt && formatDay(createdAt)],
  [l10n.t('Texts (fingerprint)'), ({ dataDigest }) => dataDigest?.slice(0, 12)],
  [l10n.t('Steps'), ({ steps }) => (steps === undefined ? undefined : formatCount(steps))],
  [l10n.t('Trainable parameters'), ({ parameters }) => formatCount(parameters)],
  [l10n.t('Perplexity of your texts'), ({ report }) => report && perplexities(report.heldOut)],
  [l10n.t('Perplexity of texts by others'), ({ report }) => report?.unrelated && perplexities(report.unrelated)],
  [l10n.t('Keystrokes saved'), ({ report }) => shares(report?.writing?.keystrokesSaved)],
  [l10n.t('Next word right'), ({ report }) => shares(report?.writing?.nextWords[1])],
  [
    l10n.t('Preferred in the blind comparison (with : without)'),
    ({ report }) => report?.blindTest && `${report.blindTest.adapted} : ${report.blindTest.base}`,
  ],
];

/** Options that are not the same. */
function optionRows(left: AdapterDetails, right: AdapterDetails): Row[] {
  const shownOption = ({ options }: AdapterDetails, name: string) =>
    JSON.stringify((options as Options | undefined)?.[name]);
  const names = new Set([...Object.keys(left.options ?? {}), ...Object.keys(right.options ?? {})]);
  return [...names]
    .filter((name) => shownOption(left, name) !== shownOption(right, name))
    .map((name) => [name, (adapter) => shownOption(adapter, name)]);
}

type Options = Readonly<Record<string, unknown>>;

function continuations({ prompt, base, left, right }: ComparedSample, leftName: string, rightName: string) {
  const side = (title: string, text: string | undefined) =>
    element('div', {}, element('h3', {}, title), element('p', { className: 'continuation' }, text ?? '…'));
  return element(
    'article',
    { className: 'sample' },
    element('p', { className: 'prompt' }, `… ${prompt}`),
    element('div', { className: 'pair' }, side(leftName, left), side(rightName, right)),
    side(l10n.t('Without an adapter'), base),
  );
}
