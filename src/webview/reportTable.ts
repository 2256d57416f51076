import {
  type AdapterReport,
  type HeldOutComparison,
  type PairedFigure,
  perplexityChange,
} from '../protocol/adapters.ts';
import { formatCount, formatFigure, formatShare, l10n } from './editorHost.ts';
import { element, table } from './element.ts';

/** Before and after, as far as it was measured: how likely the texts are, and what a writer would have had of it. */
export function reportTable({ strength, heldOut, unrelated, writing }: AdapterReport): HTMLElement {
  const rows = [fitRow(l10n.t('Perplexity of your texts'), heldOut)];
  if (unrelated) rows.push(fitRow(l10n.t('Perplexity of texts by others'), unrelated));
  if (writing) {
    const { keystrokesSaved, netKeystrokesSaved, precisionWhenShown, nextWords, carets, wordCarets } = writing;
    rows.push(
      shareRow(l10n.t('Keystrokes saved, at {0} places', formatCount(carets)), keystrokesSaved),
      shareRow(l10n.t('Keystrokes saved, less one for each wrong suggestion'), netKeystrokesSaved),
      shareRow(l10n.t('Suggestions whose first word is right'), precisionWhenShown),
      shareRow(l10n.t('Next word right, at {0} places', formatCount(wordCarets)), nextWords[1]),
      shareRow(l10n.t('Next two words right'), nextWords[2]),
    );
  }
  const heading = [
    '',
    l10n.t('Before'),
    strength === undefined ? l10n.t('After') : l10n.t('After, at strength {0}', formatFigure(strength)),
    l10n.t('Difference'),
    l10n.t('95% interval'),
  ];
  return element('div', { className: 'narrow' }, table(l10n.t('Before and after'), heading, rows));
}

function fitRow(name: string, compared: HeldOutComparison): string[] {
  const { base, adapted } = compared;
  const [low, high] = perplexityChange(compared);
  return [
    name,
    formatFigure(base.perplexity),
    formatFigure(adapted.perplexity),
    signed(adapted.perplexity / base.perplexity - 1),
    l10n.t('{0} to {1}', signed(low), signed(high)),
  ];
}

function shareRow(name: string, { base, adapted, difference, interval }: PairedFigure): string[] {
  const share = (value: number | null) => (value === null ? '–' : formatShare(value));
  const change = difference === null ? '–' : points(difference);
  const between = interval ? l10n.t('{0} to {1}', plain(interval[0]), plain(interval[1])) : '';
  return [name, share(base), share(adapted), change, between];
}

const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '');
const signed = (value: number) => `${sign(value)}${formatShare(Math.abs(value))}`;
/** of percent: the difference of two shares */
const plain = (value: number) => `${sign(value)}${formatFigure(Math.abs(100 * value))}`;
const points = (value: number) => l10n.t('{0} points', plain(value));

/** Perplexity without and with an adapter, in one line. */
export const perplexities = ({ base, adapted }: HeldOutComparison): string =>
  `${formatFigure(base.perplexity)} → ${formatFigure(adapted.perplexity)}`;

/** undefined where there is no figure */
export function shares(figure: PairedFigure | undefined): string | undefined {
  if (!figure || figure.base === null || figure.adapted === null) return undefined;
  return `${formatShare(figure.base)} → ${formatShare(figure.adapted)}`;
}
