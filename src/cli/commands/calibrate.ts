import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { bundledModelName } from '../../client/modelFolders.ts';
import { InklingError } from '../../protocol/errors.ts';
import {
  calibrationFile,
  type GateCalibration,
  isCalibration,
  type ModelCalibration,
  uncalibrated,
} from '../../protocol/gateCalibration.ts';
import { generationOptionTable } from '../../protocol/generationOptions.ts';
import { systemReason } from '../../protocol/systemReason.ts';
import { defaultCompletionSettings } from '../../writing/completion/completionSettings.ts';
import { gateThresholds } from '../../writing/completion/gate.ts';
import { type CalibrationSample, figuresOfStretches, sampleSuggestions } from '../../writing/simulator/calibration.ts';
import { leastOfEach, leastSuggestions, shareInterval } from '../../writing/simulator/calibrationCurve.ts';
import { groupsOf, type MeasuredCalibration, withMeasured } from '../../writing/simulator/languageCalibration.ts';
import type { TextFigures } from '../../writing/simulator/simulationReport.ts';
import type { WrittenText } from '../../writing/simulator/writtenText.ts';
import { type Invocation, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption } from '../options.ts';
import { percent, print, printJson, progressLine, table, tell } from '../output.ts';
import { textsFor, textsOf } from './simulate.ts';

interface CalibrateOptions extends ModelOptions {
  readonly maxCarets: number;
  readonly maxMinutes: number;
  readonly seed: number;
}

const caretsRange = { minimum: 100, maximum: 1_000_000, integer: true };
const usualCarets = 1000;
const minutesRange = { minimum: 1, maximum: 10_000, integer: false };
const usualMinutes = 30;
/** of the time, for looking; the rest is for seeing what came of it */
const lookingShare = 2 / 3;

export function addCalibrateCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('calibrate')
    .description('measure on texts how sure a model must be before it is shown, and keep that with the model')
    .argument('<path...>', 'text files, or folders of them: your own, or what is like them')
    .addOption(
      numberOption(
        '--max-carets <number>',
        'places that are tried; more if they do not tell enough',
        caretsRange,
      ).default(usualCarets),
    )
    .addOption(
      numberOption(
        '--max-minutes <minutes>',
        'bound on the time, of which a third is for the proof',
        minutesRange,
      ).default(usualMinutes),
    )
    .addOption(numberOption('--seed <number>', 'of the choice of places', generationOptionTable.seed).default(0));
  addModelOptions(command, bundledModelName).action((paths: string[], options: CalibrateOptions) =>
    calibrate(invocation, paths, options),
  );
}

/** Asks as the gate does, but shows what is far less sure; fits, keeps the result, and measures what a writer has of it. */
async function calibrate(invocation: Invocation, paths: readonly string[], options: CalibrateOptions): Promise<void> {
  const texts = await textsOf(paths);
  const folder = invocation.processes.findModel(options.model);
  const progress = progressLine();
  const startedAt = performance.now();
  const isAfter = (share: number) => () => performance.now() - startedAt > share * options.maxMinutes * 60_000;
  const before = calibrationOf(folder);
  const { sample, model } = await withEngine(invocation, options, async (client, loaded) => ({
    sample: await sampleSuggestions(client, await textsFor(loaded, texts), {
      ...options,
      before,
      isOver: isAfter(lookingShare),
      onProgress: (fraction) => progress(fraction, 2),
      onTooFew: (count) => tell(`${count} suggestions at these places do not tell enough; more places are tried`),
    }),
    model: loaded.name,
  }));
  const kept = sample.measured.length > 0 ? withMeasured(before, sample.measured) : undefined;
  if (!kept) throw tooLittle(sample, before, options);
  await keep(folder, kept);
  const figures = await proof(invocation, { texts, sample }, options, {
    isOver: isAfter(1),
    onProgress: (fraction) => progress(1 + fraction, 2),
  });
  progress(2, 2);
  const measured = sample.measured.map(told);
  const [{ carets, thresholds }] = measured as [Told];
  const { precisionWhenShown, keystrokesSaved } = figures;
  if (options.json) return printJson({ model, carets, thresholds, precisionWhenShown, keystrokesSaved });
  print(`${model}: ${carets} suggestions looked at; kept in ${join(folder, calibrationFile)}`);
  print(
    table([
      ['place', ...measured.map(({ language }) => `least probability${language === '' ? '' : ` (${language})`}`)],
      ...Object.keys(thresholds).map((kind) => [kind, ...measured.map((one) => `${one.thresholds[kind]}`)]),
    ]),
  );
  const where = sample.untyped.length > 0 ? 'in other parts of these texts' : 'in these texts';
  const right = Math.round((precisionWhenShown ?? 0) * figures.shown);
  const between = shareInterval(right, figures.shown).map(percent).join(' to ');
  print(
    `${where} ${percent(precisionWhenShown)} of what is shown is right (${right} of ${figures.shown}: of many more it may be ${between}), and ${percent(keystrokesSaved)} of the keys are saved`,
  );
}

