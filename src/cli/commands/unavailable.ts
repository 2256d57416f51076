import type { Command } from 'commander';
import { UsageError } from '../usageError.ts';

/** Adds commands that say plainly that this version does not have them. */
export function addUnavailableCommands(parent: Command, names: readonly string[], prefix = ''): void {
  for (const name of names) {
    parent
      .command(name, { hidden: true })
      .helpOption(false)
      .allowUnknownOption()
      .argument('[arguments...]')
      .action(() => {
        throw new UsageError(`${prefix}${name} is not available in this version`);
      });
  }
}
