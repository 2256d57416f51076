import { configuration, restrictedConfigurations } from './settings/settingsManifest.ts';

interface Manifest extends Readonly<Record<string, unknown>> {
  readonly capabilities: { readonly untrustedWorkspaces: object };
  readonly contributes: object;
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
  contributes: { ...manifest.contributes, configuration: configuration() },
});
