import { bundledModelName, defaultHub } from '../../client/modelFolders.ts';
import { corpusOptionTable } from '../../protocol/corpus.ts';
import { engineOptionTable } from '../../protocol/engineOptions.ts';
import { generationOptionTable } from '../../protocol/generationOptions.ts';
import {
  type NumberOption,
  type Option,
  type OptionsOf,
  onOff,
  type TextOption,
  type TextsOption,
  whole,
} from '../../protocol/optionTable.ts';
import { trainingOptionTable } from '../../protocol/trainingOptions.ts';
import { completionSettingTable } from '../../writing/completion/completionSettings.ts';

/** Where a setting can be set: by the person only, also by a workspace, also by language. */
export type SettingScope = 'application' | 'window' | 'language-overridable';

export interface Setting<Of extends Option = Option> {
  readonly option: Of;
  readonly scope: SettingScope;
  /** stands behind the tag `advanced`: nobody needs it to write */
  readonly isAdvanced: boolean;
  /** holds also where the workspace is not trusted */
  readonly isHarmless: boolean;
  /** names something of this machine: not carried to the person's other machines */
  readonly isLocal: boolean;
  /** a change loads the model again */
  readonly loadsModel: boolean;
}

type Traits = Partial<Omit<Setting, 'option' | 'scope'>>;

const setting =
  (scope: SettingScope) =>
  <Of extends Option>(option: Of, traits: Traits = {}): Setting<Of> => ({
    option,
    scope,
    isAdvanced: false,
    isHarmless: false,
    isLocal: false,
    loadsModel: false,
    ...traits,
  });

const application = setting('application');
const window = setting('window');
const byLanguage = setting('language-overridable');

const advanced = { isAdvanced: true };
const engine = { loadsModel: true };

const text = (value: string, meaning: string): TextOption => ({ type: 'text', default: value, meaning });

/** Somebody who fine-tunes for the first time waits for a coffee, not for an afternoon. */
const maxMinutes: NumberOption = { ...trainingOptionTable.maxMinutes, default: 10 };

/** Own patterns are added to the usual ones, which are not shown. */
const exclude = { ...corpusOptionTable.exclude, default: [] };

const allowedHosts: TextsOption = {
  type: 'texts',
  default: [],
  of: 'hosts',
  maxItems: 20,
  maxLength: 260,
  meaning: 'hosts besides this machine that text may be sent to',
};

const serverContext = whole(
  0,
  10_000_000,
  0,
  'tokens',
  'that its model reads and writes in all; 0 = what it says itself',
);

const { maxNewTokens: _, stop: __, ...sampling } = generationOptionTable;

const samplingSettings = Object.fromEntries(
  Object.entries(sampling).map(([name, option]) => [`sampling.${name}`, byLanguage(option, advanced)]),
) as Record<`sampling.${keyof typeof sampling}`, Setting<NumberOption>>;

/**
 * Every setting `inkling.NAME`, by section, in the order in which a person sees them. package.json is generated from this
 * table (`npm run manifest`); its texts are `setting.NAME` in package.nls.json.
 */
