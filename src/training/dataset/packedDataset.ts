import { createHash } from 'node:crypto';
import { derivedSeed, seededRandom } from '../../protocol/seededRandom.ts';
import type { TokenizedDocument } from './tokenizedCorpus.ts';

interface DatasetOptions extends PackingOptions {
  /** of the order, and of where long documents are cut */
  readonly seed: number;
  /** cut long documents at other places in every epoch, so that no word always stands at the beginning of a window */
  readonly randomStarts: boolean;
  /** any token id: padding is neither seen nor learned */
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
    const random = seededRandom(derivedSeed(this.#options.seed, 'dataset', epoch));
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
    for (const { ids, lossFrom, beginningId } of documents) {
      const begins = beginningId === undefined ? '' : ` ${beginningId}`;
      hash
        .update(`\n${ids.length} ${lossFrom}${begins}\n`)
        .update(new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength));
    }
  }
  return hash.digest('hex');
}

/** A stretch of a document: reads the tokens start … start + length − 1, is to predict start + 1 … start + length. */
export interface Piece {
  /** index into the documents */
  readonly document: number;
  readonly start: number;
  readonly length: number;
}

/** What one sequence holds, in this order; the rest of it is padding. */
export type Row = readonly Piece[];

interface PackingOptions {
  /** tokens per sequence */
  readonly sequenceLength: number;
  /** several short documents share a sequence; otherwise each has one for itself, padded */
  readonly packing: boolean;
}

/**
 * Cuts long documents into windows and puts what is shorter together (best-fit decreasing: the fullest row that still
 * has room), so that little is padding. Every token of prose but a document's first is predicted exactly once.
 * @param firstCut tokens before a long document's first window; they become a piece of their own
 */
export function packDocuments(
  documents: readonly TokenizedDocument[],
  options: PackingOptions,
  firstCut: (document: number) => number = () => 0,
): Row[] {
  const pieces = documents.flatMap((document, index) =>
    document.lossFrom > 0
      ? pairPiece(document, index, options.sequenceLength)
      : windows(document, index, { length: options.sequenceLength, firstCut: firstCut(index) }),
  );
  return options.packing ? bestFit(pieces, options.sequenceLength) : pieces.map((piece) => [piece]);
}

function windows(
  { ids }: TokenizedDocument,
  document: number,
  { length, firstCut }: { length: number; firstCut: number },
): Piece[] {
  const predictions = ids.length - 1;
  const pieces: Piece[] = [];
  const isLong = predictions > length;
  for (let start = 0; start < predictions; ) {
    const wanted = start === 0 && isLong && firstCut > 0 ? firstCut : length;
    pieces.push({ document, start, length: Math.min(wanted, predictions - start) });
    start += wanted;
  }
  return pieces;
}

/** Instruction and answer stay together: too long an answer loses its end, too long an instruction the whole pair. */
function pairPiece({ ids, lossFrom }: TokenizedDocument, document: number, maxLength: number): Piece[] {
  const length = Math.min(ids.length - 1, maxLength);
  return length >= lossFrom ? [{ document, start: 0, length }] : [];
}

function bestFit(pieces: readonly Piece[], sequenceLength: number): Row[] {
  const rows: Piece[][] = [];
  /** free tokens → the rows that have so many */
  const rowsWithRoom: Piece[][][] = Array.from({ length: sequenceLength + 1 }, () => []);
  for (const piece of [...pieces].sort((a, b) => b.length - a.length)) {
    let room = piece.length;
    while (room <= sequenceLength && rowsWithRoom[room]!.length === 0) room++;
    const row = rowsWithRoom[room]?.pop() ?? [];
    if (row.length === 0) rows.push(row);
    row.push(piece);
    rowsWithRoom[Math.min(room, sequenceLength) - piece.length]!.push(row);
  }
  return rows;
}

/**
 * The arrays of one sequence. Each piece counts its positions from 0 and is a segment of its own, so that it is read as
 * if it stood alone: where the model wants a token before all it reads, that stands in the place of the first token of a
 * piece that was cut off. Padding is one more segment, of weight 0.
 * @param paddingId any token id
 */
export function packedSequence(
  row: Row,
  documents: readonly TokenizedDocument[],
  { sequenceLength, paddingId }: { sequenceLength: number; paddingId: number },
): TrainingSequence {
  const inputIds = new Int32Array(sequenceLength).fill(paddingId);
  const targets = new Int32Array(sequenceLength).fill(paddingId);
  const lossWeights = new Float32Array(sequenceLength);
  const positions = new Int32Array(sequenceLength);
  const segments = new Int32Array(sequenceLength).fill(row.length);
  let offset = 0;
  row.forEach(({ document, start, length }, segment) => {
    const { ids, lossFrom, beginningId } = documents[document]!;
    inputIds.set(ids.subarray(start, start + length), offset);
    if (start > 0 && beginningId !== undefined) inputIds[offset] = beginningId;
    targets.set(ids.subarray(start + 1, start + 1 + length), offset);
    lossWeights.fill(1, offset + Math.max(0, lossFrom - start - 1), offset + length);
    for (let i = 0; i < length; i++) positions[offset + i] = i;
    segments.fill(segment, offset, offset + length);
    offset += length;
  });
  for (let i = offset; i < sequenceLength; i++) positions[i] = i - offset;
  return { inputIds, targets, lossWeights, positions, segments };
}

/**
 * One row of tokens that the graph runs at once: one or several documents, packed one after the other, or padded.
 * All arrays have the same length S.
 */
export interface TrainingSequence {
  readonly inputIds: Int32Array;
  /** the token that follows each input token */
  readonly targets: Int32Array;
  /** how much each target counts; 0 for padding, instructions and whatever else is not to be learned */
  readonly lossWeights: Float32Array;
  /** position of each token within its document */
  readonly positions: Int32Array;
  /** number of the document that each token belongs to: tokens see only their own document */
  readonly segments: Int32Array;
  /** (S, vocabulary), only for distillation */
  readonly teacherLogits?: Float32Array;
}

/**
 * What is learned. A sequence is a pure function of its place, so that a run can be resumed anywhere: shuffling and
 * augmentation are seeded by the epoch.
 */
export interface Dataset {
  /** changes whenever any sequence would */
  readonly digest: string;
  readonly sequencesPerEpoch: number;
  /** @param index 0 … sequencesPerEpoch − 1 */
  trainingSequence(epoch: number, index: number): TrainingSequence;
  /** held out: never learned, the same at every evaluation */
  readonly validation: readonly TrainingSequence[];
}

export function totalWeight(sequences: readonly TrainingSequence[]): number {
  let sum = 0;
  for (const { lossWeights } of sequences) for (const weight of lossWeights) sum += weight;
  return sum;
}
