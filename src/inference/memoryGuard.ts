import type { TensorEntry } from '../model/files/safetensors.ts';
import { type ModelConfig, parameterCount, stateShapes } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { LoadRequest, Slot } from '../protocol/inference.ts';
import { mostDraftedRows } from './draftedRuns.ts';
import { prefillChunkTokens } from './generate.ts';
import { mostRows } from './kvCache.ts';
import { mostScoredRows } from './scoreText.ts';

/** Node, the runtime and its buffers, before there is a model: measured at 100 to 130 MB. */
const programBytes = 110e6;
/** Of weights in memory: what a session takes beside them while it is made. */
const makingFactor = 1.25;
const slots: readonly Slot[] = ['completion', 'action'];
const shortestContext = 128; // tokens, the least that `contextTokens` allows
const copiesOfState = 64; // about as many as there are of a recurrent state at 1,024 tokens
/** Of the tokenizer, for each token: its bytes, and one to two merges in a hash table. */
const tokenizerBytes = 100;
/** Rows of float32 numbers, one for each token of the vocabulary, that a slot holds beside those of a run. */
const rowsOfSlot = {
  /** after the prompt, after the best way to write the forced bytes, and after the way that is looked at */
  healing: 3,
  /** what is chosen from, the same before penalties, and the weights of the draw in 64 bits */
  sampling: 4,
};

/** What a model takes when it runs, in bytes; estimated before anything is read. */
export interface MemoryNeed {
  readonly weights: number;
  /** of all slots, when they are full */
  readonly ofContext: (tokens: number) => number;
  /** what does not grow with the context */
  readonly fixed: number;
}

/** What is known of a model before it is read. */
interface SizedModel {
  readonly config: ModelConfig;
  /** of its files */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** was its graph made by others? */
  readonly isExported: boolean;
}

export function memoryNeed(
  { config, tensors, isExported }: SizedModel,
  precision: LoadRequest['precision'],
): MemoryNeed {
  const windows = config.mixers.flatMap((mixer, layer) => (mixer === 'attention' ? [config.windows[layer]] : []));
  // a graph of others takes 32-bit numbers, and gives those of the slot that runs back anew
  const numberBytes = isExported ? (4 * (slots.length + 1)) / slots.length : precision === 'fp32' ? 4 : 2;
  const state = stateShapes(config).reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 4), 0);
  const perLayer = slots.length * 2 * config.kvHeads * config.headDim * numberBytes;
  return {
    weights: Math.max(storedBytes(tensors, config), precision === 'fp32' ? 8 * parameterCount(config) : 0),
    ofContext: (tokens) => windows.reduce<number>((sum, window) => sum + perLayer * mostRows(tokens, window), 0),
    fixed:
      programBytes +
      config.vocabularySize * (tokenizerBytes + 4 * rowsOfVocabulary(config.vocabularySize, isExported)) +
      slots.length * copiesOfState * state,
  };
}

/** Rows of logits and what is made of them, for all slots: with a large vocabulary a row has a megabyte. */
function rowsOfVocabulary(vocabularySize: number, isExported: boolean): number {
  const ofSlots = slots.length * (rowsOfSlot.healing + rowsOfSlot.sampling);
  // actions draft or score, one at a time; other people's graphs give the logits of all that they read
  const ofRun = Math.max(mostDraftedRows, mostScoredRows(vocabularySize), isExported ? prefillChunkTokens : 0);
  return ofSlots + 2 * ofRun; // as the runtime computes them, and as they are handed out
}

/** As the runtime keeps them: 16-bit numbers become 32-bit ones, blocks stay. Rows of an untied embedding stay on the disk. */
function storedBytes(
  tensors: ReadonlyMap<string, TensorEntry>,
  { tiedEmbeddings, vocabularySize }: ModelConfig,
): number {
  let sum = 0;
  let ofVocabulary = 0;
  for (const { dtype, length, shape } of tensors.values()) {
    const bytes = dtype === 'F16' || dtype === 'BF16' ? 2 * length : length;
    sum += bytes;
    if (shape[0] === vocabularySize && shape.length > 1) ofVocabulary += bytes;
  }
  return tiedEmbeddings ? sum : sum - ofVocabulary / 2;
}

/**
 * A model that does not fit is said so before anything is read: the system would end the process, or halt everything.
 * @throws InklingError `outOfMemory` with what is needed, what there is, and what would fit
 */
export function demandMemory(
  { name, config, weights, exported }: Pick<ModelFolder, 'name' | 'config' | 'weights' | 'exported'>,
  { precision, maxContextTokens }: Pick<LoadRequest, 'precision' | 'maxContextTokens'>,
  available: number,
): void {
  const context = Math.min(config.contextTokens, maxContextTokens);
  const need = memoryNeed({ config, tensors: weights.tensors, isExported: exported !== undefined }, precision);
  const without = makingFactor * need.weights + need.fixed;
  const all = without + need.ofContext(context);
  if (all <= available) return;
  const fitting = longestFitting(available - without, context, need.ofContext);
  const advice =
    fitting >= shortestContext
      ? sentence`With at most ${roundedDown(fitting)} tokens of context (the setting inkling.contextTokens) it fits.`
      : sentence`Close other programs, or choose a smaller model or one with fewer bits.`;
  throw new InklingError(
    'outOfMemory',
    sentence`The model ${name} needs about ${inMb(all)} of memory (${inMb(without)} for itself, ${inMb(all - without)} for ${context} tokens of context); ${inMb(available)} are free. ${advice}`,
  );
}

/** The greatest number of tokens that takes no more than so many bytes; more tokens never take less. */
function longestFitting(bytes: number, most: number, ofContext: (tokens: number) => number): number {
  let [fits, tooMany] = [0, most];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (ofContext(middle) <= bytes) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

const roundedDown = (tokens: number) => tokens - (tokens % 64);
const inMb = (bytes: number) => `${Math.max(0, Math.round(bytes / 1e6)).toLocaleString('en-US')} MB`;