export const settingTable = {
  general: {
    enabled: window(completionSettingTable.enabled, { isHarmless: true }),
    languages: window(completionSettingTable.languages, { isHarmless: true }),
    textLanguage: byLanguage(text('', 'language that texts are in, such as `de`; empty: as they say or show'), {
      ...advanced,
      isHarmless: true,
    }),
  },
  completion: {
    'completion.length': byLanguage(completionSettingTable.length),
    'completion.showing': byLanguage(completionSettingTable.showing),
    'completion.midLine': byLanguage(completionSettingTable.midLine),
    'completion.spaceAfterWord': byLanguage(completionSettingTable.spaceAfterWord),
    'completion.zones': byLanguage(completionSettingTable.zones),
    ownWords: window(onOff(true, 'suggestions prefer the words and phrases of the workspace')),
    'completion.minFirstWordProbability': byLanguage(completionSettingTable.minFirstWordProbability, advanced),
    'completion.lookAhead': byLanguage(completionSettingTable.lookAhead, advanced),
    'completion.maxNewTokens': byLanguage(completionSettingTable.maxNewTokens, advanced),
    'completion.promptTokens': byLanguage(completionSettingTable.promptTokens, advanced),
    ...samplingSettings,
  },
  engine: {
    model: window(text(bundledModelName, "a model's name, or its folder"), { ...engine, isLocal: true }),
    hub: application(text(defaultHub, 'address of the hub that models are fetched from, or of a mirror'), advanced),
    'actions.model': window(text('', 'the model for actions and chat; empty: the same'), { isLocal: true }),
    'server.url': application(text('', 'address of an OpenAI-compatible server that does actions; empty: none'), {
      ...advanced,
      isLocal: true,
    }),
    'server.model': application(text('', 'which of its models'), { ...advanced, isLocal: true }),
    'server.suggestions': application(onOff(false, 'suggestions while you type come from the server, too'), {
      ...advanced,
      isLocal: true,
    }),
    'server.contextTokens': application(serverContext, { ...advanced, isLocal: true }),
    'server.allowedHosts': application(allowedHosts, { ...advanced, isLocal: true }),
    adapter: window(text('', "an adapter's name, or its folder; empty: none"), { ...engine, isLocal: true }),
    adapterStrength: window(engineOptionTable.adapterStrength, engine),
    device: window(engineOptionTable.device, { ...engine, ...advanced, isLocal: true }),
    threads: window(engineOptionTable.threads, { ...engine, ...advanced, isLocal: true }),
    idleUnloadMinutes: window(engineOptionTable.idleUnloadMinutes, { ...engine, ...advanced }),
    contextTokens: window(engineOptionTable.contextTokens, { ...engine, ...advanced }),
  },
  training: {
    'training.maxMinutes': window(maxMinutes),
    'training.include': window(corpusOptionTable.include),
    'training.exclude': window(exclude),
    'training.useGitignore': window(corpusOptionTable.useGitignore),
    learnFromUse: application(onOff(false, 'keep suggestions as examples to learn from')),
    'training.stripFrontMatter': window(corpusOptionTable.stripFrontMatter, advanced),
    'training.stripCode': window(corpusOptionTable.stripCode, advanced),
    'training.dropDuplicates': window(corpusOptionTable.dropDuplicates, advanced),
    'training.minCharacters': window(corpusOptionTable.minCharacters, advanced),
    'training.validationFraction': window(corpusOptionTable.validationFraction, advanced),
    'training.testFraction': window(corpusOptionTable.testFraction, advanced),
    'training.epochs': window(trainingOptionTable.epochs, advanced),
    'training.maxSteps': window(trainingOptionTable.maxSteps, advanced),
    'training.maxMemoryMb': window(trainingOptionTable.maxMemoryMb, advanced),
    'training.threads': window(trainingOptionTable.threads, { ...advanced, isLocal: true }),
    'training.learningRate': window(trainingOptionTable.learningRate, advanced),
    'training.lrSchedule': window(trainingOptionTable.lrSchedule, advanced),
    'training.warmupSteps': window(trainingOptionTable.warmupSteps, advanced),
    'training.optimizer': window(trainingOptionTable.optimizer, advanced),
    'training.weightDecay': window(trainingOptionTable.weightDecay, advanced),
    'training.loraRank': window(trainingOptionTable.loraRank, advanced),
    'training.loraAlpha': window(trainingOptionTable.loraAlpha, advanced),
    'training.loraDropout': window(trainingOptionTable.loraDropout, advanced),
    'training.loraTargets': window(trainingOptionTable.loraTargets, advanced),
    'training.sequenceLength': window(trainingOptionTable.sequenceLength, advanced),
    'training.batchSize': window(trainingOptionTable.batchSize, advanced),
    'training.gradientAccumulationSteps': window(trainingOptionTable.gradientAccumulationSteps, advanced),
    'training.evaluationSteps': window(trainingOptionTable.evaluationSteps, advanced),
    'training.evaluationTokens': window(trainingOptionTable.evaluationTokens, advanced),
    'training.seed': window(trainingOptionTable.seed, advanced),
  },
} as const satisfies Record<string, Record<string, Setting>>;

type Sections = typeof settingTable;
type AllSettings = UnionToIntersection<Sections[keyof Sections]>;
type UnionToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

export type SettingName = keyof AllSettings;

/** The value of each setting, by name. */
export type SettingValues = OptionsOf<{ [Name in SettingName]: AllSettings[Name]['option'] }>;

/** All settings by name, whatever their section. */
export const settingsByName: Readonly<Record<SettingName, Setting>> = Object.assign({}, ...Object.values(settingTable));

export const settingNames = Object.keys(settingsByName) as SettingName[];

export type CompletionSettingName = Extract<SettingName, `${'completion' | 'sampling'}.${string}`>;
export type TrainingSettingName = Extract<SettingName, `training.${string}`>;
/** A change of one of these loads the model again. */
export type EngineSettingName = Exclude<keyof Sections['engine'], 'actions.model' | 'hub' | `server.${string}`>;
