/** The rotary positions that config.json asks for, under every spelling that it has had. */
import { sentence } from '../protocol/errors.ts';
import type { ConfigKeys } from './configKeys.ts';
import type { RotaryPositions } from './rotaryTable.ts';

export interface RotaryBase {
  readonly headDim: number;
  /** `max_position_embeddings` */
  readonly contextTokens: number;
  /** where config.json names none */
  readonly theta: number;
  /** `original_max_position_embeddings` where config.json names none, if the class has a default */
  readonly originalTokens?: number | undefined;
  /** does the class turn a part of a head only, if it is told to? */
  readonly mayBePartial?: boolean | undefined;
  /** `rope_parameters` may differ between kinds of layers, such as `full_attention` */
  readonly layerKind?: string;
}

export interface ScaledPositions extends RotaryPositions {
  /** tokens up to which these positions hold; beyond them the model would need others */
  readonly validTokens: number;
}

/**
 * @throws InklingError `modelConfig` for a missing or impossible number, `modelUnsupported` for a kind of scaling or a key
 * in it that is not known
 */
export function readRotary(keys: ConfigKeys, base: RotaryBase): ScaledPositions {
  const given = scalingOf(keys, base.layerKind);
  const theta = given?.has('rope_theta') ? given.positive('rope_theta') : keys.positive('rope_theta', base.theta);
  given?.get('rope_theta');
  const ofAll = keys.positive('partial_rotary_factor', 1);
  const part = given?.has('partial_rotary_factor') ? given.positive('partial_rotary_factor') : ofAll;
  given?.get('partial_rotary_factor');
  if (part !== 1 && !base.mayBePartial) throw keys.unsupported('partial_rotary_factor', part);
  const dimensions = Math.floor(base.headDim * part);
  if (part === 1 && dimensions % 2 !== 0) {
    throw keys.contradiction(sentence`a head has ${dimensions} numbers, which are turned in pairs`);
  }
  if (part > 1 || dimensions < 2 || dimensions % 2 !== 0) {
    throw keys.contradiction(
      sentence`partial_rotary_factor ${part} leaves ${dimensions} of ${base.headDim} numbers of a head`,
    );
  }
  const plain = Array.from({ length: dimensions / 2 }, (_, i) => theta ** ((-2 * i) / dimensions));
  const kind = given ? kindOf(given) : 'default';
  const scaling = Object.hasOwn(scalings, kind) ? scalings[kind]! : undefined;
  if (!scaling) throw given!.unsupported(given!.has('rope_type') ? 'rope_type' : 'type');
  const originalTokens = keys.optionalWholeNumber('original_max_position_embeddings') ?? base.originalTokens;
  const scaled = given
    ? scaling(given, { plain, theta, dimensions, contextTokens: base.contextTokens, originalTokens })
    : {};
  given?.refuseUnread();
  return { dimensions, frequencies: plain, magnitude: 1, validTokens: base.contextTokens, ...scaled };
}

/** `rope_scaling` (older files) or `rope_parameters` (newer ones), if need be of one kind of layer. */
function scalingOf(keys: ConfigKeys, layerKind: string | undefined): ConfigKeys | undefined {
  const [older, newer] = [keys.get('rope_scaling'), keys.get('rope_parameters')];
  if (older !== undefined && newer !== undefined && JSON.stringify(older) !== JSON.stringify(newer)) {
    throw keys.contradiction(sentence`rope_scaling and rope_parameters differ`);
  }
  const given = keys.nested('rope_parameters') ?? keys.nested('rope_scaling');
  const isPerKind = given?.has('full_attention') || given?.has('sliding_attention');
  if (!isPerKind) return given;
  if (layerKind === undefined) throw given!.unsupported('full_attention');
  for (const kind of ['full_attention', 'sliding_attention']) given!.get(kind);
  given!.refuseUnread();
  return given!.nested(layerKind);
}

function kindOf(given: ConfigKeys): string {
  const [kind, older] = [given.get('rope_type'), given.get('type')];
  if (kind !== undefined && older !== undefined && kind !== older) {
    throw given.contradiction(sentence`rope_type is ${JSON.stringify(kind)} and type ${JSON.stringify(older)}`);
  }
  return given.text(kind === undefined ? 'type' : 'rope_type', 'default');
}

