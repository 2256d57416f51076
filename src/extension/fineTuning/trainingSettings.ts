import * as vscode from 'vscode';
import { type CorpusOptions, defaultCorpusOptions, resolveCorpusOptions } from '../../protocol/corpus.ts';
import {
  defaultTrainingOptions,
  resolveTrainingOptions,
  type TrainingOptions,
} from '../../protocol/trainingOptions.ts';
import { corpusSettingNames, defaultMaxMinutes, trainingSettingNames } from './trainingSettingNames.ts';

export interface TrainingSettings {
  readonly training: TrainingOptions;
  readonly corpus: CorpusOptions;
}

/** @throws InklingError `optionOutOfRange`, naming the setting's range */
export function trainingSettings(): TrainingSettings {
  const configuration = vscode.workspace.getConfiguration('inkling.training');
  const given = (names: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(
      names.map((name) => [name, configuration.get(name)] as const).filter(([, value]) => value !== undefined),
    );
  const training = resolveTrainingOptions({
    ...defaultTrainingOptions,
    maxMinutes: defaultMaxMinutes,
    ...given(trainingSettingNames),
  });
  const { exclude, ...corpus } = { exclude: [], ...given(corpusSettingNames) } as Partial<CorpusOptions>;
  return {
    training,
    corpus: resolveCorpusOptions({
      ...corpus,
      seed: training.seed,
      exclude: [...defaultCorpusOptions.exclude, ...(exclude ?? [])],
    }),
  };
}
