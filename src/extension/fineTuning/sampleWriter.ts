import { CancellationToken } from 'vscode-jsonrpc';
import { compareOnTexts } from '../../client/heldOutProof.ts';
import { InferenceClient, type InferenceClientOptions } from '../../client/inferenceClient.ts';
import type { HeldOutComparison } from '../../protocol/adapters.ts';
import { defaultGenerationOptions } from '../../protocol/generationOptions.ts';
import type { LoadRequest } from '../../protocol/inference.ts';

const newTokens = 40;
/** What a person reads to judge how a text goes on. */
const shownCharacters = 240;
/** What the model reads of a text. */
const promptCharacters = 1200;

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

  /** @param load of the model, without an adapter */
  constructor(load: LoadRequest, options: InferenceClientOptions) {
    this.#client = new InferenceClient(options);
    this.#load = { ...load, idleUnloadMs: 5000 };
  }

  /**
   * What the model would write.
   * @param adapter folder; undefined: the model as it was
   * @throws InklingError when the model or the adapter cannot be loaded
   */
  async write(prompts: readonly SamplePrompt[], adapter: string | undefined): Promise<string[]> {
    this.#client.use(adapter ? { ...this.#load, adapter: { folder: adapter, strength: 1 } } : this.#load);
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
      texts.push(outcome.kind === 'text' ? outcome.sequences[0]!.text.trimEnd() : '');
    }
    return texts;
  }

  /** undefined when the texts are too short to compare on */
  compare(
    texts: readonly string[],
    adapter: string,
    onProgress: (fraction: number) => void,
  ): Promise<HeldOutComparison | undefined> {
    const of = { load: this.#load, adapter: { folder: adapter, strength: 1 }, texts };
    return compareOnTexts(this.#client, of, onProgress);
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
  const before = found.slice(0, Math.floor(rest)).replace(/\s*\S*$/u, '');
  if (!/\p{L}/u.test(before)) return undefined;
  const text = before.slice(-promptCharacters).replace(/^[\uDC00-\uDFFF]/, '');
  return { text, shown: text.slice(-shownCharacters).replace(/^[\uDC00-\uDFFF]|^\S*\s/u, '') };
}
