import { type Command, Option } from 'commander';
import { findPipeline, type PipelinesClient } from '../../client/pipelinesClient.ts';
import type { PipelineUse, PipelineWish } from '../../protocol/pipelines.ts';
import { readStdin } from '../input.ts';
import { type Invocation, logOf, whileRunning, withStore } from '../invocation.ts';
import { addOutputOptions, numberOption, type OutputOptions, UsageError } from '../options.ts';
import { print, printJson } from '../output.ts';

interface PipelineOptions extends OutputOptions {
  readonly model?: string;
  readonly from?: string;
  readonly to?: string;
  readonly maxNewTokens?: number;
  readonly count: number;
}

/** What the task does with the text on stdin, and what it prints. */
interface Task {
  readonly wish: PipelineWish;
  readonly run: (client: PipelinesClient, folder: string, text: string, options: PipelineOptions) => Promise<object>;
}

const rewriting = (use: PipelineUse): Task => ({
  wish: { kind: 'text2text', use },
  run: async (client, folder, text, { from, to, maxNewTokens }) => {
    const languages = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
    const answer = await client.rewrite({
      folder,
      use,
      texts: text.split(betweenParagraphs),
      ...languages,
      ...(maxNewTokens ? { maxNewTokens } : {}),
    });
    return { text: answer.kind === 'texts' ? joined(text, answer.texts) : '' };
  },
});

const tasks: Readonly<Record<string, Task>> = {
  summarize: rewriting('summarize'),
  translate: rewriting('translate'),
  correct: rewriting('correct'),
  rephrase: rewriting('rephrase'),
  'fill-mask': {
    wish: { kind: 'fillMask' },
    run: (client, folder, text, { count }) => client.fillMask({ folder, count, ...gapIn(text) }),
  },
  embed: {
    wish: { kind: 'embedding' },
    run: async (client, folder, text) => {
      const texts = linesOf(text);
      const { vectors } = await client.embed({ folder, texts });
      return { texts, vectors: vectors.map((vector) => [...vector]) };
    },
  },
  sentiment: {
    wish: { kind: 'classification' },
    run: async (client, folder, text) => ({
      labels: (await client.classify({ folder, texts: [text.trim()] })).labels[0]!,
    }),
  },
  tag: {
    wish: { kind: 'tagging' },
    run: async (client, folder, text) => {
      const { tags } = await client.tag({ folder, texts: [text] });
      return { tags: tags[0]!.map((tag) => ({ word: text.slice(tag.start, tag.end), ...tag })) };
    },
  },
};

export function addPipelineCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('pipeline <task>')
    .description(`a model made for one task, on the text on stdin: ${Object.keys(tasks).join(', ')}`);
  addOutputOptions(command)
    .option('--model <name or folder>', 'the model to use; default: the first of your own that was made for the task')
    .addOption(new Option('--from <language>', 'translate: language of the text, such as en'))
    .addOption(new Option('--to <language>', 'translate: the language wanted, such as de'))
    .addOption(
      numberOption('--max-new-tokens <tokens>', 'bound on the answer to a paragraph; 1 to 4096, default 256', {
        minimum: 1,
        maximum: 4096,
        integer: true,
      }),
    )
    .addOption(
      numberOption('--count <words>', 'fill-mask: how many words; 1 to 50', {
        minimum: 1,
        maximum: 50,
        integer: true,
      }).default(5),
    )
    .action((task, options) => pipeline(invocation, task, options));
}

async function pipeline(invocation: Invocation, name: string, options: PipelineOptions): Promise<void> {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (!task) throw new UsageError(`${name} is no task; there are ${Object.keys(tasks).join(', ')}`);
  const text = await readStdin();
  const { processes } = invocation;
  const folder = options.model
    ? processes.findModel(options.model)
    : await withStore(invocation, options, (store) => findPipeline(store, processes.modelFolders, task.wish));
  const started = performance.now();
  const result = await whileRunning(invocation, processes.pipelines(logOf(options)), (client) =>
    task.run(client, folder, text, options),
  );
  if (options.json) printJson({ task: name, model: folder, ...result, ms: Math.round(performance.now() - started) });
  else show(result);
}

const betweenParagraphs = /(\r?\n[ \t]*\r?\n)/u;

/** Paragraphs go through the model one by one; what parts them comes back as it was. */
function joined(text: string, answers: readonly string[]): string {
  const parts = text.split(betweenParagraphs);
  return answers.map((answer, index) => (index % 2 === 1 ? parts[index]! : answer)).join('');
}

/** @throws UsageError unless the text has one gap */
function gapIn(text: string): { before: string; after: string } {
  const [before, after, ...more] = text.trim().split('___');
  if (before !== undefined && after !== undefined && more.length === 0) return { before, after };
  throw new UsageError('fill-mask wants a text with one gap, which is written ___');
}

const linesOf = (text: string) => text.split(/\r?\n/u).filter((line) => line.trim() !== '');

function show(result: object): void {
  for (const value of Object.values(result)) {
    if (typeof value === 'string') print(value);
    else for (const row of value as object[]) print(typeof row === 'string' ? row : Object.values(row).join('\t'));
  }
}
