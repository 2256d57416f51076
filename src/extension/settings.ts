import path from 'node:path';
import * as vscode from 'vscode';
import { adaptersFolder } from '../client/adapterFolders.ts';
import type { LoadRequest } from '../protocol/inference.ts';
import { readSettings } from './settings/readSettings.ts';
import { type EngineSettings, engineSettingNames } from './settings/settings.ts';
import type { SettingName } from './settings/settingTable.ts';

/** As they are now; a value that cannot be used is told where completions read it. */
export const engineSettings = (): EngineSettings =>
  readSettings(vscode.workspace.getConfiguration('inkling'), engineSettingNames, () => undefined);

/** What the engine is told to load, without an adapter. */
export function loadRequestOf(modelFolder: string, settings = engineSettings()): LoadRequest {
  const { device, threads, idleUnloadMinutes, contextTokens } = settings;
  return {
    modelFolder,
    device,
    threads,
    precision: 'default',
    idleUnloadMs: idleUnloadMinutes * 60_000,
    maxContextTokens: contextTokens,
  };
}

/**
 * Switches an adapter on in this workspace, or, without one, off.
 * @param folder where it lies; written as its name where it is one of those on this machine
 */
export async function useAdapter(folder: string | undefined): Promise<void> {
  const isKnown = folder !== undefined && path.dirname(folder) === adaptersFolder();
  const value = isKnown ? path.basename(folder) : (folder ?? '');
  await vscode.workspace.getConfiguration('inkling').update('adapter', value, workspaceTarget());
}

export const setAdapterStrength = (value: number): Thenable<void> =>
  vscode.workspace.getConfiguration('inkling').update('adapterStrength', value, workspaceTarget());

/** The workspace's own settings; a window without a workspace has only the person's. */
const workspaceTarget = () =>
  vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;

export const switchOn = (on: boolean): Thenable<void> => update('enabled', () => on);

/** Adds to what the person has switched; the rest keeps following the defaults. */
export const switchLanguage = (languageId: string, on: boolean): Thenable<void> =>
  update<Readonly<Record<string, boolean>>>('languages', (own) => ({ ...own, [languageId]: on }));

export const setModel = (model: string): Thenable<void> => update('model', () => model);

export const setActionModel = (model: string): Thenable<void> => update('actions.model', () => model);

/**
 * Changes a setting in the workspace if it is set there, where it would otherwise hide the change, else for the person.
 * @param change from what is set in that place
 */
function update<T>(name: SettingName, change: (own: T | undefined) => T): Thenable<void> {
  const configuration = vscode.workspace.getConfiguration('inkling');
  const { globalValue, workspaceValue } = configuration.inspect<T>(name) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  return workspaceValue === undefined
    ? configuration.update(name, change(globalValue), Global)
    : configuration.update(name, change(workspaceValue), Workspace);
}
