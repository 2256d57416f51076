import { type Command, InvalidArgumentError, Option } from 'commander';
import { adapterStrength } from '../protocol/adapterStrength.ts';
import type { DeviceSetting } from '../protocol/devices.ts';
import { type GenerationOptions, generationOptionSpecs } from '../protocol/generationOptions.ts';
import type { Precision } from '../protocol/inference.ts';
import { UsageError } from './usageError.ts';

/** How a command answers. */
export interface OutputOptions {
  readonly json?: true;
  readonly verbose?: true;
}

/** Which model a command uses, and how it runs. */
export interface ModelOptions extends OutputOptions {
  readonly model: string;
  readonly adapter?: string;
  readonly adapterStrength: number;
  readonly device: DeviceSetting;
  readonly threads: number;
  readonly precision: Precision;
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
  readonly integer: boolean;
}

const devices: readonly DeviceSetting[] = ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'];
const precisions: readonly Precision[] = ['default', 'fp32'];

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'answer with one JSON document on stdout')
    .option('--verbose', "show the processes' own output and stack traces on stderr");
}

export function addModelOptions(command: Command, defaultModel: string): Command {
  return addOutputOptions(command)
    .option('--model <name or folder>', 'the model to use', defaultModel)
    .option('--adapter <name or folder>', 'what was learnt on top of the model')
    .addOption(
      numberOption('--adapter-strength <number>', '0 = none of it, 1 = as trained', strengthRange).default(
        adapterStrength.default,
      ),
    )
    .addOption(new Option('--device <device>', 'where the model runs').choices(devices).default('auto'))
    .addOption(numberOption('--threads <number>', 'threads; 0 = physical cores - 1', threadRange).default(0))
    .addOption(
      new Option('--precision <precision>', 'fp32: the same numbers dequantised, for parity checks')
        .choices(precisions)
        .default('default'),
    );
}

const strengthRange: Range = { ...adapterStrength, integer: false };
const threadRange: Range = { minimum: 0, maximum: 256, integer: true };

/** Adds the shared sampling options, with the names and ranges of the protocol. */
export function addSamplingOptions(command: Command): Command {
  for (const [name, spec] of Object.entries(generationOptionSpecs)) {
    const description = `${spec.minimum} to ${spec.maximum}, default ${spec.default}`;
    command.addOption(numberOption(`--${kebab(name)} <number>`, description, spec));
  }
  const collect = (text: string, earlier: string[] | undefined) => [...(earlier ?? []), text];
  return command.option('--stop <string>', 'a string that ends the text; may be repeated', collect);
}

/** The sampling options that were given, and only these. */
export function givenSamplingOptions(options: Partial<GenerationOptions>): Partial<GenerationOptions> {
  const names = [...Object.keys(generationOptionSpecs), 'stop'] as (keyof GenerationOptions)[];
  const given = names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  return Object.fromEntries(given);
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

export const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
