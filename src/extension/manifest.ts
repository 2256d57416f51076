import type { Option } from '../protocol/optionTable.ts';
import { languages, proseLanguageIds } from '../text/languages.ts';
import { type CommandRow, commandTable } from './commands/commandTable.ts';
import { type Setting, type SettingName, settingNames, settingsByName, settingTable } from './settings/settingTable.ts';

interface Manifest extends Readonly<Record<string, unknown>> {
  readonly capabilities: { readonly untrustedWorkspaces: object };
  readonly contributes: Readonly<Record<string, unknown>> & { readonly menus: object };
}

/** package.json with what the tables say: written by `npm run manifest`, and compared by a test. */
export const generatedManifest = (manifest: Manifest): Manifest => ({
  ...manifest,
  capabilities: {
    ...manifest.capabilities,
    untrustedWorkspaces: {
      ...manifest.capabilities.untrustedWorkspaces,
      restrictedConfigurations: restrictedConfigurations(),
    },
  },
  contributes: {
    ...manifest.contributes,
    commands: commands(),
    menus: { ...manifest.contributes.menus, commandPalette: commandPalette(), ...contextMenus() },
    configuration: configuration(),
  },
});

type Json = Readonly<Record<string, unknown>>;

const rows: readonly (readonly [id: string, row: CommandRow])[] = Object.entries(commandTable);

/** `contributes.commands` of package.json. Titles are keys of package.nls.json. */
const commands = (): readonly Json[] =>
  rows.map(([id, { icon, enablement }]) => ({
    command: id,
    title: `%${id.replace('inkling', 'command')}%`,
    category: 'Inkling',
    ...(icon ? { icon: `$(${icon})` } : {}),
    ...(enablement ? { enablement } : {}),
  }));

/** `contributes.menus.commandPalette`: when each is listed. */
const commandPalette = (): readonly Json[] => rows.flatMap(([command, { when }]) => (when ? [{ command, when }] : []));

/** Where a click with the other button offers help: on prose, and on files of prose. HTML files are mostly a program's. */
function contextMenus(): Json {
  const ids = proseLanguageIds.filter((id) => id !== 'scminput').join('|');
  const extensions = languages
    .filter(({ prose, grammar }) => prose && grammar !== 'html')
    .flatMap((language) => language.extensions)
    .filter((extension) => !extension.includes('.'))
    .join('|');
  const inProse = `(editorHasSelection || resourceLangId =~ /^(${ids})$/)`;
  const isProse = `!explorerResourceIsFolder && resourceExtname =~ /^\\.(${extensions})$/i`;
  return {
    'editor/context': [
      {
        submenu: 'inkling.actions',
        group: '1_modification@9',
        when: `config.inkling.enabled && !editorReadonly && resourceScheme != inkling-preview && ${inProse}`,
      },
    ],
    'explorer/context': [
      {
        command: 'inkling.summarizeFiles',
        group: '5_cutcopypaste@90',
        when: `config.inkling.enabled && ${isProse}`,
      },
    ],
  };
}

/** Of the sections in the settings editor; fine-tuning comes last. */
const sectionIds = {
  general: 'inkling',
  completion: 'inkling.completion',
  engine: 'inkling.engine',
  training: 'inkling.training',
} as const satisfies Record<keyof typeof settingTable, string>;

/** `contributes.configuration` of package.json. Texts are keys of package.nls.json. */
const configuration = (): readonly Json[] =>
  Object.entries(settingTable).map(([section, rows], index) => ({
    id: sectionIds[section as keyof typeof sectionIds],
    title: `%settings.${section}%`,
    order: index + 1,
    properties: Object.fromEntries(
      Object.keys(rows).map((name, position) => [`inkling.${name}`, property(name as SettingName, position + 1)]),
    ),
  }));

/** `capabilities.untrustedWorkspaces.restrictedConfigurations`: what a workspace cannot set before it is trusted. */
const restrictedConfigurations = (): readonly string[] =>
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
