import type { CorpusOptions } from '../../protocol/corpus.ts';
import type { TrainingOptions } from '../../protocol/trainingOptions.ts';

/** Options that the editor offers as `inkling.training.NAME`; the command line has all of them. */
export const trainingSettingNames = [
  'epochs',
  'maxSteps',
  'maxMinutes',
  'maxMemoryMb',
  'learningRate',
  'lrSchedule',
  'warmupSteps',
  'optimizer',
  'weightDecay',
  'loraRank',
  'loraAlpha',
  'loraDropout',
  'loraTargets',
  'sequenceLength',
  'batchSize',
  'gradientAccumulationSteps',
  'evaluationSteps',
  'evaluationTokens',
  'seed',
  'threads',
] as const satisfies readonly (keyof TrainingOptions)[];

export const corpusSettingNames = [
  'include',
  'exclude',
  'useGitignore',
  'stripFrontMatter',
  'stripCode',
  'dropDuplicates',
  'validationFraction',
  'testFraction',
  'minCharacters',
] as const satisfies readonly (keyof CorpusOptions)[];

/** Somebody who fine-tunes for the first time waits for a coffee, not for an afternoon. */
export const defaultMaxMinutes = 10;
