import { defaultsOf, type OptionsOf, oneOf, real, resolveOptions, type SomeOption, whole } from './optionTable.ts';

export type OptimizerName = 'sgd' | 'rmsprop' | 'adam' | 'adamw';
export type LearningRateSchedule = 'constant' | 'linear' | 'cosine';
export type LoraTarget = 'q' | 'k' | 'v' | 'o' | 'gate' | 'up' | 'down';
export type MemoryMode = 'auto' | 'fast' | 'lean';
export type BasePrecision = 'int8' | 'float32';

const loraTargets: SomeOption<LoraTarget> = {
  type: 'some',
  choices: ['q', 'k', 'v', 'o', 'gate', 'up', 'down'],
  default: ['gate', 'up', 'down'],
  meaning: 'linear maps that get an adapter',
};

/**
 * How an adapter is trained: one name in settings, on the wire, on the command line and in the loop. The defaults are what
 * a search found best for single writers and ten minutes: docs/lab/fine-tuning.md.
 */
export const trainingOptionTable = {
  optimizer: oneOf<OptimizerName>(['adamw', 'adam', 'rmsprop', 'sgd'], 'how a step follows from the gradients'),
  lrSchedule: oneOf<LearningRateSchedule>(['cosine', 'linear', 'constant'], 'how the learning rate falls'),
  loraTargets,
  memoryMode: oneOf<MemoryMode>(
    ['auto', 'fast', 'lean'],
    'lean computes what is cheap a second time instead of keeping it: somewhat slower, in less memory',
  ),
  basePrecision: oneOf<BasePrecision>(
    ['int8', 'float32'],
    'int8 computes most products with the frozen weights in 8 bits, about twice as fast',
  ),
  epochs: real(0.01, 1000, 1, 'passes', 'over the texts'),
  maxSteps: whole(0, 1_000_000, 0, 'steps', 'of the optimizer; 0 = as many as the epochs have'),
  learningRate: real(1e-7, 1, 2e-3, '', 'the highest; the schedule lowers it'),
  warmupSteps: whole(0, 100_000, 10, 'steps', 'over which the learning rate rises'),
  weightDecay: real(0, 1, 0, '', 'how strongly the weights are drawn towards zero, apart from the gradients'),
  l1: real(0, 1, 0, '', 'weight of the sum of absolute values in the loss'),
  l2: real(0, 1, 0, '', 'weight of the sum of squares in the loss'),
  momentum: real(0, 0.999, 0.9, '', 'of sgd and rmsprop'),
  beta1: real(0, 0.9999, 0.9, '', 'decay of the first moment of adam and adamw'),
  beta2: real(0, 0.99999, 0.999, '', 'decay of the second moment'),
  epsilon: real(1e-16, 1, 1e-8, '', 'added to the root of the second moment'),
  maxGradNorm: real(0, 1e6, 1, '', 'bound on the global norm of the gradients; 0 = none'),
  labelSmoothing: real(0, 0.9, 0, 'share', 'of the target that is spread over all tokens'),
  loraRank: whole(1, 256, 16, '', 'of the matrices that are learnt: how much an adapter can hold'),
  loraAlpha: real(0.01, 4096, 32, '', 'scales what the adapter adds, divided by the rank'),
  loraDropout: real(0, 0.9, 0, 'share', "of an adapter's inputs that is left out at random"),
  loraLayerFraction: real(0.01, 1, 1, 'share', 'of the layers, counted from the last, that get an adapter'),
  sequenceLength: whole(16, 8192, 256, 'tokens', 'read at once; a memory or time budget may shorten it'),
  batchSize: whole(1, 1024, 1, 'sequences', 'whose gradients are added up before a step …'),
  gradientAccumulationSteps: whole(1, 1024, 1, 'times', '… the batch size'),
  seed: whole(0, 2 ** 32 - 1, 0, '', 'the same seed, data and options give the same adapter'),
  evaluationSteps: whole(1, 1_000_000, 50, 'steps', 'from one evaluation to the next'),
  evaluationTokens: whole(
    256,
    100_000_000,
    4096,
    'tokens',
    'of the validation texts that an evaluation reads, spread evenly',
  ),
  checkpointSteps: whole(1, 1_000_000, 50, 'steps', 'from one checkpoint to the next'),
  earlyStoppingPatience: whole(0, 1000, 5, 'evaluations', 'without a better loss after which training ends; 0 = never'),
  maxMemoryMb: whole(0, 10_000_000, 0, 'MB', "bound on the process's resident memory; 0 = none"),
  maxMinutes: real(0, 100_000, 0, 'minutes', 'bound on the time spent computing, pauses not counted; 0 = none'),
  threads: whole(0, 256, 0, 'threads', '0 = physical cores - 1, at least 1'),
} as const;

export type TrainingOptions = OptionsOf<typeof trainingOptionTable>;

export const defaultTrainingOptions: TrainingOptions = defaultsOf(trainingOptionTable);

/**
 * Fills in defaults and checks every range.
 * @throws InklingError `optionOutOfRange`, naming the option and its range
 */
export const resolveTrainingOptions = (given: Partial<TrainingOptions>): TrainingOptions =>
  resolveOptions(trainingOptionTable, given);
