import type { HeldOutComparison, PairedFigure } from '../protocol/adapters.ts';
import { formatFigure, formatShare } from './l10n.ts';

/** Without and with an adapter, in one line. */
export const perplexities = ({ base, adapted }: HeldOutComparison): string =>
  `${formatFigure(base.perplexity)} → ${formatFigure(adapted.perplexity)}`;

/** undefined where there is no figure */
export function shares(figure: PairedFigure | undefined): string | undefined {
  if (!figure || figure.base === null || figure.adapted === null) return undefined;
  return `${formatShare(figure.base)} → ${formatShare(figure.adapted)}`;
}
