import { calibrated, type ModelCalibration } from '../../protocol/gateCalibration.ts';
import type { TextGenerator } from '../../protocol/inference.ts';
import { type CompletionSettings, resolveCompletionSettings } from '../completion/completionSettings.ts';
import { documentHabits } from '../completion/documentHabits.ts';
import { type SeenSuggestion, thresholdTable } from './calibrationCurve.ts';
import { type MeasuredCalibration, measuredIn } from './languageCalibration.ts';
import { replay } from './simulation.ts';
import { type TextFigures, textFigures } from './simulationReport.ts';
import { type Stretch, spreadStretches } from './stretches.ts';
import { addTally, emptyTally } from './tally.ts';
import type { WrittenText } from './writtenText.ts';

/** A word that the model gives less tells little of where the thresholds are to be, and is not decoded any further. */
const leastTelling = 0.1;
/** Enough for the first word, which is all that counts here; `short` has half of it. */
const askedTokens = 12;

interface Sampling {
  /** of the order in which places are tried */
  readonly seed: number;
  /** characters that are typed in any case, if there is time */
  readonly maxCarets: number;
  /** through which the model's probabilities go already */
  readonly before: ModelCalibration | undefined;
  /** Is the time up? Asked between stretches. */
  readonly isOver: () => boolean;
  /** @param fraction of the characters that are typed in any case */
  readonly onProgress: (fraction: number) => void;
  /** told once, when these did not tell enough and more are typed */
  readonly onTooFew: (suggestions: number) => void;
}

export interface CalibrationSample {
  /** [] where what was seen does not tell */
  readonly measured: readonly MeasuredCalibration[];
  readonly seen: readonly SeenSuggestion[];
  readonly typed: readonly Stretch[];
  /** in the order in which they would be typed next */
  readonly untyped: readonly Stretch[];
}

/**
 * The gate as a writer has it, but low, and of first words alone: what the gate sees of a word is more than its tokens
 * (inference/sampling/wordEnd.ts), so that it must be there.
 */
const askedSettings = (before: ModelCalibration | undefined): CompletionSettings =>
  resolveCompletionSettings({
    minFirstWordProbability: Math.min(
      ...[before, ...Object.values(before?.languages ?? {})].map((one) => calibrated(leastTelling, one)),
    ),
    length: 'short',
    maxNewTokens: askedTokens,
  });

/**
 * Types stretches from all over the texts with all shown that the model holds for possible, until what was seen tells how sure it must be,
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
  const settings = askedSettings(before);
  const seen: SeenSuggestion[] = [];
  let characters = 0;
  let count = 0;
  let isTold = false;
  for (const stretch of stretches) {
    if (isOver() || (characters >= maxCarets && measuredIn(seen, before).length > 0)) break;
    if (characters >= maxCarets && !isTold) onTooFew(seen.length);
    isTold ||= characters >= maxCarets;
    const typing = replay(
      generator,
      { texts, stretches: [stretch] },
      {
        policy: 'always',
        settings: () => settings,
        stopwatch: noStopwatch,
        onCaret: ({ kindShown: kind, suggestion, run, offset }) => {
          // at the beginning of a sentence nothing is shown, however sure a model is
          if (kind && thresholdTable[kind] < 1)
            seen.push({
              kind,
              probability: suggestion!.firstWordProbability,
              right: run.words > 0,
              text: stretch.text,
              language: documentHabits(texts[stretch.text]!.text.slice(0, offset), '').language,
            });
        },
      },
    );
    for await (const { all } of typing) characters += all.characters;
    count++;
    onProgress(Math.min(1, characters / maxCarets));
  }
  const [typed, untyped] = [stretches.slice(0, count), stretches.slice(count)];
  return { measured: measuredIn(seen, before), seen, typed, untyped };
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
