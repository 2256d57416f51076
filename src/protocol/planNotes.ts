import { formatMessage } from './formatMessage.ts';

/** What a training run tells before its first step, as a closed set of codes. English is written here and nowhere else. */
export interface PlanNote {
  readonly code: PlanNoteCode;
  readonly args: readonly number[];
}
export type PlanNoteCode = keyof typeof englishPlanNotes;

/** Code → English, `{0}` … being the arguments. */
export const englishPlanNotes = {
  fastTooLarge: 'The fast mode takes {0} MB, more than the {1} MB allowed: using the lean one.',
  layersTwice: 'To stay within {0} MB every layer is computed twice: slower, with the same result.',
  shorterSequences: 'Sequences of {0} tokens need more than {1} MB: using {2}.',
  littleMemory:
    'Training takes {0} MB and about {1} MB are free: it may be slow. Sequences are {2} tokens long. Close other programs.',
  damagedCheckpoint: 'The last checkpoint is damaged: going on from the one before it, at step {0}.',
} as const;

export const planNote = (code: PlanNoteCode, ...args: readonly number[]): PlanNote => ({ code, args });

/** The note in English. */
export const planNoteText = ({ code, args }: PlanNote): string => formatMessage(englishPlanNotes[code], args);
