import type { Row } from './packing.ts';
import type { TokenizedDocument } from './tokenizedDocument.ts';
import type { TrainingSequence } from './trainingSequence.ts';

/**
 * The arrays of one sequence. Each piece counts its positions from 0 and is a segment of its own, so that it is read as
 * if it stood alone; padding is one more segment, of weight 0.
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
    const { ids, lossFrom } = documents[document]!;
    inputIds.set(ids.subarray(start, start + length), offset);
    targets.set(ids.subarray(start + 1, start + 1 + length), offset);
    lossWeights.fill(1, offset + Math.max(0, lossFrom - start - 1), offset + length);
    for (let i = 0; i < length; i++) positions[offset + i] = i;
    segments.fill(segment, offset, offset + length);
    offset += length;
  });
  for (let i = offset; i < sequenceLength; i++) positions[i] = i - offset;
  return { inputIds, targets, lossWeights, positions, segments };
}
