import { type GateCalibration, logistic, logit } from '../../protocol/gateCalibration.ts';
import { defaultCompletionSettings } from '../completion/completionSettings.ts';
import { type CaretKind, gateThresholds } from '../completion/gate.ts';

/** A suggestion that a simulated writer saw. */
export interface SeenSuggestion {
  /** by what the suggestion makes of the caret: what the gate goes by */
  readonly kind: CaretKind;
  /** of its first word, as it reached the gate */
  readonly probability: number;
  readonly right: boolean;
  /** index of the text that it was seen in */
  readonly text: number;
  /** of the text before it, as the gate is told it */
  readonly language?: string | undefined;
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
export const thresholdTable = gateThresholds(defaultCompletionSettings, { trigger: 'automatic' }).firstWord;

/**
 * Logistic regression of "the first word is right" on the model's log-odds (Platt 1999), by Newton's method: the thresholds
 * then mean the same with every model. It promises one standard error less than it found, so that what is promised holds for
 * other texts, too (docs/adr/0037).
 * @param before through which the probabilities have gone already
 * @returns undefined where there are too few suggestions, or nearly all are right, or wrong
 */
export function fitCalibration(
  seen: readonly SeenSuggestion[],
  before: GateCalibration | undefined,
): GateCalibration | undefined {
  const used = seen.filter(({ kind, probability }) => thresholdTable[kind] < 1 && probability > 0 && probability < 1);
  const right = used.filter((one) => one.right).length;
  if (used.length < leastSuggestions || Math.min(right, used.length - right) < leastOfEach) return undefined;
  const curve = likeliestCurve(used);
  const { slope } = curve;
  const intercept = curve.intercept - standardError(curve, used);
  const { slope: s, intercept: i } = before ?? { slope: 1, intercept: 0 };
  return { slope: slope * s, intercept: slope * i + intercept, carets: used.length };
}

/** Of log-odds that a model gives to those with which it is right. */
interface Curve {
  readonly slope: number;
  readonly intercept: number;
}

/** What a suggestion says of a curve: by how much it missed, and how much weight that has. */
function missed({ kind, probability, right }: SeenSuggestion, { slope, intercept }: Curve) {
  const x = logit(probability);
  const chance = logistic(slope * x + intercept + logit(rightAtThreshold) - logit(thresholdTable[kind]));
  return { x, error: Number(right) - chance, weight: chance * (1 - chance) };
}

/** Sums over what was seen, and the pull: first derivatives by slope and intercept, and second ones with their signs changed. */
function derivatives(used: readonly SeenSuggestion[], curve: Curve) {
  const { slope, intercept } = curve;
  let [ds, di, ss, si, ii] = [-prior * (slope - 1), -prior * intercept, prior, 0, prior];
  for (const one of used) {
    const { x, error, weight } = missed(one, curve);
    ds += error * x;
    di += error;
    ss += weight * x * x;
    si += weight * x;
    ii += weight;
  }
  return { ds, di, ss, si, ii, determinant: ss * ii - si * si };
}

function likeliestCurve(used: readonly SeenSuggestion[]): Curve {
  let [slope, intercept] = [1, 0];
  for (let step = 0; step < steps; step++) {
    const { ds, di, si, ii, determinant } = derivatives(used, { slope, intercept });
    const newSlope = Math.min(mostSlope, Math.max(leastSlope, slope + (ds * ii - di * si) / determinant));
    const bySlope = newSlope - slope;
    const byIntercept = (di - si * bySlope) / ii; // the best one for the slope that is taken
    slope = newSlope;
    intercept += byIntercept;
    if (Math.abs(bySlope) + Math.abs(byIntercept) < 1e-9) break;
  }
  return { slope, intercept };
}

/**
 * Of the log-odds that a curve gives at the thresholds: the largest of theirs. Suggestions in one text are right or wrong
 * together, so it is computed over texts, too (White 1980; Liang & Zeger 1986), and the larger one is taken.
 */
function standardError(curve: Curve, used: readonly SeenSuggestion[]): number {
  const { ss, si, ii, determinant } = derivatives(used, curve);
  const ofTexts = new Map<number, [number, number]>();
  for (const one of used) {
    const { x, error } = missed(one, curve);
    const [bySlope, byIntercept] = ofTexts.get(one.text) ?? [0, 0];
    ofTexts.set(one.text, [bySlope + error * x, byIntercept + error]);
  }
  const texts = ofTexts.size;
  const variances = Object.values(thresholdTable).flatMap((threshold) => {
    if (threshold >= 1) return [];
    const x = (logit(threshold) - curve.intercept) / curve.slope;
    const [a, b] = [(ii * x - si) / determinant, (ss - si * x) / determinant];
    const alone = a * x + b;
    const together = [...ofTexts.values()].reduce((sum, [s, i]) => sum + (a * s + b * i) ** 2, 0);
    return [alone, texts > 1 ? (together * texts) / (texts - 1) : 0];
  });
  return Math.sqrt(Math.max(...variances));
}

/** Between which shares the one of many more lies, with 95 % (Wilson 1927); after nothing it may be any. */
export function shareInterval(right: number, shown: number): [number, number] {
  if (shown === 0) return [0, 1];
  const square = 1.96 ** 2;
  const centre = (right + square / 2) / (shown + square);
  const half = (1.96 / (shown + square)) * Math.sqrt((right * (shown - right)) / shown + square / 4);
  return [centre - half, centre + half];
}
