import { constants } from 'node:os';
import { CancellationToken } from 'vscode-jsonrpc';
import { lowerPriority } from '../../client/childProcess.ts';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { adapterStrength } from '../../protocol/engineOptions.ts';
import { defaultGenerationOptions } from '../../protocol/generationOptions.ts';
import type { LoadRequest } from '../../protocol/inference.ts';
import { withoutLastWord } from '../../writing/completion/segment.ts';
import { serialQueue } from '../serialQueue.ts';

const newTokens = 40;
/** What a person reads to judge how a text goes on. */
const shownCharacters = 240;
/** What the model reads of a text. */
const promptCharacters = 1200;

/** Nobody waits for it with the hands on the keys. */
const priority = constants.priority.PRIORITY_LOW;

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
  /** of the model, without an adapter */
  readonly load: LoadRequest;
  readonly #client: InferenceClient;
  /** the client has one model or adapter at a time */
  readonly #inTurn = serialQueue();

  /**
   * @param client of a process for this alone; it ends with the writer
   * @param load of the model, without an adapter
   */
  constructor(client: InferenceClient, load: LoadRequest) {
    this.#client = client;
    this.#client.onStateChange(() => lowerPriority(this.#client.processId, priority));
    this.load = { ...load, idleUnloadMs: 5000 };
  }

  /**
   * What the model would write.
   * @param adapter folder; undefined: the model as it was
   * @throws InklingError when the model or the adapter cannot be loaded
   */
  write(prompts: readonly SamplePrompt[], adapter: string | undefined): Promise<string[]> {
    return this.lend(async (client) => {
      client.use(
        adapter ? { ...this.load, adapter: { folder: adapter, strength: adapterStrength.default } } : this.load,
      );
      const texts: string[] = [];
      for (const { text } of prompts) texts.push(await continuation(client, text));
      return texts;
    });
  }

  /** Lends the process for as long as the work lasts; others wait for it. */
  lend = <T>(work: (client: InferenceClient) => Promise<T>): Promise<T> => this.#inTurn(() => work(this.#client));

  dispose(): Promise<void> {
    return this.#client.dispose();
  }
}

async function continuation(client: InferenceClient, text: string): Promise<string> {
  const request = {
    slot: 'action',
    prompt: { kind: 'continue', text, heal: false },
    options: { ...defaultGenerationOptions, maxNewTokens: newTokens, repetitionPenalty: 1.1 },
    ignoreEndOfText: true,
  } as const;
  const outcome = await client.generate(request, CancellationToken.None);
  if (outcome.kind === 'failed') throw outcome.error;
  return outcome.kind === 'text' ? outcome.sequences[0]!.text.replace(/^ +/u, '').trimEnd() : '';
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
