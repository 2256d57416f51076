import type { Command } from 'commander';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { bundledModelName } from '../../client/modelFolders.ts';
import { InklingError } from '../../protocol/errors.ts';
import { type GenerationOptions, resolveGenerationOptions } from '../../protocol/generationOptions.ts';
import type { LoadedModel, TextGenerator } from '../../protocol/inference.ts';
import { resolveCompletionSettings } from '../../writing/completion/completionSettings.ts';
import {
  type Caret,
  type CaretCompleter,
  type Completion,
  rawCompleter,
  useWorkspaceWords,
  writersCompleter,
} from '../completion.ts';
import { languageOf, readStdin, readText, stdinLines } from '../input.ts';
import { type Invocation, withEngine } from '../invocation.ts';
import {
  addModelOptions,
  addSamplingOptions,
  givenSamplingOptions,
  type ModelOptions,
  UsageError,
} from '../options.ts';
import { print, printJson, tell } from '../output.ts';

interface CompleteOptions extends ModelOptions, Partial<GenerationOptions> {
  readonly language?: string;
  readonly path?: string;
  readonly prefixFile?: string;
  readonly suffixFile?: string;
  readonly workspace?: string;
  readonly raw?: true;
  readonly batch?: true;
  readonly reset?: true;
}

export function addCompleteCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('complete')
    .description('what a writer would be shown after the text on stdin')
    .option('--language <id>', "the editor's language id; default: by the name of the file, else markdown")
    .option('--path <path>', 'the name of the document')
    .option('--prefix-file <file>', 'read the text before the caret from a file')
    .option('--suffix-file <file>', 'read the text after the caret from a file')
    .option(
      '--workspace <folder>',
      "learn the writer's own words from a folder; without the file at hand, except in a batch",
    )
    .option('--raw', "the model's plain continuation: no gate, no post-processing")
    .option('--batch', 'many carets: JSON lines {id, prefix, suffix, languageId, path} on stdin, one answer line each')
    .option('--reset', 'with --batch: forget cache and history between lines');
  addSamplingOptions(addModelOptions(command, bundledModelName));
  command.action(async (options: CompleteOptions) => {
    checkCombination(options);
    if (options.batch) return completeBatch(invocation, options);
    return completeOnce(invocation, options);
  });
}

function checkCombination(options: CompleteOptions): void {
  if (options.reset && !options.batch) throw new UsageError('--reset needs --batch');
  const ofOneCaret = ['language', 'path', 'prefixFile', 'suffixFile'] as const;
  if (options.batch && ofOneCaret.some((name) => options[name] !== undefined)) {
    throw new UsageError('--batch takes language, path, prefix and suffix from its lines, not from options');
  }
  if (options.raw && options.workspace !== undefined) throw new UsageError('--workspace has no effect with --raw');
  if (options.raw && options.suffixFile) throw new UsageError('--suffix-file has no effect with --raw');
  const given = resolveGenerationOptions(givenSamplingOptions(options));
  const { maxNewTokens } = options;
  if (!options.raw && maxNewTokens !== undefined) resolveCompletionSettings({ maxNewTokens, sampling: given });
}

const rawContextTokens = 8192; // all that the model takes: a reference implementation cuts nothing off

function engineOptions(options: CompleteOptions) {
  return options.raw ? { ...options, maxContextTokens: rawContextTokens } : options;
}

function completerFor(client: InferenceClient, model: LoadedModel, options: CompleteOptions): CaretCompleter {
  const generator: TextGenerator = options.reset
    ? { generate: (request, token, onPartial) => client.generate({ ...request, freshCache: true }, token, onPartial) }
    : client;
  const given = givenSamplingOptions(options);
  return options.raw ? rawCompleter(generator, model, given) : writersCompleter(generator, model, given);
}

async function completeOnce(invocation: Invocation, options: CompleteOptions): Promise<void> {
  const path = options.path ?? options.prefixFile ?? '';
  const caret: Caret = {
    prefix: options.prefixFile ? await readText(options.prefixFile) : await readStdin(),
    suffix: options.suffixFile ? await readText(options.suffixFile) : '',
    languageId: options.language ?? languageOf(path),
    path,
  };
  const completion = await withEngine(invocation, engineOptions(options), async (client, model) => {
    const without = path === '' ? [] : [path];
    await useWorkspaceWords(invocation, client, { folder: options.workspace, without, model });
    return completerFor(client, model, options)(caret);
  });
  if (completion.kind === 'failed') throw new InklingError('internal', completion.reason!);
  if (options.json) return printJson(completion);
  if (completion.kind !== 'text') return tell(`nothing is shown: ${completion.reason}`);
  for (const { text } of completion.alternatives ?? [completion]) print(text!);
}

/** One answer line for each line, in order; a line that cannot be answered gets an answer that says why. */
async function completeBatch(invocation: Invocation, options: CompleteOptions): Promise<void> {
  let lines = 0;
  let failures = 0;
  await withEngine(invocation, engineOptions(options), async (generator, model) => {
    await useWorkspaceWords(invocation, generator, { folder: options.workspace, without: [], model });
    let complete = completerFor(generator, model, options);
    for await (const line of stdinLines()) {
      if (line.trim() === '') continue;
      if (options.reset) complete = completerFor(generator, model, options);
      const answer = await answerLine(line, complete);
      printJson(answer);
      lines++;
      if (answer.kind === 'failed') failures++;
    }
  });
  if (failures > 0) throw new InklingError('internal', `${failures} of ${lines} lines could not be answered`);
}

async function answerLine(
  line: string,
  complete: CaretCompleter,
): Promise<{ id: unknown } & (Completion | { kind: 'failed'; reason: string })> {
  let given: { id?: unknown; prefix?: unknown; suffix?: unknown; languageId?: unknown; path?: unknown };
  try {
    given = Object(JSON.parse(line));
  } catch {
    return { id: null, kind: 'failed', reason: 'the line is not JSON' };
  }
  const { id = null, prefix } = given;
  const suffix = given.suffix ?? '';
  const path = given.path ?? '';
  const languageId = given.languageId ?? languageOf(String(path));
  if ([prefix, suffix, path, languageId].every((value) => typeof value === 'string')) {
    return { id, ...(await complete({ prefix, suffix, path, languageId } as Caret)) };
  }
  return { id, kind: 'failed', reason: 'prefix, suffix, path and languageId must be strings' };
}
