/** Traits that several architectures read from config.json in the same way. */
import { sentence } from '../protocol/errors.ts';
import type { DecoderTraits, GivenSizes } from './architecture.ts';
import type { ConfigKeys } from './configKeys.ts';
import type { LinearName } from './decoderParts.ts';
import type { GgufKeys } from './ggufKeys.ts';
import { type RotaryBase, readRotary } from './rotaryScaling.ts';
import type { RotaryPositions } from './rotaryTable.ts';

/** A decoder as Llama's, with the biases that config.json switches on. */
export const plainTraits = (keys: ConfigKeys, sizes: GivenSizes, theta = 10_000) => ({
  ...biasSwitches(keys),
  ...rotaryOfAll(keys, sizes, theta),
  ...activation(keys),
});

const activations: Readonly<Record<string, DecoderTraits['activation']>> = {
  silu: 'silu',
  swish: 'silu',
  gelu: 'gelu',
  gelu_new: 'geluTanh',
  gelu_pytorch_tanh: 'geluTanh',
};

export function activation(
  keys: ConfigKeys,
  key = 'hidden_act',
  otherwise = 'silu',
): Pick<DecoderTraits, 'activation'> {
  const name = keys.text(key, otherwise);
  if (!Object.hasOwn(activations, name)) throw keys.unsupported(key);
  return { activation: activations[name]! };
}

export function biasSwitches(keys: ConfigKeys): Pick<DecoderTraits, 'biases'> {
  const attention: LinearName[] = keys.flag('attention_bias') ? ['q', 'k', 'v', 'o'] : [];
  const mlp: LinearName[] = keys.flag('mlp_bias') ? ['gate', 'up', 'down'] : [];
  return { biases: new Set([...attention, ...mlp]) };
}

export function rotaryOfAll(
  keys: ConfigKeys,
  sizes: GivenSizes,
  theta: number,
  more?: Pick<RotaryBase, 'originalTokens' | 'mayBePartial'>,
): Pick<DecoderTraits, 'rotary' | 'validTokens'> {
  const positions = readRotary(keys, { ...sizes, theta, ...more });
  return { rotary: Array<RotaryPositions>(sizes.layers).fill(positions), validTokens: positions.validTokens };
}

/** Per layer, does it see a window only? Undefined where config.json does not say. */
export function layerKinds(keys: ConfigKeys, layers: number): readonly boolean[] | undefined {
  const kinds = keys.names('layer_types', layers);
  if (kinds?.some((kind) => kind !== 'full_attention' && kind !== 'sliding_attention')) {
    throw keys.unsupported('layer_types');
  }
  return kinds?.map((kind) => kind === 'sliding_attention');
}

/** @param isLocal is the layer one of those that see a window? */
export function windowsOf(
  keys: ConfigKeys,
  layers: number,
  isLocal: (layer: number) => boolean,
  otherwise?: number,
): (number | undefined)[] {
  const isNamed = keys.isPresent('sliding_window');
  const window = isNamed ? keys.optionalWholeNumber('sliding_window') : otherwise;
  return Array.from({ length: layers }, (_, layer) => (isLocal(layer) ? window : undefined));
}

export function qwenWindows(keys: ConfigKeys, layers: number): (number | undefined)[] {
  const first = keys.get('max_window_layers') === 0 ? 0 : keys.wholeNumber('max_window_layers', 28);
  const kinds = layerKinds(keys, layers);
  const isUsed = keys.flag('use_sliding_window');
  return windowsOf(keys, layers, (layer) => isUsed && (kinds?.[layer] ?? layer >= first), 4096);
}

/** All layers but every `pattern`-th see a window only. */
export function alternating(keys: ConfigKeys, layers: number, pattern: number): (layer: number) => boolean {
  const kinds = layerKinds(keys, layers);
  return (layer) => kinds?.[layer] ?? (layer + 1) % pattern !== 0;
}

export function graniteMultipliers(keys: ConfigKeys): Partial<DecoderTraits> {
  return {
    attentionScale: keys.positive('attention_multiplier', 1),
    embeddingMultiplier: keys.positive('embedding_multiplier', 1),
    residualMultiplier: keys.positive('residual_multiplier', 1),
    logitsMultiplier: 1 / keys.positive('logits_scaling', 1),
  };
}

/** @param logitsSoftcap where config.json does not say */
export function gemmaTraits(
  keys: ConfigKeys,
  { hiddenSize }: GivenSizes,
  logitsSoftcap?: number,
): Partial<DecoderTraits> {
  if (keys.flag('use_bidirectional_attention')) throw keys.unsupported('use_bidirectional_attention');
  keys.get('hidden_act'); // an older name, which the class does not read
  return {
    ...biasSwitches(keys),
    ...activation(keys, 'hidden_activation', 'gelu_pytorch_tanh'),
    normPlacement: 'both',
    attentionScale: keys.positive('query_pre_attn_scalar', 256) ** -0.5,
    embeddingMultiplier: Math.sqrt(hiddenSize),
    logitsSoftcap: keys.optionalPositive('final_logit_softcapping', logitsSoftcap),
  };
}

/** Gemma 2’s window where config.json names none; its first files say it twice. */
export function windowOfGemma2(keys: ConfigKeys): number {
  const usual = 4096;
  const twice = keys.optionalWholeNumber('sliding_window_size');
  if (twice !== undefined && twice !== (keys.get('sliding_window') ?? usual)) {
    throw keys.contradiction(sentence`sliding_window and sliding_window_size differ`);
  }
  return usual;
}

export function localRotary(keys: ConfigKeys, sizes: GivenSizes): RotaryPositions {
  const theta = keys.positive('rope_local_base_freq', 10_000);
  const perKind = keys.nested('rope_parameters');
  if (perKind?.has('sliding_attention')) return readRotary(keys, { ...sizes, theta, layerKind: 'sliding_attention' });
  const { headDim } = sizes;
  const frequencies = Array.from({ length: headDim / 2 }, (_, i) => theta ** ((-2 * i) / headDim));
  return { dimensions: headDim, frequencies, magnitude: 1 };
}

/** A GGUF does not name the scale of the scores; llama.cpp knows the largest model of the family by its layers. */
export function gemmaGguf(keys: GgufKeys, layersOfLargest: number): Record<string, unknown> {
  const isLargest = keys.wholeNumber('block_count') === layersOfLargest;
  const headDim = keys.wholeNumber('attention.key_length', 256);
  const meanWidth = keys.wholeNumber('embedding_length') / keys.wholeNumber('attention.head_count');
  return {
    query_pre_attn_scalar: isLargest ? meanWidth : headDim,
    final_logit_softcapping: keys.get('final_logit_softcapping'),
  };
}
