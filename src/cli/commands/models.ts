import { basename, join, parse, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { bundledModelName, defaultHub } from '../../client/modelFolders.ts';
import { downloadOf, type OnProgress, type StoreClient } from '../../client/storeClient.ts';
import { InklingError } from '../../protocol/errors.ts';
import { type PipelineUse, pipelineUses } from '../../protocol/pipelines.ts';
import { plainName } from '../../protocol/plainName.ts';
import type {
  DownloadRequest,
  ListedModel,
  ModelAccuracy,
  ModelDetails,
  ModelFit,
  ModelSummary,
  Quantization,
} from '../../protocol/store.ts';
import { type Invocation, modelFolderOf, printFacts, withStore } from '../invocation.ts';
import { addOutputOptions, type OutputOptions, UsageError } from '../options.ts';
import { inEnglish, print, printJson, progressLine, table, tell } from '../output.ts';

export function addModelsCommand(program: Command, invocation: Invocation): void {
  const models = program.command('models').description('list, check and add model folders');
  const subcommand = (usage: string, description: string) =>
    addOutputOptions(models.command(usage).description(description));
  subcommand('list', 'the bundled model and those in your own folder').action((options) => list(invocation, options));
  subcommand('show [model]', 'what a model is made of').action((model, options) => show(invocation, model, options));
  subcommand('verify [model]', 'read every file and compare its checksum').action((model, options) =>
    verify(invocation, model, options),
  );
  subcommand('add <path>', 'bring a GGUF file, or a folder of safetensors or of ONNX, into your own folder')
    .option('--name <name>', 'its name there; default: the name of the file or folder')
    .option('--quantize <bits>', quantizeMeaning)
    .addOption(useOption())
    .option('--prefix <text>', prefixMeaning)
    .action((path, options) => add(invocation, path, options));
  subcommand(
    'download <id>',
    'fetch OWNER/NAME, or a recommended NAME, from a hub; nothing else here opens a connection',
  )
    .option('--revision <revision>', 'a branch, tag or commit; default: main, or the one recommended')
    .option('--file <path>', 'a GGUF or ONNX file of the repository; default: what suits most people')
    .option('--name <name>', 'its name here; default: that of the repository or of the file')
    .option('--mirror <address>', 'another hub that speaks the same HTTP', defaultHub)
    .option('--quantize <bits>', quantizeMeaning)
    .addOption(useOption())
    .option('--prefix <text>', prefixMeaning)
    .option('--resume', 'go on with what an earlier download has left')
    .option('--jsonl', 'tell the progress as JSON lines on stdout')
    .action((id, options) => download(invocation, id, options));
  subcommand('remove <name>', 'delete a model of your own folder').action((name, options) =>
    remove(invocation, name, options),
  );
  subcommand('move <name> <folder>', 'bring a model of your own into another folder; its name stays').action(
    (name, folder, options) => move(invocation, { name, folder: resolve(folder) }, options),
  );
  subcommand('find', 'what other programs have on this disk, for models add').action((options) =>
    find(invocation, options),
  );
  subcommand('recommend', 'what suits this machine, and how to get it').action((options) =>
    recommend(invocation, options),
  );
}

async function list(invocation: Invocation, options: OutputOptions): Promise<void> {
  const { bundled, user } = invocation.processes.modelFolders;
  const models = await withStore(invocation, options, (store) => store.list([bundled, user]));
  if (options.json) return printJson({ models: models.map(withFolder) });
  const rows = models.map(({ name, architecture, parameters, sizeBytes, problem, modelFolder, pipeline }) => [
    name,
    architecture,
    pipeline ? [pipeline.kind, ...pipeline.uses].join(' ') : millions(parameters),
    megabytes(sizeBytes),
    problem ?? modelFolder,
  ]);
  print(table([['name', 'architecture', 'parameters', 'size', 'folder'], ...rows]));
}

async function show(invocation: Invocation, model = bundledModelName, options: OutputOptions): Promise<void> {
  const folder = modelFolderOf(invocation, model);
  printDetails(await withStore(invocation, options, (store) => store.show(folder)), options);
}

async function verify(invocation: Invocation, model = bundledModelName, options: OutputOptions): Promise<void> {
  const folder = modelFolderOf(invocation, model);
  const result = await withStore(invocation, options, (store) => store.verify(folder));
  if (options.json) printJson({ ...result, files: result.files.map(inEnglish) });
  else for (const { name, ok, problem } of result.files) print(ok ? `${name}: ok` : `${name}: ${problem ?? 'broken'}`);
  if (!options.json && result.accuracy) print(accuracyText(result.accuracy));
  if (!result.ok) throw new InklingError('modelBroken', `The model in ${folder} is not what it should be.`);
}

/** `products at level 4: 97 % of likeliest tokens as in float32, 0.004 nats apart` */
const accuracyText = ({ level, agreement, divergence, against }: ModelAccuracy): string =>
  `products at level ${level}: ${Math.round(100 * agreement)} % of likeliest tokens as in ${against}, ${divergence} nats apart`;

async function add(
  invocation: Invocation,
  path: string,
  options: OutputOptions & { name?: string; quantize?: string; use?: PipelineUse; prefix?: string },
): Promise<void> {
  const source = resolve(path);
  const name = plainName('model', options.name ?? (source.endsWith('.gguf') ? parse(source).name : basename(source)));
  const target = join(invocation.processes.modelFolders.user, name);
  const quantize = quantizationOf(options.quantize);
  const { use, prefix } = options;
  const request = {
    source,
    target,
    ...(quantize === undefined ? {} : { quantize }),
    ...(use === undefined ? {} : { uses: [use] }),
    ...(prefix === undefined ? {} : { prefix }),
  };
  printDetails(await withStore(invocation, options, (store) => store.convert(request, progressLine())), options);
}

function quantizationOf(text: string | undefined): Quantization | undefined {
  if (text === undefined || text === 'none') return text;
  if (text === '4' || text === '8') return text === '4' ? 4 : 8;
  throw new UsageError(`--quantize must be 4, 8 or none, not ${text}`);
}

async function find(invocation: Invocation, options: OutputOptions): Promise<void> {
  const { models } = await withStore(invocation, options, (store) => store.find({ projects: [process.cwd()] }));
  if (options.json) return printJson({ models: models.map(inEnglish) });
  if (models.length === 0) return tell('other programs have no models where they usually keep them');
  const rows = models.map(({ name, from, architecture, sizeBytes, problem, path }) => [
    name,
    from,
    architecture,
    megabytes(sizeBytes),
    problem ?? path,
  ]);
  print(table([['name', 'from', 'architecture', 'size', 'path'], ...rows]));
}

async function recommend(invocation: Invocation, options: OutputOptions): Promise<void> {
  const { modelLists: lists, modelFolders } = invocation.processes;
  const request = { lists, modelsFolder: modelFolders.user };
  const answer = await withStore(invocation, options, (store) => store.recommend(request));
  for (const problem of answer.problems) process.stderr.write(`${problem}\n`);
  if (options.json) return printJson(answer);
  const { memoryMb, cores, freeDiskMb } = answer.machine;
  print(`${gigabytes(memoryMb)} memory, ${cores} cores, ${gigabytes(freeDiskMb)} of disk free\n`);
  const rows = answer.models.map((model) => [
    model.name,
    fits[model.fit],
    model.for.join(', '),
    model.languages.join(' '),
    model.licence,
    `${model.downloadMb} MB`,
    `${model.memoryMb} MB`,
  ]);
  print(table([['name', 'here', 'for', 'languages', 'licence', 'download', 'memory'], ...rows]));
  print('\nGet one: inkling models download NAME');
}

const fits: Readonly<Record<ModelFit, string>> = {
  good: 'suits',
  slow: 'probably slow',
  tooLittleMemory: 'too little memory',
  tooLittleDisk: 'too little disk',
};

async function remove(invocation: Invocation, name: string, options: OutputOptions): Promise<void> {
  const request = { modelsFolder: invocation.processes.modelFolders.user, name };
  const { folder } = await withStore(invocation, options, (store) => store.remove(request));
  if (options.json) printJson({ removed: folder });
  else print(`removed ${folder}`);
}

async function move(
  invocation: Invocation,
  asked: { name: string; folder: string },
  options: OutputOptions,
): Promise<void> {
  const request = { modelsFolder: invocation.processes.modelFolders.user, ...asked };
  const moving = (store: StoreClient) => store.move(request, progressLine());
  const { folder } = await withStore(invocation, options, moving, asked.folder);
  if (options.json) printJson({ moved: asked.name, folder });
  else print(`${asked.name} lies in ${folder}`);
}

interface DownloadOptions extends OutputOptions {
  readonly revision?: string;
  readonly file?: string;
  readonly name?: string;
  readonly mirror: string;
  readonly quantize?: string;
  readonly use?: PipelineUse;
  readonly prefix?: string;
  readonly resume?: true;
  readonly jsonl?: true;
}

/** The token of a repository that is not open to everybody comes from the environment: a command line can be seen by others. */
async function download(invocation: Invocation, id: string, options: DownloadOptions): Promise<void> {
  const { revision, file, name, mirror, use, prefix, resume = false, jsonl } = options;
  const token = process.env['HF_TOKEN'];
  const quantize = quantizationOf(options.quantize);
  const place = { folder: invocation.processes.modelFolders.user, endpoint: mirror.replace(/\/$/u, ''), resume };
  const listed = id.includes('/') ? undefined : await listedModel(invocation, id, options);
  const request: DownloadRequest = {
    ...(listed ? downloadOf(listed, place) : { ...place, id, revision: 'main' }),
    ...(revision === undefined ? {} : { revision }),
    ...(file === undefined ? {} : { file }),
    ...(name === undefined ? {} : { name }),
    ...(token ? { token } : {}),
    ...(quantize === undefined ? {} : { quantize }),
    ...(use === undefined ? {} : { uses: [use] }),
    ...(prefix === undefined ? {} : { prefix }),
  };
  const onProgress: OnProgress = jsonl
    ? (done, total, stage) => printJson({ event: 'progress', stage, done, total })
    : progressLine();
  const details = await withStore(invocation, options, (store) => store.download(request, onProgress));
  if (jsonl) printJson({ event: 'done', ...withFolder(details) });
  else printDetails(details, options);
}

/** @throws UsageError for what is neither OWNER/NAME nor on a list */
async function listedModel(invocation: Invocation, name: string, options: OutputOptions): Promise<ListedModel> {
  const { modelLists: lists, modelFolders } = invocation.processes;
  const request = { lists, modelsFolder: modelFolders.user };
  const { models } = await withStore(invocation, options, (store) => store.recommend(request));
  const found = models.find((model) => model.name === name);
  if (found) return found;
  const known = models.map((model) => model.name).join(', ');
  throw new UsageError(`${name} is no model of a hub (OWNER/NAME), and not one of those recommended: ${known}`);
}

function printDetails(details: ModelDetails, options: OutputOptions): void {
  if (options.json) {
    printJson(withFolder(details));
    return;
  }
  const { accuracy, files } = details;
  printFacts(details, [
    ...(accuracy ? [['accuracy', accuracyText(accuracy)] as const] : []),
    ...files.map(({ name, sizeBytes }) => ['file', `${name}, ${megabytes(sizeBytes)}`] as const),
  ]);
}

/** In English, with its folder by the name that the command line's contract has for it, too. */
const withFolder = <Model extends Pick<ModelSummary, 'modelFolder' | 'problemSentence'>>(model: Model) => ({
  ...inEnglish(model),
  folder: model.modelFolder,
});

const useOption = () =>
  new Option('--use <task>', 'encoder–decoders in ONNX: what it was made for').choices(pipelineUses);
const prefixMeaning = 'encoder–decoders in ONNX: what it wants before each text, such as “grammar: ”';
const quantizeMeaning =
  'what becomes of weights that are plain numbers: 4, 8 or none; 8 also widens the 8-bit blocks of a GGUF; default: 8 for safetensors, none for GGUF';

const millions = (count: number) => (count === 0 ? 'unknown' : `${(count / 1e6).toFixed(0)} M`);
const gigabytes = (mb: number) => `${(mb / 1000).toFixed(1)} GB`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
