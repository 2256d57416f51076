import * as vscode from 'vscode';
import { bundledModelName } from '../client/modelFolders.ts';
import type { Device, DeviceSetting } from '../protocol/devices.ts';
import { defaultCompletionSettings, languageEnabled } from '../writing/completion/completionSettings.ts';
import { engineRanges } from './engineRanges.ts';

const devices: readonly (Device | 'auto')[] = ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'];

/** What the inference process is started with; a change loads the model again. */
export interface EngineSettings {
  /** a model's name, or the absolute path of its folder */
  readonly model: string;
  readonly device: DeviceSetting;
  /** 0 = physical cores − 1 */
  readonly threads: number;
  /** 0 = never */
  readonly idleUnloadMinutes: number;
  readonly contextTokens: number;
}

export function engineSettings(): EngineSettings {
  const configuration = vscode.workspace.getConfiguration('inkling');
  const device = devices.find((name) => name === configuration.get('device')) ?? 'auto';
  return {
    model: configuration.get<string>('model')?.trim() || bundledModelName,
    device,
    threads: wholeNumber(configuration, 'threads'),
    idleUnloadMinutes: wholeNumber(configuration, 'idleUnloadMinutes'),
    contextTokens: wholeNumber(configuration, 'contextTokens'),
  };
}

export const isSwitchedOn = (): boolean => vscode.workspace.getConfiguration('inkling').get('enabled', true);

export const isLanguageOn = (languageId: string): boolean =>
  languageEnabled({ ...defaultCompletionSettings, languages: languageSwitches() }, languageId);

export const switchOn = (on: boolean): Thenable<void> => update('enabled', () => on);

/** Adds to what the person has switched; the rest keeps following the defaults. */
export const switchLanguage = (languageId: string, on: boolean): Thenable<void> =>
  update<Readonly<Record<string, boolean>>>('languages', (own) => ({ ...own, [languageId]: on }));

export const setModel = (model: string): Thenable<void> => update('model', () => model);

/** By language id; `*` stands for all that are not named. */
export const languageSwitches = () =>
  vscode.workspace.getConfiguration('inkling').get<Record<string, boolean>>('languages', {});

/**
 * Changes a setting in the workspace if it is set there, where it would otherwise hide the change, else for the person.
 * @param change from what is set in that place
 */
function update<T>(key: string, change: (own: T | undefined) => T): Thenable<void> {
  const configuration = vscode.workspace.getConfiguration('inkling');
  const { globalValue, workspaceValue } = configuration.inspect<T>(key) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  return workspaceValue === undefined
    ? configuration.update(key, change(globalValue), Global)
    : configuration.update(key, change(workspaceValue), Workspace);
}

/** The editor underlines a number that is out of range, and hands it on all the same: the nearest allowed one is used. */
function wholeNumber(configuration: vscode.WorkspaceConfiguration, key: keyof typeof engineRanges): number {
  const range = engineRanges[key];
  const value = configuration.get(key);
  if (typeof value !== 'number' || Number.isNaN(value)) return range.default;
  return Math.min(range.maximum, Math.max(range.minimum, Math.round(value)));
}
