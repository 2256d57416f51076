import { basename } from 'node:path';
import { CancellationToken } from 'vscode-jsonrpc';
import { type GenerationOptions, resolveGenerationOptions } from '../protocol/generationOptions.ts';
import type { LoadedModel, TextGenerator } from '../protocol/inference.ts';
import { Completer } from '../writing/completion/completer.ts';
import { defaultCompletionSettings, resolveCompletionSettings } from '../writing/completion/completionSettings.ts';
import { type Caret, type Completion, completionOfGeneration, completionOfOutcome } from './completion.ts';

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

/** What a writer is shown, with the editor's default settings and the sampling options that were given. */
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
    const caret = { documentId: path, fileName: basename(path), languageId, prefix, suffix };
    const outcome = await completer.complete({ ...caret, trigger: 'automatic' }, settings, CancellationToken.None);
    return completionOfOutcome(outcome, model);
  };
}
