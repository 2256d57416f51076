/** The page of models. It keeps nothing but what stands in its text field: what it shows comes from the extension. */
import {
  isForOneTask,
  type ModelsPageAction,
  type ModelsPageUpdate,
  type ModelsView,
} from '../../protocol/modelsPage.ts';
import type { FoundModel, Recommendation, Recommendations } from '../../protocol/store.ts';
import { connect, formatCount, formatFigure, l10n } from '../editorHost.ts';
import { button, element, table } from '../element.ts';
import { installedCard, megabytes, recommendedCard } from './cards.ts';
import { transferCard } from './transferCard.ts';

const host = connect<ModelsPageAction, ModelsPageUpdate>(({ view, texts }) => {
  l10n.use(texts);
  const focused = document.activeElement?.id;
  const typed = field()?.value ?? '';
  const open = [...document.querySelectorAll('details[open]')].map(({ id }) => id);
  document.body.replaceChildren(page(view));
  const input = field();
  if (input) input.value = typed;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus();
  showNew(view);
});
host.send({ kind: 'opened' });

const send = (action: ModelsPageAction) => host.send(action);
const field = () => document.getElementById('repository') as HTMLInputElement | null;

function page(view: ModelsView): HTMLElement {
  return element(
    'main',
    {},
    element('h1', {}, l10n.t('Models')),
    element(
      'p',
      {},
      l10n.t(
        'A larger model writes better and may know your language; it takes more memory and is slower. Nothing is fetched before you press “Install”.',
      ),
    ),
    view.isReadOnly
      ? element('p', { className: 'problem' }, l10n.t('This workspace is not trusted, so nothing can be changed here.'))
      : undefined,
    view.transfers.length > 0 ? element('h2', {}, l10n.t('In progress')) : undefined,
    ...view.transfers.map((transfer) => transferCard(transfer, view, send)),
    element('h2', {}, l10n.t('Installed')),
    ...(view.installed?.map((model) => installedCard(model, view, send)) ?? [waiting()]),
    element('h2', {}, l10n.t('Recommended for this machine')),
    ...(view.recommended ? recommendedSection(view.recommended, view) : [waiting()]),
    element('h2', {}, l10n.t('From other programs on this disk')),
    ...foundSection(view),
    element('h2', {}, l10n.t('Any other model from {0}', hostOf(view.hub))),
    ...otherSection(view),
    element('h2', {}, l10n.t('Where models run')),
    ...deviceSection(view),
  );
}

/** Names of what was on its way when the page was last drawn; undefined before the first time. */
let known: ReadonlySet<string> | undefined;

/** What has begun since stands at the top, where somebody who pressed a button further down would not see it. */
function showNew({ transfers }: ModelsView): void {
  const running = transfers.filter(({ state }) => state === 'running').map(({ name }) => name);
  const begun = known && running.find((name) => !known?.has(name));
  known = new Set(running);
  if (begun === undefined) return;
  const input = field();
  if (input) input.value = '';
  document.getElementById(`stop ${begun}`)?.focus();
}

const waiting = () => element('p', { className: 'note' }, l10n.t('Reading…'));

function recommendedSection({ machine, models, problems }: Recommendations, view: ModelsView): HTMLElement[] {
  const { memoryMb, cores, freeDiskMb } = machine;
  const gigabytes = (mb: number) => formatFigure(mb / 1000);
  const facts = [gigabytes(memoryMb), cores, gigabytes(freeDiskMb)] as const;
  const shown = new Set([...ownModels(view), ...view.transfers].map(({ name }) => name));
  const { forLanguage } = view;
  const knows = ({ name }: { readonly name: string }) => forLanguage?.models.includes(name) ?? false;
  const others = models
    .filter(({ name }) => !shown.has(name))
    .sort((one, other) => Number(knows(other)) - Number(knows(one)));
  const tasks = others.filter(isForOneTask);
  const card = (model: Recommendation) => recommendedCard(model, view, send);
  return [
    element('p', { className: 'note' }, l10n.t('{0} GB of memory, {1} cores, {2} GB of disk free', ...facts)),
    ...(forLanguage ? [element('p', {}, l10n.t('Those that know {0} come first.', forLanguage.title))] : []),
    ...problems.map((problem) => element('p', { className: 'problem' }, problem)),
    ...others.filter((model) => !isForOneTask(model)).map(card),
    ...(tasks.length > 0
      ? [
          element('h2', {}, l10n.t('For one task')),
          element('p', { className: 'note' }, aboutTasks()),
          ...tasks.map(card),
        ]
      : []),
  ];
}

const aboutTasks = () =>
  l10n.t('The actions that such a model does better use it from then on. It suggests nothing while you type.');

/** One that another program keeps takes no name here: it can be installed beside it. */
const ownModels = ({ installed = [] }: ModelsView) => installed.filter(({ isElsewhere }) => !isElsewhere);

function foundSection({ found, isReadOnly }: ModelsView): HTMLElement[] {
  const look = identified(
    button(l10n.t('Look on This Disk'), () => send({ kind: 'find' })),
    'find',
  );
  look.disabled = found === 'looking' || isReadOnly;
  const intro = element(
    'p',
    { className: 'note' },
    l10n.t(
      'Hugging Face, transformers.js, LM Studio, llama.cpp, GPT4All and Ollama keep models, too. Adding one makes a copy in Inkling’s layout, and theirs stays as it is. A model in ONNX that writes text can also be used where it lies.',
    ),
  );
  const buttons = element('div', { className: 'buttons' }, look);
  if (found === undefined) return [intro, buttons];
  if (found === 'looking') return [intro, buttons, element('p', { role: 'status' }, l10n.t('Looking…'))];
  if (found.length === 0)
    return [intro, buttons, element('p', { role: 'status' }, l10n.t('No other program has a model here.'))];
  const heading = [l10n.t('Model'), l10n.t('From'), l10n.t('Size'), l10n.t('Use it')];
  const rows = found.map((model) => [
    model.name,
    model.from,
    megabytes(model.sizeBytes / 1e6),
    useOf(model, isReadOnly),
  ]);
  return [intro, buttons, element('div', { className: 'narrow' }, table(l10n.t('Models found'), heading, rows))];
}

