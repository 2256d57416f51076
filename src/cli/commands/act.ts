import { type Command, Option } from 'commander';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { bundledModelName, parametersOf } from '../../client/modelFolders.ts';
import { InstalledPipelines } from '../../client/pipelinesClient.ts';
import { ServerEngine } from '../../client/serverEngine.ts';
import { InklingError } from '../../protocol/errors.ts';
import { generationOptionTable } from '../../protocol/generationOptions.ts';
import { declaredLanguage } from '../../text/documentLanguage.ts';
import { languageOfText } from '../../text/language.ts';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { actionMeasurements } from '../../writing/selection/actionMeasurements.ts';
import { drafters } from '../../writing/selection/drafts/drafters.ts';
import { noteText } from '../../writing/selection/notes.ts';
import { type Offer, offerOf, offerOfWritten, whyNotOffered } from '../../writing/selection/offer.ts';
import { runAction } from '../../writing/selection/runAction.ts';
import type {
  ActionEngine,
  ActionId,
  ActionOutcome,
  ActionRequest,
  Proposal,
  SummaryForm,
  Way,
} from '../../writing/selection/selectionAction.ts';
import { languageOf, readStdin, readText } from '../input.ts';
import { type Invocation, startEngine, whileRunning } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption, UsageError } from '../options.ts';
import { print, printJson, table, tell } from '../output.ts';

interface ActOptions extends ModelOptions {
  readonly instruction?: string;
  readonly list?: true;
  readonly file?: string;
  readonly language?: string;
  readonly form?: SummaryForm;
  readonly way?: Way;
  readonly seed: number;
  readonly beforeFile?: string;
  readonly afterFile?: string;
  readonly server?: string;
  readonly serverModel?: string;
  readonly allowHost?: readonly string[];
}

const forms: readonly SummaryForm[] = ['sentence', 'paragraph', 'bullets', 'outline'];
const ways: readonly Way[] = ['pipeline', 'model', 'extractive', 'rules'];
/** Of prompt and answer: longer passages can be worked on at once than while typing. */
const contextTokens = 2048;

export function addActCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('act')
    .description('an action on the text on stdin: summarize, rewrite, shorten … (--list shows all)')
    .argument('[action]', 'what to do')
    .option('--list', 'list the actions')
    .option('--instruction <text>', 'the question, wish or language that some actions need')
    .option('--file <path>', 'read the text from a file')
    .option('--language <id>', "the editor's language id; default: by the name of the file, else markdown")
    .addOption(new Option('--form <form>', 'of a summary').choices(forms))
    .addOption(new Option('--way <way>', 'who does it; default: what suits the model').choices(ways))
    .addOption(numberOption('--seed <number>', 'another seed is another try', generationOptionTable.seed).default(0))
    .option('--before-file <path>', 'the text before the selection')
    .option('--after-file <path>', 'the text after the selection')
    .option('--server <address>', 'let a model on an OpenAI-compatible server write, such as http://127.0.0.1:8080/v1')
    .option('--server-model <name>', 'which of its models; its key is read from INKLING_SERVER_KEY')
    .option('--allow-host <host...>', 'a host besides this machine that the text may be sent to');
  addModelOptions(command, bundledModelName);
  command.action((action: string | undefined, options: ActOptions) =>
    options.list ? list(invocation, options) : act(invocation, action, options),
  );
}

/** Languages that were measured apart. */
const listedLanguages = ['en', 'zh', 'other'];

/** The actions, and with which of them the model was measured to do what their names say. */
function list(invocation: Invocation, options: ActOptions): void {
  const { json } = options;
  const parameters = sizeOf(invocation, options);
  const actions = Object.values(actionCatalogue).map(({ id, title, description, instruction, output, ways: by }) => ({
    action: id,
    title,
    description,
    instruction,
    output,
    ways: [...new Set([...(drafters[id].pipeline ? ['pipeline'] : []), ...by.small, ...by.large])],
    offered: Object.fromEntries(
      listedLanguages.map((language) => [language, offerOf(id, language, parameters).kind]),
    ) as Readonly<Record<string, Offer['kind']>>,
    measured: actionMeasurements.filter((row) => row.action === id),
  }));
  if (json) {
    printJson({ actions });
    return;
  }
  const rows = actions.map(({ action, description, instruction, offered }) => [
    action,
    instruction === 'none' ? '' : `--instruction ${instruction}`,
    description,
    offeredText(offered),
  ]);
  print(table([['action', 'needs', 'does', 'offered with this model'], ...rows]));
}

const offerTexts: Readonly<Record<Offer['kind'], string>> = {
  offered: 'yes',
  unmeasured: 'yes, not measured with models of this size',
  needsLargerModel: 'needs a larger model',
};

/** `yes`; `yes (zh: needs a larger model)` where languages differ from English */
function offeredText(offered: Readonly<Record<string, Offer['kind']>>): string {
  const others = Object.entries(offered).filter(([, kind]) => kind !== offered['en']);
  const exceptions = others.map(([language, kind]) => `${language}: ${offerTexts[kind]}`).join(', ');
  return offerTexts[offered['en']!] + (exceptions && ` (${exceptions})`);
}

