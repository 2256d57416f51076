import { cpSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { type FineTunePlan, fineTune } from '../../client/fineTune.ts';
import { bundledModelName } from '../../client/modelFolders.ts';
import type { TrainingClient } from '../../client/trainingClient.ts';
import { type CorpusOptions, corpusOptionTable, defaultCorpusOptions } from '../../protocol/corpus.ts';
import type { DoneEvent, SurveyRequest, TrainRequest } from '../../protocol/training.ts';
import { type TrainingOptions, trainingOptionTable } from '../../protocol/trainingOptions.ts';
import { compareWriting } from '../../writing/simulator/adapterComparison.ts';
import { EventFile } from '../eventFile.ts';
import {
  type Invocation,
  loadRequestOf,
  logOf,
  modelFolderOf,
  whileRunning,
  withEngine,
  withStore,
} from '../invocation.ts';
import {
  addModelOptions,
  addTableOptions,
  givenOptions,
  type ModelOptions,
  numberOption,
  refuse,
  UsageError,
} from '../options.ts';
import { print, printJson, tell } from '../output.ts';
import { showSurvey, tellerFor } from '../trainingProgress.ts';

interface FinetuneOptions extends Omit<ModelOptions, 'threads'>, TrainingCliOptions {
  readonly threads: number;
  readonly out?: string;
  readonly export?: string;
  readonly dryRun?: true;
  readonly name?: string;
  readonly resume?: true;
  readonly proof: boolean;
  readonly proofCarets?: number;
  readonly tensorboard?: string;
  readonly jsonl?: true;
}

const proofCaretsRange = { minimum: 0, maximum: 1_000_000_000, integer: true };
/** Some two minutes of typing on each side, if the time for the proof is enough for it. */
const defaultProofCarets = 600;
/** An interrupted process ends within two seconds. */
const savingMs = 1500;

export function addFinetuneCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('finetune')
    .description('learn from the texts of a folder; what is learnt is an adapter in PEFT’s layout')
    .argument('<folder...>', 'folders or files')
    .option('--out <folder>', 'receives the adapter')
    .option('--export <folder>', 'train nothing: write all that PyTorch needs to do it elsewhere, your texts included')
    .option('--dry-run', 'train nothing: say which files would be read, and what is left out')
    .option('--name <name>', "by which people know the adapter; default: the folder's")
    .option('--resume', 'go on from the checkpoint of an interrupted run')
    .addOption(
      numberOption(
        '--proof-carets <number>',
        'typed with and without the adapter in the end, however long it takes; default: what a quarter of the training time is enough for',
        proofCaretsRange,
      ),
    )
    .option('--no-proof', 'compare nothing in the end')
    .option('--tensorboard <folder>', 'also write the curves as event files of TensorBoard')
    .option('--jsonl', 'one JSON document per line for everything that happens');
  addTrainingOptions(addCorpusOptions(addModelOptions(command, bundledModelName)));
  command.action((folders: string[], options: FinetuneOptions) => finetune(invocation, folders, options));
}

async function finetune(invocation: Invocation, folders: readonly string[], options: FinetuneOptions): Promise<void> {
  refuse('finetune --adapter', options.adapter);
  if (options.json && options.jsonl) throw new UsageError('--json and --jsonl exclude each other');
  if (options.device !== 'auto' && options.device !== 'cpu') throw new UsageError('finetune runs on the CPU only');
  const given = [options.out, options.export, options.dryRun].filter((value) => value !== undefined);
  if (given.length !== 1) throw new UsageError('give one of --out <folder>, --export <folder> and --dry-run');
  const survey: SurveyRequest = {
    modelFolder: modelFolderOf(invocation, options.model),
    paths: folders.map((folder) => resolve(folder)),
    corpus: givenCorpusOptions(options),
  };
  if (options.dryRun) await showWhatIsRead(invocation, survey, options);
  else if (options.export !== undefined) await exportTo(resolve(options.export), { invocation, survey, options });
  else await learnInto(resolve(options.out!), { invocation, survey, options });
}

interface Parts {
  readonly invocation: Invocation;
  readonly survey: SurveyRequest;
  readonly options: FinetuneOptions;
}

async function showWhatIsRead(invocation: Invocation, survey: SurveyRequest, options: FinetuneOptions): Promise<void> {
  const report = await whileRunning(invocation, trainingClient(invocation, options), (client) => client.survey(survey));
  if (!report) return;
  if (options.json || options.jsonl) printJson({ event: 'corpus', ...report });
  else showSurvey(report);
}

