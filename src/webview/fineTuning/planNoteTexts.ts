import type { PlanNote, PlanNoteCode } from '../../protocol/planNotes.ts';
import { formatCount, l10n } from '../l10n.ts';

/** The note in the person's language. */
export const planNoteText = ({ code, args }: PlanNote): string => texts[code](...args.map(formatCount));

const texts: Readonly<Record<PlanNoteCode, (...args: string[]) => string>> = {
  fastTooLarge: (...args) =>
    l10n.t('The fast mode takes {0} MB, more than the {1} MB allowed: using the lean one.', ...args),
  layersTwice: (...args) =>
    l10n.t('To stay within {0} MB every layer is computed twice: slower, with the same result.', ...args),
  shorterSequences: (...args) => l10n.t('Sequences of {0} tokens need more than {1} MB: using {2}.', ...args),
  littleMemory: (...args) =>
    l10n.t(
      'Training takes {0} MB and about {1} MB are free: it may be slow. Sequences are {2} tokens long. Close other programs.',
      ...args,
    ),
  damagedCheckpoint: (...args) =>
    l10n.t('The last checkpoint is damaged: going on from the one before it, at step {0}.', ...args),
};