async function act(invocation: Invocation, action: string | undefined, options: ActOptions): Promise<void> {
  const request = await requestOf(action, options);
  const started = performance.now();
  const server = serverOf(options);
  const engine = startEngine(invocation, { ...options, maxContextTokens: contextTokens });
  const { processes } = invocation;
  const installed = new InstalledPipelines(processes.pipelines(), processes.store(), processes.modelFolders);
  const outcome = await whileRunning(invocation, engine, (client) =>
    whileRunning(invocation, installed, (pipelines) =>
      runAction(
        request,
        server ?? lazily(client, pipelines, options.model, invocation),
        new CancellationTokenSource().token,
        {
          async onProgress({ stage, done, total }) {
            if (options.verbose) process.stderr.write(`${stage} ${done} of ${total}\n`);
            await new Promise(setImmediate); // Ctrl+C gets its turn
          },
        },
      ),
    ),
  );
  answer(request.action, outcome, performance.now() - started, options);
  const isMadeHere = outcome.kind === 'proposal' && outcome.way !== 'pipeline' && !server;
  if (isMadeHere) tellWhenNotOffered(request, outcome.way, sizeOf(invocation, options));
}

/** What was asked for is done all the same: whoever scripts it knows why. */
function tellWhenNotOffered({ action, text, textLanguage }: ActionRequest, way: Way, parameters: number): void {
  const judge = way === 'model' ? offerOfWritten : offerOf;
  const offer = judge(action, textLanguage ?? languageOfText(text), parameters);
  if (offer.kind === 'needsLargerModel') tell(noteText(whyNotOffered(action, offer, parameters)));
}

/** Parameters of the model; 0 where the box holds none, for rules need no model. */
function sizeOf({ processes }: Invocation, { model }: ActOptions): number {
  try {
    return parametersOf(processes.findModel(model)) ?? 0;
  } catch (error) {
    if (model !== bundledModelName) throw error;
    return 0;
  }
}

/** Text goes to a server only when one is named, and to another machine only when that is allowed and said. */
function serverOf({
  server: url,
  serverModel: model,
  allowHost: allowedHosts = [],
}: ActOptions): ServerEngine | undefined {
  if (url === undefined) {
    if (model !== undefined || allowedHosts.length > 0)
      throw new UsageError('--server-model and --allow-host belong to --server');
    return undefined;
  }
  if (!model?.trim()) throw new UsageError('--server needs --server-model NAME');
  const key = process.env['INKLING_SERVER_KEY'];
  const server = new ServerEngine({ url, model, allowedHosts, key: async () => key });
  if (!server.address.isLoopback) tell(`your text leaves this machine: it is sent to ${server.address.host}`);
  return server;
}

/** The client's process starts when a way needs the model; the model's size is read from its folder. */
function lazily(
  client: InferenceClient,
  pipelines: InstalledPipelines,
  model: string,
  { processes }: Invocation,
): ActionEngine {
  return {
    pipelines,
    load: () => client.load(),
    tokenize: (text) => client.tokenize(text),
    score: (request) => client.score(request),
    scoreEach: (request, token) => client.scoreEach(request, token),
    generate: (request, token, onPartial) => client.generate(request, token, onPartial),
    knownParameters: () => parametersOf(processes.findModel(model)),
  };
}

async function requestOf(action: string | undefined, options: ActOptions): Promise<ActionRequest> {
  if (action === undefined || !Object.hasOwn(actionCatalogue, action)) {
    const known = Object.keys(actionCatalogue).join(', ');
    throw new UsageError(`${action === undefined ? 'an action is missing' : `there is no action ${action}`}: ${known}`);
  }
  const { instruction, form, way, seed, file, beforeFile, afterFile } = options;
  const id = action as ActionId;
  if (actionCatalogue[id].instruction === 'required' && !instruction?.trim()) {
    throw new UsageError(`${id} needs --instruction TEXT`);
  }
  if (instruction !== undefined && actionCatalogue[id].instruction === 'none') {
    throw new UsageError(`--instruction has no effect with ${id}`);
  }
  if (form && id !== 'summarize') throw new UsageError('--form belongs to summarize');
  const text = file ? await readText(file) : await readStdin();
  const languageId = options.language ?? languageOf(file ?? '');
  const before = beforeFile ? await readText(beforeFile) : '';
  const textLanguage = declaredLanguage(before + text, languageId);
  return {
    action: id,
    text,
    languageId,
    seed,
    ...(textLanguage === undefined ? {} : { textLanguage }),
    ...(instruction === undefined ? {} : { instruction }),
    ...(form ? { form } : {}),
    ...(way ? { way } : {}),
    ...(beforeFile ? { before } : {}),
    ...(afterFile ? { after: await readText(afterFile) } : {}),
  };
}

function answer(action: ActionId, outcome: ActionOutcome, ms: number, { json }: ActOptions): void {
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'cancelled') throw new InklingError('internal', 'The action was cancelled.');
  if (json) printJson(documentOf(action, outcome, ms));
  else if (outcome.kind === 'none') tell(outcome.detail);
  else {
    print(outcome.text);
    for (const note of warningsOf(outcome)) tell(note);
  }
}

function documentOf(action: ActionId, outcome: Proposal | Extract<ActionOutcome, { kind: 'none' }>, ms: number) {
  if (outcome.kind === 'none') {
    const { reason, note, detail } = outcome;
    return { action, kind: 'none', text: null, changes: [], masked: null, kept: null, ms, reason, note, detail };
  }
  const { text, changes, masked, kept, notes, ...rest } = outcome;
  const told = notes.map((note) => ({ ...note, text: noteText(note) }));
  return { ...rest, action, text, changes, masked, kept, notes: told, ms };
}

function warningsOf({ notes, checks }: Proposal): string[] {
  return [
    ...notes.map(noteText),
    ...checks.filter(({ passed }) => !passed).map(({ check, detail }) => `${check}: ${detail}`),
  ];
}
