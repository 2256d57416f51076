import type { InklingError } from '../protocol/errors.ts';
import type { GenerateOutcome, LoadedModel, Usage } from '../protocol/inference.ts';
import type { CompletionOutcome } from '../writing/completion/completionRequest.ts';

/** A caret, as a line of `complete --batch` or the command's options describe it. */
export interface Caret {
  readonly prefix: string;
  readonly suffix: string;
  readonly languageId: string;
  /** '' when unknown */
  readonly path: string;
}

/** The JSON answer of `inkling complete`; null where a field has no meaning for this answer. */
export interface Completion {
  readonly kind: 'text' | 'none' | 'cancelled' | 'failed';
  readonly text: string | null;
  /** why there is no text */
  readonly reason: string | null;
  readonly promptTokens: number | null;
  readonly reusedTokens: number | null;
  readonly newTokens: number | null;
  readonly loadMs: number;
  readonly prefillMs: number | null;
  readonly decodeMs: number | null;
  readonly firstTokenMs: number | null;
  readonly logprob: number | null;
  readonly model: string;
  readonly device: string;
  /** all sequences, the one in `text` first; only when more than one was asked for */
  readonly alternatives?: readonly { readonly text: string; readonly logprob: number }[];
}

/** What the model continued the text with, as it is. */
export function completionOfGeneration(outcome: GenerateOutcome, model: LoadedModel): Completion {
  const usage = outcome.kind === 'failed' ? undefined : outcome.usage;
  return {
    ...withoutText(outcome, model, usage),
    ...(outcome.kind === 'text' ? withTexts(outcome.sequences) : {}),
  };
}

/** What a writer would be shown. */
export function completionOfOutcome(outcome: CompletionOutcome, model: LoadedModel): Completion {
  return {
    ...withoutText(outcome, model, outcome.usage),
    ...(outcome.kind === 'text' ? withTexts(outcome.suggestions) : {}),
  };
}

type Ending =
  | { kind: 'text' | 'cancelled' }
  | { kind: 'none'; reason: string }
  | { kind: 'failed'; error: InklingError };

function withoutText(ending: Ending, model: LoadedModel, usage: Usage | undefined): Completion {
  const reason = ending.kind === 'failed' ? ending.error.message : ending.kind === 'none' ? ending.reason : null;
  return {
    kind: ending.kind,
    text: null,
    reason,
    promptTokens: usage?.promptTokens ?? null,
    reusedTokens: usage?.reusedTokens ?? null,
    newTokens: usage?.newTokens ?? null,
    loadMs: model.loadMs,
    prefillMs: usage?.prefillMs ?? null,
    decodeMs: usage?.decodeMs ?? null,
    firstTokenMs: usage?.firstTokenMs ?? null,
    logprob: null,
    model: model.name,
    device: model.device,
  };
}

function withTexts(texts: readonly { readonly text: string; readonly logprob: number }[]): Partial<Completion> {
  const alternatives = texts.map(({ text, logprob }) => ({ text, logprob }));
  return { ...alternatives[0], ...(alternatives.length > 1 ? { alternatives } : {}) };
}
