import type { Command } from 'commander';
import { CancellationToken } from 'vscode-jsonrpc';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { bundledModelName } from '../../client/modelFolders.ts';
import { defaultGenerationOptions } from '../../protocol/generationOptions.ts';
import type { MemoryReport, Usage } from '../../protocol/inference.ts';
import { benchText } from '../benchText.ts';
import { withEngine } from '../engine.ts';
import type { Invocation } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption, refuse } from '../options.ts';
import { print, printJson, table } from '../output.ts';

interface BenchOptions extends ModelOptions {
  readonly runs: number;
  readonly against?: string;
}

/** What one process was seen to do, in ms unless the name says otherwise. */
interface Run {
  /** from the fork to the loaded model */
  readonly startMs: number;
  readonly loadMs: number;
  /** from the fork to an 8-token suggestion after 500 tokens of context */
  readonly firstSuggestionMs: number;
  readonly prefillTokensPerSecond: number;
  readonly decodeTokensPerSecond: number;
  readonly decodeStepMs: number;
  /** an 8-token suggestion at a caret whose 500 tokens of context are new */
  readonly freshCaretMs: number;
  /** an 8-token suggestion after one more typed character */
  readonly nextCharacterMs: number;
  readonly residentMb: number;
  readonly peakMb: number;
}

interface Spread {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
}

const contextTokens = 500;
const suggestionTokens = 8;
const decodeTokens = 64;

export function addBenchCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('bench')
    .description('load, prefill, decode, first suggestion and memory on this machine, each run in a new process')
    .addOption(numberOption('--runs <number>', 'how often', { minimum: 1, maximum: 100, integer: true }).default(5))
    .option('--against <engine>', 'another engine, for comparison');
  addModelOptions(command, bundledModelName).action((options: BenchOptions) => bench(invocation, options));
}

async function bench(invocation: Invocation, options: BenchOptions): Promise<void> {
  refuse('bench --against', options.against);
  const runs: Run[] = [];
  const subject = { model: '', device: '', threads: options.threads };
  for (let run = 0; run < options.runs; run++) {
    const startedAt = performance.now();
    await withEngine(invocation, options, async (client, model) => {
      const startMs = performance.now() - startedAt;
      Object.assign(subject, { model: model.name, device: model.device });
      runs.push({ startMs, loadMs: model.loadMs, ...(await measure(client, startedAt)) });
    });
  }
  const figures = Object.keys(runs[0]!).map(
    (name) => [name, spreadOf(runs.map((run) => run[name as keyof Run]))] as const,
  );
  if (options.json) return printJson({ ...subject, runs: runs.length, ...Object.fromEntries(figures) });
  const rows = figures.map(([name, { median, minimum, maximum }]) => [
    name,
    ...[median, minimum, maximum].map((x) => x.toFixed(1)),
  ]);
  print(`${subject.model} on ${subject.device}, ${runs.length} runs`);
  print(table([['', 'median', 'minimum', 'maximum'], ...rows]));
}

async function measure(client: InferenceClient, startedAt: number): Promise<Omit<Run, 'startMs' | 'loadMs'>> {
  await generate(client, await contextOf(client, 1), suggestionTokens);
  const firstSuggestionMs = performance.now() - startedAt;
  const typed = await contextOf(client, 2);
  const fresh = await generate(client, typed, suggestionTokens);
  const next = await generate(client, `${typed}s`, suggestionTokens);
  const long = await generate(client, await contextOf(client, 3), decodeTokens);
  const memory: MemoryReport = await client.memory();
  const { promptTokens, reusedTokens, prefillMs } = fresh.usage;
  const decodeStepMs = long.usage.decodeMs / (long.usage.newTokens - 1); // the first token comes with the prefill
  return {
    firstSuggestionMs,
    prefillTokensPerSecond: (1000 * (promptTokens - reusedTokens)) / prefillMs,
    decodeTokensPerSecond: 1000 / decodeStepMs,
    decodeStepMs,
    freshCaretMs: fresh.ms,
    nextCharacterMs: next.ms,
    residentMb: memory.residentBytes / 1e6,
    peakMb: memory.peakBytes / 1e6,
  };
}

/** A text of `contextTokens` tokens that shares no beginning with the one of another number. */
async function contextOf(client: InferenceClient, part: number): Promise<string> {
  const { tokens } = await client.tokenize(`${part}. ${benchText}`.repeat(2));
  return (await client.detokenize(tokens.slice(0, contextTokens))).text.trimEnd();
}

async function generate(
  client: InferenceClient,
  text: string,
  maxNewTokens: number,
): Promise<{ ms: number; usage: Usage }> {
  const startedAt = performance.now();
  const outcome = await client.generate(
    {
      slot: 'completion',
      prompt: { kind: 'continue', text, heal: true },
      options: { ...defaultGenerationOptions, maxNewTokens },
      ignoreEndOfText: true,
    },
    CancellationToken.None,
  );
  if (outcome.kind === 'failed') throw outcome.error;
  return { ms: performance.now() - startedAt, usage: outcome.usage };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { median, minimum: sorted[0]!, maximum: sorted.at(-1)! };
}
