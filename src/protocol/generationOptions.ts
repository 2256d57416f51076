import { InklingError, sentence } from './errors.ts';
import { defaultsOf, type OptionsOf, real, resolveOptions, type TextsOption, whole } from './optionTable.ts';

const stop: TextsOption = {
  type: 'texts',
  default: [],
  of: 'strings',
  maxItems: 16,
  maxLength: 200,
  meaning: 'strings that end the text; they are not part of it',
};

/** The shared sampling options: one name in settings, on the wire, on the command line and in the decode loop. */
export const generationOptionTable = {
  maxNewTokens: whole(1, 4096, 16, 'tokens', 'the most that is written'),
  temperature: real(0, 2, 0, '', '0 = the likeliest token each time; above, logits are divided by it'),
  topK: whole(0, 1000, 0, 'tokens', 'draw among the k likeliest; 0 = no limit'),
  topP: real(0.01, 1, 1, 'probability', 'draw among the likeliest that together have this much; 1 = no limit'),
  minP: real(0, 1, 0, 'share', 'leave out what is less likely than this share of the likeliest; 0 = no limit'),
  repetitionPenalty: real(
    0.5,
    2,
    1,
    '',
    'above 1, tokens that were seen before become less likely (Keskar et al. 2019)',
  ),
  noRepeatNgramSize: whole(0, 20, 0, 'tokens', 'never repeat a sequence of this length; 0 = no limit'),
  seed: whole(0, 2 ** 32 - 1, 0, '', 'of the random numbers; the same seed gives the same text'),
  stop,
  numReturnSequences: whole(1, 8, 1, 'texts', 'independent continuations; more than one needs a temperature above 0'),
} as const;

export type GenerationOptions = OptionsOf<typeof generationOptionTable>;

export const defaultGenerationOptions: GenerationOptions = defaultsOf(generationOptionTable);

/**
 * Fills in defaults and checks every range.
 * @throws InklingError `optionOutOfRange`, naming the option and its range
 */
export function resolveGenerationOptions(given: Partial<GenerationOptions>): GenerationOptions {
  const options = resolveOptions(generationOptionTable, given);
  if (options.numReturnSequences > 1 && options.temperature === 0) {
    throw new InklingError(
      'optionOutOfRange',
      sentence`numReturnSequences above 1 needs a temperature above 0: greedy decoding has one result`,
    );
  }
  return options;
}
