import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CancellationToken } from 'vscode-jsonrpc';
import type { InferenceClient } from '../client/inferenceClient.ts';
import { ownWordsCorpus } from '../protocol/corpus.ts';
import type { InklingError } from '../protocol/errors.ts';
import { type GenerationOptions, resolveGenerationOptions } from '../protocol/generationOptions.ts';
import type { GenerateOutcome, LoadedModel, TextGenerator, Usage } from '../protocol/inference.ts';
import { isForeign } from '../text/documentLanguage.ts';
import { Completer } from '../writing/completion/completer.ts';
import type { CompletionOutcome } from '../writing/completion/completionRequest.ts';
import { defaultCompletionSettings, resolveCompletionSettings } from '../writing/completion/completionSettings.ts';
import { type Invocation, whileRunning } from './invocation.ts';

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
function completionOfGeneration(outcome: GenerateOutcome, model: LoadedModel): Completion {
  const usage = outcome.kind === 'failed' ? undefined : outcome.usage;
  return {
    ...withoutText(outcome, model, usage),
    ...(outcome.kind === 'text' ? withTexts(outcome.sequences) : {}),
  };
}

/** What a writer would be shown. */
function completionOfOutcome(outcome: CompletionOutcome, model: LoadedModel): Completion {
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

/** Answers one caret after the other. */
export type CaretCompleter = (caret: Caret) => Promise<Completion>;

/** The model's plain continuation: the whole prefix as prompt, end-of-text allowed, nothing added or taken away. */
export function rawCompleter(
  generator: TextGenerator,
  model: LoadedModel,
  given: Partial<GenerationOptions>,
): CaretCompleter {
  const options = resolveGenerationOptions(given);
  return async ({ prefix }) => {
    const outcome = await generator.generate(
      {
        slot: 'completion',
        prompt: { kind: 'continue', text: prefix, heal: false },
        options,
        ignoreEndOfText: false,
      },
      CancellationToken.None,
    );
    return completionOfGeneration(outcome, model);
  };
}

/**
 * What a writer is shown, with the editor's default settings and the sampling options that were given, and once the editor
 * knows the text's language.
 */
export function writersCompleter(
  generator: TextGenerator,
  model: LoadedModel,
  given: Partial<GenerationOptions>,
): CaretCompleter {
  const { maxNewTokens = defaultCompletionSettings.maxNewTokens, ...sampling } = given;
  const settings = resolveCompletionSettings({
    maxNewTokens,
    sampling: { ...defaultCompletionSettings.sampling, ...sampling },
  });
  const completer = new Completer(generator, performance);
  return async ({ prefix, suffix, languageId, path }) => {
    const request = {
      documentId: path,
      fileName: basename(path),
      languageId,
      prefix,
      suffix,
      trigger: 'automatic',
      isForeign: await isForeign({ text: prefix + suffix, languageId }, model.languages),
    } as const;
    const outcome = await completer.complete(request, settings, CancellationToken.None);
    return completionOfOutcome(outcome, model);
  };
}

export interface WorkspaceWords {
  readonly files: number;
  /** that were counted */
  readonly tokens: number;
}

export interface WorkspaceToRead {
  /** undefined: nothing is read */
  readonly folder: string | undefined;
  /** files that are left out, wherever they lie: those whose text is to be guessed */
  readonly without: readonly string[];
  /** the model that is in use */
  readonly model: LoadedModel;
}

/**
 * Has the client prefer the words of a folder's prose.
 * @throws InklingError `fileAccess` when there is no such folder
 */
export async function useWorkspaceWords(
  invocation: Invocation,
  client: InferenceClient,
  { folder, without, model: { modelFolder } }: WorkspaceToRead,
): Promise<WorkspaceWords | undefined> {
  if (folder === undefined) return undefined;
  const found = await whileRunning(invocation, invocation.processes.training(), (training) =>
    training.prose({ paths: [folder], modelFolder, corpus: ownWordsCorpus }),
  );
  const [root, ...leftOut] = await Promise.all([folder, ...without].map((path) => realpath(path).catch(() => path)));
  const texts = (found?.texts ?? []).filter(
    ({ path }) => !leftOut.includes(join(root!, path)) && !leftOut.includes(root!),
  );
  const named = texts.map(({ path, tokens }) => ({ name: join(root!, path), tokens }));
  const { tokens } = await client.useOwnWords({ modelFolder, texts: named, replaces: 'all' });
  return { files: texts.length, tokens };
}
