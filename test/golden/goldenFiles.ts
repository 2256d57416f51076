import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The files that scripts/make_golden.py and scripts/make_tiny_llama.py wrote; README.md describes their fields. */
export interface TokenGolden {
  readonly cases: readonly { readonly text: string; readonly ids: readonly number[] }[];
}

export interface LogitsGolden {
  readonly text: string;
  readonly ids: readonly number[];
  /** sum over all tokens but the first */
  readonly logprob: number;
  readonly logprobs: readonly (number | null)[];
  readonly argmax: readonly number[];
  /** token ids whose logits are kept at every position of `positions` */
  readonly columns: readonly number[];
  readonly positions: readonly {
    readonly position: number;
    readonly topIds: readonly number[];
    readonly topLogits: readonly number[];
    readonly columnLogits: readonly number[];
    readonly logSumExp: number;
  }[];
}

export interface GreedyGolden {
  readonly newTokens: number;
  readonly continuations: readonly ({ readonly prompt: string } & GreedyText)[];
  readonly chats: readonly ({ readonly messages: readonly ChatMessage[] } & GreedyText)[];
}

interface GreedyText {
  readonly promptIds: readonly number[];
  readonly ids: readonly number[];
  readonly logprobs: readonly number[];
  readonly text: string;
}

interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface TinyLlamaGolden {
  readonly ids: readonly number[];
  /** (tokens, vocabulary) */
  readonly logits: readonly (readonly number[])[];
}

export const readGolden = <T>(name: string): T => JSON.parse(readGoldenText(name)) as T;
const readGoldenText = (name: string): string => readFileSync(goldenPath(name), 'utf8');
export const goldenPath = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A file of dist/, which `npm run build` makes. */
export function builtPath(name: string): string {
  const path = fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is missing: run npm run build first`);
  return path;
}

export const bundledModel = (): string => builtPath('models/smollm2-135m-instruct');
