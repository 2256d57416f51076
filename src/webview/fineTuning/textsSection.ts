import type { CorpusReport, DropReason, ExclusionReason, Split } from '../../protocol/corpus.ts';
import { formatCount, l10n } from '../editorHost.ts';
import { button, derivedSection, element, fold, type Section, type Send, table } from '../element.ts';

/** Which files are read, and what is left out and why. */
export const textsSection = (): Section =>
  derivedSection(
    l10n.t('Your texts'),
    ({ corpus }) => corpus,
    (corpus) => [summary(corpus), splitTable(corpus), filesList(corpus), excludedList(corpus), droppedNote(corpus)],
  );

function summary({ files, splits }: CorpusReport): HTMLElement {
  const tokens = splits.train.tokens + splits.validation.tokens + splits.test.tokens;
  const count = formatCount(tokens);
  const text =
    files.length === 1
      ? l10n.t(
          'One file with {0} tokens (about four characters of English each). It is read on this machine and stays here.',
          count,
        )
      : l10n.t(
          '{0} files with {1} tokens (about four characters of English each). They are read on this machine and stay here.',
          formatCount(files.length),
          count,
        );
  return element('p', {}, text);
}

const splitNames: Readonly<Record<Split, () => string>> = {
  train: () => l10n.t('to learn from'),
  validation: () => l10n.t('to know when to stop'),
  test: () => l10n.t('to compare before and after'),
};

function splitTable({ splits, splitBy }: CorpusReport): HTMLElement {
  const rows = (Object.keys(splitNames) as Split[]).map((split) => [
    splitNames[split](),
    formatCount(splits[split].documents),
    formatCount(splits[split].tokens),
  ]);
  const pieces = splitBy === 'file' ? l10n.t('Files') : l10n.t('Sections');
  return table(l10n.t('What the texts are used for'), [l10n.t('Used for'), pieces, l10n.t('Tokens')], rows);
}

function filesList({ files }: CorpusReport): HTMLElement {
  const rows = files.map(({ path, tokens, splits }) => [
    path,
    formatCount(tokens),
    splits.map((split) => splitNames[split]()).join(l10n.t(', ')),
  ]);
  const heading = [l10n.t('File'), l10n.t('Tokens'), l10n.t('Used for')];
  return fold(l10n.t('All files'), table(l10n.t('All files'), heading, rows));
}

function excludedList({ excluded, excludedCounts }: CorpusReport): HTMLElement | undefined {
  const count = Object.values(excludedCounts).reduce((sum, times) => sum + times, 0);
  if (count === 0) return undefined;
  const rows = excluded.map(({ path, reason }) => [path, exclusionTexts[reason]()]);
  const heading = [l10n.t('File'), l10n.t('Why')];
  return fold(l10n.t('{0} left out', formatCount(count)), table(l10n.t('Left out'), heading, rows));
}

const exclusionTexts: Readonly<Record<ExclusionReason, () => string>> = {
  gitignore: () => l10n.t('ignored by git'),
  excluded: () => l10n.t('excluded by a setting'),
  symbolicLink: () => l10n.t('a symbolic link'),
  tooLarge: () => l10n.t('too large'),
  overBudget: () => l10n.t('more text than is read'),
  unreadable: () => l10n.t('cannot be read'),
  changing: () => l10n.t('was being written'),
  binary: () => l10n.t('not text'),
  generated: () => l10n.t('made by a program'),
  boilerplate: () => l10n.t('a license, or the like'),
  credentials: () => l10n.t('may hold secrets'),
  notProse: () => l10n.t('mostly figures and signs'),
  empty: () => l10n.t('nothing left after cleaning'),
};

const dropTexts: Readonly<Record<DropReason, (count: string) => string>> = {
  secret: (count) => l10n.t('{0} with a key or a password', count),
  duplicate: (count) => l10n.t('{0} that repeat another one', count),
  invalidCharacters: (count) => l10n.t('{0} with broken characters', count),
  embeddedData: (count) => l10n.t('{0} with embedded data', count),
};

function droppedNote({ droppedCounts, strippedCharacters }: CorpusReport): HTMLElement | undefined {
  const dropped = (Object.entries(droppedCounts) as [DropReason, number][]).map(([reason, count]) =>
    dropTexts[reason](formatCount(count)),
  );
  const parts = [
    ...(dropped.length > 0 ? [l10n.t('Paragraphs left out: {0}.', dropped.join(l10n.t(', ')))] : []),
    ...(strippedCharacters > 0
      ? [l10n.t('{0} characters of code and front matter left out.', formatCount(strippedCharacters))]
      : []),
  ];
  return parts.length > 0 ? element('p', { className: 'note' }, parts.join(' ')) : undefined;
}

/** Suggestions that were taken or written over, as further examples: used only when the writer ticks it, before the start. */
export function keptSection(send: Send): Section {
  const box = element('input', { type: 'checkbox', id: 'useKept' });
  box.addEventListener('change', () => send({ kind: 'useKept', on: box.checked }));
  const label = element('label', { htmlFor: 'useKept' });
  const show = button(l10n.t('Show Them…'), () => send({ kind: 'showKept' }));
  const root = element(
    'section',
    { hidden: true },
    element('h2', {}, l10n.t('Learning from use')),
    element('div', { className: 'choice' }, box, label, show),
  );
  return {
    root,
    update({ kept, phase }) {
      root.hidden = kept === undefined;
      if (!kept) return;
      box.checked = kept.areUsed;
      box.disabled = phase !== 'ready';
      label.textContent =
        kept.count === 1
          ? l10n.t('Also learn from the suggestion that you accepted or corrected')
          : l10n.t('Also learn from {0} suggestions that you accepted or corrected', formatCount(kept.count));
    },
  };
}
