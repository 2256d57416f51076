import { InklingError } from './errors.ts';

export type OptimizerName = 'sgd' | 'rmsprop' | 'adam' | 'adamw';
export type LearningRateSchedule = 'constant' | 'linear' | 'cosine';
export type LoraTarget = 'q' | 'k' | 'v' | 'o' | 'gate' | 'up' | 'down';
/** `lean` computes what is cheap a second time instead of keeping it: somewhat slower, in less memory */
export type MemoryMode = 'auto' | 'fast' | 'lean';

/** `int8`: most products with the frozen weights are computed with 8-bit numbers, about twice as fast */
export type BasePrecision = 'int8' | 'float32';

/** How an adapter is trained: one name in settings, on the wire, on the command line and in the loop. */
export interface TrainingOptions {
  readonly optimizer: OptimizerName;
  readonly lrSchedule: LearningRateSchedule;
  /** linear maps that get an adapter */
  readonly loraTargets: readonly LoraTarget[];
  readonly memoryMode: MemoryMode;
  readonly basePrecision: BasePrecision;
  readonly epochs: number;
  /** optimizer steps; 0 = as many as the epochs have */
  readonly maxSteps: number;
  /** the highest; the schedule lowers it */
  readonly learningRate: number;
  readonly warmupSteps: number;
  readonly weightDecay: number;
  readonly l1: number;
  readonly l2: number;
  readonly momentum: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** bound on the global norm of the gradients; 0 = none */
  readonly maxGradNorm: number;
  readonly labelSmoothing: number;
  readonly loraRank: number;
  readonly loraAlpha: number;
  readonly loraDropout: number;
  /** share of the layers, counted from the last, that get an adapter */
  readonly loraLayerFraction: number;
  /** tokens; a memory or time budget may shorten it */
  readonly sequenceLength: number;
  /** sequences whose gradients are added up before a step … */
  readonly batchSize: number;
  /** … times this many */
  readonly gradientAccumulationSteps: number;
  /** the same seed, data and options give the same adapter */
  readonly seed: number;
  /** steps from one evaluation to the next */
  readonly evaluationSteps: number;
  /** how much of the validation texts an evaluation reads, spread evenly over them */
  readonly evaluationTokens: number;
  /** steps from one checkpoint to the next */
  readonly checkpointSteps: number;
  /** evaluations in a row without a better validation loss after which training ends; 0 = never */
  readonly earlyStoppingPatience: number;
  /** bound on the process's resident memory; 0 = what is free on the machine */
  readonly maxMemoryMb: number;
  /** bound on the time spent computing, pauses not counted; 0 = none */
  readonly maxMinutes: number;
  /** 0 = physical cores − 1, at least 1 */
  readonly threads: number;
}

interface NumberSpec {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly integer: boolean;
}

type NumberOption = {
  [K in keyof TrainingOptions]: TrainingOptions[K] extends number ? K : never;
}[keyof TrainingOptions];

const whole = (minimum: number, maximum: number, value: number): NumberSpec => ({
  minimum,
  maximum,
  default: value,
  integer: true,
});
const real = (minimum: number, maximum: number, value: number): NumberSpec => ({
  minimum,
  maximum,
  default: value,
  integer: false,
});

export const trainingOptionSpecs: Readonly<Record<NumberOption, NumberSpec>> = {
  epochs: real(0.01, 1000, 1),
  maxSteps: whole(0, 1_000_000, 0),
  learningRate: real(1e-7, 1, 2e-3),
  warmupSteps: whole(0, 100_000, 10),
  weightDecay: real(0, 1, 0),
  l1: real(0, 1, 0),
  l2: real(0, 1, 0),
  momentum: real(0, 0.999, 0.9),
  beta1: real(0, 0.9999, 0.9),
  beta2: real(0, 0.99999, 0.999),
  epsilon: real(1e-16, 1, 1e-8),
  maxGradNorm: real(0, 1e6, 1),
  labelSmoothing: real(0, 0.9, 0),
  loraRank: whole(1, 256, 16),
  loraAlpha: real(0.01, 4096, 32),
  loraDropout: real(0, 0.9, 0),
  loraLayerFraction: real(0.01, 1, 1),
  sequenceLength: whole(16, 8192, 256),
  batchSize: whole(1, 1024, 1),
  gradientAccumulationSteps: whole(1, 1024, 1),
  seed: whole(0, 2 ** 32 - 1, 0),
  evaluationSteps: whole(1, 1_000_000, 50),
  evaluationTokens: whole(256, 100_000_000, 4096),
  checkpointSteps: whole(1, 1_000_000, 50),
  earlyStoppingPatience: whole(0, 1000, 5),
  maxMemoryMb: whole(0, 10_000_000, 0),
  maxMinutes: real(0, 100_000, 0),
  threads: whole(0, 256, 0),
};

const choices = {
  optimizer: ['adamw', 'adam', 'rmsprop', 'sgd'],
  lrSchedule: ['cosine', 'linear', 'constant'],
  memoryMode: ['auto', 'fast', 'lean'],
  basePrecision: ['int8', 'float32'],
} as const satisfies Partial<Record<keyof TrainingOptions, readonly string[]>>;

const allTargets: readonly LoraTarget[] = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'];

/** What a search found best for single writers and ten minutes: docs/lab/fine-tuning.md. */
export const defaultTrainingOptions: TrainingOptions = {
  ...(Object.fromEntries(Object.entries(trainingOptionSpecs).map(([name, spec]) => [name, spec.default])) as Record<
    NumberOption,
    number
  >),
  optimizer: 'adamw',
  lrSchedule: 'cosine',
  memoryMode: 'auto',
  basePrecision: 'int8',
  loraTargets: ['gate', 'up', 'down'],
};

/**
 * Fills in defaults and checks every range.
 * @throws InklingError `optionOutOfRange`, naming the option and its range
 */
export function resolveTrainingOptions(given: Partial<TrainingOptions>): TrainingOptions {
  const options = { ...defaultTrainingOptions, ...given };
  for (const [name, spec] of Object.entries(trainingOptionSpecs) as [NumberOption, NumberSpec][]) {
    const value = options[name];
    const isInRange = typeof value === 'number' && value >= spec.minimum && value <= spec.maximum;
    if (!isInRange || (spec.integer && !Number.isInteger(value))) {
      const kind = spec.integer ? 'a whole number' : 'a number';
      throw outOfRange(`${name} must be ${kind} from ${spec.minimum} to ${spec.maximum}, not ${String(value)}`);
    }
  }
  for (const [name, known] of Object.entries(choices) as [keyof typeof choices, readonly string[]][]) {
    if (!known.includes(options[name])) {
      throw outOfRange(`${name} must be one of ${known.join(', ')}, not ${String(options[name])}`);
    }
  }
  const { loraTargets } = options;
  const isListOfTargets = Array.isArray(loraTargets) && loraTargets.every((target) => allTargets.includes(target));
  if (!isListOfTargets || loraTargets.length === 0 || new Set(loraTargets).size < loraTargets.length) {
    throw outOfRange(`loraTargets must be some of ${allTargets.join(', ')}, each at most once`);
  }
  return options;
}

const outOfRange = (message: string) => new InklingError('optionOutOfRange', message);
