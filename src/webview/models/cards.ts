import type { InstalledModel, ModelsPageAction, ModelsView } from '../../protocol/modelsPage.ts';
import type { PipelineKind, PipelineUse } from '../../protocol/pipelines.ts';
import type { ListedUse, ModelFit, ModelUse, Recommendation } from '../../protocol/store.ts';
import { formatCompact, formatCount, formatFigure, formatPercent, l10n } from '../editorHost.ts';
import { button, element, facts } from '../element.ts';

type Send = (action: ModelsPageAction) => void;

/** A model on this machine: what it is, what it is used for, how fast it is here. */
export function installedCard(model: InstalledModel, view: ModelsView, send: Send): HTMLElement {
  const { name, isBundled, isElsewhere, usedFor } = model;
  const problem = model.problem ?? changedText(model);
  const badges = [
    ...(isBundled ? [l10n.t('built-in')] : []),
    ...(isElsewhere ? [l10n.t('of another program')] : []),
    ...usedFor.map((use) => useTexts[use]()),
  ];
  return element(
    'section',
    { className: usedFor.length > 0 ? 'card in-use' : 'card', ariaLabel: name },
    element('h3', {}, name, ...badges.map((text) => element('span', { className: 'badge' }, text))),
    problem === undefined ? undefined : element('p', { className: 'problem' }, problem),
    model.chatTemplateProblem === undefined
      ? undefined
      : element(
          'p',
          { className: 'note' },
          l10n.t('It can continue texts, but not be told what to do: its chat template cannot be used.'),
        ),
    ...(model.problem === undefined ? installedFacts(model) : []),
    installedButtons(model, view, send),
  );
}

/** Models name the commonest ones in lower case. */
const licenceTitle = (licence: string): string => licence.replace(/^apache-/u, 'Apache-').replace(/^mit$/u, 'MIT');

function installedFacts(model: InstalledModel): (HTMLElement | undefined)[] {
  const { modelFolder, languages, licence, sizeBytes, contextTokens, parameters, speed, savings, pipeline } = model;
  return [
    facts([
      languages.length > 0 ? [l10n.t('Languages'), languageNames(languages)] : undefined,
      pipeline ? [l10n.t('Good for'), taskText(pipeline)] : undefined,
      licence ? [l10n.t('License'), licenceTitle(licence)] : undefined,
      [l10n.t('Size'), megabytes(sizeBytes / 1e6)],
      speed && speed !== 'measuring' ? [l10n.t('Memory in use'), megabytes(speed.memoryMb)] : undefined,
      pipeline ? undefined : [l10n.t('Speed here'), speedText(speed)],
      savings ? [l10n.t('Keys saved with your texts'), savingsText(savings)] : undefined,
      model.isElsewhere ? undefined : [l10n.t('Files'), checkText(model)],
    ]),
    details(modelFolder, [contextFact(contextTokens), parametersFact(parameters / 1e6)]),
  ];
}

function installedButtons(model: InstalledModel, { isReadOnly }: ModelsView, send: Send): HTMLElement {
  const { name, modelFolder: folder, usedFor, problem, speed, savings, check, pipeline } = model;
  const cannot = isReadOnly || problem !== undefined;
  const isOurs = !model.isBundled && !model.isElsewhere;
  const use = (forWhat: ModelUse, label: string) => {
    const isPrimary = forWhat === 'typing' && usedFor.length === 0 && !problem && typeof check !== 'object';
    const made = button(label, () => send({ kind: 'use', folder, for: forWhat }), isPrimary ? 'primary' : 'secondary');
    return named(made, { id: `use ${forWhat} ${folder}`, name, isDisabled: cannot || usedFor.includes(forWhat) });
  };
  const act = (
    kind: 'verify' | 'measure' | 'whatItSaves' | 'move' | 'remove' | 'show',
    label: string,
    isDisabled: boolean,
  ) =>
    named(
      button(label, () => send({ kind, folder })),
      { id: `${kind} ${folder}`, name, isDisabled },
    );
  return element(
    'div',
    { className: 'buttons' },
    ...(pipeline // what it does is asked of it by the actions themselves
      ? []
      : [
          use('typing', l10n.t('Use for Suggestions')),
          use('actions', l10n.t('Use for Actions')),
          act('measure', l10n.t('Measure Speed'), cannot || speed === 'measuring'),
          act('whatItSaves', l10n.t('What Would It Save Me?'), cannot || savings === 'measuring'),
        ]),
    model.isElsewhere ? undefined : act('verify', l10n.t('Check Files'), check === 'checking'),
    act('show', l10n.t('Show Folder'), false),
    isOurs ? act('move', l10n.t('Move…'), isReadOnly) : undefined,
    isOurs ? act('remove', l10n.t('Delete…'), isReadOnly) : undefined,
  );
}

