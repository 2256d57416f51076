import { type GateCalibration, logistic, logit } from '../../protocol/gateCalibration.ts';
import type { TextGenerator } from '../../protocol/inference.ts';
import { defaultCompletionSettings } from '../completion/completionSettings.ts';
import { type CaretKind, gateThresholds } from '../completion/gate.ts';
import { replay } from './simulation.ts';
import { type TextFigures, textFigures } from './simulationReport.ts';
import { type Stretch, spreadStretches } from './stretches.ts';
import { addTally, emptyTally } from './tally.ts';
import type { WrittenText } from './writtenText.ts';

/** A suggestion that a simulated writer saw. */
export interface SeenSuggestion {
  /** by what the suggestion makes of the caret: what the gate goes by */
  readonly kind: CaretKind;
  /** of its first word, as it reached the gate */
  readonly probability: number;
  readonly right: boolean;
}

/** Fewer do not tell. */
export const leastSuggestions = 100;
export const leastOfEach = 10; // right ones, and wrong ones
const steps = 50;
/** Pulls towards a model that is as sure as the bundled one, as much as a few suggestions do. */
const prior = 2;
const [leastSlope, mostSlope] = [0.2, 5];
/** With the bundled model a word at its threshold is right half of the time, whatever the kind of caret (gate.ts). */
const rightAtThreshold = 0.5;
/** the table of thresholds as it stands */
const table = gateThresholds(defaultCompletionSettings, { trigger: 'automatic' }).firstWord;

/**
 * Logistic regression of "the first word is right" on the model's log-odds (Platt 1999), by Newton's method: the thresholds
 * then mean the same with every model.
 * @param before through which the probabilities have gone already
 * @returns undefined where there are too few suggestions, or nearly all are right, or wrong
 */
export function fitCalibration(
  seen: readonly SeenSuggestion[],
  before: GateCalibration | undefined,
): GateCalibration | undefined {
  const used = seen.filter(({ kind, probability }) => table[kind] < 1 && probability > 0 && probability < 1);
  const right = used.filter((one) => one.right).length;
  if (used.length < leastSuggestions || Math.min(right, used.length - right) < leastOfEach) return undefined;
  let [slope, intercept] = [1, 0];
  for (let step = 0; step < steps; step++) {
    let [ds, di, ss, si, ii] = [-prior * (slope - 1), -prior * intercept, prior, 0, prior];
    for (const { kind, probability, right: isRight } of used) {
      const x = logit(probability);
      const chance = logistic(slope * x + intercept + logit(rightAtThreshold) - logit(table[kind]));
      const error = Number(isRight) - chance;
      const weight = chance * (1 - chance);
      ds += error * x;
      di += error;
      ss += weight * x * x;
      si += weight * x;
      ii += weight;
    }
    const determinant = ss * ii - si * si;
    const newSlope = Math.min(mostSlope, Math.max(leastSlope, slope + (ds * ii - di * si) / determinant));
    const bySlope = newSlope - slope;
    const byIntercept = (di - si * bySlope) / ii; // the best one for the slope that is taken
    slope = newSlope;
    intercept += byIntercept;
    if (Math.abs(bySlope) + Math.abs(byIntercept) < 1e-9) break;
  }
  const { slope: s, intercept: i } = before ?? { slope: 1, intercept: 0 };
  return { slope: slope * s, intercept: slope * i + intercept, carets: used.length };
}

interface Sampling {
  /** of the order in which places are tried */
  readonly seed: number;
  /** characters that are typed in any case, if there is time */
  readonly maxCarets: number;
  /** through which the model's probabilities go already */
  readonly before: GateCalibration | undefined;
  /** Is the time up? Asked between stretches. */
  readonly isOver: () => boolean;
  /** @param fraction of the characters that are typed in any case */
  readonly onProgress: (fraction: number) => void;
  /** told once, when these did not tell enough and more are typed */
  readonly onTooFew: (suggestions: number) => void;
}

export interface CalibrationSample {
  /** undefined where what was seen does not tell */
  readonly calibration: GateCalibration | undefined;
  readonly seen: readonly SeenSuggestion[];
  readonly typed: readonly Stretch[];
  /** in the order in which they would be typed next */
  readonly untyped: readonly Stretch[];
}

/**
 * Types stretches from all over the texts with all shown that the model says, until what was seen tells how sure it must be,
 * the texts end, or the time is up.
 * @throws InklingError when the model fails
 */
export async function sampleSuggestions(
  generator: TextGenerator,
  texts: readonly WrittenText[],
  { seed, maxCarets, before, isOver, onProgress, onTooFew }: Sampling,
): Promise<CalibrationSample> {
  const stretches = spreadStretches(
    texts.map(({ text }) => text),
    seed,
  );
  const seen: SeenSuggestion[] = [];
  let characters = 0;
  let count = 0;
  let isTold = false;
  for (const stretch of stretches) {
    if (isOver() || (characters >= maxCarets && fitCalibration(seen, before))) break;
    if (characters >= maxCarets && !isTold) onTooFew(seen.length);
    isTold ||= characters >= maxCarets;
    const typing = replay(
      generator,
      { texts, stretches: [stretch] },
      {
        policy: 'always',
        stopwatch: noStopwatch,
        onCaret: ({ kindShown: kind, suggestion, run }) => {
          // at the beginning of a sentence nothing is shown, however sure a model is
          if (kind && table[kind] < 1)
            seen.push({ kind, probability: suggestion!.firstWordProbability, right: run.words > 0 });
        },
      },
    );
    for await (const { all } of typing) characters += all.characters;
    count++;
    onProgress(Math.min(1, characters / maxCarets));
  }
  const [typed, untyped] = [stretches.slice(0, count), stretches.slice(count)];
  return { calibration: fitCalibration(seen, before), seen, typed, untyped };
}

const noStopwatch = { now: () => 0 };

/**
 * What a writer has of the thresholds, in stretches of the texts: at least the first, and more until the time is up.
 * @throws InklingError when the model fails
 */
export async function figuresOfStretches(
  generator: TextGenerator,
  { texts, stretches }: { readonly texts: readonly WrittenText[]; readonly stretches: readonly Stretch[] },
  { isOver, onProgress }: Pick<Sampling, 'isOver' | 'onProgress'>,
): Promise<TextFigures> {
  const sum = emptyTally();
  let count = 0;
  for await (const { all } of replay(generator, { texts, stretches }, { policy: 'gated', stopwatch: noStopwatch })) {
    addTally(sum, all);
    onProgress(++count / stretches.length);
    if (isOver()) break;
  }
  return textFigures(sum);
}
