import { englishPlanNotes, type PlanNote } from '../../protocol/planNotes.ts';
import { formatCount, l10n } from '../l10n.ts';

/** The note in the person's language. The English text is the key of its translation. */
export const planNoteText = ({ code, args }: PlanNote): string =>
  l10n.t(englishPlanNotes[code], ...args.map(formatCount));