interface Unscaled {
  /** radians per position without scaling */
  readonly plain: readonly number[];
  readonly theta: number;
  readonly dimensions: number;
  readonly contextTokens: number;
  /** `original_max_position_embeddings` where it stands outside the scaling */
  readonly originalTokens: number | undefined;
}

type Scaling = (given: ConfigKeys, of: Unscaled) => Partial<ScaledPositions>;

/** By `rope_type`; the formulas are those of transformers' modeling_rope_utils.py. */
const scalings: Readonly<Record<string, Scaling>> = {
  default: () => ({}),

  linear: (given, { plain }) => {
    const factor = given.positive('factor');
    return { frequencies: plain.map((frequency) => frequency / factor) };
  },

  // Up to the trained length there is no scaling; beyond it every further token would change all others, so the context
  // ends there.
  dynamic: (given) => {
    given.positive('factor');
    given.get('original_max_position_embeddings');
    return {};
  },

  // Peng et al. 2023
  yarn: (given, of) => {
    const original = originalOf(given, of);
    const factor = given.positive('factor', of.contextTokens / original);
    const rotationsToDimension = (rotations: number) =>
      (of.dimensions * Math.log(original / (rotations * 2 * Math.PI))) / (2 * Math.log(of.theta));
    const low = rotationsToDimension(given.positive('beta_fast', 32));
    const high = rotationsToDimension(given.positive('beta_slow', 1));
    const isWhole = given.flag('truncate', true);
    const from = Math.max(isWhole ? Math.floor(low) : low, 0);
    const end = Math.min(isWhole ? Math.ceil(high) : high, of.dimensions - 1);
    const to = from === end ? end + 0.001 : end;
    const frequencies = of.plain.map((frequency, i) => {
      const slowed = Math.min(1, Math.max(0, (i - from) / (to - from)));
      return (frequency / factor) * slowed + frequency * (1 - slowed);
    });
    const grown = (by: number) => (factor <= 1 ? 1 : 0.1 * by * Math.log(factor) + 1);
    const [mscale, ofAll] = ['mscale', 'mscale_all_dim'].map((key) =>
      given.get(key) === 0 ? undefined : given.optionalPositive(key),
    );
    const magnitude = mscale && ofAll ? grown(mscale) / grown(ofAll) : grown(1);
    return { frequencies, magnitude: given.positive('attention_factor', magnitude) };
  },

  // Llama 3.1: slow turns are slowed down further, fast ones stay, those between are blended
  llama3: (given, of) => {
    const original = originalOf(given, of);
    const factor = given.positive('factor');
    const [low, high] = [given.positive('low_freq_factor'), given.positive('high_freq_factor')];
    const frequencies = of.plain.map((frequency) => {
      const turns = (original * frequency) / (2 * Math.PI); // within the original context
      if (turns > high) return frequency;
      if (turns < low) return frequency / factor;
      const blend = (turns - low) / (high - low);
      return ((1 - blend) * frequency) / factor + blend * frequency;
    });
    return { frequencies };
  },

  longrope,
  su: longrope, // its name in the first files
};

/** The length before any scaling; what stands outside counts before what stands within. */
function originalOf(given: ConfigKeys, { originalTokens, contextTokens }: Unscaled): number {
  const within = given.wholeNumber('original_max_position_embeddings', contextTokens);
  return originalTokens ?? within;
}

/** Ding et al. 2024. A text of up to the original length has the short factors, a longer one the long ones. */
function longrope(given: ConfigKeys, of: Unscaled): Partial<ScaledPositions> {
  const original = originalOf(given, of);
  const short = given.numbers('short_factor', of.plain.length);
  const long = given.numbers('long_factor', of.plain.length);
  if (![...short, ...long].every((divisor) => divisor > 0))
    throw given.contradiction(sentence`a factor is not above 0`);
  const factor = given.positive('factor', of.contextTokens / original);
  const magnitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
  const isSame = short.every((divisor, i) => divisor === long[i]);
  const divided = (divisors: readonly number[]) => of.plain.map((frequency, i) => frequency / divisors[i]!);
  return {
    frequencies: divided(short),
    magnitude: given.positive('attention_factor', magnitude),
    ...(isSame ? {} : { beyond: { tokens: original, frequencies: divided(long) } }),
  };
}
