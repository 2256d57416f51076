import { type Command, Option } from 'commander';
import { type CorpusOptions, corpusOptionSpecs, defaultCorpusOptions } from '../protocol/corpus.ts';
import { defaultTrainingOptions, type TrainingOptions, trainingOptionSpecs } from '../protocol/trainingOptions.ts';
import { kebab, numberOption } from './options.ts';

/** `--seed` is one number for both: which texts are kept apart, and the order and the start of training. */
export type TrainingCliOptions = Partial<Omit<TrainingOptions, 'loraTargets'> & CorpusOptions> & {
  readonly loraTargets?: string;
};

const choices = ['optimizer', 'lrSchedule', 'memoryMode', 'basePrecision'] as const;
const switches = ['useGitignore', 'stripFrontMatter', 'stripCode', 'dropDuplicates'] as const;

/** Adds what decides how is learnt, with the names and ranges of the protocol. */
export function addTrainingOptions(command: Command): Command {
  const { threads: _, seed: __, ...specs } = trainingOptionSpecs; // threads belong to every command
  for (const [name, spec] of Object.entries(specs)) {
    const description = `${spec.minimum} to ${spec.maximum}, default ${spec.default}`;
    command.addOption(numberOption(`--${kebab(name)} <number>`, description, spec));
  }
  for (const name of choices) {
    command.option(`--${kebab(name)} <name>`, `default ${defaultTrainingOptions[name]}`);
  }
  return command.option('--lora-targets <list>', `apart by commas; default ${defaultTrainingOptions.loraTargets}`);
}

/** Adds what decides which texts are read. */
export function addCorpusOptions(command: Command): Command {
  for (const [name, spec] of Object.entries(corpusOptionSpecs)) {
    const description = `${spec.minimum} to ${spec.maximum}, default ${spec.default}`;
    command.addOption(numberOption(`--${kebab(name)} <number>`, description, spec));
  }
  const collect = (glob: string, earlier: string[] | undefined) => [...(earlier ?? []), glob];
  command
    .option('--include <glob>', 'read only these files; may be repeated; default: files of prose', collect)
    .option('--exclude <glob>', 'leave out files and folders; may be repeated', collect);
  for (const name of switches) {
    command.addOption(
      new Option(`--${kebab(name)} <yes or no>`, 'default yes')
        .choices(['yes', 'no'])
        .argParser((text: string) => text === 'yes'),
    );
  }
  return command;
}

/** The options of training that were given, and only these. */
export function givenTrainingOptions(options: TrainingCliOptions & { threads?: number }): Partial<TrainingOptions> {
  const { loraTargets, ...rest } = pick(options, Object.keys(defaultTrainingOptions));
  const targets = loraTargets === undefined ? {} : { loraTargets: String(loraTargets).split(/[\s,]+/) };
  return { ...rest, ...targets } as Partial<TrainingOptions>;
}

/** The options of the texts that were given; own exclusions are added to the usual ones. */
export function givenCorpusOptions(options: TrainingCliOptions): Partial<CorpusOptions> {
  const given = pick(options, Object.keys(defaultCorpusOptions)) as Partial<CorpusOptions>;
  const { exclude } = given;
  return exclude ? { ...given, exclude: [...defaultCorpusOptions.exclude, ...exclude] } : given;
}

function pick(options: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => names.includes(name) && value !== undefined),
  );
}
