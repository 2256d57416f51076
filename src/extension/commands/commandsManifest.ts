import { type CommandRow, commandTable } from './commandTable.ts';

type Json = Readonly<Record<string, unknown>>;

const rows: readonly (readonly [id: string, row: CommandRow])[] = Object.entries(commandTable);

/** `contributes.commands` of package.json. Titles are keys of package.nls.json. */
export const commands = (): readonly Json[] =>
  rows.map(([id, { icon, enablement }]) => ({
    command: id,
    title: `%${id.replace('inkling', 'command')}%`,
    category: 'Inkling',
    ...(icon ? { icon: `$(${icon})` } : {}),
    ...(enablement ? { enablement } : {}),
  }));

/** `contributes.menus.commandPalette`: when each is listed. */
export const commandPalette = (): readonly Json[] =>
  rows.flatMap(([command, { when }]) => (when ? [{ command, when }] : []));