/** What is told of a measurement. */
interface Told {
  /** '' = of any text */
  readonly language: string;
  readonly carets: number;
  readonly thresholds: Readonly<Record<string, number>>;
}

function told({ language = '', calibration }: MeasuredCalibration): Told {
  const { sentenceStart: _, ...words } = gateThresholds(defaultCompletionSettings, { trigger: 'automatic' }).firstWord;
  const thresholds = Object.entries(words).map(([kind, value]) => [kind, leastOf(value, calibration)]);
  return { language, carets: calibration.carets, thresholds: Object.fromEntries(thresholds) };
}

const leastOf = (value: number, calibration: GateCalibration): number =>
  Number(uncalibrated(value, calibration).toFixed(3));

function tooLittle(
  { seen: all, untyped }: CalibrationSample,
  before: ModelCalibration | undefined,
  { maxMinutes }: CalibrateOptions,
): InklingError {
  const { seen } = groupsOf(all, before)[0]!; // the most that can be judged together
  const right = seen.filter((one) => one.right).length;
  const advice =
    untyped.length > 0
      ? `The time is over (--max-minutes ${maxMinutes}): give more.`
      : 'All of the text was typed: give more text.';
  return new InklingError(
    'tooLittleText',
    `${seen.length} suggestions at these places do not tell how sure the model must be (${right} are right): ${leastSuggestions} do, with ${leastOfEach} that are right and ${leastOfEach} that are wrong. Nothing was kept. ${advice}`,
  );
}

/** Types as much again, elsewhere if there is more text, in a process that reads what is kept with the model. */
function proof(
  invocation: Invocation,
  { texts, sample: { typed, untyped } }: { readonly texts: readonly WrittenText[]; readonly sample: CalibrationSample },
  options: CalibrateOptions,
  bounds: Parameters<typeof figuresOfStretches>[2],
): Promise<TextFigures> {
  const stretches = (untyped.length > 0 ? untyped : typed).slice(0, typed.length);
  return withEngine(invocation, options, async (client, model) =>
    figuresOfStretches(client, { texts: await textsFor(model, texts), stretches }, bounds),
  );
}

function calibrationOf(folder: string): ModelCalibration | undefined {
  const file = join(folder, calibrationFile);
  if (!existsSync(file)) return undefined;
  const json: unknown = JSON.parse(readFileSync(file, 'utf8')); // the engine has just read it
  return isCalibration(json) ? json : undefined;
}

async function keep(folder: string, calibration: ModelCalibration): Promise<void> {
  const file = join(folder, calibrationFile);
  try {
    await writeFile(`${file}.partial`, `${JSON.stringify(calibration)}\n`);
    await rename(`${file}.partial`, file);
  } catch (error) {
    throw new InklingError('fileAccess', `${file} cannot be written: ${systemReason(error)}`, { cause: error });
  }
}
