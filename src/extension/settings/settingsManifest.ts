import type { Option } from '../../protocol/optionTable.ts';
import { type Setting, type SettingName, settingNames, settingsByName, settingTable } from './settingTable.ts';

type Json = Readonly<Record<string, unknown>>;

/** Of the sections in the settings editor; fine-tuning comes last. */
const sectionIds = {
  general: 'inkling',
  completion: 'inkling.completion',
  engine: 'inkling.engine',
  training: 'inkling.training',
} as const satisfies Record<keyof typeof settingTable, string>;

/** `contributes.configuration` of package.json. Texts are keys of package.nls.json. */
export const configuration = (): readonly Json[] =>
  Object.entries(settingTable).map(([section, rows], index) => ({
    id: sectionIds[section as keyof typeof sectionIds],
    title: `%settings.${section}%`,
    order: index + 1,
    properties: Object.fromEntries(
      Object.keys(rows).map((name, position) => [`inkling.${name}`, property(name as SettingName, position + 1)]),
    ),
  }));

/** `capabilities.untrustedWorkspaces.restrictedConfigurations`: what a workspace cannot set before it is trusted. */
export const restrictedConfigurations = (): readonly string[] =>
  settingNames.filter((name) => !settingsByName[name].isHarmless).map((name) => `inkling.${name}`);

function property(name: SettingName, order: number): Json {
  const { option, scope, isAdvanced, isLocal }: Setting = settingsByName[name];
  return {
    order,
    markdownDescription: `%setting.${name}%`,
    ...schemaOf(option, `setting.${name}`),
    default: option.default,
    scope,
    ...(isAdvanced ? { tags: ['advanced'] } : {}),
    ...(isLocal ? { ignoreSync: true } : {}),
  };
}

/** @param key of the setting's texts */
function schemaOf(option: Option, key: string): Json {
  switch (option.type) {
    case 'number': {
      const { integer, minimum, maximum } = option;
      return { type: integer ? 'integer' : 'number', minimum, maximum };
    }
    case 'switch':
      return { type: 'boolean' };
    case 'text':
      return { type: 'string' };
    case 'choice': {
      const { choices } = option;
      return { type: 'string', enum: choices, enumDescriptions: choices.map((choice) => `%${key}.${choice}%`) };
    }
    case 'some':
      return { type: 'array', items: { type: 'string', enum: option.choices }, uniqueItems: true, minItems: 1 };
    case 'texts':
      return { type: 'array', items: { type: 'string' } };
    case 'switches': {
      if (option.open) return { type: 'object', additionalProperties: { type: 'boolean' } };
      const names = Object.keys(option.default);
      const properties = names.map((name) => [name, { type: 'boolean', description: `%${key}.${name}%` }]);
      return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
    }
  }
}
