import { nearest, type Option, problemWith } from '../../protocol/optionTable.ts';
import { type Setting, type SettingName, type SettingValues, settingsByName } from './settingTable.ts';

/** What the editor has under `inkling.`, in one scope. */
export interface Configuration {
  get(name: string): unknown;
}

/**
 * The values of some settings. Whatever a person or a workspace has set, the result can be used: what is of the wrong type
 * or out of its range is told, and the default holds in its place.
 * @param tell gets one sentence for each value that cannot be used
 */
export function readSettings<Name extends SettingName>(
  configuration: Configuration,
  names: readonly Name[],
  tell: (message: string) => void,
): Pick<SettingValues, Name> {
  const values = names.map((name) => [name, usableValue(name, configuration.get(name), tell)] as const);
  return Object.fromEntries(values) as Pick<SettingValues, Name>;
}

function usableValue(name: SettingName, value: unknown, tell: (message: string) => void): unknown {
  const { option, loadsModel }: Setting = settingsByName[name];
  if (value === undefined || value === null) return option.default;
  // The editor underlines a number that is out of range, and hands it on all the same.
  if (loadsModel && option.type === 'number' && typeof value === 'number') return nearest(option, value);
  const problem = problemWith(option, value);
  if (problem === undefined) return completed(option, value);
  tell(`inkling.${name} ${problem}`);
  return option.default;
}

function completed(option: Option, value: unknown): unknown {
  if (option.type === 'switches') return { ...option.default, ...(value as object) };
  if (option.type === 'text') return (value as string).trim() || option.default;
  return value;
}
