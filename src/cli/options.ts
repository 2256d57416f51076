import { type Command, InvalidArgumentError, Option } from 'commander';
import { corpusOptionTable } from '../protocol/corpus.ts';
import { type EngineOptions, engineOptionTable } from '../protocol/engineOptions.ts';
import { type GenerationOptions, generationOptionTable } from '../protocol/generationOptions.ts';
import {
  type NumberOption,
  type OptionTable,
  problemWith,
  type Option as TableOption,
} from '../protocol/optionTable.ts';
import { trainingOptionTable } from '../protocol/trainingOptions.ts';

/** How a command answers. */
export interface OutputOptions {
  readonly json?: true;
  readonly verbose?: true;
}

/** Which model a command uses, and how it runs. */
export interface ModelOptions
  extends OutputOptions,
    Pick<EngineOptions, 'adapterStrength' | 'device' | 'threads' | 'precision'> {
  readonly model: string;
  readonly adapter?: string;
}

type Range = Pick<NumberOption, 'minimum' | 'maximum' | 'integer'>;

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'answer with one JSON document on stdout')
    .option('--verbose', "show the processes' own output and stack traces on stderr");
}

export function addModelOptions(command: Command, defaultModel: string): Command {
  addOutputOptions(command)
    .option('--model <name or folder>', 'the model to use', defaultModel)
    .option('--adapter <name or folder>', 'what was learnt on top of the model');
  for (const name of ['adapterStrength', 'device', 'threads', 'precision'] as const) {
    const option = engineOptionTable[name];
    command.addOption(tableOption(name, option).default(option.default));
  }
  return command;
}

/** Adds the shared sampling options. */
export const addSamplingOptions = (command: Command): Command => addTableOptions(command, generationOptionTable);

/** The sampling options that were given, and only these. */
export const givenSamplingOptions = (options: Partial<GenerationOptions>): Partial<GenerationOptions> =>
  givenOptions(generationOptionTable, options);

/** Adds a flag for each option of a table: the same name in kebab case, the same range. */
export function addTableOptions(command: Command, table: OptionTable): Command {
  for (const [name, option] of Object.entries(table)) {
    const flag = tableOption(name, option);
    flag.description += `, default ${defaultText(option)}`;
    command.addOption(flag);
  }
  return command;
}

/** The options of a table that were given, and only these. */
export function givenOptions<Given extends object>(table: OptionTable, options: Given): Partial<Given> {
  const given = Object.entries(options).filter(([name, value]) => Object.hasOwn(table, name) && value !== undefined);
  return Object.fromEntries(given) as Partial<Given>;
}

/** The flag of an option; its default is told, and applied by whoever gets the options. */
function tableOption(name: string, option: TableOption): Option {
  const flag = `--${kebab(name)}`;
  switch (option.type) {
    case 'number': {
      const { minimum, maximum, unit } = option;
      return numberOption(`${flag} <${unit || 'number'}>`, `${option.meaning}; ${minimum} to ${maximum}`, option);
    }
    case 'choice':
      return new Option(`${flag} <name>`, option.meaning).choices(option.choices);
    case 'switch':
      return new Option(`${flag} <yes or no>`, option.meaning).argParser(yesOrNo);
    case 'some':
      return new Option(`${flag} <list>`, `${option.meaning}, apart by commas: ${option.choices.join(', ')}`).argParser(
        (text) => checked(option, text.split(/[\s,]+/u)),
      );
    case 'texts':
      return new Option(`${flag} <text>`, `${option.meaning}; may be repeated`).argParser(
        (text, earlier: string[] | undefined) => checked(option, [...(earlier ?? []), text]),
      );
    case 'text':
    case 'switches':
      throw new Error(`${name} has no flag`);
  }
}

function checked<Value>(option: TableOption, value: Value): Value {
  const problem = problemWith(option, value);
  if (problem !== undefined) throw new InvalidArgumentError(`It ${problem}.`);
  return value;
}

function yesOrNo(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new InvalidArgumentError('It must be yes or no.');
}

function defaultText({ default: value }: TableOption): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) && value.length === 0 ? 'none' : String(value);
}

/** An option whose value is a number in a range; anything else is wrong use, with a message that names both. */
export function numberOption(flags: string, description: string, range: Range): Option {
  const option = new Option(flags, description);
  option.negate = false; // `--no-repeat-ngram-size` is a name, not the negation of another option
  return option.argParser((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    const { minimum, maximum, integer } = range;
    if (value >= minimum && value <= maximum && (!integer || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(
      `It must be ${integer ? 'a whole number' : 'a number'} from ${minimum} to ${maximum}.`,
    );
  });
}

/**
 * Refuses an option that is accepted later but does nothing yet.
 * @throws UsageError
 */
export function refuse(option: string, value: unknown): void {
  if (value !== undefined) throw new UsageError(`${option} is not available in this version`);
}

const tables: readonly OptionTable[] = [
  generationOptionTable,
  engineOptionTable,
  trainingOptionTable,
  corpusOptionTable,
];
const tableNames = new Set(tables.flatMap((table) => Object.keys(table)));

/** A message about options as a person gave them: `topK must be …` becomes `--top-k must be …`. */
export const inFlags = (message: string): string =>
  message.replace(/[\w.]+/gu, (word, at: number) => {
    const name = word.replace(/^inkling\.completion\./u, '');
    const isMeant = at === 0 || /[A-Z]/u.test(name); // `temperature` may also be a word of the sentence
    return isMeant && tableNames.has(name) ? `--${kebab(name)}` : word;
  });

/** An empty text is meant where it stands for nothing: no name of a document, nothing in front of each text. */
const mayBeEmpty = new Set(['path', 'prefix']);

/**
 * Refuses empty values, which scripts give when a variable is not set: as a path they would mean the current folder.
 * @throws UsageError
 */
export function refuseEmptyValues(command: Command): void {
  if (command.args.includes('')) throw new UsageError('an argument is empty');
  const given: Readonly<Record<string, unknown>> = command.opts();
  for (const option of command.options) {
    const value = given[option.attributeName()];
    const isEmpty = value === '' || (Array.isArray(value) && value.includes(''));
    if (isEmpty && !mayBeEmpty.has(option.attributeName())) throw new UsageError(`${option.long} is empty`);
  }
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Wrong use of the command line: exit code 2, and the message names what is wrong. */
export class UsageError extends Error {}
