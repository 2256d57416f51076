/** What a model's probability of a word is worth, measured on texts by `inkling calibrate` and kept in the model's folder. */
export interface GateCalibration {
  /** of the log-odds that the model gives */
  readonly slope: number;
  readonly intercept: number;
  /** suggestions that it was measured by */
  readonly carets: number;
}

/** The same of a model: in any text, and in those of a language where that was measured by itself, by codes such as `zh`. */
export interface ModelCalibration extends GateCalibration {
  readonly languages?: Readonly<Record<string, GateCalibration>>;
}

export const calibrationFile = 'calibration.json';

export const logit = (probability: number): number => Math.log(probability / (1 - probability));
export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** A probability as thresholds mean it, for which the bundled model sets the measure; 0 and 1 stay what they are. */
export function calibrated(probability: number, of: GateCalibration | undefined): number {
  if (!of || probability <= 0 || probability >= 1) return probability;
  return logistic(of.slope * logit(probability) + of.intercept);
}

/** The probability of the model that is worth so much. */
export function uncalibrated(probability: number, of: GateCalibration): number {
  if (probability <= 0 || probability >= 1) return probability;
  return logistic((logit(probability) - of.intercept) / of.slope);
}

/** @param language of the text; undefined where nobody knows it */
export function calibrationIn(
  of: ModelCalibration | undefined,
  language: string | undefined,
): GateCalibration | undefined {
  const { languages } = of ?? {};
  return language !== undefined && languages && Object.hasOwn(languages, language) ? languages[language] : of;
}

export const isCalibration = (json: unknown): json is ModelCalibration => {
  const { languages = {} } = (json ?? {}) as Record<string, unknown>;
  const isOfLanguages = typeof languages === 'object' && languages !== null && !Array.isArray(languages);
  return isCurve(json) && isOfLanguages && Object.values(languages).every(isCurve);
};

function isCurve(json: unknown): json is GateCalibration {
  const { slope, intercept, carets } = (json ?? {}) as Record<string, unknown>;
  return [slope, intercept, carets].every((one) => Number.isFinite(one)) && (slope as number) > 0;
}
