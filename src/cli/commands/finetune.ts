import { cpSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { bundledModelName, findModelFolder, modelFolders } from '../../client/modelFolders.ts';
import { StoreClient } from '../../client/storeClient.ts';
import { TrainingClient } from '../../client/trainingClient.ts';
import type { AdapterReport } from '../../protocol/adapters.ts';
import { adapterStrength } from '../../protocol/engineOptions.ts';
import { planNoteText } from '../../protocol/planNotes.ts';
import type {
  HeldOutTexts,
  SurveyRequest,
  TrainingEvent,
  TrainingOutcome,
  TrainRequest,
} from '../../protocol/training.ts';
import { proveAdapter } from '../adapterProof.ts';
import { withEngine } from '../engine.ts';
import { EventFile } from '../eventFile.ts';
import { type Invocation, whileRunning } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption, refuse } from '../options.ts';
import { print, printJson } from '../output.ts';
import {
  addCorpusOptions,
  addTrainingOptions,
  givenCorpusOptions,
  givenTrainingOptions,
  type TrainingCliOptions,
} from '../trainingCliOptions.ts';
import { showResult, showSurvey, showTraining } from '../trainingProgress.ts';
import { UsageError } from '../usageError.ts';

interface FinetuneOptions extends Omit<ModelOptions, 'threads'>, TrainingCliOptions {
  readonly threads: number;
  readonly out?: string;
  readonly export?: string;
  readonly dryRun?: true;
  readonly name?: string;
  readonly resume?: true;
  readonly proof: boolean;
  readonly proofCarets: number;
  readonly tensorboard?: string;
  readonly jsonl?: true;
}

/** How much of the held-out texts the comparison at the end reads: some 12,000 tokens of English. */
const comparedCharacters = 50_000;
const proofCaretsRange = { minimum: 0, maximum: 1_000_000_000, integer: true };
/** Some two minutes of typing on each side. */
const defaultProofCarets = 600;

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
        'typed with and without the adapter in the end',
        proofCaretsRange,
      ).default(defaultProofCarets),
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
    modelFolder: findModelFolder(options.model, modelFolders(invocation.distFolder)),
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
  const { heldOut, outcome } = await train(invocation, request, options);
  if (outcome.kind === 'discarded') return;
  const report = options.proof ? await prove(invocation, { outcome, heldOut }, options) : undefined;
  if (options.jsonl) {
    if (report) printJson({ event: 'report', ...report });
    printJson(outcome.done);
  } else if (options.json) printJson({ ...outcome.done, report: report ?? null });
  else showResult(outcome.done, report);
}

function train(
  invocation: Invocation,
  request: TrainRequest,
  options: FinetuneOptions,
): Promise<{ heldOut: HeldOutTexts | null; outcome: TrainingOutcome }> {
  const client = trainingClient(invocation, options);
  const curves = options.tensorboard === undefined ? undefined : new EventFile(resolve(options.tensorboard));
  client.onEvent((event) => {
    curves?.addTraining(event);
    if (options.jsonl && event.event !== 'done') printJson(inWords(event));
    else if (!options.jsonl && !options.json) showTraining(event);
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
  const { split, texts } = heldOut;
  const adapter = { folder: outcome.done.adapter, strength: adapterStrength.default };
  const { proofCarets: maxCarets, seed = 0 } = options;
  const report = await withEngine(invocation, options, async (client, { name: model }, load) => {
    const request = { load, adapter, texts, maxCarets, seed, withUnrelated: true };
    const proof = await proveAdapter(invocation, client, request);
    return proof && { createdAt: new Date().toISOString(), model, split, texts: texts.length, ...proof };
  });
  if (!report) return undefined;
  const modulePath = join(invocation.distFolder, 'store.js');
  await whileRunning(invocation, new StoreClient({ modulePath, log: () => undefined }), (store) =>
    store.saveReport(adapter.folder, report),
  );
  return report;
}

function trainingClient(invocation: Invocation, options: FinetuneOptions): TrainingClient {
  const log = (line: string) => {
    if (options.verbose) process.stderr.write(`${line}\n`);
  };
  return new TrainingClient({ modulePath: join(invocation.distFolder, 'training.js'), log });
}

/** Notes as sentences instead of codes. */
const inWords = (event: TrainingEvent) =>
  event.event === 'plan' ? { ...event, notes: event.notes.map(planNoteText) } : event;