/** The launch script and what it needs beside the data; in the product's folder. */
const launchFiles = ['train.py', 'requirements.txt', 'accelerate.yaml', 'README.md'];

async function exportTo(targetFolder: string, { invocation, survey, options }: Parts): Promise<void> {
  const name = options.name ?? basename(targetFolder);
  const request = { ...survey, targetFolder, name, options: givenTrainingOptions(options) };
  const report = await whileRunning(invocation, trainingClient(invocation, options), (client) =>
    client.exportRun(request),
  );
  if (!report) return;
  const launchFolder = join(invocation.distFolder, '..', 'media', 'pytorch');
  for (const file of launchFiles) cpSync(join(launchFolder, file), join(targetFolder, file));
  if (options.json || options.jsonl) printJson({ folder: targetFolder, splits: report.splits });
  else print(`${targetFolder}: ${report.splits.train.tokens} tokens to learn from; README.md says how to start it`);
}

async function learnInto(outputFolder: string, { invocation, survey, options }: Parts): Promise<void> {
  const request: TrainRequest = {
    ...survey,
    outputFolder,
    name: options.name ?? basename(outputFolder),
    options: givenTrainingOptions(options),
    resume: options.resume === true,
  };
  const teller = tellerFor(options);
  const curves = options.tensorboard === undefined ? undefined : new EventFile(resolve(options.tensorboard));
  const training = trainingClient(invocation, options);
  let checkpointStep: number | undefined;
  training.onEvent((event) => {
    curves?.addTraining(event);
    if (event.event === 'checkpoint') checkpointStep = event.step;
    teller.onEvent(event);
  });
  const stop = new CancellationTokenSource();
  const { proofCarets } = options;
  const plan: FineTunePlan = {
    request,
    load: loadRequestOf(invocation, options),
    unrelatedIn: join(invocation.distFolder, '..'),
    maxCarets: proofCarets ?? defaultProofCarets,
    proof: options.proof ? { token: stop.token, isUnlimited: proofCarets !== undefined } : undefined,
  };
  let done: DoneEvent | undefined;
  const work = whileRunning(invocation, training, () =>
    withStore(invocation, options, (store) =>
      fineTune(
        plan,
        { training, store, compareWriting, withEngine: (work) => withEngine(invocation, options, work) },
        {
          onTrained: (event) => {
            done = event;
          },
          onProofProgress: (progress) => teller.onProof(progress, done!),
        },
      ),
    ),
  );
  const outcome = await unlessInterrupted(invocation, work, () => {
    stop.cancel();
    if (done === undefined && checkpointStep !== undefined)
      tell(`stopped; the same command with --resume goes on from step ${checkpointStep}`);
  });
  if (outcome.kind === 'trained') teller.onEnd(outcome.done, outcome.report);
}

/** Who interrupts the proof keeps what is known by then: a moment is left to write it down. */
async function unlessInterrupted<T>({ running }: Invocation, work: Promise<T>, stop: () => void): Promise<T> {
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  const interruption = {
    dispose: () => {
      stop();
      return Promise.race([settled, sleep(savingMs, undefined, { ref: false })]);
    },
  };
  running.add(interruption);
  try {
    return await work;
  } finally {
    running.delete(interruption);
  }
}

function trainingClient(invocation: Invocation, options: FinetuneOptions): TrainingClient {
  return invocation.processes.training(logOf(options));
}

/** `--seed` is one number for both: which texts are kept apart, and the order and the start of training. */
type TrainingCliOptions = Partial<TrainingOptions & CorpusOptions>;

/** Adds what decides how is learned, with the names and ranges of the protocol. */
export function addTrainingOptions(command: Command): Command {
  const { threads: _, seed: __, ...table } = trainingOptionTable; // threads and seed belong to the command
  return addTableOptions(command, table);
}

/** Adds what decides which texts are read. */
export const addCorpusOptions = (command: Command): Command => addTableOptions(command, corpusOptionTable);

/** The options of training that were given, and only these. */
export const givenTrainingOptions = (options: TrainingCliOptions): Partial<TrainingOptions> =>
  givenOptions(trainingOptionTable, options);

/** The options of the texts that were given; own exclusions are added to the usual ones. */
export function givenCorpusOptions(options: TrainingCliOptions): Partial<CorpusOptions> {
  const given: Partial<CorpusOptions> = givenOptions(corpusOptionTable, options);
  const { exclude } = given;
  return exclude ? { ...given, exclude: [...defaultCorpusOptions.exclude, ...exclude] } : given;
}
