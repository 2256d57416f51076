import { InklingError } from './errors.ts';

/** The shared sampling options: one name in settings, on the wire, on the command line and in the decode loop. */
export interface GenerationOptions {
  /** tokens; the decode loop never returns more */
  readonly maxNewTokens: number;
  /** 0 = greedy (arg-max); otherwise logits are divided by it (Holtzman et al. 2020) */
  readonly temperature: number;
  /** keep the k most likely tokens; 0 = off */
  readonly topK: number;
  /** nucleus sampling: keep the smallest set with at least this probability; 1 = off */
  readonly topP: number;
  /** keep tokens with at least minP × the probability of the likeliest one; 0 = off */
  readonly minP: number;
  /** divide positive / multiply negative logits of tokens already seen (Keskar et al. 2019); 1 = off */
  readonly repetitionPenalty: number;
  /** forbid any token that would complete an n-gram already present; 0 = off */
  readonly noRepeatNgramSize: number;
  /** seed of the random numbers; the same seed gives the same text */
  readonly seed: number;
  /** strings that end the text; they are not part of it */
  readonly stop: readonly string[];
  /** how many independent continuations to return; more than one needs temperature > 0 */
  readonly numReturnSequences: number;
}

interface NumberSpec {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly integer: boolean;
}

/** Range and default of every numeric option; `stop` has at most 16 strings of at most 200 characters. */
export const generationOptionSpecs: Readonly<Record<Exclude<keyof GenerationOptions, 'stop'>, NumberSpec>> = {
  maxNewTokens: { minimum: 1, maximum: 4096, default: 16, integer: true },
  temperature: { minimum: 0, maximum: 2, default: 0, integer: false },
  topK: { minimum: 0, maximum: 1000, default: 0, integer: true },
  topP: { minimum: 0.01, maximum: 1, default: 1, integer: false },
  minP: { minimum: 0, maximum: 1, default: 0, integer: false },
  repetitionPenalty: { minimum: 0.5, maximum: 2, default: 1, integer: false },
  noRepeatNgramSize: { minimum: 0, maximum: 20, default: 0, integer: true },
  seed: { minimum: 0, maximum: 2 ** 32 - 1, default: 0, integer: true },
  numReturnSequences: { minimum: 1, maximum: 8, default: 1, integer: true },
};

export const defaultGenerationOptions: GenerationOptions = {
  ...(Object.fromEntries(Object.entries(generationOptionSpecs).map(([name, spec]) => [name, spec.default])) as Record<
    keyof typeof generationOptionSpecs,
    number
  >),
  stop: [],
};

/**
 * Fills in defaults and checks every range.
 * @throws InklingError `optionOutOfRange`, naming the option and its range
 */
export function resolveGenerationOptions(given: Partial<GenerationOptions>): GenerationOptions {
  const options = { ...defaultGenerationOptions, ...given };
  for (const [name, spec] of Object.entries(generationOptionSpecs) as [
    keyof typeof generationOptionSpecs,
    NumberSpec,
  ][]) {
    const value = options[name];
    const ok = typeof value === 'number' && value >= spec.minimum && value <= spec.maximum;
    if (!ok || (spec.integer && !Number.isInteger(value))) {
      const kind = spec.integer ? 'a whole number' : 'a number';
      throw outOfRange(`${name} must be ${kind} from ${spec.minimum} to ${spec.maximum}, not ${String(value)}`);
    }
  }
  if (!Array.isArray(options.stop) || options.stop.length > 16) throw outOfRange('stop must be at most 16 strings');
  for (const text of options.stop) {
    if (typeof text !== 'string' || text === '' || text.length > 200) {
      throw outOfRange('each stop string must have 1 to 200 characters');
    }
  }
  if (options.numReturnSequences > 1 && options.temperature === 0) {
    throw outOfRange('numReturnSequences above 1 needs a temperature above 0: greedy decoding has one result');
  }
  return options;
}

const outOfRange = (message: string) => new InklingError('optionOutOfRange', message);
