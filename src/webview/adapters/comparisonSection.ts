import type { AdapterDetails } from '../../protocol/adapters.ts';
import type { ComparedSample, ComparisonView } from '../../protocol/fineTuningPages.ts';
import { formatCount, formatDay, l10n } from '../editorHost.ts';
import { button, element, table } from '../element.ts';
import { perplexities, shares } from '../reportTable.ts';

type Row = readonly [name: string, of: (adapter: AdapterDetails) => string | undefined];

/** Two adapters side by side: where they come from, what was measured, and how they write. */
export function comparisonSection({ left, right, samples }: ComparisonView, onWrite: () => void): HTMLElement {
  const rows = [...rowsOfAll(), ...optionRows(left, right)]
    .map(([name, of]) => [name, of(left), of(right)] as const)
    .filter(([, a, b]) => a !== undefined || b !== undefined)
    .map(([name, a, b]) => [name, a ?? '–', b ?? '–']);
  const write = button(l10n.t('Let both write'), onWrite);
  write.id = 'write samples';
  write.disabled = samples?.isWriting ?? false;
  return element(
    'section',
    { className: 'card', ariaLabel: l10n.t('Side by side') },
    element('h2', {}, l10n.t('Side by side')),
    element('div', { className: 'scroll-x' }, table(l10n.t('Side by side'), ['', left.name, right.name], rows)),
    ...(samples?.texts.map((sample) => continuations(sample, left.name, right.name)) ?? []),
    samples?.isWriting ? element('p', { role: 'status' }, l10n.t('Both are writing …')) : undefined,
    element('div', { className: 'buttons' }, write),
  );
}

const rowsOfAll = (): readonly Row[] => [
  [l10n.t('Trained on'), ({ base }) => base ?? l10n.t('made elsewhere')],
  [l10n.t('Made'), ({ createdAt }) => createdAt && formatDay(createdAt)],
  [l10n.t('Texts (fingerprint)'), ({ dataDigest }) => dataDigest?.slice(0, 12)],
  [l10n.t('Steps'), ({ steps }) => (steps === undefined ? undefined : formatCount(steps))],
  [l10n.t('Trainable parameters'), ({ parameters }) => formatCount(parameters)],
  [l10n.t('Perplexity of your texts'), ({ report }) => report && perplexities(report.heldOut)],
  [l10n.t('Perplexity of texts by others'), ({ report }) => report?.unrelated && perplexities(report.unrelated)],
  [l10n.t('Keystrokes saved'), ({ report }) => shares(report?.writing?.keystrokesSaved)],
  [l10n.t('Next word right'), ({ report }) => shares(report?.writing?.nextWords[1])],
  [
    l10n.t('Preferred without knowing which'),
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
