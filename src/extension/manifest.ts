import { commandPalette, commands } from './commands/commandsManifest.ts';
import { configuration, restrictedConfigurations } from './settings/settingsManifest.ts';

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
    menus: { ...manifest.contributes.menus, commandPalette: commandPalette() },
    configuration: configuration(),
  },
});
