import type { Command } from 'commander';
import { CancellationToken } from 'vscode-jsonrpc';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { bundledModelName } from '../../client/modelFolders.ts';
import { defaultGenerationOptions } from '../../protocol/generationOptions.ts';
import type { MemoryReport, Usage } from '../../protocol/inference.ts';
import { type Invocation, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption } from '../options.ts';
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

/** One run, and of what. */
interface MeasuredRun {
  readonly model: string;
  readonly device: string;
  readonly figures: Run;
}

export function addBenchCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('bench')
    .description('load, prefill, decode, first suggestion and memory on this machine, each run in a new process')
    .addOption(numberOption('--runs <number>', 'how often', { minimum: 1, maximum: 100, integer: true }).default(5))
    .option(
      '--against <model>',
      'a second model (name or folder), without the adapter, measured in turn with the first one',
    );
  addModelOptions(command, bundledModelName).action((options: BenchOptions) => bench(invocation, options));
}

async function bench(invocation: Invocation, options: BenchOptions): Promise<void> {
  const { adapter: _, ...withoutAdapter } = options; // it belongs to the first model
  const runs: MeasuredRun[] = [];
  const others: MeasuredRun[] = [];
  for (let run = 0; run < options.runs; run++) {
    runs.push(await measuredRun(invocation, options));
    const { against: model } = options;
    if (model !== undefined) others.push(await measuredRun(invocation, { ...withoutAdapter, model }));
  }
  const compared = others.length === 0 ? [runs] : [runs, others];
  const ratios = others.map(({ figures }, i) => ratioOf(runs[i]!.figures, figures));
  if (options.json) {
    const [document, against] = compared.map((each) => documentOf(each, options.threads));
    return printJson({ ...document, ...(against && { against, ratios: figuresOf(ratios) }) });
  }
  for (const each of compared) printRuns(each);
  if (ratios.length === 0) return;
  print(`${runs[0]!.model} / ${others[0]!.model}`);
  print(tableOf(figuresOf(ratios), 2));
}

async function measuredRun(invocation: Invocation, options: ModelOptions): Promise<MeasuredRun> {
  const startedAt = performance.now();
  return withEngine(invocation, options, async (client, { name, device, loadMs }) => {
    const startMs = performance.now() - startedAt;
    return { model: name, device, figures: { startMs, loadMs, ...(await measure(client, startedAt)) } };
  });
}

/** @param runs of one model */
function documentOf(runs: readonly MeasuredRun[], threads: number) {
  const { model, device } = runs[0]!;
  return { model, device, threads, runs: runs.length, ...figuresOf(runs.map(({ figures }) => figures)) };
}

function printRuns(runs: readonly MeasuredRun[]): void {
  const { model, device } = runs[0]!;
  print(`${model} on ${device}, ${runs.length} runs`);
  print(tableOf(figuresOf(runs.map(({ figures }) => figures)), 1));
}

const figureNames = (run: Run) => Object.keys(run) as (keyof Run)[];

const figuresOf = (runs: readonly Run[]): Record<keyof Run, Spread> =>
  Object.fromEntries(figureNames(runs[0]!).map((name) => [name, spreadOf(runs.map((run) => run[name]))])) as Record<
    keyof Run,
    Spread
  >;

/** Figure by figure. */
const ratioOf = (run: Run, other: Run): Run =>
  Object.fromEntries(figureNames(run).map((name) => [name, run[name] / other[name]])) as unknown as Run;

const tableOf = (figures: Record<keyof Run, Spread>, digits: number): string =>
  table([
    ['', 'median', 'minimum', 'maximum'],
    ...Object.entries(figures).map(([name, { median, minimum, maximum }]) => [
      name,
      ...[median, minimum, maximum].map((value) => value.toFixed(digits)),
    ]),
  ]);

async function measure(client: InferenceClient, startedAt: number): Promise<Omit<Run, 'startMs' | 'loadMs'>> {
  await generate(client, await contextOf(client, 1), suggestionTokens);
  const firstSuggestionMs = performance.now() - startedAt;
  const typed = await contextOf(client, 2);
  const fresh = await generate(client, typed, suggestionTokens, true);
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
  freshCache = false,
): Promise<{ ms: number; usage: Usage }> {
  const startedAt = performance.now();
  const outcome = await client.generate(
    {
      slot: 'completion',
      prompt: { kind: 'continue', text, heal: true },
      options: { ...defaultGenerationOptions, maxNewTokens },
      ignoreEndOfText: true,
      freshCache,
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

/** Prose of some 600 tokens to measure with; what it says does not matter, that it is ordinary English does. */
const benchText = `# Keeping a garden notebook

The first thing that a garden teaches is that memory is a poor record. In April it seems impossible to forget where the
tulips stand and which bed flooded in the autumn rain; by the following March, every one of these facts has gone, and the
spade finds the bulbs before the gardener does. A notebook costs little and repairs this. It need not be handsome, and it
need not be kept every day. It only has to be within reach of the back door, with a pencil that works in the damp.

## What to write down

Dates come first. The day of the last frost, the day when the cherry opened, and the day when the beans went in are worth
more than any description, because they can be compared from one year to the next. After five years the list begins to
speak: the frost that everybody remembers as unusually late turns out to have been an ordinary one, and the warm week at
the end of February, which tempted us to sow too early, comes back again and again.

Failures come second. Nobody likes to write that the carrots were eaten, that the new rose sulked in the shade of the
wall, or that half of the seed trays dried out during a long weekend away. Yet these are the entries that save the most
work, for a failure that has been written down with its probable cause is seldom repeated. A success, on the other hand,
is often an accident of the weather, and it is wise to note it with some modesty.

- the names of varieties, spelled as on the packet
- where each of them was planted, counted in steps from the gate
- who gave a cutting, and when it took root
- how much was harvested, in baskets rather than in kilograms

## How to read it again

A notebook is only useful when it is opened. On a wet evening in January, with the catalogues on the table, it takes an
hour to go through the past year and to copy the few lines that matter onto one page: what to buy, what to move, what to
leave alone. That page is pinned to the shed door. It will be faded by August, and by then most of it will have been done
or will no longer matter, which is the best that can be said of any plan.

Over the years the notebooks become something else as well. Between the frosts and the sowings there are other things,
written in passing: a visit, an illness, the morning when the old pear tree came down. They were never meant as a diary,
and perhaps for this reason they are a truthful one.
`;
