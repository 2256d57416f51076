import type { ModelConfig } from '../../model/modelConfig.ts';
import type { Feed } from '../../model/session.ts';
import { InklingError } from '../../protocol/errors.ts';
import type { TrainingSequence } from '../dataset/trainingSequence.ts';
import type { LoraParameter } from '../lora/loraParameters.ts';

/** Inputs of the graph that come from the data. */
export function sequenceFeeds(sequence: TrainingSequence, config: ModelConfig, weight: number): Record<string, Feed> {
  const length = sequence.inputIds.length;
  const wide = (values: Int32Array) => ({ data: BigInt64Array.from(values, BigInt), shape: [length] });
  return {
    input_ids: wide(sequence.inputIds),
    position_ids: wide(sequence.positions),
    ...attentionMasks(sequence.segments, config),
    targets: wide(sequence.targets),
    loss_weights: { data: sequence.lossWeights.map((value) => value * weight), shape: [length, 1] },
  };
}

/** Inputs of the graph that are learnt. */
export function loraFeeds(parameters: readonly LoraParameter[], values: readonly Float32Array[]): Record<string, Feed> {
  return Object.fromEntries(parameters.map(({ name, shape }, i) => [name, { data: values[i]!, shape }]));
}

/** Input of the graph that distils. */
export function teacherFeed({ teacherLogits, inputIds }: TrainingSequence, config: ModelConfig): Record<string, Feed> {
  if (!teacherLogits) throw new InklingError('internal', 'Distillation needs sequences with the logits of a teacher.');
  return { teacher_logits: { data: teacherLogits, shape: [inputIds.length, config.vocabularySize] } };
}

const hidden = -1e9;

/** The masks that the graph reads: of layers that see all tokens before, and of those that see a window. */
function attentionMasks(segments: Int32Array, { heads, kvHeads, windows }: ModelConfig): Record<string, Feed> {
  const masks = [...new Set(windows)].map((window): [string, Feed] => [
    window === undefined ? 'attention_mask' : 'window_mask',
    attentionMask(segments, heads / kvHeads, window ?? segments.length),
  ]);
  return Object.fromEntries(masks);
}

/**
 * (G·S, S), G heads of a group after one another: 0 where a token sees another one, a large negative number elsewhere
 * @param window how many tokens a token sees, itself included
 */
function attentionMask(segments: Int32Array, groupSize: number, window: number): Feed {
  const length = segments.length;
  const ofOneHead = new Float32Array(length * length).fill(hidden);
  for (let row = 0; row < length; row++) {
    for (let column = row; column >= 0 && row - column < window; column--) {
      if (segments[column] === segments[row]) ofOneHead[row * length + column] = 0;
    }
  }
  const data = new Float32Array(groupSize * ofOneHead.length);
  for (let head = 0; head < groupSize; head++) data.set(ofOneHead, head * ofOneHead.length);
  return { data, shape: [groupSize * length, length] };
}
