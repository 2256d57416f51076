import type { Command } from 'commander';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { bundledModelName } from '../../client/modelFolders.ts';
import type { LoadedModel, ScoreRequest } from '../../protocol/inference.ts';
import { readStdin, readText } from '../input.ts';
import { type Invocation, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption, UsageError } from '../options.ts';
import { print, printJson, table } from '../output.ts';

export function addTokenizeCommand(program: Command, invocation: Invocation): void {
  const command = program.command('tokenize').description('the token ids of the text on stdin');
  addModelOptions(command, bundledModelName).action(async (options: ModelOptions) => {
    const text = await readStdin();
    const { tokens } = await withEngine(invocation, options, (client) => client.tokenize(text));
    if (options.json) printJson({ tokens });
    else print(tokens.join(' '));
  });
}

export function addDetokenizeCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('detokenize')
    .description('the text of the token ids on stdin, apart by blanks or commas');
  addModelOptions(command, bundledModelName).action(async (options: ModelOptions) => {
    const tokens = tokenIds(await readStdin());
    const { text } = await withEngine(invocation, options, (client) => client.detokenize(tokens));
    if (options.json) printJson({ text });
    else print(text);
  });
}

/** Reads `1 2 3`, `[1, 2, 3]` and what `tokenize --json` prints. */
function tokenIds(input: string): number[] {
  const words = input
    .replace(/^\s*\{\s*"tokens"\s*:/, '')
    .split(/[\s,[\]{}]+/)
    .filter((word) => word !== '');
  const wrong = words.find((word) => !/^\d{1,9}$/.test(word));
  if (wrong !== undefined) throw new UsageError(`detokenize reads token ids, which are whole numbers, not “${wrong}”`);
  return words.map(Number);
}

interface ScoreOptions extends ModelOptions {
  readonly file?: readonly string[];
  readonly window?: number;
  readonly tokens?: true;
}

const windowRange = { minimum: 2, maximum: 1_000_000, integer: true };
const usualWindow = 1024;

export function addScoreCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('score')
    .description('how likely the text of the files, or on stdin, is to the model')
    .option('--file <path...>', 'a text file; may be repeated')
    .addOption(
      numberOption(
        '--window <tokens>',
        `tokens per window; the first of each is not scored; default: ${usualWindow}, or as many as the model reads`,
        windowRange,
      ),
    )
    .option('--tokens', 'add token ids and log-probabilities to the JSON document');
  addModelOptions(command, bundledModelName).action((options: ScoreOptions) => score(invocation, options));
}

async function score(invocation: Invocation, options: ScoreOptions): Promise<void> {
  const texts = options.file
    ? await Promise.all(options.file.map(async (path) => ({ path, text: await readText(path) })))
    : [{ path: '-', text: await readStdin() }];
  const maxContextTokens = Math.max(usualWindow, options.window ?? 0);
  const files = await withEngine(invocation, { ...options, maxContextTokens }, async (client, model) => {
    const windowTokens = windowFor(model, options);
    const scored = [];
    for (const { path, text } of texts) {
      scored.push({ path, ...(await scoreText(client, { text, windowTokens, withTokens: options.tokens === true })) });
    }
    return scored;
  });
  const tokens = files.reduce((sum, file) => sum + file.tokens, 0);
  const logprob = files.reduce((sum, file) => sum + file.logprob, 0);
  const document = { files, tokens, perplexity: perplexityOf(logprob, tokens) };
  if (options.json) return printJson(document);
  const rows = [...files, { path: 'all', ...document }].map((row) => [
    row.path,
    String(row.tokens),
    shown(row.perplexity),
  ]);
  print(table([['file', 'tokens', 'perplexity'], ...(files.length > 1 ? rows : rows.slice(0, 1))]));
}

/** @throws UsageError for a window that the model cannot read at once */
function windowFor(
  { name, contextTokens }: LoadedModel,
  { window = Math.min(usualWindow, contextTokens) }: ScoreOptions,
) {
  if (window <= contextTokens) return window;
  throw new UsageError(`--window must be 2 to ${contextTokens}, which is all that ${name} reads at once`);
}

async function scoreText(client: InferenceClient, request: ScoreRequest) {
  const { tokens, logprob, ids, logprobs } = await client.score(request);
  const perToken = request.withTokens ? { ids, logprobs } : {};
  return { tokens, logprob, perplexity: perplexityOf(logprob, tokens), ...perToken };
}

/** exp of the mean negative log-probability; null when nothing was scored. */
function perplexityOf(logprob: number, tokens: number): number | null {
  return tokens === 0 ? null : Math.exp(-logprob / tokens);
}

const shown = (perplexity: number | null) => (perplexity === null ? '-' : perplexity.toFixed(3));
