import type { TensorEntry } from '../model/files/safetensors.ts';
import { type ModelConfig, parameterCount, stateShapes } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import type { ModelWeights } from '../model/weights/modelWeights.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { LoadRequest, Slot } from '../protocol/inference.ts';
import { mostDraftedRows } from './draftedRuns.ts';
import { prefillChunkTokens } from './generate.ts';
import { mostKnownRows } from './knownLogits.ts';
import { mostRows } from './kvCache.ts';
import { mostScoredRows } from './scoreText.ts';

/** Node, the runtime and its buffers, before there is a model: measured at 120 to 155 MB. */
const programBytes = 150e6;
/** Of a graph by others: what a session takes beside the weights while it is made. */
const makingShare = 0.25;
/**
 * Bytes for a number of a block in full precision: as the runtime was handed it and has repacked it; and while the session
 * is made as JavaScript computed it, within the graph's bytes, and as the runtime read these.
 */
const takenApart = { kept: 8, making: 12 };
const ofBlocks = /\.(?:quants|scales|mins)$/u;
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
  /** after the texts that were looked at last */
  known: mostKnownRows,
};

/** Logits that JavaScript has let go of and not yet given back: it collects when so many bytes, or rows, have come together. */
const uncollected = { bytes: 2 ** 27, rows: 220 };

/** What a model takes, in bytes; estimated before anything is read. */
export interface MemoryNeed {
  /** once it is loaded, with the program that runs it */
  readonly loaded: number;
  /** beside that, while it is loaded: gone before anything is read */
  readonly making: number;
  /** beside what is loaded: of all slots when they hold so many tokens, and of runs */
  readonly running: (contextTokens: number) => number;
}

/** What is known of a model before it is read. */
interface SizedModel {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  /** was its graph made by others? */
  readonly isExported: boolean;
}

export function memoryNeed(
  { config, weights, isExported }: SizedModel,
  precision: LoadRequest['precision'],
): MemoryNeed {
  const windows = config.mixers.flatMap((mixer, layer) => (mixer === 'attention' ? [config.windows[layer]] : []));
  // a graph of others takes 32-bit numbers, and gives those of the slot that runs back anew
  const numberBytes = isExported ? (4 * (slots.length + 1)) / slots.length : precision === 'fp32' ? 4 : 2;
  const state = stateShapes(config).reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 4), 0);
  const perLayer = slots.length * 2 * config.kvHeads * config.headDim * numberBytes;
  const { kept, making } = ofWeights({ config, weights, isExported }, precision);
  return {
    loaded: programBytes + kept + config.vocabularySize * tokenizerBytes,
    making,
    running: (tokens) =>
      4 * config.vocabularySize * rowsOfVocabulary(config.vocabularySize, isExported) +
      Math.min(uncollected.bytes, 4 * config.vocabularySize * uncollected.rows) +
      slots.length * copiesOfState * state +
      windows.reduce<number>((sum, window) => sum + perLayer * mostRows(tokens, window), 0),
  };
}

/** The most that it takes at any time. */
export const mostBytes = ({ loaded, making, running }: MemoryNeed, contextTokens: number): number =>
  loaded + Math.max(making, running(contextTokens));

/** Rows of logits and what is made of them, for all slots: with a large vocabulary a row has a megabyte. */
function rowsOfVocabulary(vocabularySize: number, isExported: boolean): number {
  const ofSlots = slots.length * (rowsOfSlot.healing + rowsOfSlot.sampling + rowsOfSlot.known);
  // actions draft or score, one at a time; other people's graphs give the logits of all that they read
  const ofRun = Math.max(mostDraftedRows, mostScoredRows(vocabularySize), isExported ? prefillChunkTokens : 0);
  return ofSlots + 2 * ofRun; // as the runtime computes them, and as they are handed out
}

/** Of weights: what stays in memory, and what there is besides while the session is made. */
function ofWeights(model: SizedModel, precision: LoadRequest['precision']): { kept: number; making: number } {
  const { config, weights, isExported } = model;
  const onDisk = isExported ? new Set() : embeddingOnDisk(config, weights);
  const isTakenApart = precision === 'fp32' && !isExported;
  let kept = 0;
  let largest = 0;
  for (const [name, entry] of weights.tensors) {
    if (onDisk.has(entry) || (isTakenApart && ofBlocks.test(name))) continue;
    const bytes = keptBytes(name, entry);
    kept += bytes;
    // a matrix is repacked as a whole, while it is still there as it was read
    if (name.endsWith('.quants')) {
      const scales = weights.tensors.get(name.replace(/quants$/u, 'scales'));
      largest = Math.max(largest, entry.length + (scales?.length ?? 0));
    } else largest = Math.max(largest, bytes);
  }
  if (isExported) return { kept, making: makingShare * kept };
  const numbers = isTakenApart ? numbersInBlocks(model) : 0;
  return { kept: kept + takenApart.kept * numbers, making: largest + takenApart.making * numbers };
}

/** How many numbers the graph holds whose matrices lie in blocks. */
function numbersInBlocks({ config, weights }: SizedModel): number {
  const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
  const plain = [...weights.tensors].filter(([name]) => !ofBlocks.test(name));
  const inPlain = plain.reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
  const isEmbeddingRead = !config.tiedEmbeddings && weights.embedding().kind === 'blocks'; // row by row, from its file
  const onDisk = isEmbeddingRead ? config.vocabularySize * config.embeddingSize : 0;
  return Math.max(0, parameterCount(config) - inPlain - onDisk);
}

/**
 * As the runtime keeps it: 16-bit numbers become 32-bit ones, blocks stay. Of a block's scale there are three float32 numbers: as
 * it was read, beside the packed block, and times the block's zero.
 */
function keptBytes(name: string, { dtype, length }: TensorEntry): number {
  const bytes = dtype === 'F16' || dtype === 'BF16' ? 2 * length : length;
  return name.endsWith('.scales') ? 3 * bytes : bytes;
}

/** Rows of an untied embedding are read when they are needed; what is added to all of them is not. */
function embeddingOnDisk({ tiedEmbeddings }: ModelConfig, weights: ModelWeights): ReadonlySet<unknown> {
  if (tiedEmbeddings) return new Set();
  const embedding = weights.embedding();
  return new Set<unknown>(embedding.kind === 'dense' ? [embedding.tensor] : [embedding.quants, embedding.scales]);
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
  const need = memoryNeed({ config, weights, isExported: exported !== undefined }, precision);
  if (mostBytes(need, context) <= available) return;
  const fitting = longestFitting(need, context, available);
  const advice =
    fitting >= shortestContext
      ? sentence`With at most ${roundedDown(fitting)} tokens of context (the setting inkling.contextTokens) it fits.`
      : sentence`Close other programs, or choose a smaller model or one with fewer bits.`;
  throw new InklingError(
    'outOfMemory',
    sentence`The model ${name} needs about ${inMb(mostBytes(need, context))} of memory, with ${context} tokens of context; ${inMb(available)} are free. ${advice}`,
  );
}

/** The greatest number of tokens with which it takes no more than so many bytes; more tokens never take less. */
function longestFitting(need: MemoryNeed, most: number, bytes: number): number {
  let [fits, tooMany] = [0, most];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (mostBytes(need, middle) <= bytes) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

const roundedDown = (tokens: number) => tokens - (tokens % 64);
const inMb = (bytes: number) => `${Math.max(0, Math.round(bytes / 1e6)).toLocaleString('en-US')} MB`;
