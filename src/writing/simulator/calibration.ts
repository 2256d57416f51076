import { type GateCalibration, logistic, logit } from '../../protocol/gateCalibration.ts';
import { defaultCompletionSettings } from '../completion/completionSettings.ts';
import { type CaretKind, gateThresholds } from '../completion/gate.ts';

/** A suggestion that a simulated writer saw. */
export interface SeenSuggestion {
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
