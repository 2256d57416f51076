import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { compareOnTexts } from '../../client/heldOutProof.ts';
import { bundledModelName, findModelFolder, modelFolders } from '../../client/modelFolders.ts';
import { StoreClient } from '../../client/storeClient.ts';
import { TrainingClient } from '../../client/trainingClient.ts';
import type { AdapterReport } from '../../protocol/adapters.ts';
import type { DoneEvent, HeldOutTexts, TrainingEvent, TrainingOutcome, TrainRequest } from '../../protocol/training.ts';
import { withEngine } from '../engine.ts';
import { type Invocation, whileRunning } from '../invocation.ts';
import { addModelOptions, type ModelOptions, refuse } from '../options.ts';
import { print, printJson, tell } from '../output.ts';
import {
  addCorpusOptions,
  addTrainingOptions,
  givenCorpusOptions,
  givenTrainingOptions,
  type TrainingCliOptions,
} from '../trainingCliOptions.ts';
import { UsageError } from '../usageError.ts';

interface FinetuneOptions extends Omit<ModelOptions, 'threads'>, TrainingCliOptions {
  readonly threads: number;
  readonly out: string;
  readonly name?: string;
  readonly resume?: true;
  readonly jsonl?: true;
}

/** How much of the held-out texts the comparison at the end reads: some 12,000 tokens of English. */
const comparedCharacters = 50_000;

export function addFinetuneCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('finetune')
    .description('learn from the texts of a folder; what is learnt is an adapter in PEFT’s layout')
    .argument('<folder...>', 'folders or files')
    .requiredOption('--out <folder>', 'receives the adapter')
    .option('--name <name>', "by which people know the adapter; default: the folder's")
    .option('--resume', 'go on from the checkpoint of an interrupted run')
    .option('--jsonl', 'one JSON document per line for everything that happens');
  addTrainingOptions(addCorpusOptions(addModelOptions(command, bundledModelName)));
  command.action((folders: string[], options: FinetuneOptions) => finetune(invocation, folders, options));
}

async function finetune(invocation: Invocation, folders: readonly string[], options: FinetuneOptions): Promise<void> {
  refuse('finetune --adapter', options.adapter);
  if (options.json && options.jsonl) throw new UsageError('--json and --jsonl exclude each other');
  if (options.device !== 'auto' && options.device !== 'cpu') throw new UsageError('finetune runs on the CPU only');
  const request = trainRequestOf(invocation, folders, options);
  const { heldOut, outcome } = await train(invocation, request, options);
  if (outcome.kind === 'discarded') return;
  const report = await prove(invocation, { outcome, heldOut }, options);
  if (options.jsonl) {
    if (report) printJson({ event: 'report', ...report });
    printJson(outcome.done);
  } else if (options.json) printJson({ ...outcome.done, report: report ?? null });
  else printResult(outcome.done, report);
}

function trainRequestOf(invocation: Invocation, folders: readonly string[], options: FinetuneOptions): TrainRequest {
  const outputFolder = resolve(options.out);
  return {
    modelFolder: findModelFolder(options.model, modelFolders(invocation.distFolder)),
    paths: folders.map((folder) => resolve(folder)),
    corpus: givenCorpusOptions(options),
    outputFolder,
    name: options.name ?? basename(outputFolder),
    options: givenTrainingOptions(options),
    resume: options.resume === true,
  };
}

function train(
  invocation: Invocation,
  request: TrainRequest,
  options: FinetuneOptions,
): Promise<{ heldOut: HeldOutTexts | null; outcome: TrainingOutcome }> {
  const client = new TrainingClient({
    modulePath: join(invocation.distFolder, 'training.js'),
    log: (line) => {
      if (options.verbose) process.stderr.write(`${line}\n`);
    },
  });
  client.onEvent((event) => {
    if (options.jsonl && event.event !== 'done') printJson(event);
    else if (!options.jsonl && !options.json) showEvent(event);
  });
  return whileRunning(invocation, client, async () => {
    const { modelFolder, paths, corpus } = request;
    const heldOut = await client.heldOut({ modelFolder, paths, corpus, maxCharacters: comparedCharacters });
    return { heldOut, outcome: await client.train(request) };
  });
}

/** Before and after on the texts that were kept apart; the report is put beside the adapter. */
async function prove(
  invocation: Invocation,
  { outcome, heldOut }: { outcome: TrainingOutcome & { kind: 'trained' }; heldOut: HeldOutTexts | null },
  options: FinetuneOptions,
): Promise<AdapterReport | undefined> {
  if (!heldOut || heldOut.texts.length === 0) return undefined;
  const { split } = heldOut;
  const texts = heldOut.texts.map(({ text }) => text);
  const adapter = { folder: outcome.done.adapter, strength: 1 };
  const proof = await withEngine(invocation, options, async (client, { name }, load) => ({
    model: name,
    heldOut: await compareOnTexts(client, { load, adapter, texts }),
  }));
  if (!proof.heldOut) return undefined;
  const createdAt = new Date().toISOString();
  const report = { createdAt, model: proof.model, split, texts: texts.length, heldOut: proof.heldOut };
  const modulePath = join(invocation.distFolder, 'store.js');
  await whileRunning(invocation, new StoreClient({ modulePath, log: () => undefined }), (store) =>
    store.saveReport(adapter.folder, report),
  );
  return report;
}

function showEvent(event: TrainingEvent): void {
  switch (event.event) {
    case 'corpus': {
      const { train, validation, test } = event.splits;
      const leftOut = Object.values(event.excludedCounts).reduce((sum, count) => sum + count, 0);
      print(`${event.files.length} files, ${leftOut} left out; tokens to learn from: ${train.tokens}`);
      print(`kept apart: ${validation.tokens} tokens to know when to stop, ${test.tokens} for the comparison`);
      return;
    }
    case 'plan':
      print(
        `${event.totalSteps} steps of ${event.sequenceLength} tokens, about ${duration(event.estimatedSeconds)}, ${event.residentMb} MB`,
      );
      for (const note of event.notes) tell(note);
      return;
    case 'step':
      if (event.step % 10 === 0 || event.step === event.totalSteps) {
        const speed = `${event.tokensPerSecond.toFixed(0)} tokens/s`;
        print(
          `step ${event.step}/${event.totalSteps}  loss ${event.loss.toFixed(3)}  ${speed}  ${duration(event.etaSeconds)} left`,
        );
      }
      return;
    case 'evaluation':
      print(`step ${event.step}: perplexity of the texts kept apart ${event.validationPerplexity.toFixed(2)}`);
      return;
    case 'rollback':
      tell(`step ${event.step}: the loss was no number; back to the last checkpoint, with a lower learning rate`);
      return;
    case 'checkpoint':
    case 'done':
  }
}

function printResult(done: DoneEvent, report: AdapterReport | undefined): void {
  const why = { completed: '', earlyStopping: ', it got no better', timeBudget: ', time is up', stopped: ', stopped' };
  print(`${done.step} steps in ${duration(done.seconds)}${why[done.reason]}: ${done.adapter}`);
  if (!report) {
    tell('there were no texts to compare on: whether the adapter helps is not known');
    return;
  }
  const { base, adapted, tokens, isBetter } = report.heldOut;
  print(`perplexity of ${tokens} held-out tokens: ${base.perplexity.toFixed(2)} → ${adapted.perplexity.toFixed(2)}`);
  if (!isBetter) tell('the adapter does not help on texts that it has not seen: more text, or other options, may');
}

const duration = (seconds: number) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(seconds < 600 ? 1 : 0)} min`;
