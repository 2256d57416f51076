import { constants } from 'node:os';
import { CancellationToken } from 'vscode-jsonrpc';
import { proveOnTexts, type TextProof } from '../../client/heldOutProof.ts';
import { InferenceClient, type InferenceClientOptions } from '../../client/inferenceClient.ts';
import { lowerPriority } from '../../client/lowerPriority.ts';
import type { WritingComparison } from '../../protocol/adapters.ts';
import { adapterStrength } from '../../protocol/engineOptions.ts';
import { defaultGenerationOptions } from '../../protocol/generationOptions.ts';
import type { LoadRequest, TextGenerator } from '../../protocol/inference.ts';
import type { HeldOutTexts } from '../../protocol/training.ts';
import { type AdapterSide, compareWriting } from '../../writing/simulator/adapterComparison.ts';
import { withoutLastWord } from '../../writing/withoutLastWord.ts';
import { serialQueue } from '../serialQueue.ts';

const newTokens = 40;
/** What a person reads to judge how a text goes on. */
const shownCharacters = 240;
/** What the model reads of a text. */
const promptCharacters = 1200;

/** Nobody waits for it with the hands on the keys. */
const priority = constants.priority.PRIORITY_LOW;

/** At how many places of the texts the simulated writer types, without and with the adapter. */
const typedCarets = 1000;

/** A place in a text that was kept apart, from where the model goes on. */
export interface SamplePrompt {
  readonly text: string;
  /** its end, for a person */
  readonly shown: string;
}

/**
 * Lets the model write with and without an adapter, in a process of its own: the one that serves the keyboard keeps its
 * model and its cache.
 */
export class SampleWriter {
  readonly #client: InferenceClient;
  readonly #load: LoadRequest;
  readonly #productFolder: string;
  /** the client has one model or adapter at a time */
  readonly #inTurn = serialQueue();

  /** @param load of the model, without an adapter */
  constructor(load: LoadRequest, { productFolder, ...options }: InferenceClientOptions & { productFolder: string }) {
    this.#client = new InferenceClient(options);
    this.#client.onStateChange(() => lowerPriority(this.#client.processId, priority));
    this.#productFolder = productFolder;
    this.#load = { ...load, idleUnloadMs: 5000 };
  }

  /**
   * What the model would write.
   * @param adapter folder; undefined: the model as it was
   * @throws InklingError when the model or the adapter cannot be loaded
   */
  write(prompts: readonly SamplePrompt[], adapter: string | undefined): Promise<string[]> {
    return this.#inTurn(() => this.#write(prompts, adapter));
  }

  async #write(prompts: readonly SamplePrompt[], adapter: string | undefined): Promise<string[]> {
    this.#client.use(
      adapter ? { ...this.#load, adapter: { folder: adapter, strength: adapterStrength.default } } : this.#load,
    );
    const texts: string[] = [];
    for (const { text } of prompts) {
      const outcome = await this.#client.generate(
        {
          slot: 'action',
          prompt: { kind: 'continue', text, heal: false },
          options: { ...defaultGenerationOptions, maxNewTokens: newTokens, repetitionPenalty: 1.1 },
          ignoreEndOfText: true,
        },
        CancellationToken.None,
      );
      if (outcome.kind === 'failed') throw outcome.error;
      texts.push(outcome.kind === 'text' ? outcome.sequences[0]!.text.trimEnd().replace(/^ +/u, '') : '');
    }
    return texts;
  }

  /**
   * Before and after: how likely the texts are, and, for what it may spoil, texts of other people.
   * @param adapter folder
   * @param onProgress 0 … 1
   * @returns undefined when the texts are too short to compare on
   */
  prove(
    texts: readonly string[],
    adapter: string,
    onProgress: (fraction: number) => void,
  ): Promise<TextProof | undefined> {
    const of = { load: this.#load, adapter: { folder: adapter, strength: adapterStrength.default } };
    const unrelatedIn = this.#productFolder;
    return this.#inTurn(() => proveOnTexts(this.#client, { ...of, texts, unrelatedIn }, onProgress));
  }

  /**
   * Has the texts typed without and with the adapter, at some places: minutes of work.
   * @param token ends it at the next suggestion
   * @returns undefined when there is nothing to type, or it was cancelled
   */
  typeBothWays(
    { texts, adapter, seed }: { texts: HeldOutTexts['texts']; adapter: string; seed: number },
    token: CancellationToken,
    onProgress: (fraction: number) => void,
  ): Promise<WritingComparison | undefined> {
    const loaded = { folder: adapter, strength: adapterStrength.default };
    const cancelled = new Error('cancelled');
    const generate: TextGenerator['generate'] = (...call) => {
      if (token.isCancellationRequested) throw cancelled;
      return this.#client.generate(...call);
    };
    const generatorOf = (side: AdapterSide) => {
      this.#client.use(side === 'base' ? this.#load : { ...this.#load, adapter: loaded });
      return { generate };
    };
    return this.#inTurn(async () => {
      try {
        return await compareWriting(generatorOf, texts, { maxCarets: typedCarets, seed, onProgress });
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        throw error;
      }
    });
  }

  dispose(): Promise<void> {
    return this.#client.dispose();
  }
}

/**
 * Places spread over the texts, each after a whole word well inside a paragraph.
 * @param texts in the order in which they are to be used
 */
export function samplePrompts(texts: readonly string[], count: number): SamplePrompt[] {
  const all = texts.map((text) => text.trim()).filter((text) => text.length > 0);
  const total = all.reduce((sum, text) => sum + text.length, 0);
  const prompts: SamplePrompt[] = [];
  for (let i = 0; i < count; i++) {
    const prompt = promptAt(all, ((i + 0.6) / count) * total);
    if (prompt && !prompts.some(({ text }) => text === prompt.text)) prompts.push(prompt);
  }
  return prompts;
}

/** @param place in UTF-16 units, counted over all texts */
function promptAt(texts: readonly string[], place: number): SamplePrompt | undefined {
  let rest = place;
  const found = texts.find((text) => {
    if (rest < text.length) return true;
    rest -= text.length;
    return false;
  });
  if (found === undefined) return undefined;
  const before = withoutLastWord(found.slice(0, Math.floor(rest)));
  if (!/\p{L}/u.test(before)) return undefined;
  const text = before.slice(-promptCharacters).replace(/^[\uDC00-\uDFFF]/, '');
  return { text, shown: text.slice(-shownCharacters).replace(/^[\uDC00-\uDFFF]|^\S*\s/u, '') };
}
