import { calibrationIn, type GateCalibration, type ModelCalibration } from '../../protocol/gateCalibration.ts';
import { fitCalibration, type SeenSuggestion } from './calibrationCurve.ts';

/** What was measured, by language; undefined: of any text. */
export interface MeasuredCalibration {
  readonly language: string | undefined;
  readonly calibration: GateCalibration;
}

/**
 * Suggestions that are judged together: those of each language, and those of any that nothing is known of yet. What was
 * measured in one language is no measure of another, so it stays where only others are seen.
 */
export function groupsOf(
  seen: readonly SeenSuggestion[],
  before: ModelCalibration | undefined,
): { readonly language: string | undefined; readonly seen: readonly SeenSuggestion[] }[] {
  const languages = [...new Set(seen.map(({ language }) => language))].filter((one) => one !== undefined);
  return [
    { language: undefined, seen: before ? seen.filter(({ language }) => language === undefined) : seen },
    ...languages.map((language) => ({ language, seen: seen.filter((one) => one.language === language) })),
  ].sort((a, b) => b.seen.length - a.seen.length);
}

/** Fits what tells enough. @returns the largest group first */
export const measuredIn = (
  seen: readonly SeenSuggestion[],
  before: ModelCalibration | undefined,
): readonly MeasuredCalibration[] =>
  groupsOf(seen, before).flatMap(({ language, seen: together }) => {
    const calibration = fitCalibration(together, calibrationIn(before, language));
    return calibration ? [{ language, calibration }] : [];
  });

/** What a model is to keep of it. @returns undefined where nothing was measured, now or before */
export function withMeasured(
  before: ModelCalibration | undefined,
  measured: readonly MeasuredCalibration[],
): ModelCalibration | undefined {
  const ofAny = measured.find(({ language }) => language === undefined)?.calibration ?? before;
  if (!ofAny) return undefined;
  const entries = measured.flatMap(({ language, calibration }) =>
    language === undefined ? [] : [[language, calibration]],
  );
  const languages = { ...before?.languages, ...Object.fromEntries(entries) };
  return { ...ofAny, ...(Object.keys(languages).length > 0 && { languages }) };
}
