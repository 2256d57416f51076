import * as vscode from 'vscode';
import { readUnrelatedTexts } from '../../client/adapterEvaluation.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { TrainingClient } from '../../client/trainingClient.ts';
import type { AdapterDetails } from '../../protocol/adapters.ts';
import { toInklingError } from '../../protocol/errors.ts';
import type { ComparedSample, ComparisonView } from '../../protocol/fineTuningPages.ts';
import { corpusSettings } from '../settings/settings.ts';
import { type SamplePrompt, type SampleWriter, samplePrompts } from './sampleWriter.ts';

interface AdapterComparisonParts {
  readonly store: StoreClient;
  /** what the samples begin with */
  readonly prompts: () => Promise<readonly SamplePrompt[]>;
  /** a process of its own, for as long as it writes */
  readonly newWriter: () => SampleWriter;
  readonly onChange: () => void;
}

/** Two adapters side by side: what they are, what was measured, and how they write. */
export class AdapterComparison {
  readonly #parts: AdapterComparisonParts;
  #ticked: readonly string[] = [];
  #samples: ComparisonView['samples'];
  #writer: SampleWriter | undefined;

  constructor(parts: AdapterComparisonParts) {
    this.#parts = parts;
  }

  get ticked(): readonly string[] {
    return this.#ticked;
  }

  /** A third one takes the place of the first. */
  tick(folder: string, on: boolean): void {
    const others = this.#ticked.filter((one) => one !== folder);
    this.#ticked = on ? [...others, folder].slice(-2) : others;
    this.#forgetSamples();
  }

  /** @param there folders of the adapters that there are now */
  async view(there: readonly string[]): Promise<ComparisonView | undefined> {
    const ticked = this.#ticked.filter((folder) => there.includes(folder));
    if (ticked.length < this.#ticked.length) this.#forgetSamples();
    this.#ticked = ticked;
    const [left, right] = ticked;
    if (!left || !right) return undefined;
    const details = (folder: string): Promise<AdapterDetails> => this.#parts.store.showAdapter({ folder });
    const samples = this.#samples;
    return { left: await details(left), right: await details(right), ...(samples && { samples }) };
  }

  /** Lets the model write, alone and with each of the two; `onChange` tells of every part. @throws InklingError */
  async write(): Promise<void> {
    const [left, right] = this.#ticked;
    if (!left || !right || this.#writer) return;
    const writer = this.#parts.newWriter();
    this.#writer = writer;
    const isWanted = () => this.#writer === writer;
    try {
      const prompts = await this.#parts.prompts();
      let texts: readonly ComparedSample[] = prompts.map(({ shown }) => ({ prompt: shown }));
      for (const [side, adapter] of Object.entries({ base: undefined, left, right })) {
        if (!isWanted()) return;
        this.#samples = { isWriting: true, texts };
        this.#parts.onChange();
        const written = await writer.write(prompts, adapter);
        texts = texts.map((text, i) => ({ ...text, [side]: written[i]! }));
      }
      if (isWanted()) this.#samples = { isWriting: false, texts };
    } catch (error) {
      if (!isWanted()) return; // nobody waits for it any more: its process was ended
      this.#samples = undefined;
      throw error;
    } finally {
      if (isWanted()) this.#writer = undefined;
      await writer.dispose();
      this.#parts.onChange();
    }
  }

  dispose(): void {
    this.#forgetSamples();
  }

  #forgetSamples(): void {
    this.#samples = undefined;
    void this.#writer?.dispose();
    this.#writer = undefined;
  }
}

const promptCount = 4;
const maxCharacters = 50_000;

interface ComparedPromptsParts {
  /** reads texts, and ends with that */
  readonly reader: TrainingClient;
  readonly productFolder: string;
  readonly log: vscode.LogOutputChannel;
}

/**
 * What adapters are compared on: places of the workspace's own texts that fine-tuning keeps apart; where there is too
 * little text, or no workspace that is trusted, of texts that come with Inkling.
 */
export async function comparedPrompts(
  modelFolder: string,
  { reader, productFolder, log }: ComparedPromptsParts,
): Promise<readonly SamplePrompt[]> {
  try {
    const own = await ownTexts(modelFolder, { reader, log });
    return samplePrompts(own ?? (await readUnrelatedTexts(productFolder)), promptCount);
  } finally {
    await reader.dispose();
  }
}

async function ownTexts(
  modelFolder: string,
  { reader, log }: Omit<ComparedPromptsParts, 'productFolder'>,
): Promise<string[] | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!vscode.workspace.isTrusted || folders.length === 0) return undefined;
  try {
    const paths = folders.map(({ uri }) => uri.fsPath);
    const heldOut = await reader.heldOut({ modelFolder, paths, corpus: corpusSettings(), maxCharacters });
    const texts = heldOut?.texts.map(({ text }) => text) ?? [];
    return texts.length > 0 ? texts : undefined;
  } catch (error) {
    log.info(`comparing adapters: on texts of Inkling's own, because: ${toInklingError(error).message}`);
    return undefined;
  }
}
