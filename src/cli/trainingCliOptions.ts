import type { Command } from 'commander';
import { type CorpusOptions, corpusOptionTable, defaultCorpusOptions } from '../protocol/corpus.ts';
import { type TrainingOptions, trainingOptionTable } from '../protocol/trainingOptions.ts';
import { addTableOptions, givenOptions } from './options.ts';

/** `--seed` is one number for both: which texts are kept apart, and the order and the start of training. */
export type TrainingCliOptions = Partial<TrainingOptions & CorpusOptions>;

/** Adds what decides how is learnt, with the names and ranges of the protocol. */
export function addTrainingOptions(command: Command): Command {
  const { threads: _, seed: __, ...table } = trainingOptionTable; // threads and seed belong to the command
  return addTableOptions(command, table);
}

/** Adds what decides which texts are read. */
export const addCorpusOptions = (command: Command): Command => addTableOptions(command, corpusOptionTable);

/** The options of training that were given, and only these. */
export const givenTrainingOptions = (options: TrainingCliOptions): Partial<TrainingOptions> =>
  givenOptions(trainingOptionTable, options);

/** The options of the texts that were given; own exclusions are added to the usual ones. */
export function givenCorpusOptions(options: TrainingCliOptions): Partial<CorpusOptions> {
  const given: Partial<CorpusOptions> = givenOptions(corpusOptionTable, options);
  const { exclude } = given;
  return exclude ? { ...given, exclude: [...defaultCorpusOptions.exclude, ...exclude] } : given;
}