const hostOf = (hub: string): string => (URL.canParse(hub) ? new URL(hub).host : hub);

function useOf({ name, path, problem, runsThere }: FoundModel, isReadOnly: boolean): HTMLElement | string {
  if (problem !== undefined) return problem;
  const made = (label: string, id: string, action: ModelsPageAction) => {
    const one = identified(
      button(label, () => send(action)),
      `${id} ${path}`,
    );
    return Object.assign(one, { ariaLabel: `${label}: ${name}`, disabled: isReadOnly });
  };
  const add = made(l10n.t('Add'), 'add', { kind: 'add', path, name });
  if (!runsThere) return add;
  return element(
    'div',
    { className: 'buttons' },
    made(l10n.t('Use for Suggestions'), 'found typing', { kind: 'use', folder: path, for: 'typing' }),
    made(l10n.t('Use for Actions'), 'found actions', { kind: 'use', folder: path, for: 'actions' }),
    add,
  );
}

function otherSection(view: ModelsView): HTMLElement[] {
  const { hub, hasToken, isReadOnly, searched } = view;
  const input = element('input', { type: 'text', id: 'repository', placeholder: l10n.t('OWNER/NAME') });
  const install = identified(
    button(l10n.t('Install'), () => send({ kind: 'install', name: input.value })),
    'install other',
  );
  const search = identified(
    button(l10n.t('Search'), () => send({ kind: 'search', words: input.value })),
    'search',
  );
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') (input.value.includes('/') ? install : search).click();
  });
  const token = identified(
    button(hasToken ? l10n.t('Change Token…') : l10n.t('Enter Token…'), () => send({ kind: 'setToken' })),
    'token',
  );
  install.disabled = token.disabled = input.disabled = isReadOnly;
  search.disabled = isReadOnly || searched === 'looking';
  const label = element('label', { htmlFor: 'repository' }, l10n.t('Its name, or words of it'));
  const what = l10n.t(
    'Models that write text, in safetensors, GGUF or ONNX, and models for one task, such as translation, in ONNX.',
  );
  const note = l10n.t(
    'The token for models that are not open to everybody is kept by the editor, and sent to {0} alone.',
    hub,
  );
  return [
    element('p', { className: 'note' }, what),
    element('div', { className: 'choice' }, label, input, search, install, token),
    element('p', { className: 'note' }, note),
    ...searchedSection(searched, { isReadOnly, installed: new Set(ownModels(view).map(({ name }) => name)) }),
  ];
}

function searchedSection(
  searched: ModelsView['searched'],
  { isReadOnly, installed }: { isReadOnly: boolean; installed: ReadonlySet<string> },
): HTMLElement[] {
  if (searched === undefined) return [];
  if (searched === 'looking') return [element('p', { role: 'status' }, l10n.t('Looking…'))];
  if (searched.length === 0) return [element('p', { role: 'status' }, l10n.t('No text model has such a name.'))];
  const heading = [l10n.t('Model'), l10n.t('Downloads'), l10n.t('Access'), l10n.t('Use it')];
  const isHere = (id: string) => installed.has(id.split('/')[1]!.toLowerCase());
  const rows = searched.map(({ id, downloads, isGated }) => {
    const install = identified(
      button(l10n.t('Install'), () => send({ kind: 'install', name: id })),
      `install ${id}`,
    );
    Object.assign(install, { ariaLabel: `${l10n.t('Install')}: ${id}`, disabled: isReadOnly });
    return [
      id,
      formatCount(downloads),
      isGated ? l10n.t('needs a token') : l10n.t('open'),
      isHere(id) ? l10n.t('installed') : install,
    ];
  });
  return [element('div', { className: 'narrow' }, table(l10n.t('Models found'), heading, rows))];
}

function deviceSection({ devices, isReadOnly }: ModelsView): HTMLElement[] {
  const check = identified(
    button(l10n.t('Check Devices'), () => send({ kind: 'showDevices' })),
    'devices',
  );
  check.disabled = devices === 'looking' || isReadOnly;
  const buttons = element('div', { className: 'buttons' }, check);
  if (devices === undefined) {
    const note = l10n.t(
      'A device is used only if it computes right and faster than the processor. Checking takes seconds.',
    );
    return [element('p', { className: 'note' }, note), buttons];
  }
  if (devices === 'looking') return [buttons, element('p', { role: 'status' }, l10n.t('Checking…'))];
  const heading = [l10n.t('Device'), l10n.t('Can be used'), l10n.t('Why')];
  const rows = devices.devices.map(({ name, available, reason }) => [
    name === devices.chosen ? `${name} ✓` : name,
    available ? l10n.t('yes') : l10n.t('no'),
    reason,
  ]);
  return [
    buttons,
    element('p', { role: 'status' }, l10n.t('The model that types runs on: {0}', devices.chosen)),
    element('div', { className: 'narrow' }, table(l10n.t('Where models run'), heading, rows)),
  ];
}

const identified = <T extends HTMLElement>(made: T, id: string): T => Object.assign(made, { id });
