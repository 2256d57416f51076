/** PEFT's adapter_config.json: what of it is understood, and everything else refused. */
import { InklingError, type SentencePart, sentence } from '../protocol/errors.ts';
import { ConfigKeys, type Json } from './configKeys.ts';
import type { ModelConfig } from './modelConfig.ts';

export interface AdapterScales {
  /** factor on B·A of a module, whose whole path is given */
  readonly scaleOf: (module: string, rank: number) => number;
}

/**
 * @throws InklingError `modelUnsupported` for a kind of adapter that is more than plain LoRA, or one that was trained against
 * a changed base; `modelConfig` for impossible numbers
 */
export function readAdapterSettings(json: Json, { architecture }: ModelConfig): AdapterScales {
  const keys = new ConfigKeys(json, 'adapter_config.json');
  const kind = keys.get('peft_type');
  if (kind !== 'LORA') throw unsupported(sentence`it is of the kind ${String(kind)}, only LORA can be run`);
  refuseChangedBase(keys.get('init_lora_weights'));
  if (keys.get('bias') !== undefined && keys.text('bias') !== 'none') throw unsupported(sentence`it trains biases`);
  // transposed matrices are those of classes that have them so; B·A is the same
  if (keys.flag('fan_in_fan_out') && !architecture.isTransposed) {
    throw unsupported(sentence`its matrices are transposed (fan_in_fan_out)`);
  }
  const isRankStabilized = keys.flag('use_rslora');
  const alpha = keys.positive('lora_alpha');
  const alphaOf = patternOf(keys, 'alpha_pattern');
  for (const key of withoutEffect) keys.get(key);
  try {
    keys.refuseUnread();
  } catch (error) {
    throw unsupported(error instanceof InklingError ? (error.sentence ?? error.message) : String(error));
  }
  return {
    scaleOf: (module, rank) => (alphaOf(module) ?? alpha) / (isRankStabilized ? Math.sqrt(rank) : rank),
  };
}

/** What says how the adapter was trained, or what its tensors show themselves. */
const withoutEffect = [
  ...['task_type', 'base_model_name_or_path', 'revision', 'inference_mode', 'auto_mapping', 'peft_version'],
  ...[
    'r',
    'lora_dropout',
    'target_modules',
    'exclude_modules',
    'layers_to_transform',
    'layers_pattern',
    'rank_pattern',
  ],
  ...['megatron_core', 'qalora_group_size', 'runtime_config', 'eva_config', 'use_lora_plus', 'parallelism'],
];

/** These start from weights of their own and leave the base as it is. */
const plainStarts = new Set<unknown>([undefined, true, false, 'gaussian', 'eva', 'orthogonal']);

/** PiSSA, OLoRA, CorDA, LoftQ and their like take away from the base what the adapter starts with. */
function refuseChangedBase(start: unknown): void {
  if (plainStarts.has(start)) return;
  throw unsupported(
    sentence`it was trained with init_lora_weights ${JSON.stringify(start)}, which changes the base model; save it converted to plain LoRA`,
  );
}

/** Module → its own number: keys are ends of paths, as PEFT reads them. */
function patternOf(keys: ConfigKeys, key: string): (module: string) => number | undefined {
  const given = keys.nested(key);
  const entries = Object.keys((keys.get(key) ?? {}) as object).map((name): [string, number] => {
    if (!/^[\w.]+$/u.test(name)) throw unsupported(sentence`its ${key} has the pattern ${name}`);
    return [name, given!.positive(name)];
  });
  return (module) => entries.find(([name]) => module === name || module.endsWith(`.${name}`))?.[1];
}

const unsupported = (why: SentencePart) =>
  new InklingError('modelUnsupported', sentence`This adapter cannot be used: ${why}.`);
