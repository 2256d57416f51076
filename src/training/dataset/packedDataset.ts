import { createHash } from 'node:crypto';
import { derivedSeed, uniformNumbers } from '../randomNumbers.ts';
import { packedSequence } from './packedSequence.ts';
import { type PackingOptions, packDocuments, type Row } from './packing.ts';
import type { TokenizedDocument } from './tokenizedDocument.ts';
import type { Dataset, TrainingSequence } from './trainingSequence.ts';

export interface DatasetOptions extends PackingOptions {
  /** of the order, and of where long documents are cut */
  readonly seed: number;
  /** cut long documents at other places in every epoch, so that no word always stands at the beginning of a window */
  readonly randomStarts: boolean;
  /** any token id: padding is neither seen nor learnt */
  readonly paddingId: number;
}

/**
 * Documents as sequences of one length, in a new order every epoch. Sequence (epoch, index) depends on nothing that
 * happened before, so (epoch, index) is all that a checkpoint has to keep.
 */
export class PackedDataset implements Dataset {
  readonly digest: string;
  readonly sequencesPerEpoch: number;
  readonly validation: readonly TrainingSequence[];
  readonly #training: readonly TokenizedDocument[];
  readonly #options: DatasetOptions;
  #rowsOfEpoch: { epoch: number; rows: readonly Row[] };

  constructor(
    training: readonly TokenizedDocument[],
    validation: readonly TokenizedDocument[],
    options: DatasetOptions,
  ) {
    this.#training = training;
    this.#options = options;
    this.validation = heldOutSequences(validation, options);
    this.#rowsOfEpoch = { epoch: 0, rows: this.#rows(0) };
    this.sequencesPerEpoch = this.#rowsOfEpoch.rows.length;
    this.digest = digestOf([training, validation], options);
  }

  trainingSequence(epoch: number, index: number): TrainingSequence {
    if (this.#rowsOfEpoch.epoch !== epoch) this.#rowsOfEpoch = { epoch, rows: this.#rows(epoch) };
    const { rows } = this.#rowsOfEpoch;
    // other cuts can make a row more or less: one is then left out, or comes twice, another one in each epoch
    return packedSequence(rows[index % rows.length]!, this.#training, this.#options);
  }

  #rows(epoch: number): Row[] {
    const random = uniformNumbers(derivedSeed(this.#options.seed, 'dataset', epoch));
    const cuts = this.#training.map(() => Math.floor(random() * this.#options.sequenceLength));
    const rows = packDocuments(this.#training, this.#options, (i) => (this.#options.randomStarts ? cuts[i]! : 0));
    return shuffled(rows, random);
  }
}

/** Always the same sequences in the same order, for evaluation. */
export function heldOutSequences(
  documents: readonly TokenizedDocument[],
  options: Omit<DatasetOptions, 'seed' | 'randomStarts'>,
): TrainingSequence[] {
  return packDocuments(documents, options).map((row) => packedSequence(row, documents, options));
}

/** Fisher–Yates */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

function digestOf(splits: readonly (readonly TokenizedDocument[])[], options: DatasetOptions): string {
  const { sequenceLength, packing, seed, randomStarts, paddingId } = options;
  const hash = createHash('sha256').update(JSON.stringify([sequenceLength, packing, seed, randomStarts, paddingId]));
  for (const documents of splits) {
    hash.update(`\n${documents.length}`);
    for (const { ids, lossFrom } of documents) {
      hash.update(`\n${ids.length} ${lossFrom}\n`).update(new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength));
    }
  }
  return hash.digest('hex');
}
