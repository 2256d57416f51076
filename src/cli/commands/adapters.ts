import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { adaptersFolder, bundledModelName, findAdapterFolder } from '../../client/modelFolders.ts';
import type { AdapterDetails, AdapterSummary } from '../../protocol/adapters.ts';
import { type Invocation, modelFolderOf, printFacts, withStore } from '../invocation.ts';
import { addOutputOptions, type OutputOptions } from '../options.ts';
import { inEnglish, print, printJson, table, tell } from '../output.ts';
import { printProof } from '../trainingProgress.ts';

type AdapterOptions = OutputOptions & { readonly model: string };

export function addAdaptersCommand(program: Command, invocation: Invocation): void {
  const adapters = program.command('adapters').description('what was learnt on top of a model, in PEFT’s layout');
  const subcommand = (usage: string, description: string) =>
    addOutputOptions(adapters.command(usage).description(description)).option(
      '--model <name or folder>',
      'the model to run on',
      bundledModelName,
    );
  subcommand('list', 'all adapters on this machine, and whether they fit the model').action((options) =>
    list(invocation, options),
  );
  subcommand('show <adapter>', 'where it comes from, and whether it helps').action((name, options) =>
    show(invocation, name, options),
  );
  subcommand('add <path>', 'copy an adapter, of ours or from PEFT, to the others')
    .option('--name <name>', 'its name there; default: the name of the folder')
    .action((path, options) => add(invocation, path, options));
  subcommand('export <adapter> <folder>', 'write a copy that PEFT loads').action((name, folder, options) =>
    exportCopy(invocation, { name, folder }, options),
  );
  subcommand('remove <adapter>', 'delete it').action((name, options) => remove(invocation, name, options));
}

async function list(invocation: Invocation, options: AdapterOptions): Promise<void> {
  const request = { adaptersFolder: adaptersFolder(), modelFolder: modelFolderOf(invocation, options.model) };
  const adapters = await withStore(invocation, options, (store) => store.listAdapters(request));
  if (options.json) return printJson({ adapters: adapters.map(inEnglish) });
  if (adapters.length === 0) return tell(`there is no adapter in ${request.adaptersFolder} yet`);
  const rows = adapters.map((adapter) => [
    adapter.name,
    adapter.base ?? '?',
    String(adapter.steps ?? '?'),
    gainOf(adapter),
    adapter.problem ?? adapter.folder,
  ]);
  print(table([['name', 'model', 'steps', 'held-out perplexity', 'folder'], ...rows]));
}

async function show(invocation: Invocation, name: string, options: AdapterOptions): Promise<void> {
  const request = { folder: findAdapterFolder(name), modelFolder: modelFolderOf(invocation, options.model) };
  printDetails(await withStore(invocation, options, (store) => store.showAdapter(request)), options);
}

async function add(
  invocation: Invocation,
  path: string,
  options: AdapterOptions & { readonly name?: string },
): Promise<void> {
  const source = resolve(path);
  const request = {
    source,
    adaptersFolder: adaptersFolder(),
    name: options.name ?? basename(source),
    modelFolder: modelFolderOf(invocation, options.model),
  };
  printDetails(await withStore(invocation, options, (store) => store.addAdapter(request)), options);
}

async function exportCopy(
  invocation: Invocation,
  { name, folder }: { name: string; folder: string },
  options: AdapterOptions,
): Promise<void> {
  const target = resolve(folder);
  await withStore(invocation, options, (store) => store.exportAdapter(findAdapterFolder(name), target));
  if (options.json) printJson({ folder: target });
  else print(target);
}

/** Of the own folder of adapters only: a path, or a folder of that name elsewhere, may be anybody's. */
async function remove(invocation: Invocation, name: string, options: AdapterOptions): Promise<void> {
  const request = { adaptersFolder: adaptersFolder(), name };
  const { folder } = await withStore(invocation, options, (store) => store.removeAdapter(request));
  if (options.json) printJson({ removed: folder });
  else print(`removed ${folder}`);
}

function printDetails(details: AdapterDetails, options: OutputOptions): void {
  if (options.json) {
    printJson(inEnglish(details));
    return;
  }
  const settings = Object.entries(details.options ?? {}).map(([name, value]) => [name, String(value)] as const);
  printFacts(details, [['targets', details.targets.join(', ')], ...settings]);
  if (details.report) printProof(details.report);
}

const gainOf = ({ report }: AdapterSummary) =>
  report ? `${report.heldOut.base.perplexity.toFixed(2)} → ${report.heldOut.adapted.perplexity.toFixed(2)}` : '?';
