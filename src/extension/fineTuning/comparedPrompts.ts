import path from 'node:path';
import * as vscode from 'vscode';
import { TrainingClient } from '../../client/trainingClient.ts';
import { readUnrelatedTexts } from '../../client/unrelatedTexts.ts';
import { toInklingError } from '../../protocol/errors.ts';
import { type SamplePrompt, samplePrompts } from './sampleWriter.ts';
import { trainingSettings } from './trainingSettings.ts';

const promptCount = 4;
const maxCharacters = 50_000;

export interface ComparedPromptsParts {
  readonly distFolder: string;
  readonly productFolder: string;
  readonly log: vscode.LogOutputChannel;
}

/**
 * What adapters are compared on: places of the workspace's own texts that fine-tuning keeps apart; where there is too
 * little text, or no workspace that is trusted, of texts that come with Inkling.
 */
export async function comparedPrompts(
  modelFolder: string,
  { distFolder, productFolder, log }: ComparedPromptsParts,
): Promise<readonly SamplePrompt[]> {
  const own = await ownTexts(modelFolder, { distFolder, productFolder, log });
  return samplePrompts(own ?? (await readUnrelatedTexts(productFolder)), promptCount);
}

async function ownTexts(modelFolder: string, { distFolder, log }: ComparedPromptsParts): Promise<string[] | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!vscode.workspace.isTrusted || folders.length === 0) return undefined;
  const training = new TrainingClient({
    modulePath: path.join(distFolder, 'training.js'),
    log: (line) => log.info(line),
  });
  try {
    const paths = folders.map(({ uri }) => uri.fsPath);
    const heldOut = await training.heldOut({ modelFolder, paths, corpus: trainingSettings().corpus, maxCharacters });
    const texts = heldOut?.texts.map(({ text }) => text) ?? [];
    return texts.length > 0 ? texts : undefined;
  } catch (error) {
    log.info(`comparing adapters: on texts of Inkling's own, because: ${toInklingError(error).message}`);
    return undefined;
  } finally {
    await training.dispose();
  }
}