/** A model that can be fetched, and what it would cost. */
export function recommendedCard(model: Recommendation, view: ModelsView, send: Send): HTMLElement {
  const { name, title, summary, languages, licence, repository, revision, downloadMb, diskMb, memoryMb, fit } = model;
  const install = button(
    l10n.t('Install'),
    () => send({ kind: 'install', name }),
    fit === 'good' ? 'primary' : 'secondary',
  );
  const isDisabled = view.isReadOnly || fit === 'tooLittleDisk' || fit === 'tooLittleMemory';
  const language = document.documentElement.lang.toLowerCase();
  return element(
    'section',
    { className: 'card', ariaLabel: title },
    element('h3', {}, title, fit === 'good' ? undefined : element('span', { className: 'badge' }, fitTexts[fit]())),
    element('p', {}, summary[language] ?? summary['en']!),
    facts([
      [l10n.t('Languages'), languageNames(languages)],
      [l10n.t('Good for'), model.for.map((use) => goodForTexts[use]()).join(l10n.t(', '))],
      [l10n.t('License'), licence],
      [l10n.t('Download'), megabytes(downloadMb)],
      [l10n.t('On disk'), megabytes(diskMb)],
      [l10n.t('Memory, about'), megabytes(memoryMb)],
      model.needsToken ? [l10n.t('Access'), l10n.t('needs a token')] : undefined,
    ]),
    details(name, [
      [l10n.t('From'), repository],
      [l10n.t('Revision'), revision === undefined ? l10n.t('not pinned') : revision.slice(0, 10)],
      contextFact(model.contextTokens),
      parametersFact(model.millionParameters),
    ]),
    element('div', { className: 'buttons' }, named(install, { id: `install ${name}`, name: title, isDisabled })),
  );
}

const named = (made: HTMLButtonElement, about: { id: string; name: string; isDisabled: boolean }): HTMLButtonElement =>
  Object.assign(made, { id: about.id, ariaLabel: `${made.textContent}: ${about.name}`, disabled: about.isDisabled });

type Fact = Parameters<typeof facts>[0][number];

/** What few people look for. */
const details = (id: string, shown: readonly Fact[]): HTMLElement | undefined =>
  shown.some((fact) => fact)
    ? element(
        'details',
        { id: `details ${id}` },
        element('summary', { id: `summary ${id}` }, l10n.t('Details')),
        facts(shown),
      )
    : undefined;

const contextFact = (tokens: number): Fact =>
  tokens ? [l10n.t('Context'), l10n.t('{0} tokens', formatCount(tokens))] : undefined;
const parametersFact = (millions: number): Fact =>
  millions ? [l10n.t('Parameters'), formatCompact(millions * 1e6)] : undefined;

/** What a model that was made for one task is used for. */
function taskText({ kind, uses, languages }: NonNullable<InstalledModel['pipeline']>): string {
  if (kind !== 'text2text') return kindTexts[kind]();
  const tasks = uses.map((use) => (use === 'translate' && languages ? pairText(languages) : taskTexts[use]()));
  return tasks.length > 0 ? tasks.join(l10n.t(', ')) : l10n.t('not known');
}

const pairText = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  l10n.t('translation from {0} into {1}', languageNames([from]), languageNames([to]));

const kindTexts: Readonly<Record<Exclude<PipelineKind, 'text2text'>, () => string>> = {
  fillMask: () => l10n.t('better words'),
  embedding: () => l10n.t('embeddings for other programs (“inkling serve”)'),
  classification: () => l10n.t('the tone of a text'),
  tagging: () => l10n.t('labels for words, on the command line'),
};

const taskTexts: Readonly<Record<PipelineUse, () => string>> = {
  summarize: () => l10n.t('summaries'),
  translate: () => l10n.t('translation'),
  correct: () => l10n.t('corrections'),
  rephrase: () => l10n.t('rephrasing'),
};

const useTexts: Readonly<Record<ModelUse, () => string>> = {
  typing: () => l10n.t('suggestions'),
  actions: () => l10n.t('actions'),
};

const goodForTexts: Readonly<Record<ListedUse, () => string>> = { ...useTexts, ...taskTexts, ...kindTexts };

const fitTexts: Readonly<Record<Exclude<ModelFit, 'good'>, () => string>> = {
  slow: () => l10n.t('probably slow here'),
  tooLittleMemory: () => l10n.t('too little memory'),
  tooLittleDisk: () => l10n.t('too little disk'),
};

export const megabytes = (count: number): string =>
  count < 1000 ? `${formatFigure(count)} MB` : `${formatFigure(count / 1000)} GB`;

function speedText(speed: InstalledModel['speed']): string {
  if (speed === undefined) return l10n.t('not measured');
  if (speed === 'measuring') return l10n.t('being measured…');
  const { readTokensPerSecond, writtenTokensPerSecond } = speed;
  return l10n.t(
    'reads {0}, writes {1} tokens a second',
    formatFigure(readTokensPerSecond),
    formatFigure(writtenTokensPerSecond),
  );
}

function savingsText(savings: NonNullable<InstalledModel['savings']>): string {
  if (savings === 'measuring') return l10n.t('being measured…');
  const { share, interval } = savings;
  if (share === null) return l10n.t('nothing to count');
  if (!interval) return l10n.t('{0}, net of wrong ones', formatPercent(share));
  return l10n.t(
    '{0}, net of wrong ones; with other files {1} to {2}',
    formatPercent(share),
    ...interval.map(formatPercent),
  );
}

function checkText({ check }: InstalledModel): string {
  if (check === undefined) return l10n.t('not checked yet');
  if (check === 'checking') return l10n.t('being checked…');
  return check === 'right' ? l10n.t('checked, intact') : l10n.t('checked, changed');
}

const changedText = ({ check }: InstalledModel): string | undefined =>
  typeof check === 'object'
    ? l10n.t(
        'Its files are not as they were when it was installed ({0}). Delete it, and install it again.',
        check.problem,
      )
    : undefined;

/** In the person's language; a code that is not known stands as it is. */
function languageNames(codes: readonly string[]): string {
  const names = new Intl.DisplayNames(document.documentElement.lang || 'en', { type: 'language', fallback: 'code' });
  return codes.map((code) => names.of(code) ?? code).join(l10n.t(', '));
}
