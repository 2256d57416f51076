import { defaultGenerationOptions, type GenerationOptions } from '../../protocol/generationOptions.ts';
import {
  type OptionsOf,
  oneOf,
  onOff,
  real,
  resolveOptions,
  type SwitchesOption,
  whole,
} from '../../protocol/optionTable.ts';
import { proseLanguageIds } from '../../text/languages.ts';
import { type ZoneKind, zoneKinds, zoneRules } from '../../text/zone.ts';

const languages: SwitchesOption = {
  type: 'switches',
  open: true,
  default: { ...Object.fromEntries(proseLanguageIds.map((id) => [id, true])), '*': false },
  meaning: 'language ids; `*` stands for all that are not named',
};

const zones: SwitchesOption<ZoneKind> = {
  type: 'switches',
  open: false,
  default: Object.fromEntries(zoneKinds.map((zone) => [zone, zoneRules[zone].enabled])) as Record<ZoneKind, boolean>,
  meaning: 'kinds of places within a text',
};

/** What a person can set about completions, beside the shared sampling options; settings/settingTable.ts names the settings. */
export const completionSettingTable = {
  enabled: onOff(true, 'off: no suggestion anywhere, not even on request'),
  languages,
  length: oneOf(
    ['short', 'sentence', 'paragraph'],
    'to the end of the clause, of the sentence, or over several',
    'sentence',
  ),
  showing: oneOf(
    ['calm', 'normal', 'eager'],
    'how often a suggestion is shown, and how sure the model must be of all of it',
    'normal',
  ),
  minFirstWordProbability: real(
    0,
    1,
    0.5,
    'probability',
    'that the rest of a word must have under the caret with `normal`; all else is scaled with it. 0 = show everything',
  ),
  midLine: onOff(true, 'suggestions with text right of the caret on the same line'),
  spaceAfterWord: onOff(true, 'a word that is taken at the end of a line brings along the blank behind it'),
  zones,
  lookAhead: onOff(true, 'while a suggestion is read, what would follow it is computed'),
  maxNewTokens: whole(
    2,
    128,
    16,
    'tokens',
    'of a suggestion as long as a sentence; `short` has half of it, `paragraph` four times',
  ),
  promptTokens: whole(32, 4096, 1000, 'tokens', 'about how much of the text before the caret the model reads'),
} as const;

export type CompletionSettings = OptionsOf<typeof completionSettingTable> & {
  /** the number of tokens is decided by `length` and `maxNewTokens` */
  readonly sampling: Omit<GenerationOptions, 'maxNewTokens'>;
};

/** These stand beside `inkling.completion.*`: they are switches of the whole extension. */
const general = new Set(['enabled', 'languages']);

const settingName = (name: string): string => `inkling.${general.has(name) ? '' : 'completion.'}${name}`;

/**
 * Fills in defaults and checks types and ranges.
 * @throws InklingError `optionOutOfRange`, naming the setting and what it may be
 */
export function resolveCompletionSettings(given: Partial<CompletionSettings>): CompletionSettings {
  const { maxNewTokens: _, ...sampling } = defaultGenerationOptions;
  const settings = resolveOptions(completionSettingTable, given, settingName);
  return { ...settings, sampling: { ...sampling, ...given.sampling } };
}

export const defaultCompletionSettings: CompletionSettings = resolveCompletionSettings({});

/** Whether suggestions are on for a language id. */
export function languageEnabled({ languages }: Pick<CompletionSettings, 'languages'>, languageId: string): boolean {
  return (Object.hasOwn(languages, languageId) ? languages[languageId] : languages['*']) ?? false;
}

export function zoneEnabled({ zones }: CompletionSettings, zone: ZoneKind): boolean {
  return zones[zone] ?? zoneRules[zone].enabled;
}
