/**
 * One row of tokens that the graph runs at once: one or several documents, packed one after the other, or padded.
 * All arrays have the same length S.
 */
export interface TrainingSequence {
  readonly inputIds: Int32Array;
  /** the token that follows each input token */
  readonly targets: Int32Array;
  /** how much each target counts; 0 for padding, instructions and whatever else is not to be learnt */
  readonly lossWeights: Float32Array;
  /** position of each token within its document */
  readonly positions: Int32Array;
  /** number of the document that each token belongs to: tokens see only their own document */
  readonly segments: Int32Array;
  /** (S, vocabulary), only for distillation */
  readonly teacherLogits?: Float32Array;
}

/**
 * What is learnt. A sequence is a pure function of its place, so that a run can be resumed anywhere: shuffling and
 * augmentation are seeded by the epoch.
 */
export interface Dataset {
  /** changes whenever any sequence would */
  readonly digest: string;
  readonly sequencesPerEpoch: number;
  /** @param index 0 … sequencesPerEpoch − 1 */
  trainingSequence(epoch: number, index: number): TrainingSequence;
  /** held out: never learnt, the same at every evaluation */
  readonly validation: readonly TrainingSequence[];
}

export function totalWeight(sequences: readonly TrainingSequence[]): number {
  let sum = 0;
  for (const { lossWeights } of sequences) for (const weight of lossWeights) sum += weight;
  return sum;
}
