import * as vscode from 'vscode';
import { messageOf } from '../protocol/errors.ts';
import {
  defaultGenerationOptions,
  type GenerationOptions,
  resolveGenerationOptions,
} from '../protocol/generationOptions.ts';
import {
  type CompletionSettings,
  completionSettingSpecs,
  defaultCompletionSettings,
  resolveCompletionSettings,
} from '../writing/completion/completionSettings.ts';
import { languageSwitches } from './settings.ts';

const completionNames = Object.keys(completionSettingSpecs) as (keyof typeof completionSettingSpecs)[];
const samplingNames = Object.keys(defaultCompletionSettings.sampling) as (keyof CompletionSettings['sampling'])[];

/** Reads `inkling.completion.*` and `inkling.sampling.*`; a value that cannot be used is told once and left out. */
export class CompletionSettingsReader {
  readonly #tell: (message: string) => void;
  readonly #told = new Set<string>();

  /** @param tell gets one sentence for each value that is out of its range */
  constructor(tell: (message: string) => void) {
    this.#tell = tell;
  }

  /** With what the person set for the document's language and folder. */
  read(document: vscode.TextDocument): CompletionSettings {
    const configuration = vscode.workspace.getConfiguration('inkling', document);
    const languages = languageSwitches();
    const given: Record<string, unknown> = { languages };
    for (const name of completionNames) {
      const value = configuration.get(`completion.${name}`);
      if (value !== undefined && this.#isUsable(() => resolveCompletionSettings({ [name]: value })))
        given[name] = value;
    }
    return resolveCompletionSettings({ ...given, sampling: this.#sampling(configuration) });
  }

  #sampling(configuration: vscode.WorkspaceConfiguration): CompletionSettings['sampling'] {
    const given: Record<string, unknown> = {};
    for (const name of samplingNames) {
      const value = configuration.get(`sampling.${name}`);
      if (value !== undefined && this.#isUsable(() => checkAlone(name, value))) given[name] = value;
    }
    const sampling = { ...defaultCompletionSettings.sampling, ...given };
    // Drawn with temperature 0 all sequences would be the same.
    return sampling.temperature === 0 ? { ...sampling, numReturnSequences: 1 } : sampling;
  }

  #isUsable(check: () => unknown): boolean {
    try {
      check();
      return true;
    } catch (error) {
      const message = messageOf(error);
      if (!this.#told.has(message)) this.#tell(message);
      this.#told.add(message);
      return false;
    }
  }
}

/** Several sequences are fine by themselves; they only need a temperature beside them. */
const checkAlone = (name: keyof GenerationOptions, value: unknown): GenerationOptions =>
  resolveGenerationOptions({
    ...defaultGenerationOptions,
    temperature: 1,
    [name]: value,
    numReturnSequences: name === 'numReturnSequences' ? (value as number) : 1,
  });
