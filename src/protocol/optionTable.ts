/**
 * Options as tables: each option is one line with its range, default, unit and meaning. Types, defaults and checks follow
 * from the table; so do the settings in package.json and the flags of the command line.
 */
import { InklingError, sentence } from './errors.ts';

export interface NumberOption {
  readonly type: 'number';
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly integer: boolean;
  /** of the value; '' for a plain number */
  readonly unit: string;
  readonly meaning: string;
}

export interface SwitchOption {
  readonly type: 'switch';
  readonly default: boolean;
  readonly meaning: string;
}

export interface ChoiceOption<Name extends string = string> {
  readonly type: 'choice';
  readonly choices: readonly Name[];
  readonly default: Name;
  readonly meaning: string;
}

/** Some of the choices, each at most once, at least one. */
export interface SomeOption<Name extends string = string> {
  readonly type: 'some';
  readonly choices: readonly Name[];
  readonly default: readonly Name[];
  readonly meaning: string;
}

export interface TextsOption {
  readonly type: 'texts';
  readonly default: readonly string[];
  /** what the texts are, for messages */
  readonly of: string;
  /** bounds on the number of texts and on the UTF-16 units of each; none is empty */
  readonly maxItems: number;
  readonly maxLength: number;
  readonly meaning: string;
}

/** One switch per name; a name that is not given keeps its default. */
export interface SwitchesOption<Name extends string = string> {
  readonly type: 'switches';
  readonly default: Readonly<Record<Name, boolean>>;
  /** names that have no default may be given, too */
  readonly open: boolean;
  readonly meaning: string;
}

export interface TextOption {
  readonly type: 'text';
  readonly default: string;
  readonly meaning: string;
}

export type Option =
  | NumberOption
  | SwitchOption
  | ChoiceOption
  | SomeOption
  | TextsOption
  | SwitchesOption
  | TextOption;

export type OptionTable = Readonly<Record<string, Option>>;

type ValueOf<Of> =
  Of extends ChoiceOption<infer Name>
    ? Name
    : Of extends SomeOption<infer Name>
      ? readonly Name[]
      : Of extends SwitchesOption<infer Name>
        ? Readonly<Partial<Record<Name, boolean>>>
        : Of extends { readonly default: infer Value }
          ? Value
          : never;

/** The values of a table's options. */
export type OptionsOf<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

const number =
  (integer: boolean) =>
  (minimum: number, maximum: number, value: number, unit: string, meaning: string): NumberOption => ({
    type: 'number',
    minimum,
    maximum,
    default: value,
    integer,
    unit,
    meaning,
  });

/** A line of a table: least, greatest, default, unit, meaning. */
export const whole = number(true);
export const real = number(false);

export const onOff = (value: boolean, meaning: string): SwitchOption => ({ type: 'switch', default: value, meaning });

/** @param value the default */
export const oneOf = <Name extends string>(
  choices: readonly Name[],
  meaning: string,
  value: NoInfer<Name> = choices[0]!,
): ChoiceOption<Name> => ({ type: 'choice', choices, default: value, meaning });

export const defaultsOf = <Table extends OptionTable>(table: Table): OptionsOf<Table> =>
  mapped(table, (option) => option.default) as OptionsOf<Table>;

/**
 * Fills in defaults and checks types and ranges. Names that are not in the table are left out.
 * @param label of an option in messages: what the person typed
 * @throws InklingError `optionOutOfRange`, naming the option and what it may be
 */
export const resolveOptions = <Table extends OptionTable>(
  table: Table,
  given: Readonly<Partial<Record<keyof Table, unknown>>>,
  label: (name: string) => string = (name) => name,
): OptionsOf<Table> =>
  mapped(table, (option, name) => {
    const value = given[name];
    if (value === undefined) return option.default;
    const problem = problemWith(option, value);
    if (problem !== undefined) throw new InklingError('optionOutOfRange', sentence`${label(name)} ${problem}`);
    return option.type === 'switches' ? { ...option.default, ...(value as object) } : value;
  }) as OptionsOf<Table>;

/** What is wrong with a value, as the end of a sentence that begins with the option's name; undefined: nothing. */
export function problemWith(option: Option, value: unknown): string | undefined {
  const expected = expectedOf(option);
  return fits(option, value) ? undefined : `must be ${expected}, not ${shown(value)}`;
}

/** The nearest value that is allowed; the default for what is no number. */
export function nearest({ minimum, maximum, integer, default: value }: NumberOption, given: unknown): number {
  if (typeof given !== 'number' || Number.isNaN(given)) return value;
  return Math.min(maximum, Math.max(minimum, integer ? Math.round(given) : given));
}

function fits(option: Option, value: unknown): boolean {
  switch (option.type) {
    case 'number':
      return (
        typeof value === 'number' &&
        value >= option.minimum &&
        value <= option.maximum &&
        (!option.integer || Number.isInteger(value))
      );
    case 'switch':
      return typeof value === 'boolean';
    case 'choice':
      return option.choices.some((choice) => choice === value);
    case 'some':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((each) => option.choices.includes(each)) &&
        new Set(value).size === value.length
      );
    case 'texts':
      return (
        Array.isArray(value) &&
        value.length <= option.maxItems &&
        value.every((each) => typeof each === 'string' && each !== '' && each.length <= option.maxLength)
      );
    case 'switches':
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.entries(value).every(
          ([name, on]) => typeof on === 'boolean' && (option.open || Object.hasOwn(option.default, name)),
        )
      );
    case 'text':
      return typeof value === 'string';
  }
}

function expectedOf(option: Option): string {
  switch (option.type) {
    case 'number':
      return `${option.integer ? 'a whole number' : 'a number'} from ${option.minimum} to ${option.maximum}`;
    case 'switch':
      return 'true or false';
    case 'choice':
      return `one of ${option.choices.join(', ')}`;
    case 'some':
      return `some of ${option.choices.join(', ')}, each at most once`;
    case 'texts':
      return `a list of at most ${option.maxItems} ${option.of}, each of 1 to ${option.maxLength} characters`;
    case 'switches':
      return option.open
        ? 'an object of names with true or false'
        : `an object of ${Object.keys(option.default).join(', ')} with true or false`;
    case 'text':
      return 'a text';
  }
}

/** A value within a message: short, whatever somebody set. */
function shown(value: unknown): string {
  const text = (typeof value === 'object' ? JSON.stringify(value) : undefined) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function mapped<Table extends OptionTable>(
  table: Table,
  read: (option: Option, name: keyof Table & string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([name, option]) => [name, read(option, name)]));
}
