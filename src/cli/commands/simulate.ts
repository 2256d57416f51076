import { type Command, Option } from 'commander';
import { bundledModelName } from '../../client/modelFolders.ts';
import { InklingError } from '../../protocol/errors.ts';
import { formatMessage } from '../../protocol/formatMessage.ts';
import { generationOptionTable } from '../../protocol/generationOptions.ts';
import type { LoadedModel } from '../../protocol/inference.ts';
import { isForeign } from '../../text/documentLanguage.ts';
import {
  type ReportContents,
  type ReportLanguage,
  reportGenerator,
  reportPage,
} from '../../writing/simulator/reportPage.ts';
import { englishGroupNames, englishReportTexts } from '../../writing/simulator/reportTexts.ts';
import { ShownSuggestions } from '../../writing/simulator/shownSuggestions.ts';
import type { CaretRecord } from '../../writing/simulator/simulatedWriter.ts';
import { type SimulationPolicy, simulate, simulationPolicies } from '../../writing/simulator/simulation.ts';
import type { GroupFigures, SimulationReport } from '../../writing/simulator/simulationReport.ts';
import { Slips } from '../../writing/simulator/slips.ts';
import type { WrittenText } from '../../writing/simulator/writtenText.ts';
import { useWorkspaceWords, type WorkspaceWords } from '../completion.ts';
import { proseTexts } from '../input.ts';
import { type Invocation, whileRunning, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption } from '../options.ts';
import { percent, print, printJson, progressLine, table } from '../output.ts';
import { ResultFile, type ResultKind } from '../resultFile.ts';

interface SimulateOptions extends ModelOptions {
  readonly workspace?: string;
  readonly midLine?: true;
  readonly slips?: number;
  readonly maxCarets?: number;
  readonly seed: number;
  readonly policy: SimulationPolicy;
  readonly trace?: string;
  readonly report?: string;
}

const slipsRange = { minimum: 0, maximum: 0.5, integer: false };
const caretsRange = { minimum: 1, maximum: 1_000_000_000, integer: true };

export function addSimulateCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('simulate')
    .description('replay texts as a writer would type them, and count what the suggestions are worth')
    .argument('<path...>', 'text files, or folders of them')
    .option('--workspace <folder>', "learn the writer's own words from a folder")
    .option('--mid-line', 'write every stretch in front of what follows it, not at the end of the text')
    .addOption(
      numberOption('--slips <rate>', 'share of the letters that are mistyped and taken back, such as 0.03', slipsRange),
    )
    .addOption(numberOption('--max-carets <number>', 'type stretches of the texts, not all of them', caretsRange))
    .addOption(
      numberOption('--seed <number>', 'of the choice of stretches, and of slips', generationOptionTable.seed).default(
        0,
      ),
    )
    .addOption(
      new Option(
        '--policy <policy>',
        "gated: the editor's defaults; always: show whatever the model says; off: nothing",
      )
        .choices(simulationPolicies)
        .default('gated'),
    )
    .option('--trace <file>', 'write what happened at each caret as JSON lines; holds text of the files')
    .option('--report <file>', 'write an HTML page with pictures and examples; holds text of the files');
  addModelOptions(command, bundledModelName).action((paths: string[], options: SimulateOptions) =>
    simulateWriter(invocation, paths, options),
  );
}

async function simulateWriter(
  invocation: Invocation,
  paths: readonly string[],
  options: SimulateOptions,
): Promise<void> {
  const texts = await textsOf(paths);
  await withResult(invocation, options.trace, traceKind, (trace) =>
    withResult(invocation, options.report, reportKind, (page) => typeAll(invocation, texts, options, { trace, page })),
  );
  if (options.report !== undefined && !options.json) print(`the report is in ${options.report}`);
}

/** What is written beside the figures; undefined where nobody wants it. */
interface Results {
  readonly trace: ResultFile | undefined;
  readonly page: ResultFile | undefined;
}

