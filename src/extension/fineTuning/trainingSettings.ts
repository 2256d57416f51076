import * as vscode from 'vscode';
import {
  type CorpusOptions,
  corpusOptionTable,
  defaultCorpusOptions,
  resolveCorpusOptions,
} from '../../protocol/corpus.ts';
import { resolveOptions } from '../../protocol/optionTable.ts';
import { type TrainingOptions, trainingOptionTable } from '../../protocol/trainingOptions.ts';
import { settingTable } from '../settings/settingTable.ts';

export interface TrainingSettings {
  readonly training: TrainingOptions;
  readonly corpus: CorpusOptions;
}

/** @throws InklingError `optionOutOfRange`, naming the setting and what it may be */
export function trainingSettings(): TrainingSettings {
  const configuration = vscode.workspace.getConfiguration('inkling');
  const given: Record<string, unknown> = {};
  for (const [name, { option }] of Object.entries(settingTable.training)) {
    if (name.startsWith('training.')) given[name.slice('training.'.length)] = configuration.get(name) ?? option.default;
  }
  const settingName = (name: string) => `inkling.training.${name}`;
  const training = resolveOptions(trainingOptionTable, given, settingName);
  const corpus = resolveOptions(corpusOptionTable, given, settingName);
  const exclude = [...defaultCorpusOptions.exclude, ...corpus.exclude];
  return { training, corpus: resolveCorpusOptions({ ...corpus, exclude }) };
}
