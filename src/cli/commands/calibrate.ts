import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { bundledModelName } from '../../client/modelFolders.ts';
import { InklingError } from '../../protocol/errors.ts';
import { calibrationFile, type GateCalibration, isCalibration, uncalibrated } from '../../protocol/gateCalibration.ts';
import { generationOptionTable } from '../../protocol/generationOptions.ts';
import { defaultCompletionSettings } from '../../writing/completion/completionSettings.ts';
import { gateThresholds } from '../../writing/completion/gate.ts';
import {
  fitCalibration,
  leastOfEach,
  leastSuggestions,
  type SeenSuggestion,
} from '../../writing/simulator/calibration.ts';
import type { CaretRecord } from '../../writing/simulator/simulatedWriter.ts';
import { type SimulationPolicy, simulate } from '../../writing/simulator/simulation.ts';
import type { SimulationReport } from '../../writing/simulator/simulationReport.ts';
import type { WrittenText } from '../../writing/simulator/writtenText.ts';
import { type Invocation, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption } from '../options.ts';
import { percent, print, printJson, progressLine, table } from '../output.ts';
import { textsFor, textsOf } from './simulate.ts';

interface CalibrateOptions extends ModelOptions {
  readonly maxCarets: number;
  readonly seed: number;
}

const caretsRange = { minimum: 100, maximum: 1_000_000, integer: true };
const usualCarets = 1000;

export function addCalibrateCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('calibrate')
    .description('measure on texts how sure a model must be before it is shown, and keep that with the model')
    .argument('<path...>', 'text files, or folders of them: your own, or what is like them')
    .addOption(numberOption('--max-carets <number>', 'places that are tried', caretsRange).default(usualCarets))
    .addOption(numberOption('--seed <number>', 'of the choice of places', generationOptionTable.seed).default(0));
  addModelOptions(command, bundledModelName).action((paths: string[], options: CalibrateOptions) =>
    calibrate(invocation, paths, options),
  );
}

/** Shows all that the model says, fits, keeps the result, and measures what a writer has of it. */
async function calibrate(invocation: Invocation, paths: readonly string[], options: CalibrateOptions): Promise<void> {
  const texts = await textsOf(paths);
  const folder = invocation.processes.findModel(options.model);
  const seen: SeenSuggestion[] = [];
  const [onProgress, all] = [progressLine(), 2 * options.maxCarets]; // the texts are typed twice
  let tried = 0;
  await typed(invocation, texts, options, 'always', ({ kind, suggestion, run }) => {
    onProgress(Math.min(++tried, options.maxCarets), all);
    if (suggestion) seen.push({ kind, probability: suggestion.firstWordProbability, right: run.words > 0 });
  });
  const calibration = fitCalibration(seen, calibrationOf(folder));
  if (!calibration) {
    onProgress(all, all);
    throw new InklingError(
      'tooLittleText',
      `${seen.length} suggestions at these places do not tell how sure the model must be: ${leastSuggestions} do, with ${leastOfEach} that are right and ${leastOfEach} that are wrong. Give more text, or more --max-carets.`,
    );
  }
  await keep(folder, calibration);
  tried = options.maxCarets;
  const { report, model } = await typed(invocation, texts, options, 'gated', () => {
    onProgress(Math.min(++tried, all - 1), all);
  });
  onProgress(all, all);
  const { sentenceStart: _, ...words } = gateThresholds(defaultCompletionSettings, { trigger: 'automatic' }).firstWord;
  const thresholds = Object.fromEntries(
    Object.entries(words).map(([kind, value]) => [kind, Number(uncalibrated(value, calibration).toFixed(3))]),
  );
  const { precisionWhenShown, keystrokesSaved } = report;
  const { carets } = calibration;
  if (options.json) return printJson({ model, carets, thresholds, precisionWhenShown, keystrokesSaved });
  print(`${model}: ${carets} suggestions looked at; kept in ${join(folder, calibrationFile)}`);
  print(
    table([['place', 'least probability'], ...Object.entries(thresholds).map(([kind, value]) => [kind, `${value}`])]),
  );
  print(
    `on these texts ${percent(precisionWhenShown)} of what is shown is right, and ${percent(keystrokesSaved)} of the keys are saved`,
  );
}

/** Types the texts in a process of its own, which reads what is kept with the model. */
function typed(
  invocation: Invocation,
  texts: readonly WrittenText[],
  options: CalibrateOptions,
  policy: SimulationPolicy,
  onCaret: (caret: CaretRecord) => void,
): Promise<{ report: SimulationReport; model: string }> {
  const { maxCarets, seed } = options;
  return withEngine(invocation, options, async (client, model) => {
    const how = { policy, maxCarets, seed, stopwatch: performance, onCaret };
    return { report: await simulate(client, await textsFor(model, texts), how), model: model.name };
  });
}

function calibrationOf(folder: string): GateCalibration | undefined {
  const file = join(folder, calibrationFile);
  if (!existsSync(file)) return undefined;
  const json: unknown = JSON.parse(readFileSync(file, 'utf8')); // the engine has just read it
  return isCalibration(json) ? json : undefined;
}

async function keep(folder: string, calibration: GateCalibration): Promise<void> {
  const file = join(folder, calibrationFile);
  try {
    await writeFile(`${file}.partial`, `${JSON.stringify(calibration)}\n`);
    await rename(`${file}.partial`, file);
  } catch (error) {
    throw new InklingError('fileAccess', `${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