const reportKind: ResultKind = {
  name: 'report',
  isOurs: (beginning) => beginning.includes(`<meta name="generator" content="${reportGenerator}">`),
};
const traceKind: ResultKind = {
  name: 'trace',
  isOurs: (beginning) => /^\{"path":".*","offset":\d+,"zone":"/u.test(beginning),
};

/** Runs `work` with a place for what it writes, which is not left half done. */
async function withResult<T>(
  invocation: Invocation,
  path: string | undefined,
  kind: ResultKind,
  work: (file: ResultFile | undefined) => Promise<T>,
): Promise<T> {
  return path === undefined
    ? work(undefined)
    : whileRunning(invocation, await ResultFile.open(path, kind), async (file) => {
        const result = await work(file);
        await file.end();
        return result;
      });
}

async function typeAll(
  invocation: Invocation,
  texts: readonly WrittenText[],
  options: SimulateOptions,
  { trace, page }: Results,
): Promise<void> {
  const { report, words, contents } = await simulated(invocation, texts, options, trace);
  page?.write(reportPage(contents, english));
  const { policy, seed, midLine = false, slips } = options;
  if (options.json)
    return printJson({ policy, seed, midLine, ...(slips && { slips }), ...(words && { ownWords: words }), ...report });
  if (words) print(`with the words of ${words.files} files, ${words.tokens} tokens`);
  printReport(report);
}

const english: ReportLanguage = {
  tag: 'en',
  say: (text, ...parts) => formatMessage(englishReportTexts[text], parts),
  nameOf: (group) => englishGroupNames[group],
};

interface Simulated {
  readonly report: SimulationReport;
  readonly words: WorkspaceWords | undefined;
  readonly contents: ReportContents;
}

async function simulated(
  invocation: Invocation,
  texts: readonly WrittenText[],
  options: SimulateOptions,
  trace: ResultFile | undefined,
): Promise<Simulated> {
  const { policy, maxCarets, seed, midLine = false, slips: rate = 0, workspace: folder } = options;
  const slips = rate === 0 ? undefined : new Slips({ rate, seed });
  const shown = new ShownSuggestions(texts, seed);
  const textOf = new Map(texts.map(({ path, text }) => [path, text]));
  const progress = progressLine();
  const onCaret = (caret: CaretRecord) => {
    shown.add(caret);
    trace?.write(traceLine(caret, textOf.get(caret.path)!));
  };
  const { report, words, name } = await withEngine(invocation, options, async (client, model) => {
    const without = texts.map(({ path }) => path); // what is typed must not be known
    const words = await useWorkspaceWords(invocation, client, { folder, without, model });
    const onProgress = (fraction: number) => progress(fraction, 1);
    const how = { policy, maxCarets, seed, midLine, slips, stopwatch: performance, onCaret, onProgress };
    return { report: await simulate(client, await textsFor(model, texts), how), words, name: model.name };
  });
  return {
    report,
    words,
    contents: { report, shown, model: name, conditions: { policy, midLine, slips: rate, ownFiles: words?.files } },
  };
}

/** @throws InklingError `fileAccess` when a file cannot be read, or none of them holds text */
export async function textsOf(paths: readonly string[]): Promise<WrittenText[]> {
  const texts = await proseTexts(paths);
  if (texts.some(({ text }) => text !== '')) return texts;
  throw new InklingError('fileAccess', `${paths.join(', ')}: there is no text to replay`);
}

/** With what the editor would know of their languages. */
export const textsFor = ({ languages }: LoadedModel, texts: readonly WrittenText[]): Promise<WrittenText[]> =>
  Promise.all(texts.map(async (text) => ({ ...text, isForeign: await isForeign(text, languages) })));

/** Characters on both sides of the caret that a line of the trace holds. */
const tracedChars = 60;

function traceLine(
  { usage: _, answerMs: __, avoidedKeys: ___, slipped, suggestion, run, ...caret }: CaretRecord,
  text: string,
): string {
  const before = text.slice(Math.max(0, caret.offset - tracedChars), caret.offset) + slipped;
  const after = text.slice(caret.offset, caret.offset + tracedChars);
  const shown = suggestion && { text: suggestion.text, probability: suggestion.firstWordProbability, ...run };
  return `${JSON.stringify({ ...caret, before, after, shown })}\n`;
}

function printReport(report: SimulationReport): void {
  const { intervals, exactMatch, latencyMs } = report;
  const between = (interval: readonly [number, number] | null) =>
    interval === null ? '' : `${percent(interval[0])} to ${percent(interval[1])}`;
  const headline = ['precisionWhenShown', 'wrongShow', 'keystrokesSaved', 'netKeystrokesSaved'] as const;
  print(`${report.carets} carets in ${report.characters} characters of ${report.files.length} files`);
  print(
    table([
      ['', 'share', '95 %'],
      ...headline.map((name) => [name, percent(report[name]), between(intervals[name])]),
      ...Object.entries(exactMatch).map(([words, value]) => [`exactMatch@${words}`, percent(value), '']),
      ['reuse', percent(report.reuse), ''],
    ]),
  );
  print(`answers of the model: ${milliseconds(latencyMs.p50)} median, ${milliseconds(latencyMs.p95)} at 95 %`);
  print(groupTable('caret', report.byCaretKind));
  print(groupTable('zone', report.byZone));
}

function groupTable(title: string, groups: Readonly<Record<string, GroupFigures>>): string {
  const rows = Object.entries(groups).map(([name, group]) => [
    name,
    String(group.carets),
    String(group.shown),
    percent(group.precisionWhenShown),
    percent(group.wrongShow),
    percent(group.keystrokesSaved),
  ]);
  return table([[title, 'carets', 'shown', 'right', 'wrong show', 'keystrokes saved'], ...rows]);
}

const milliseconds = (value: number | null) => (value === null ? '-' : `${value.toFixed(0)} ms`);
