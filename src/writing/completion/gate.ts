import { logistic, logit } from '../../protocol/gateCalibration.ts';
import type { ZoneKind } from '../../text/zone.ts';
import type { CaretPlace } from './caret.ts';
import type { CaretRequest } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';
import { endsUnspaced, startsInWord } from './segment.ts';

/** A caret by what the suggestion turned out to be: the rest of a word, or a word of its own. */
export type CaretKind = 'midWord' | 'wordEnd' | 'afterSpace' | 'sentenceStart';

/**
 * How sure the model must be of its first word, with `normal` and the default of the setting `minFirstWordProbability`.
 *
 * Calibrated by bench/calibration on texts of authors of its own (docs/lab/simulator.md). The table that saves most keys
 * there with 65 % of what is shown right (0.35, 0.4, 0.65) saves 25.0 % of them; this one saves 24.2 % with 73 % right,
 * and the same net of wrong shows: the difference is the margin for other authors. Inside a word the bundled model's
 * probabilities are what they say; at a word's end and after a space words of 0.5 to 0.7 are right half of the time.
 * At a sentence start no threshold helps: nothing is asked there.
 */
const minFirstWordProbability: Readonly<Record<CaretKind, number>> = {
  midWord: 0.5,
  wordEnd: 0.6,
  afterSpace: 0.65,
  sentenceStart: 1,
};

interface Strictness {
  /** of the first word, as the setting `minFirstWordProbability` would say it */
  readonly firstWord: number;
  /** a suggestion is cut back before the first later word whose own probability is lower … */
  readonly minWordProbability: number;
  /** … or that makes the probability of all so far lower */
  readonly minTotalProbability: number;
  /** of a name that the document does not have, be it the first word or a later one: a model takes the commonest */
  readonly minNewNameProbability: number;
  /** letters: the end of a word that is typed as fast as it is read */
  readonly minRestOfWord: number;
}

/** What was measured of each, and why these: docs/adr/0029. */
const strictnessOf: Readonly<Record<CompletionSettings['showing'], Strictness>> = {
  calm: {
    firstWord: 0.65,
    minWordProbability: 0.4,
    minTotalProbability: 0.3,
    minNewNameProbability: 0.85,
    minRestOfWord: 4,
  },
  normal: {
    firstWord: 0.5,
    minWordProbability: 0.3,
    minTotalProbability: 0.1,
    minNewNameProbability: 0.8,
    minRestOfWord: 3,
  },
  eager: {
    firstWord: 0.35,
    minWordProbability: 0.3,
    minTotalProbability: 0.1,
    minNewNameProbability: 0.65,
    minRestOfWord: 3,
  },
};

/** What holds in a language that the model does not know (docs/adr/0029), in code (docs/adr/0038), and of what nobody saw. */
const oneStepSurer: Readonly<Record<CompletionSettings['showing'], CompletionSettings['showing']>> = {
  calm: 'calm',
  normal: 'calm',
  eager: 'normal',
};

/**
 * What stands of the word under the caret is taken for a typo below this. Of 15 beginnings of rare and common words
 * ("supermar", "Copenha", "xyloph") 13 were above −9.1, a name and "paleontol" below −13; of 15 misspelt ones
 * ("expermi", "sevr", "beleiv") all were below −13.
 */
export const minHealedLogprob = -12.5;

/** Nats per token that the text right of the caret may lose by the suggestion before it. */
export const maxSuffixLoss = 0.3;

/** Of all words so far while the hand runs: what is short is there sooner, and is read in passing. */
const minTotalInRun = 0.25;
/** Keys that a wrong end costs somebody who reads it while typing on. */
const wrongEndKeysInRun = 2;

/** The setting's default, for which the tables above hold. */
const tableSetting = 0.5;

/** All thresholds that hold for one request. */
export interface GateThresholds {
  /** least probability of the first word, by what the answer makes of the caret; 1 = silent */
  readonly firstWord: Readonly<Record<CaretKind, number>>;
  /** the same of a word that comes up after what stands before it was typed unseen: one step surer (docs/adr/0034) */
  readonly unseenWord: Readonly<Record<CaretKind, number>>;
  readonly minWordProbability: number;
  readonly minTotalProbability: number;
  /** keys that an end that is not what is typed costs; 0: later words are cut by their probabilities alone */
  readonly wrongEndKeys: number;
  readonly minNewNameProbability: number;
  readonly minRestOfWord: number;
}

/**
 * A person who asks for a suggestion gets what there is, whatever the language. Behind a character of a script without blanks
 * what is said is right as often as elsewhere.
 * @param zone of the caret, where it is known
 */
export function gateThresholds(
  { showing, minFirstWordProbability: setting }: Pick<CompletionSettings, 'showing' | 'minFirstWordProbability'>,
  {
    trigger,
    isForeign = false,
    handRuns = false,
    prefix = '',
  }: Pick<CaretRequest, 'trigger' | 'isForeign' | 'handRuns'> & Partial<Pick<CaretRequest, 'prefix'>>,
  zone?: ZoneKind,
): GateThresholds {
  const strictness = trigger === 'explicit' ? 0 : setting;
  const isSurer = strictness > 0 && (zone === 'code' || (isForeign && !endsUnspaced(prefix)));
  const inForce = isSurer ? oneStepSurer[showing] : showing;
  const { minRestOfWord, ...later } = strictnessOf[inForce];
  const isInRun = handRuns && !endsUnspaced(prefix); // there a character counts as a word
  return {
    firstWord: firstWordTable(inForce, strictness),
    unseenWord: firstWordTable(oneStepSurer[inForce], strictness),
    minWordProbability: shifted(later.minWordProbability, strictness),
    minTotalProbability: shifted(Math.max(later.minTotalProbability, isInRun ? minTotalInRun : 0), strictness),
    wrongEndKeys: isInRun && strictness > 0 ? wrongEndKeysInRun : 0,
    minNewNameProbability: shifted(later.minNewNameProbability, strictness),
    minRestOfWord,
  };
}

function firstWordTable(showing: CompletionSettings['showing'], strictness: number): Record<CaretKind, number> {
  const { firstWord } = strictnessOf[showing];
  const entries = Object.entries(minFirstWordProbability);
  return Object.fromEntries(
    entries.map(([kind, value]) => [kind, shifted(shifted(value, firstWord), strictness)]),
  ) as Record<CaretKind, number>;
}

/** Moves a table value as far, in log-odds, as the setting is from its default; 0 and 1 stay what they mean. */
function shifted(value: number, setting: number): number {
  if (setting <= 0) return 0;
  if (setting >= 1 || value >= 1) return 1;
  const logOdds = logit(value) + logit(setting) - logit(tableSetting);
  return logistic(logOdds);
}

/** The threshold that decoding can apply before it knows what follows a letter: the lowest that may hold. */
export function earlyThreshold({ firstWord }: GateThresholds, place: CaretPlace): number {
  return place === 'afterLetter' ? Math.min(firstWord.midWord, firstWord.wordEnd) : firstWord[kindOf(place, '')];
}

/** @param text the suggestion as decoded */
export function kindOf(place: CaretPlace, text: string): CaretKind {
  switch (place) {
    case 'afterLetter':
      return startsInWord(text) || text.startsWith("'") || text.startsWith('’') ? 'midWord' : 'wordEnd';
    case 'afterMark':
      return 'wordEnd';
    default:
      return place;
  }
}
