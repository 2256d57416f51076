import path from 'node:path';
import * as vscode from 'vscode';
import { adaptersFolder } from '../client/adapterFolders.ts';
import { bundledModelName } from '../client/modelFolders.ts';
import { adapterStrength } from '../protocol/adapterStrength.ts';
import type { Device, DeviceSetting } from '../protocol/devices.ts';
import type { LoadRequest } from '../protocol/inference.ts';
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
  /** an adapter's name, or the absolute path of its folder; '' for none */
  readonly adapter: string;
  /** multiplies what the adapter adds */
  readonly adapterStrength: number;
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
    adapter: configuration.get<string>('adapter')?.trim() ?? '',
    adapterStrength: strength(configuration),
  };
}

/** What the engine is told to load, without an adapter. */
export function loadRequestOf(modelFolder: string): LoadRequest {
  const { device, threads, idleUnloadMinutes, contextTokens } = engineSettings();
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

/** May completions prefer the words of the workspace? */
export const ownWordsAreOn = (): boolean => vscode.workspace.getConfiguration('inkling').get('ownWords', true);

export const setAdapterStrength = (value: number): Thenable<void> =>
  vscode.workspace.getConfiguration('inkling').update('adapterStrength', value, workspaceTarget());

/** The workspace's own settings; a window without a workspace has only the person's. */
const workspaceTarget = () =>
  vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;

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

function strength(configuration: vscode.WorkspaceConfiguration): number {
  const { minimum, maximum, default: value } = adapterStrength;
  const given = configuration.get('adapterStrength');
  return typeof given === 'number' && !Number.isNaN(given) ? Math.min(maximum, Math.max(minimum, given)) : value;
}

/** The editor underlines a number that is out of range, and hands it on all the same: the nearest allowed one is used. */
function wholeNumber(configuration: vscode.WorkspaceConfiguration, key: keyof typeof engineRanges): number {
  const range = engineRanges[key];
  const value = configuration.get(key);
  if (typeof value !== 'number' || Number.isNaN(value)) return range.default;
  return Math.min(range.maximum, Math.max(range.minimum, Math.round(value)));
}
